from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, or_, update

from adapters.outbound.persistence.columns import UtcDateTime
from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import access
from application.errors import NotFound
from application.ports.access_repositories import SessionRepository
from domain.ids import PersonId, SessionId
from domain.session import IDLE, LONGEST, OneTimeCode, Session

SESSIONS = Records(access.sessions, Session)
CODES = Records(access.one_time_codes, OneTimeCode)

_BY_TOKEN = SESSIONS.select.where(SESSIONS.c.token_hash == bindparam("token_hash"))
_OF_PERSON = SESSIONS.select.where(SESSIONS.c.person_id == bindparam("person_id")).order_by(
    SESSIONS.c.started_at.desc(), SESSIONS.c.id.desc()
)
_ONE = SESSIONS.c.id == bindparam("of_id")
_TOUCH = update(access.sessions).where(_ONE).values(seen_at=bindparam("at"))
_END = update(access.sessions).where(_ONE).values(ended_at=bindparam("at"))
_EXPIRED = delete(access.sessions).where(
    or_(
        SESSIONS.c.seen_at <= bindparam("idle_since", type_=UtcDateTime()),
        SESSIONS.c.started_at <= bindparam("long_since", type_=UtcDateTime()),
        SESSIONS.c.ended_at <= bindparam("before", type_=UtcDateTime()),
    )
)
_EXPIRED_CODES = delete(access.one_time_codes).where(CODES.c.expires_at <= bindparam("before"))
_SPEND = (
    update(access.one_time_codes)
    .where(CODES.c.code_hash == bindparam("of_code"), CODES.c.spent_at.is_(None))
    .values(spent_at=bindparam("at"))
    .returning(*CODES.columns)
)


class SqlSessions(SessionRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        SESSIONS.put(self._connection, [session])

    def by_id(self, session_id: SessionId) -> Session | None:
        return SESSIONS.find(self._connection, session_id)

    def by_token(self, token_hash: str) -> Session | None:
        return SESSIONS.first(self._connection, _BY_TOKEN, token_hash=token_hash)

    def of_person(self, person_id: PersonId) -> list[Session]:
        return SESSIONS.fetch(self._connection, _OF_PERSON, person_id=person_id)

    def touch(self, session_id: SessionId, at: datetime) -> None:
        self._connection.execute(_TOUCH, {"of_id": session_id, "at": at})

    def replace(self, session: Session) -> None:
        if self.by_id(session.id) is None:
            raise NotFound("This session")
        SESSIONS.put(self._connection, [session])

    def end(self, session_id: SessionId, at: datetime) -> None:
        self._connection.execute(_END, {"of_id": session_id, "at": at})

    def forget_expired(self, before: datetime) -> int:
        self._connection.execute(_EXPIRED_CODES, {"before": before})
        expired = {
            "before": before, "idle_since": before - IDLE, "long_since": before - LONGEST
        }  # fmt: skip
        return self._connection.execute(_EXPIRED, expired).rowcount

    def add_code(self, code: OneTimeCode) -> None:
        CODES.put(self._connection, [code])

    def peek_code(self, code_hash: str) -> OneTimeCode | None:
        return CODES.find(self._connection, code_hash)

    def spend_code(self, code_hash: str, at: datetime) -> OneTimeCode | None:
        row = self._connection.execute(_SPEND, {"of_code": code_hash, "at": at}).first()
        return None if row is None else CODES.record(row)
