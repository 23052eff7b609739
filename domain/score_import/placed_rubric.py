"""A rubric of an assessment that we put on an assignment of the LMS, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Protocol

from domain.ids import (
    LmsAssignmentRef,
    LmsCourseRef,
    LmsCriterionRef,
    LmsOutcomeRef,
    LmsRubricRef,
    PersonId,
    RowId,
    SectionAssessmentId,
    SiteId,
)
from domain.rubric import Criterion
from domain.scale import two_decimals
from domain.score_import.lms_rubric import LmsRubric, RubricAssignment


@dataclass(frozen=True, slots=True)
class DraftRating:
    """`level_points` are of our row, `points` what the LMS shall count."""

    points: Decimal
    level_points: Decimal
    label: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class DraftCriterion:
    """Ratings from highest to lowest. Bound to `outcome_ref` where it stands for an outcome.

    `counts` False: the row has no share in the total. An LMS adds the points of every row that
    is bound to no outcome (Canvas: `Rubric#generate_criteria`), so it stays out of a rubric
    that grades.
    """

    row_id: RowId
    title: str
    description: str
    ratings: tuple[DraftRating, ...]
    outcome_ref: LmsOutcomeRef | None
    mastery_points: Decimal | None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class RubricDraft:
    """`grades`: the rubric's total becomes the grade. `keeps_points`: of the assignment."""

    title: str
    criteria: tuple[DraftCriterion, ...]
    grades: bool
    keeps_points: bool

    @property
    def total(self) -> Decimal:
        """Points of the best rating of every row."""
        return sum((row.ratings[0].points for row in self.criteria), Decimal(0))


@dataclass(frozen=True, slots=True)
class PlacedCriterion:
    """`levels`: points of the LMS' rating -> points of our level."""

    row_id: RowId
    criterion_ref: LmsCriterionRef
    levels: tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class PlacedRubric:
    work_id: SectionAssessmentId
    site_id: SiteId
    course_ref: LmsCourseRef
    assignment_ref: LmsAssignmentRef
    rubric_ref: LmsRubricRef
    criteria: tuple[PlacedCriterion, ...]
    placed_by: PersonId
    placed_at: datetime


def outcome_criterion(row: Criterion, outcome_ref: LmsOutcomeRef) -> DraftCriterion:
    """A row bound to its outcome keeps the points of the scale."""
    met = [level.points for level in row.levels if level.mastery.met]
    return DraftCriterion(
        row.id, row.title, row.description, _ratings(row), outcome_ref, min(met, default=None)
    )


def weighted_criterion(row: Criterion, share: Decimal) -> DraftCriterion:
    """A row of Student-Oriented work; its highest level is worth `share` points.

    Without a share, or without any points to divide it by, it keeps its points.
    """
    counts = bool(share and row.highest)
    ratings = _ratings(row, share) if counts else _ratings(row)
    return DraftCriterion(row.id, row.title, row.description, ratings, None, None, counts)


def shares(rows: tuple[Criterion, ...], total: Decimal) -> Mapping[RowId, Decimal]:
    """`total` points divided by weight, to two decimals; together they are `total` again."""
    weights = sum((row.weight for row in rows), Decimal(0))
    if not weights:
        return {row.id: Decimal(0) for row in rows}
    ends = [two_decimals(total * end / weights) for end in accumulate(row.weight for row in rows)]
    parts = (end - start for start, end in pairwise([Decimal(0), *ends]))
    return {row.id: part for row, part in zip(rows, parts, strict=True)}


def _ratings(row: Criterion, highest: Decimal | None = None) -> tuple[DraftRating, ...]:
    """`highest` is what the highest level shall be worth, if not its own points."""
    return tuple(
        DraftRating(
            level.points if highest is None else two_decimals(level.points * highest / row.highest),
            level.points,
            level.label,
            level.descriptor,
        )
        for level in reversed(row.levels)
    )


def placed_criteria(draft: RubricDraft, rubric: LmsRubric) -> tuple[PlacedCriterion, ...]:
    """What the LMS' criteria stand for; they come in the order of the draft."""
    return tuple(
        PlacedCriterion(
            wanted.row_id,
            there.ref,
            tuple((rating.points, rating.level_points) for rating in wanted.ratings),
        )
        for wanted, there in zip(draft.criteria, rubric.criteria, strict=True)
    )


def stands_on(draft: RubricDraft, assignment: RubricAssignment) -> bool:
    """Whether the assignment has the rubric already, and grades with it as the draft asks."""
    there = assignment.rubric
    if there is None or not is_the_same(draft, there):
        return False
    if not draft.grades or draft.keeps_points:
        return assignment.rubric_grades == draft.grades
    return assignment.rubric_grades and assignment.points_possible == draft.total


def is_the_same(draft: RubricDraft, rubric: LmsRubric) -> bool:
    """Whether a rubric of the LMS is what the draft asks for, criterion by criterion."""
    return [_shape(one.title, one.outcome_ref, one.ratings) for one in draft.criteria] == [
        _shape(one.title, one.outcome_ref, one.ratings) for one in rubric.criteria
    ]


class _HasPoints(Protocol):
    @property
    def points(self) -> Decimal: ...


def _shape(
    title: str, outcome_ref: LmsOutcomeRef | None, ratings: Sequence[_HasPoints]
) -> tuple[str, tuple[Decimal, ...]]:
    """A bound row is known by its outcome: an LMS may give it the outcome's title."""
    known_by = f"outcome {outcome_ref}" if outcome_ref else f"title {' '.join(title.split())}"
    return known_by, tuple(rating.points for rating in ratings)
