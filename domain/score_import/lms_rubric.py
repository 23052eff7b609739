"""Rubrics of the LMS and what graders chose on them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ids import (
    LmsAssignmentRef,
    LmsCriterionRef,
    LmsOutcomeRef,
    LmsRatingRef,
    LmsRubricRef,
    LmsUserRef,
)


@dataclass(frozen=True, slots=True)
class LmsRating:
    ref: LmsRatingRef
    points: Decimal
    description: str


@dataclass(frozen=True, slots=True)
class LmsCriterion:
    """One row; `outcome_ref` where it is bound to an outcome, whose guid may be empty.

    Ratings go from highest to lowest.
    """

    ref: LmsCriterionRef
    title: str
    outcome_ref: LmsOutcomeRef | None
    guid: str
    ratings: tuple[LmsRating, ...]


@dataclass(frozen=True, slots=True)
class LmsRubric:
    ref: LmsRubricRef
    title: str
    criteria: tuple[LmsCriterion, ...]


@dataclass(frozen=True, slots=True)
class RubricAssignment:
    """An assignment as far as rubrics matter; `rubric` None: none is used for grading there."""

    ref: LmsAssignmentRef
    name: str
    published: bool
    anonymous: bool
    points_possible: Decimal | None
    launch_url: str
    """Empty unless it is opened in an external tool."""
    rubric: LmsRubric | None
    rubric_grades: bool
    """The rubric's total becomes the grade."""


@dataclass(frozen=True, slots=True)
class GivenRating:
    """What a grader chose on one row. No rating and no points: only a comment."""

    criterion_ref: LmsCriterionRef
    rating_ref: LmsRatingRef | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class RubricScores:
    """One student's latest grading on one assignment's rubric; peer reviews never count.

    `user_ref` is empty where the LMS withholds who it is.
    """

    assignment_ref: LmsAssignmentRef
    user_ref: LmsUserRef
    given: tuple[GivenRating, ...]
    graded_at: datetime | None
    grader_ref: LmsUserRef | None
    """None where a tool or the LMS itself graded."""
    attempt: int | None
    posted: bool
    excused: bool
