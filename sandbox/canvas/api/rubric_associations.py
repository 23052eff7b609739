"""Where a rubric is used: put it on an assignment, change that, take it off."""

from litestar import Response, delete, post, put
from litestar.params import FromPath

from sandbox.canvas import ids, params
from sandbox.canvas.api.rubric_input import place_input, placing_input
from sandbox.canvas.api.rubric_json import assessment_json, association_json, placed_json
from sandbox.canvas.api.rubric_json import written_json as rubric_written_json
from sandbox.canvas.api.rubric_writing import allow_writing, association_in, place_of
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import not_found, stumbled
from sandbox.canvas.outcome_records import Rubric, RubricAssociation
from sandbox.canvas.records import Assignment, Course
from sandbox.canvas.rubric_placing import Place, place, take_off


@post("/api/v1/courses/{course_id:str}/rubric_associations", status_code=200, sync_to_thread=False)
def create_association(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    return _write(call, call.course(course_id), None)


@put(
    "/api/v1/courses/{course_id:str}/rubric_associations/{association_id:str}",
    sync_to_thread=False,
)
def change_association(
    call: Injected[Call], course_id: FromPath[str], association_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    return _write(call, course, association_in(call, course, association_id))


def _write(call: Call, course: Course, association: RubricAssociation | None) -> Response[bytes]:
    sent = params.mapping(call.params, "rubric_association") or {}
    rubric = _rubric(call, association, params.text(sent.get("rubric_id")))
    where = _where(call, course, association, sent)
    if association is not None:
        call.require(course, "manage_rubrics")
    allow_writing(call, course, where)
    if where is None:
        raise stumbled(call.state.next_id("error_reports", 48213))
    row = place(call.state, rubric, course, where, placing_input(sent), association)
    made = [
        assessment_json(call, one)
        for one in call.state.rubric_assessments.values()
        if one.rubric_association_id == row.id
    ]
    shown = placed_json(row) | {"rubric_assessments": made}
    return call.answer({"rubric": rubric_written_json(call, rubric), "rubric_association": shown})


def _rubric(call: Call, association: RubricAssociation | None, named: str | None) -> Rubric:
    number = association.rubric_id if association else ids.local_id(named or "") or 0
    rubric = call.state.rubrics.get(number)
    if rubric is None or rubric.deleted:
        raise not_found()
    return rubric


def _where(
    call: Call, course: Course, association: RubricAssociation | None, sent: dict[str, object]
) -> Place | None:
    """The place of the association; for a new one an assignment of this course only."""
    if association is not None:
        return place_of(call, association)
    named = place_input(call.state, sent)
    here = isinstance(named, Assignment) and named.course_id == course.id
    return named if here else None


@delete(
    "/api/v1/courses/{course_id:str}/rubric_associations/{association_id:str}",
    status_code=200,
    sync_to_thread=False,
)
def delete_association(
    call: Injected[Call], course_id: FromPath[str], association_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    row = association_in(call, course, association_id)
    if row is None:
        raise not_found()
    call.require(course, "manage_rubrics")
    take_off(call.state, row)
    return call.answer({"rubric_association": association_json(row)})
