"""Where rubrics are used: putting one on an assignment, taking it off, and what follows."""

from dataclasses import dataclass
from typing import Literal

from sandbox.canvas.outcome_records import Rubric, RubricAssociation
from sandbox.canvas.outcomes import link_into_root
from sandbox.canvas.records import Account, Assignment, Course
from sandbox.canvas.rubrics import associations_of
from sandbox.canvas.state import State

Place = Assignment | Course | Account


@dataclass(frozen=True, slots=True)
class GivenPlacing:
    """What was sent about the use of a rubric; None is not sent, and leaves what there is."""

    purpose: str | None = None
    title: str | None = None
    use_for_grading: bool | None = None
    hide_score_total: bool | None = None
    hide_points: bool | None = None
    hide_outcome_results: bool | None = None


def place(
    state: State,
    rubric: Rubric,
    course: Course,
    where: Place,
    given: GivenPlacing,
    association: RubricAssociation | None = None,
    *,
    reuse: bool = False,
    keep_points: bool = False,
) -> RubricAssociation:
    """Put a rubric somewhere, or point an association to it.

    An assignment has one rubric for grading: another one goes, with its assessments. A rubric
    that is used for grading sets the assignment's points unless `keep_points`.
    """
    row = association or _same_place(state, rubric, where, given, reuse=reuse)
    if row is None:
        row = _new(state, rubric, course, where, given)
    before, row.rubric_id = state.rubrics[row.rubric_id], rubric.id
    _apply(row, given)
    row.updated_at = state.clock()
    _only_one_for_grading(state, row)
    if before is not rubric:
        drop_if_unused(state, before)
    set_points(state, row, keep_points=keep_points)
    for criterion in rubric.criteria:
        if criterion.learning_outcome_id is not None:
            link_into_root(state, course, criterion.learning_outcome_id)
    return row


def _same_place(
    state: State, rubric: Rubric, where: Place, given: GivenPlacing, *, reuse: bool
) -> RubricAssociation | None:
    """For grading the same association is found again; for other purposes only by a PUT."""
    grading = given.purpose == "grading"
    for row in associations_of(state, rubric):
        here = (row.association_type, row.association_id) == (type_of(where), where.id)
        if here and (row.purpose == "grading" if grading else reuse):
            return row
    return None


def _new(
    state: State, rubric: Rubric, course: Course, where: Place, given: GivenPlacing
) -> RubricAssociation:
    number = state.next_id("rubric_associations", 640)
    row = RubricAssociation(
        id=number,
        rubric_id=rubric.id,
        association_type=type_of(where),
        association_id=where.id,
        context_type="Course",
        context_id=course.id,
        title=given.title or where.name,
        created_at=state.clock(),
    )
    state.rubric_associations[number] = row
    return row


def type_of(where: Place) -> Literal["Assignment", "Course", "Account"]:
    match where:
        case Assignment():
            return "Assignment"
        case Course():
            return "Course"
        case Account():
            return "Account"


def _apply(row: RubricAssociation, given: GivenPlacing) -> None:
    row.purpose = given.purpose or row.purpose
    row.title = given.title or row.title
    for name in ("use_for_grading", "hide_score_total", "hide_points", "hide_outcome_results"):
        value = getattr(given, name)
        if value is not None:
            setattr(row, name, value)
    if given.hide_points:
        row.use_for_grading = row.hide_score_total = False


def _only_one_for_grading(state: State, row: RubricAssociation) -> None:
    if row.purpose != "grading":
        return
    place_of_row = (row.association_type, row.association_id)
    for other in list(state.rubric_associations.values()):
        here = (other.association_type, other.association_id) == place_of_row
        if other is not row and here and other.purpose == "grading" and not other.deleted:
            other.deleted = True
            drop_if_unused(state, state.rubrics[other.rubric_id])


def drop_if_unused(state: State, rubric: Rubric) -> None:
    """Canvas deletes a rubric with its last association."""
    if not associations_of(state, rubric):
        rubric.deleted = True


def set_points(state: State, row: RubricAssociation, *, keep_points: bool) -> None:
    """The points of the assignment become those of the rubric that grades it."""
    assignment = state.assignments.get(row.association_id)
    if keep_points or not row.use_for_grading or row.association_type != "Assignment":
        return
    points = state.rubrics[row.rubric_id].points_possible
    if assignment is not None and assignment.points_possible != points:
        assignment.points_possible = points
        assignment.updated_at = state.clock()


def set_points_everywhere(state: State, rubric: Rubric, *, keep_points: bool) -> None:
    """After a rubric has changed, on every assignment that it grades."""
    for row in associations_of(state, rubric):
        set_points(state, row, keep_points=keep_points)


def take_off(state: State, row: RubricAssociation) -> None:
    """End one use; the last one for grading in the context takes the rubric out of it."""
    row.deleted = True
    rubric = state.rubrics[row.rubric_id]
    left = associations_of(state, rubric)
    kept = any(one.purpose == "bookmark" for one in left)
    context = (row.context_type, row.context_id)
    here = [one for one in left if (one.context_type, one.context_id) == context]
    if not kept and not any(one.purpose == "grading" for one in here):
        remove_from(state, rubric, row.context_type, row.context_id)


def remove_from(state: State, rubric: Rubric, context_type: str, context_id: int) -> None:
    """End every use in a course or account; without any use left the rubric is deleted."""
    for row in associations_of(state, rubric):
        if (row.context_type, row.context_id) == (context_type, context_id):
            row.deleted = True
    drop_if_unused(state, rubric)
