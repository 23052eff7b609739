"""Tokens for the API."""

from dataclasses import replace
from datetime import datetime

from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.store import Transaction
from application.ports.api_tokens import ApiTokenRepository
from domain.api_token import ApiToken
from domain.ids import ApiTokenId, PersonId


class MemoryApiTokens(ApiTokenRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._tokens = Rows[ApiToken](transaction, "api token", lambda token: token.id)

    def get(self, token_id: ApiTokenId) -> ApiToken:
        return self._tokens.get("This token", token_id)

    def by_hash(self, text_hash: str) -> ApiToken | None:
        return next(iter(self._tokens.where(lambda token: token.text_hash == text_hash)), None)

    def of_person(self, person_id: PersonId) -> list[ApiToken]:
        found = self._tokens.where(lambda token: token.person_id == person_id)
        return sorted(found, key=lambda token: (token.created_at, token.id), reverse=True)

    def put(self, token: ApiToken) -> None:
        self._tokens.put([token])

    def touch(self, token_id: ApiTokenId, at: datetime) -> None:
        if (token := self._tokens.find(token_id)) is not None:
            self._tokens.put([replace(token, last_used_at=at)])
