"""A share: the address under which one collection can be read without a sign-in."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

from domain.ids import CollectionId, PersonId, ShareId

USUAL_DAYS = 90
"""For how long a share is proposed."""
MOST_DAYS = 730


class ShareState(StrEnum):
    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Share:
    """Only the hash of the code in its address is kept; the address is shown once.

    `label` is the student's own note of whom it is for, which no visitor sees.
    """

    id: ShareId
    collection_id: CollectionId
    owner_id: PersonId
    code_hash: str
    label: str
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None
    last_seen_at: datetime | None = None

    def state(self, now: datetime) -> ShareState:
        if self.revoked_at is not None:
            return ShareState.REVOKED
        return ShareState.OPEN if now < self.ends_at else ShareState.EXPIRED

    def revoked(self, at: datetime) -> Self:
        """From now on; the first time stays."""
        return replace(self, revoked_at=self.revoked_at or at)

    def readdressed(self, code_hash: str) -> Self:
        """Under another address: the one before opens nothing any more."""
        return replace(self, code_hash=code_hash)


def hash_of(code: str) -> str:
    """What is kept of a code: its 256 random bits need no salt and no slow hash."""
    return sha256(code.encode()).hexdigest()
