"""Where API tokens are kept; `get` and `put` keep the promises of `ports.repositories`."""

from datetime import datetime
from typing import Protocol

from domain.api_token import ApiToken
from domain.ids import ApiTokenId, PersonId


class ApiTokenRepository(Protocol):
    def get(self, token_id: ApiTokenId) -> ApiToken: ...
    def by_hash(self, text_hash: str) -> ApiToken | None: ...
    def of_person(self, person_id: PersonId) -> list[ApiToken]:
        """Newest first, those that are over too."""

    def put(self, token: ApiToken) -> None:
        """Insert or replace by id."""

    def touch(self, token_id: ApiTokenId, at: datetime) -> None:
        """Note a use."""
