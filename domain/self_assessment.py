"""Self-assessment: a student's own scoring on the rubric that the teacher uses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rubric import Criterion, Rubric
from domain.score import BLANK, Blank, ScoreValue


@dataclass(frozen=True, slots=True)
class OwnScore:
    """The level a student gives on one row, in its written form, and perhaps why."""

    row_id: RowId
    value: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """It is no result: it enters no report, no roll-up and no grade.

    `submitted_at` None: only the student sees it.
    """

    section_assessment_id: SectionAssessmentId
    student_id: PersonId
    scores: tuple[OwnScore, ...]
    note: str
    """On the whole work."""
    submitted_at: datetime | None
    version: int

    @property
    def by_row(self) -> dict[RowId, OwnScore]:
        return {score.row_id: score for score in self.scores}

    @property
    def submitted(self) -> bool:
        return self.submitted_at is not None

    def saying(
        self, scores: tuple[OwnScore, ...], note: str, submitted_at: datetime | None
    ) -> "SelfAssessment":
        """What was submitted once stays submitted; later choices replace the earlier."""
        return replace(
            self, scores=scores, note=note, submitted_at=self.submitted_at or submitted_at
        )


def missing_row(rubric: Rubric, values: Mapping[RowId, ScoreValue]) -> Criterion | None:
    """The first row on which the student has not decided."""
    blank = (row for row in rubric.criteria if isinstance(values.get(row.id, BLANK), Blank))
    return next(blank, None)
