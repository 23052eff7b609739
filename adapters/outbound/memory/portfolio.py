"""ePortfolios with their shares, and the keys that sign credentials."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from adapters.outbound.memory.rows import Rows, VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.portfolio_repositories import (
    IssuedCredentialRepository,
    PortfolioRepository,
    SigningKeyRepository,
)
from domain.assessment import SectionAssessment
from domain.credential import IssuedCredential, SigningKey
from domain.ids import CollectionId, PersonId, SectionAssessmentId, ShareId, SigningKeyId
from domain.portfolio.collection import Collection
from domain.portfolio.share import Share
from domain.rostering import Enrolment, EnrolmentRole
from domain.score import Score


class MemoryPortfolios(PortfolioRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._collections = VersionedRows[Collection](
            transaction, "portfolio collection", lambda one: one.id
        )
        self._shares = Rows[Share](transaction, "portfolio share", lambda one: one.id)
        self._works = Rows[SectionAssessment](transaction, "section assessment", lambda one: one.id)
        self._enrolments = Rows[Enrolment](transaction, "enrolment", lambda one: one.id)
        self._scores = Rows[Score](
            transaction,
            "score",
            lambda one: (one.section_assessment_id, one.student_id, one.row_id),
        )

    def collection(self, collection_id: CollectionId) -> Collection:
        return self._collections.get("This collection", collection_id)

    def of_owner(self, owner_id: PersonId) -> list[Collection]:
        found = self._collections.where(lambda one: one.owner_id == owner_id)
        return sorted(found, key=lambda one: (one.made_at, one.id))

    def save(self, collection: Collection) -> Collection:
        return self._collections.save(collection)

    def released_works(self, student_id: PersonId) -> list[SectionAssessmentId]:
        places = {
            one.section_id
            for one in self._enrolments.where(
                lambda one: one.person_id == student_id and one.role is EnrolmentRole.STUDENT
            )
        }
        scored = {
            one.section_assessment_id
            for one in self._scores.where(lambda one: one.student_id == student_id)
        }
        found = self._works.where(
            lambda one: (
                one.released_at is not None and one.section_id in places and one.id in scored
            )
        )
        return sorted(work.id for work in found)

    def share(self, share_id: ShareId) -> Share:
        return self._shares.get("This share", share_id)

    def share_by_hash(self, code_hash: str) -> Share | None:
        return next(iter(self._shares.where(lambda one: one.code_hash == code_hash)), None)

    def shares_of(self, owner_id: PersonId) -> list[Share]:
        found = self._shares.where(lambda one: one.owner_id == owner_id)
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)

    def put_share(self, share: Share) -> None:
        self._shares.put([share])

    def touch_share(self, share_id: ShareId, at: datetime) -> None:
        if (share := self._shares.find(share_id)) is not None:
            self._shares.put([replace(share, last_seen_at=at)])


class MemorySigningKeys(SigningKeyRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._keys = Rows[SigningKey](transaction, "signing key", lambda one: one.id)

    def all(self) -> list[SigningKey]:
        return sorted(self._keys.all(), key=lambda one: (one.made_at, one.id), reverse=True)

    def find(self, key_id: SigningKeyId) -> SigningKey | None:
        return self._keys.find(key_id)

    def put(self, key: SigningKey) -> None:
        self._keys.put([key])


class MemoryIssuedCredentials(IssuedCredentialRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._issued = Rows[IssuedCredential](transaction, "issued credential", lambda one: one.id)

    def among(self, ids: Iterable[str]) -> dict[str, IssuedCredential]:
        found = (self._issued.find(one) for one in ids)
        return {one.id: one for one in found if one is not None}

    def of_list(self, list_number: int) -> list[IssuedCredential]:
        found = self._issued.where(lambda one: one.list_number == list_number)
        return sorted(found, key=lambda one: one.place)

    def last_list(self) -> tuple[int, int]:
        last = max((one.list_number for one in self._issued.all()), default=0)
        return last, len(self.of_list(last))

    def claim(self, issued: IssuedCredential) -> bool:
        taken = self._issued.where(lambda one: one.id == issued.id or one.status == issued.status)
        if not taken:
            self._issued.put([issued])
        return not taken
