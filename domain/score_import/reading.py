"""What was read in the LMS, and which of its criteria feed rows of ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.ids import LmsAssignmentRef, LmsCriterionRef, RowId
from domain.score_import.conversion import Meaning
from domain.score_import.lms_rubric import (
    RubricAssignment,
    RubricScores,
)


@dataclass(frozen=True, slots=True)
class CriterionUse:
    """A criterion of the LMS that feeds one of our rows."""

    row_id: RowId
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Reading:
    """One assignment as it was read: its rubric and what was given there."""

    assignment: RubricAssignment
    scores: tuple[RubricScores, ...]


Uses = Mapping[tuple[LmsAssignmentRef, LmsCriterionRef], CriterionUse]
"""By assignment too: Canvas copies criteria with their ids from one rubric to the next."""


def matching_criteria(assignment: RubricAssignment, uses: Uses) -> int:
    """How many criteria of the assignment's rubric feed rows of ours."""
    rubric = assignment.rubric
    return sum((assignment.ref, one.ref) in uses for one in rubric.criteria) if rubric else 0


def chosen(
    readings: Iterable[Reading], assignments: frozenset[LmsAssignmentRef]
) -> tuple[Reading, ...]:
    return tuple(one for one in readings if one.assignment.ref in assignments)
