"""Rubrics: what Canvas makes of the criteria it is given, and when it makes another rubric."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sandbox.canvas.outcome_records import (
    CriterionRating,
    Outcome,
    Rubric,
    RubricAssociation,
    RubricCriterion,
)
from sandbox.canvas.outcomes import link_into_root, outcome_visible
from sandbox.canvas.records import Course
from sandbox.canvas.state import State

NO_DESCRIPTION = "No Description"
OUTCOME_TWICE = "This rubric has Outcomes aligned more than once"


class RubricInvalid(Exception):
    """A rubric that Canvas does not save; the text is its own."""


@dataclass(frozen=True, slots=True)
class GivenRating:
    description: str
    points: float
    long_description: str = ""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class GivenCriterion:
    """A row as it was sent. `bound` says that an outcome was named, whether there is one or not.

    Points are not among it: Canvas takes the highest rating, whatever was sent.
    """

    description: str
    ratings: Sequence[GivenRating]
    long_description: str = ""
    id: str | None = None
    bound: bool = False
    outcome_id: int | None = None
    mastery_points: float | None = None
    ignore_for_scoring: bool = False
    use_range: bool = False


@dataclass(frozen=True, slots=True)
class GivenRubric:
    """What was sent. A title or criteria that are missing are no reason to keep the old ones."""

    title: str | None
    criteria: Sequence[GivenCriterion]
    free_form: bool | None = None
    hide_score_total: bool | None = None


@dataclass
class _ItemIds:
    """Ids of criteria and ratings, which are unique in their rubric: as sent, else made up."""

    state: State
    rubric_id: int
    used: set[str] = field(default_factory=set)

    def take(self, wanted: str | None) -> str:
        while not wanted or wanted in self.used:
            wanted = f"{self.rubric_id}_{self.state.chance.number(10_000)}"
        self.used.add(wanted)
        return wanted


def rubrics_of(state: State, context_type: str, context_id: int) -> list[Rubric]:
    return [
        row
        for row in state.rubrics.values()
        if (row.context_type, row.context_id) == (context_type, context_id) and not row.deleted
    ]


def associations_of(state: State, rubric: Rubric) -> list[RubricAssociation]:
    return [
        row
        for row in state.rubric_associations.values()
        if row.rubric_id == rubric.id and not row.deleted
    ]


def read_only(state: State, rubric: Rubric) -> bool:
    """Used for grading more than once: who changes it gets a new rubric instead."""
    return sum(row.purpose == "grading" for row in associations_of(state, rubric)) > 1


def write(
    state: State, course: Course, rubric: Rubric | None, given: GivenRubric, user_id: int
) -> Rubric:
    """Change the rubric, or make one. The answer is another rubric when Canvas may not change it.

    Raises RubricInvalid; then nothing has changed.
    """
    prefix = state.next_id("rubrics", 88) if rubric is None else rubric.copied_from or rubric.id
    criteria = list(_criteria(state, course, _ItemIds(state, prefix), given))
    outcomes = [row.learning_outcome_id for row in criteria if row.learning_outcome_id is not None]
    if len(set(outcomes)) != len(outcomes):
        raise RubricInvalid(OUTCOME_TWICE)
    title = given.title if given.title is not None else f"{course.name} Rubric"
    if rubric is None or _must_copy(state, course, rubric, given, title, criteria):
        rubric = _new(state, course, rubric, prefix, user_id)
    _fill(state, rubric, given, title, criteria)
    for outcome_id in outcomes:
        link_into_root(state, course, outcome_id)
    return rubric


def _must_copy(
    state: State,
    course: Course,
    rubric: Rubric,
    given: GivenRubric,
    title: str,
    criteria: list[RubricCriterion],
) -> bool:
    foreign = (rubric.context_type, rubric.context_id) != ("Course", course.id)
    if not foreign and not read_only(state, rubric):
        return False
    free_form = rubric.free_form_criterion_comments
    same_form = given.free_form is None or given.free_form == free_form
    return not (same_form and title == rubric.title and criteria == rubric.criteria)


def _new(state: State, course: Course, source: Rubric | None, number: int, user_id: int) -> Rubric:
    if source is not None:
        number = state.next_id("rubrics", 88)
    rubric = Rubric(
        id=number,
        context_type="Course",
        context_id=course.id,
        title="",
        criteria=[],
        user_id=user_id,
        copied_from=source.id if source else None,
        created_at=state.clock(),
    )
    state.rubrics[number] = rubric
    return rubric


def _fill(
    state: State, rubric: Rubric, given: GivenRubric, title: str, criteria: list[RubricCriterion]
) -> None:
    rubric.title = _free_title(state, rubric, title)
    rubric.criteria = criteria
    rubric.updated_at = state.clock()
    if given.free_form is not None:
        rubric.free_form_criterion_comments = given.free_form
    if given.hide_score_total is not None:
        rubric.hide_score_total = given.hide_score_total


def _free_title(state: State, rubric: Rubric, title: str) -> str:
    """A title that is taken in the context gets ` (1)`, ` (2)` ... at its end."""
    siblings = rubrics_of(state, rubric.context_type, rubric.context_id)
    taken = {row.title for row in siblings if row is not rubric}
    free, count = title, 0
    while free and free in taken:
        count += 1
        free = f"{title} ({count})"
    return free


def _criteria(
    state: State, course: Course, item_ids: _ItemIds, given: GivenRubric
) -> Iterator[RubricCriterion]:
    for row in given.criteria:
        outcome = None
        if row.outcome_id is not None:
            outcome = outcome_visible(state, course, row.outcome_id)
        number = item_ids.take(row.id)
        ratings = [
            CriterionRating(
                item_ids.take(one.id),
                one.description.strip() or NO_DESCRIPTION,
                one.points,
                one.long_description.strip(),
            )
            for one in row.ratings
        ]
        yield _criterion(row, number, outcome, ratings)


def _criterion(
    row: GivenCriterion, number: str, outcome: Outcome | None, ratings: list[CriterionRating]
) -> RubricCriterion:
    """A row that names an outcome takes the outcome's text; of an unknown one nothing stays."""
    ratings.sort(key=lambda one: (-one.points, one.description))
    criterion = RubricCriterion(
        id=number,
        description=row.description.strip() or NO_DESCRIPTION,
        long_description="" if row.bound else row.long_description.strip(),
        points=ratings[0].points if ratings else 0.0,
        ratings=ratings,
        criterion_use_range=row.use_range,
    )
    if outcome is not None:
        mastery = row.mastery_points
        criterion.learning_outcome_id = outcome.id
        criterion.long_description = outcome.description or ""
        criterion.mastery_points = outcome.mastery_points if mastery is None else mastery
        criterion.ignore_for_scoring = row.ignore_for_scoring
    return criterion
