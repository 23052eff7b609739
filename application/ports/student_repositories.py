"""Where DLAs and self-assessments are kept.

`get...`, `save...` keep the promises of `application.ports.repositories`.
"""

from collections.abc import Iterable
from typing import Protocol

from domain.dla import AssignedDla, Dla
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId, SectionId
from domain.self_assessment import SelfAssessment


class DlaRepository(Protocol):
    def get(self, dla_id: DlaId) -> Dla: ...
    def made_by(self, person_id: PersonId) -> list[Dla]:
        """Retired ones too, newest first."""

    def dlas(self, ids: Iterable[DlaId]) -> dict[DlaId, Dla]: ...
    def save(self, dla: Dla) -> Dla: ...
    def assigned(self, assigned_id: AssignedDlaId) -> AssignedDla: ...
    def in_sections(self, section_ids: Iterable[SectionId]) -> list[AssignedDla]:
        """All that students of these sections have, by id, so the oldest first."""

    def of_student(self, student_id: PersonId) -> list[AssignedDla]:
        """Of all sections, by id, so the oldest first."""

    def save_assigned(self, assigned: Iterable[AssignedDla]) -> list[AssignedDla]:
        """All of them, or Conflict: also when a student has that DLA in the section already."""

    def remove(self, assigned: AssignedDla) -> None:
        """As if it had never been assigned. Raises Conflict when it was changed since."""


class SelfAssessmentRepository(Protocol):
    def find(
        self, section_assessment_id: SectionAssessmentId, student_id: PersonId
    ) -> SelfAssessment | None: ...
    def of_work(self, section_assessment_id: SectionAssessmentId) -> dict[PersonId, SelfAssessment]:
        """Drafts too: whoever shows them leaves out what is not submitted."""

    def of_student(self, student_id: PersonId) -> list[SelfAssessment]:
        """Of all works, by the id of the work."""

    def save(self, one: SelfAssessment) -> SelfAssessment: ...
