"""Making and changing a rubric, and with it where it is used."""

from typing import Any

from litestar import Response, post, put
from litestar.params import FromPath

from sandbox.canvas import ids, params, rubrics
from sandbox.canvas.api.rubric_input import (
    keeps_points,
    place_input,
    place_named,
    placing_input,
    rubric_input,
)
from sandbox.canvas.api.rubric_json import placed_json, written_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import param_missing
from sandbox.canvas.outcome_records import Rubric, RubricAssociation
from sandbox.canvas.outcomes import key_of
from sandbox.canvas.records import Assignment, Course
from sandbox.canvas.rubric_placing import Place, place, set_points_everywhere


@post("/api/v1/courses/{course_id:str}/rubrics", status_code=200, sync_to_thread=False)
def create_rubric(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    return _write(call, call.course(course_id), None)


@put("/api/v1/courses/{course_id:str}/rubrics/{rubric_id:str}", sync_to_thread=False)
def change_rubric(
    call: Injected[Call], course_id: FromPath[str], rubric_id: FromPath[str]
) -> Response[bytes]:
    """200 with the rubric that now is: a new one for a shared rubric, and for an unknown id."""
    return _write(call, call.course(course_id), ids.local_id(rubric_id) or 0)


def _write(call: Call, course: Course, rubric_id: int | None) -> Response[bytes]:
    sent = params.mapping(call.params, "rubric_association") or {}
    where = place_input(call.state, sent)
    allow_writing(call, course, where)
    given = params.mapping(call.params, "rubric")
    if given is None:
        raise param_missing("rubric")
    association = _association_named(call, course)
    if where is None and association is not None:
        where = place_of(call, association)
    before = _rubric_named(call, course, rubric_id, association)
    if association is not None and (before is None or association.rubric_id != before.id):
        association = None
    wanted = rubric_input(call.state, given)
    try:
        rubric = rubrics.write(call.state, course, before, wanted, call.me.id)
    except rubrics.RubricInvalid as error:
        return call.answer({"error": True, "messages": [str(error)]})
    set_points_everywhere(call.state, rubric, keep_points=keeps_points(call.params))
    left_alone = rubric is before and rubrics.read_only(call.state, rubric)
    if where is None or (left_alone and association is None):
        return call.answer({"rubric": written_json(call, rubric)})
    row = _placed(call, course, rubric, where, association, reuse=rubric_id is not None)
    return call.answer({"rubric": written_json(call, rubric), "rubric_association": row})


def _placed(
    call: Call,
    course: Course,
    rubric: Rubric,
    where: Place,
    association: RubricAssociation | None,
    *,
    reuse: bool,
) -> dict[str, Any]:
    if association is not None and place_of(call, association) is not where:
        association = None
    keep_points = keeps_points(call.params)
    row = place(
        call.state,
        rubric,
        course,
        where,
        placing_input(params.mapping(call.params, "rubric_association") or {}),
        association,
        reuse=reuse,
        keep_points=keep_points,
    )
    return placed_json(row) | {"skip_updating_points_possible": keep_points}


def allow_writing(call: Call, course: Course, where: Place | None) -> None:
    """Who manages the course's rubrics, or may edit the assignment that the rubric goes on."""
    if where is None:
        call.require(course, "manage_rubrics")
        return
    home = call.state.courses[where.course_id] if isinstance(where, Assignment) else where
    edits = call.can("manage_assignments_edit", home)
    if not edits and not (call.can("read", home) and call.can("manage_rubrics", course)):
        raise call.refused()


def place_of(call: Call, row: RubricAssociation) -> Place | None:
    return place_named(call.state, row.association_type, row.association_id)


def association_in(call: Call, course: Course, reference: str) -> RubricAssociation | None:
    row = call.state.rubric_associations.get(ids.local_id(reference) or 0)
    if row is None or row.deleted or (row.context_type, row.context_id) != key_of(course):
        return None
    return row


def _association_named(call: Call, course: Course) -> RubricAssociation | None:
    named = params.text(call.params.get("rubric_association_id"))
    return association_in(call, course, named) if named else None


def _rubric_named(
    call: Call, course: Course, rubric_id: int | None, association: RubricAssociation | None
) -> Rubric | None:
    """The course's own rubric; an account's only through an association in the course."""
    rubric = call.state.rubrics.get(rubric_id or 0)
    if rubric is None or rubric.deleted:
        return None
    through = association is not None and association.rubric_id == rubric.id
    own = (rubric.context_type, rubric.context_id) == key_of(course)
    return rubric if own or through else None
