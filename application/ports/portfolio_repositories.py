"""Where ePortfolios and signing keys are kept; `get` and `save` as in `ports.repositories`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from domain.credential import IssuedCredential, SigningKey
from domain.ids import CollectionId, PersonId, SectionAssessmentId, ShareId, SigningKeyId
from domain.portfolio.collection import Collection
from domain.portfolio.share import Share


class PortfolioRepository(Protocol):
    def collection(self, collection_id: CollectionId) -> Collection: ...
    def of_owner(self, owner_id: PersonId) -> list[Collection]:
        """In the order in which they were made, removed ones too."""

    def save(self, collection: Collection) -> Collection: ...
    def released_works(self, student_id: PersonId) -> list[SectionAssessmentId]:
        """Where the student has or had a place and a score, and results are released."""

    def share(self, share_id: ShareId) -> Share: ...
    def share_by_hash(self, code_hash: str) -> Share | None: ...
    def shares_of(self, owner_id: PersonId) -> list[Share]:
        """Newest first, those that are over too."""

    def put_share(self, share: Share) -> None:
        """Insert or replace by id."""

    def touch_share(self, share_id: ShareId, at: datetime) -> None:
        """Note that somebody looked."""


class SigningKeyRepository(Protocol):
    def all(self) -> list[SigningKey]:
        """Newest first, retired ones too."""

    def find(self, key_id: SigningKeyId) -> SigningKey | None: ...
    def put(self, key: SigningKey) -> None:
        """Insert or replace by id."""


class IssuedCredentialRepository(Protocol):
    """No credential stands twice, and no two share a place; none is ever taken out."""

    def among(self, ids: Iterable[str]) -> dict[str, IssuedCredential]:
        """Those that were handed out, by id."""

    def of_list(self, list_number: int) -> list[IssuedCredential]:
        """By place."""

    def last_list(self) -> tuple[int, int]:
        """The number of the last list and how many places of it are taken; 0 before the first."""

    def claim(self, issued: IssuedCredential) -> bool:
        """Keep it where neither it nor its place is there yet; answers whether that was so."""
