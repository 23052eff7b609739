from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, update

from adapters.outbound.persistence.columns import UtcDateTime
from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.access_repositories import RegistrationRepository
from domain.lti_registration import ConsumerKey

KEYS = VersionedRecords(access.consumer_keys, ConsumerKey)

_MINUTE = timedelta(minutes=1)
_NEWEST = KEYS.select.order_by(KEYS.c.created_at.desc(), KEYS.c.key.desc())
_TOUCH = (
    update(access.consumer_keys)
    .where(
        KEYS.c.key == bindparam("of_key"),
        or_(
            KEYS.c.last_used_at.is_(None),
            KEYS.c.last_used_at <= bindparam("minute_ago", type_=UtcDateTime()),
        ),
    )
    .values(last_used_at=bindparam("at"))
)


class SqlRegistrations(RegistrationRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keys(self) -> list[ConsumerKey]:
        return KEYS.fetch(self._connection, _NEWEST)

    def key(self, consumer_key: str) -> ConsumerKey:
        return KEYS.get(self._connection, "This consumer key", consumer_key)

    def find(self, consumer_key: str) -> ConsumerKey | None:
        return KEYS.find(self._connection, consumer_key)

    def save(self, key: ConsumerKey) -> ConsumerKey:
        return KEYS.save(self._connection, key)

    def touch(self, consumer_key: str, at: datetime) -> None:
        self._connection.execute(
            _TOUCH, {"of_key": consumer_key, "at": at, "minute_ago": at - _MINUTE}
        )
