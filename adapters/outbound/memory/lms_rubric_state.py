"""Rubrics on assignments of the learning system in memory, and what graders chose on them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.ids import (
    LmsAssignmentRef,
    LmsCourseRef,
    LmsCriterionRef,
    LmsOutcomeRef,
    LmsRatingRef,
    LmsRubricRef,
    LmsUserRef,
)
from domain.outcomes.content import Rating
from domain.score_import.lms_rubric import GivenRating, LmsCriterion, LmsRating, LmsRubric

RATED = datetime.fromisoformat("2026-02-01T08:00:00+00:00")
"""When a rating was given, unless a test says otherwise."""


@dataclass(frozen=True, slots=True)
class GradingRubric:
    """The rubric that an assignment is graded with. `grades`: its total becomes the grade."""

    course: LmsCourseRef
    rubric: LmsRubric
    grades: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """A student's latest grading on the rubric of one assignment."""

    given: tuple[GivenRating, ...]
    at: datetime | None
    grader: LmsUserRef | None
    attempt: int | None
    posted: bool


@dataclass(slots=True)
class RubricState:
    """`given_...` arrange what is there."""

    new_ref: Callable[[], str]
    on: dict[LmsAssignmentRef, GradingRubric] = field(default_factory=dict)
    rated: dict[tuple[LmsAssignmentRef, LmsUserRef], Rated] = field(default_factory=dict)

    def given_criterion(
        self,
        title: str,
        ratings: Sequence[Rating],
        *,
        outcome: LmsOutcomeRef | None = None,
        guid: str = "",
    ) -> LmsCriterion:
        """A row for a rubric, with refs of its own."""
        return LmsCriterion(
            ref=LmsCriterionRef(f"criterion-{self.new_ref()}"),
            title=title,
            outcome_ref=outcome,
            guid=guid,
            ratings=tuple(
                LmsRating(LmsRatingRef(f"rating-{self.new_ref()}"), one.points, one.description)
                for one in ratings
            ),
        )

    def given_rubric(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        criteria: Iterable[LmsCriterion],
        *,
        title: str = "Rubric",
        grades: bool = False,
    ) -> LmsRubric:
        """Put it on the assignment in place of another, whose ratings go with it."""
        self.take_off(assignment)
        rubric = LmsRubric(LmsRubricRef(self.new_ref()), title, tuple(criteria))
        self.on[assignment] = GradingRubric(course, rubric, grades)
        return rubric

    def given_rating(
        self,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        given: Iterable[GivenRating],
        *,
        grader: LmsUserRef | None = None,
        at: datetime | None = RATED,
        attempt: int | None = None,
        posted: bool = True,
    ) -> None:
        """What a teacher chose; it replaces all that was chosen for the student before."""
        self.rated[assignment, user] = Rated(tuple(given), at, grader, attempt, posted)

    def take_off(self, assignment: LmsAssignmentRef) -> None:
        self.on.pop(assignment, None)
        for key in [key for key in self.rated if key[0] == assignment]:
            del self.rated[key]

    def ratings_on(self, assignment: LmsAssignmentRef) -> Iterator[tuple[LmsUserRef, Rated]]:
        for (of, user), rated in self.rated.items():
            if of == assignment:
                yield user, rated

    def aligned(self, outcome: LmsOutcomeRef, course: LmsCourseRef | None = None) -> bool:
        """Whether a rubric on an assignment uses the outcome: in this course, or anywhere."""
        return any(
            course in {None, row.course} and outcome in _outcomes_of(row.rubric)
            for row in self.on.values()
        )

    def assessed(self, outcome: LmsOutcomeRef) -> bool:
        """Whether a rating was ever chosen for the outcome on a rubric that is still there."""
        return any(
            self._chose(rated, self.on[assignment].rubric, outcome)
            for (assignment, _), rated in self.rated.items()
        )

    @staticmethod
    def _chose(rated: Rated, rubric: LmsRubric, outcome: LmsOutcomeRef) -> bool:
        rows = {row.ref for row in rubric.criteria if row.outcome_ref == outcome}
        return any(
            one.criterion_ref in rows and (one.rating_ref is not None or one.points is not None)
            for one in rated.given
        )


def _outcomes_of(rubric: LmsRubric) -> set[LmsOutcomeRef | None]:
    return {row.outcome_ref for row in rubric.criteria}
