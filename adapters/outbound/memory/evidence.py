"""Evidence in memory."""

from collections.abc import Callable, Iterable
from datetime import date

from adapters.outbound.memory.rows import VersionedRows
from adapters.outbound.memory.store import Transaction
from application.ports.evidence_repositories import EvidenceRepository
from domain.evidence import Evidence, EvidenceState, EvidenceTarget, ScanState
from domain.ids import EvidenceId, PersonId, SectionAssessmentId


class MemoryEvidence(EvidenceRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._rows = VersionedRows[Evidence](transaction, "evidence", lambda one: one.id)

    def get(self, evidence_id: EvidenceId) -> Evidence:
        return self._rows.get("This evidence", evidence_id)

    def among(self, evidence_ids: Iterable[EvidenceId]) -> list[Evidence]:
        wanted = frozenset(evidence_ids)
        return self._rows.where(lambda one: one.id in wanted)

    def save(self, evidence: Evidence) -> Evidence:
        return self._rows.save(evidence)

    def of_target(self, target: EvidenceTarget) -> list[Evidence]:
        return self._there(lambda one: one.target == target)

    def of_work(self, work_id: SectionAssessmentId) -> list[Evidence]:
        return self._there(lambda one: one.target.work_id == work_id)

    def of_student(self, student_id: PersonId) -> list[Evidence]:
        return self._there(lambda one: one.target.student_id == student_id)

    def waiting(self) -> list[Evidence]:
        return [one for one in self.stored() if one.scan is ScanState.WAITING]

    def past(self, day: date, limit: int | None = None) -> list[Evidence]:
        found = self._there(lambda one: one.keep_until < day)
        return sorted(found, key=lambda one: (one.keep_until, one.id))[:limit]

    def stored(self) -> list[Evidence]:
        return self._rows.where(lambda one: one.file.key != "")

    def _there(self, holds: Callable[[Evidence], bool]) -> list[Evidence]:
        found = self._rows.where(lambda one: one.state is not EvidenceState.REMOVED and holds(one))
        return sorted(found, key=lambda one: (one.added_at, one.id))
