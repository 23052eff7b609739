"""What is kept of evidence; `get` and `save` as in `ports.repositories`."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from domain.evidence import Evidence, EvidenceTarget
from domain.ids import EvidenceId, PersonId, SectionAssessmentId


class EvidenceRepository(Protocol):
    """Lists are in the order in which things came, and leave out what was removed."""

    def get(self, evidence_id: EvidenceId) -> Evidence:
        """Also what was removed."""

    def among(self, evidence_ids: Iterable[EvidenceId]) -> list[Evidence]:
        """Those of the ids that exist, also what was removed."""

    def save(self, evidence: Evidence) -> Evidence: ...
    def of_target(self, target: EvidenceTarget) -> list[Evidence]: ...
    def of_work(self, work_id: SectionAssessmentId) -> list[Evidence]:
        """Of the section and of all its students' results."""

    def of_student(self, student_id: PersonId) -> list[Evidence]:
        """On the student's results and DLAs in all sections, whoever brought it."""

    def waiting(self) -> list[Evidence]:
        """Files in quarantine."""

    def past(self, day: date, limit: int | None = None) -> list[Evidence]:
        """What is kept no longer on that day, the earliest date first."""

    def stored(self) -> list[Evidence]:
        """Everything that has a file in the store."""
