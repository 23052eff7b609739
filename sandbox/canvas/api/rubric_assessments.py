"""Assessing with a rubric by the association, the way Canvas' own pages do."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, delete, post, put
from litestar.params import FromPath

from sandbox.canvas import ids, params
from sandbox.canvas.api.rubric_json import assessment_json, association_json, ratings_json
from sandbox.canvas.api.rubric_writing import association_in
from sandbox.canvas.api.submission_json import submission_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, not_found, stumbled
from sandbox.canvas.grading import GradeError
from sandbox.canvas.moments import iso
from sandbox.canvas.outcome_records import RubricAssessment, RubricAssociation
from sandbox.canvas.records import Course
from sandbox.canvas.rights import student_ids
from sandbox.canvas.rubric_assessing import assess, forget

_PREFIX = "criterion_"
_STUDENTS = frozenset({"active", "invited", "inactive", "completed"})


@post(
    "/api/v1/courses/{course_id:str}/rubric_associations/{association_id:str}/rubric_assessments",
    status_code=200,
    sync_to_thread=False,
)
def create_assessment(
    call: Injected[Call], course_id: FromPath[str], association_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    return _assess(call, course, _association(call, course, association_id), None)


@put(
    "/api/v1/courses/{course_id:str}/rubric_associations/{association_id:str}"
    "/rubric_assessments/{assessment_id:str}",
    sync_to_thread=False,
)
def change_assessment(
    call: Injected[Call],
    course_id: FromPath[str],
    association_id: FromPath[str],
    assessment_id: FromPath[str],
) -> Response[bytes]:
    """Of an assessment that exists the student is known; an unknown id is a new assessment."""
    course = call.course(course_id)
    association = _association(call, course, association_id)
    return _assess(call, course, association, _found(call, association, assessment_id))


@delete(
    "/api/v1/courses/{course_id:str}/rubric_associations/{association_id:str}"
    "/rubric_assessments/{assessment_id:str}",
    status_code=200,
    sync_to_thread=False,
)
def delete_assessment(
    call: Injected[Call],
    course_id: FromPath[str],
    association_id: FromPath[str],
    assessment_id: FromPath[str],
) -> Response[bytes]:
    course = call.course(course_id)
    row = _found(call, _association(call, course, association_id), assessment_id)
    if row is None:
        raise not_found()
    call.require(course, "manage_rubrics")
    shown = assessment_json(call, row, "full")
    forget(call.state, row)
    return call.answer({"rubric_assessment": shown})


def _association(call: Call, course: Course, reference: str) -> RubricAssociation:
    row = association_in(call, course, reference)
    if row is None:
        raise not_found()
    return row


def _found(call: Call, association: RubricAssociation, reference: str) -> RubricAssessment | None:
    row = call.state.rubric_assessments.get(ids.local_id(reference) or 0)
    return row if row and row.rubric_association_id == association.id else None


def _assess(
    call: Call, course: Course, association: RubricAssociation, found: RubricAssessment | None
) -> Response[bytes]:
    sent = params.mapping(call.params, "rubric_assessment")
    if sent is None or association.association_type != "Assignment":
        raise _stumbled(call)
    user_id = found.user_id if found else _student(call, sent)
    if user_id not in student_ids(call.state, course, None, _STUDENTS):
        raise not_found()
    call.require(course, "manage_grades")
    kind = params.text(sent.get("assessment_type"))
    if kind is None:
        raise _stumbled(call)
    given = {
        name.removeprefix(_PREFIX): value
        for name, value in sent.items()
        if name.startswith(_PREFIX)
    }
    try:
        row = assess(call.state, association, user_id, call.me.id, given, kind)
    except GradeError as error:
        body = {"errors": {"base": str(error), "error_code": None}}
        raise Refusal(400, body) from error
    return call.answer(_answer(call, association, row))


def _student(call: Call, sent: Mapping[str, Any]) -> int:
    """Canvas matches the id as text: a JSON number breaks it, a SIS id is no id."""
    named = sent.get("user_id")
    if isinstance(named, int):
        raise _stumbled(call)
    text = str(named or "")
    if not (text.isascii() and text.isdigit()):
        raise not_found()
    return int(text)


def _stumbled(call: Call) -> Refusal:
    return stumbled(call.state.next_id("error_reports", 48213))


def _answer(call: Call, association: RubricAssociation, row: RubricAssessment) -> dict[str, Any]:
    submission = call.state.submission(row.assignment_id, row.user_id)
    return assessment_json(call, row, "full") | {
        "user_id": row.user_id,
        "updated_at": iso(row.updated_at),
        "ratings": ratings_json(row),
        "assessor_name": call.state.users[row.assessor_id].short_name,
        "related_group_submissions_and_assessments": [],
        "artifact": submission_json(call, submission, comments=True),
        "rubric_association": association_json(association),
    }
