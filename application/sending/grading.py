"""What number the gradebook shall show for a student, and why one cannot be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.ports.lms import GradingScheme, LmsAssignment
from application.workplace import Workplace
from domain.assessment import OwnGrade
from domain.delivery import GradeSource
from domain.ids import RowId
from domain.recommendation import Recommendation, recommended_score
from domain.score import ScoreValue

_BY_POINTS = {GradingScheme.POINTS, GradingScheme.PERCENT, GradingScheme.LETTER}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade to send, or None and the reason; both numbers are kept side by side."""

    recommendation: Recommendation
    own: Decimal | None
    grade: Decimal | None
    source: GradeSource
    reason: str


def propose(
    place: Workplace,
    values: Mapping[RowId, ScoreValue],
    own: OwnGrade | None,
    possible: Decimal,
) -> Proposal:
    """An own grade goes before the recommended score (glossary 3)."""
    recommendation = recommended_score(place.rubric, values, possible, place.decimals)
    if own is not None and own.points is not None:
        return Proposal(recommendation, own.points, own.points, GradeSource.OWN, "")
    reason = ""
    if recommendation.points is None:
        blank = recommendation.decided < recommendation.total
        reason = "incomplete" if blank else "not-scored"
    return Proposal(recommendation, None, recommendation.points, GradeSource.RECOMMENDED, reason)


def refusal_of(assignment: LmsAssignment) -> str:
    """Why no grade at all can be sent to this assignment; empty when grades can.

    Points and percent assignments take points, letter-graded ones too (Canvas derives the
    letter). A GPA scheme may read a number as the name of a grade, so it gets none.
    """
    checks = (
        (not assignment.published, "unpublished"),
        (assignment.moderated, "moderated"),
        (assignment.anonymous, "anonymous"),
        (assignment.closed_period, "closed-period"),
        (assignment.scheme is GradingScheme.NOT_GRADED, "not-graded"),
        (assignment.scheme is GradingScheme.GPA, "scheme-unsupported"),
        (not assignment.points_possible, "no-points"),
    )
    return next((reason for refused, reason in checks if refused), "")


def refusal_of_grade(assignment: LmsAssignment, grade: Decimal) -> str:
    """Why this number cannot be sent: pass/fail takes full points or 0 only."""
    if assignment.scheme is GradingScheme.PASS_FAIL:
        fits = grade in {Decimal(0), assignment.points_possible}
        return "" if fits else "scheme-unsupported"
    return "" if assignment.scheme in _BY_POINTS else "scheme-unsupported"
