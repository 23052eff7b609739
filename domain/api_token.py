"""Tokens by which a program acts as a person, in one of that person's roles."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from domain.access import Role
from domain.ids import ApiTokenId, OrgId, PersonId

MARK = "attain_"
"""Begins the text of every token, so that people and secret scanners recognise one."""


class TokenScope(StrEnum):
    READ = "read"
    WRITE = "write"
    """Reads too."""


class TokenState(StrEnum):
    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ApiToken:
    """Only the hash of its text is kept; the text is shown once, when it is made.

    It acts in `role`, which its person must still hold at each use. `org_id` narrows the reach
    of the role to that org and all below; None: as far as the role reaches.
    """

    id: ApiTokenId
    text_hash: str
    person_id: PersonId
    role: Role
    scope: TokenScope
    label: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    org_id: OrgId | None = None

    def state(self, now: datetime) -> TokenState:
        if self.revoked_at is not None:
            return TokenState.REVOKED
        return TokenState.ACTIVE if now < self.expires_at else TokenState.EXPIRED

    @property
    def may_write(self) -> bool:
        return self.scope is TokenScope.WRITE


def text_hash(text: str) -> str:
    """What is stored of a token: its 256 random bits need no salt and no slow hash."""
    return sha256(text.encode()).hexdigest()
