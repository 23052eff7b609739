"""DLAs and self-assessments."""

from collections.abc import Iterable

from adapters.outbound.memory.rows import VersionedRows
from adapters.outbound.memory.store import Transaction
from application.errors import Conflict
from application.ports.student_repositories import DlaRepository, SelfAssessmentRepository
from domain.dla import AssignedDla, Dla
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId, SectionId
from domain.self_assessment import SelfAssessment


class MemoryDlas(DlaRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._dlas = VersionedRows[Dla](transaction, "dla", lambda one: one.id)
        self._assigned = VersionedRows[AssignedDla](
            transaction,
            "assigned dla",
            lambda one: one.id,
            unique=lambda one: (one.dla_id, one.section_id, one.student_id),
        )

    def get(self, dla_id: DlaId) -> Dla:
        return self._dlas.get("This DLA", dla_id)

    def made_by(self, person_id: PersonId) -> list[Dla]:
        found = self._dlas.where(lambda one: one.owner_id == person_id)
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)

    def dlas(self, ids: Iterable[DlaId]) -> dict[DlaId, Dla]:
        found = (self._dlas.find(dla_id) for dla_id in ids)
        return {one.id: one for one in found if one is not None}

    def save(self, dla: Dla) -> Dla:
        return self._dlas.save(dla)

    def assigned(self, assigned_id: AssignedDlaId) -> AssignedDla:
        return self._assigned.get("This DLA", assigned_id)

    def in_sections(self, section_ids: Iterable[SectionId]) -> list[AssignedDla]:
        wanted = frozenset(section_ids)
        return self._assigned.where(lambda one: one.section_id in wanted)

    def of_student(self, student_id: PersonId) -> list[AssignedDla]:
        return self._assigned.where(lambda one: one.student_id == student_id)

    def save_assigned(self, assigned: Iterable[AssignedDla]) -> list[AssignedDla]:
        return self._assigned.save_all(assigned)

    def remove(self, assigned: AssignedDla) -> None:
        if self._assigned.find(assigned.id) != assigned:
            raise Conflict("This DLA was changed meanwhile; read it again.")
        self._assigned.remove([assigned])


class MemorySelfAssessments(SelfAssessmentRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._rows = VersionedRows[SelfAssessment](
            transaction,
            "self-assessment",
            lambda one: (one.section_assessment_id, one.student_id),
        )

    def find(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> SelfAssessment | None:
        return self._rows.find((section_assessment_id, student_id))

    def of_work(self, section_assessment_id: SectionAssessmentId) -> dict[PersonId, SelfAssessment]:
        found = self._rows.where(lambda one: one.section_assessment_id == section_assessment_id)
        return {one.student_id: one for one in found}

    def of_student(self, student_id: PersonId) -> list[SelfAssessment]:
        return self._rows.where(lambda one: one.student_id == student_id)

    def save(self, one: SelfAssessment) -> SelfAssessment:
        return self._rows.save(one)
