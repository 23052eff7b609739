from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import api_tokens
from application.ports.api_tokens import ApiTokenRepository
from domain.api_token import ApiToken
from domain.ids import ApiTokenId, PersonId

TOKENS = Records(api_tokens.api_tokens, ApiToken)

_BY_HASH = TOKENS.select.where(TOKENS.c.text_hash == bindparam("text_hash"))
_OF_PERSON = TOKENS.select.where(TOKENS.c.person_id == bindparam("person_id")).order_by(
    TOKENS.c.created_at.desc(), TOKENS.c.id.desc()
)
_TOUCH = (
    update(api_tokens.api_tokens)
    .where(TOKENS.c.id == bindparam("of_id"))
    .values(last_used_at=bindparam("at"))
)


class SqlApiTokens(ApiTokenRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, token_id: ApiTokenId) -> ApiToken:
        return TOKENS.get(self._connection, "This token", token_id)

    def by_hash(self, text_hash: str) -> ApiToken | None:
        return TOKENS.first(self._connection, _BY_HASH, text_hash=text_hash)

    def of_person(self, person_id: PersonId) -> list[ApiToken]:
        return TOKENS.fetch(self._connection, _OF_PERSON, person_id=person_id)

    def put(self, token: ApiToken) -> None:
        TOKENS.put(self._connection, [token])

    def touch(self, token_id: ApiTokenId, at: datetime) -> None:
        self._connection.execute(_TOUCH, {"of_id": token_id, "at": at})
