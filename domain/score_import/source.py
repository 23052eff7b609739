"""Where an imported score came from; kept beside the score for as long as it stands."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ids import (
    ImportId,
    LmsAssignmentRef,
    LmsCriterionRef,
    LmsRatingRef,
    LmsUserRef,
    PersonId,
    RowId,
    SectionAssessmentId,
)
from domain.score import Score


@dataclass(frozen=True, slots=True)
class Contribution:
    """One rating given in the LMS that an imported score rests on."""

    assignment_ref: LmsAssignmentRef
    assignment_name: str
    criterion_ref: LmsCriterionRef
    rating_ref: LmsRatingRef | None
    rating: str
    """The words of the rating in the LMS."""
    points: Decimal | None
    level_points: Decimal
    """What it became here."""
    exact: bool
    grader_ref: LmsUserRef | None
    graded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScoreSource:
    """The source of one cell. It speaks for the score of version `score_version` only."""

    section_assessment_id: SectionAssessmentId
    student_id: PersonId
    row_id: RowId
    import_id: ImportId
    score_version: int
    contributions: tuple[Contribution, ...]

    def still_speaks_for(self, score: Score) -> bool:
        """False once somebody changed the score here."""
        return self.score_version == score.version
