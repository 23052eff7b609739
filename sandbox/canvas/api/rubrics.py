"""Rubrics of courses and accounts: list, show, delete."""

from typing import Any

from litestar import Response, delete, get
from litestar.params import FromPath

from sandbox.canvas import ids, params, rubrics
from sandbox.canvas.api.rubric_json import (
    assessment_json,
    association_json,
    criteria_json,
    rubric_json,
    written_json,
)
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, model_errors, not_found
from sandbox.canvas.outcome_records import Rubric, RubricAssociation
from sandbox.canvas.outcomes import key_of
from sandbox.canvas.records import Account, Course
from sandbox.canvas.rubric_placing import remove_from

_KINDS = {
    "assessments": None,
    "graded_assessments": "grading",
    "peer_assessments": "peer_review",
}
_PLACES = {
    "associations": None,
    "assignment_associations": "Assignment",
    "course_associations": "Course",
    "account_associations": "Account",
}
_STYLES = ("full", "comments_only")


@get("/api/v1/courses/{course_id:str}/rubrics", sync_to_thread=False)
def list_rubrics(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    return _list(call, call.course(course_id))


@get("/api/v1/accounts/{account_id:str}/rubrics", sync_to_thread=False)
def list_account_rubrics(call: Injected[Call], account_id: FromPath[str]) -> Response[bytes]:
    return _list(call, ids.find_account(call.state, account_id))


def _list(call: Call, context: Course | Account) -> Response[bytes]:
    call.require(context, "manage_rubrics")
    rows = rubrics.rubrics_of(call.state, *key_of(context))
    return call.page(rows, lambda row: rubric_json(call, row))


@get("/api/v1/courses/{course_id:str}/rubrics/{rubric_id:str}", sync_to_thread=False)
def show_rubric(
    call: Injected[Call], course_id: FromPath[str], rubric_id: FromPath[str]
) -> Response[bytes]:
    return _show(call, call.course(course_id), rubric_id)


@get("/api/v1/accounts/{account_id:str}/rubrics/{rubric_id:str}", sync_to_thread=False)
def show_account_rubric(
    call: Injected[Call], account_id: FromPath[str], rubric_id: FromPath[str]
) -> Response[bytes]:
    return _show(call, ids.find_account(call.state, account_id), rubric_id)


def _show(call: Call, context: Course | Account, rubric_id: str) -> Response[bytes]:
    """A rubric that is used somewhere in the context; one that is not is not found."""
    call.require(context, "manage_rubrics")
    rubric = call.state.rubrics.get(ids.local_id(rubric_id) or 0)
    if rubric is None or rubric.deleted or not _uses_in(call, rubric, context):
        raise Refusal(404, {"message": "Rubric not found"})
    asked = params.listed(call.params, "include")
    style = params.text(call.params.get("style"))
    _refuse_includes(asked, style)
    shown = rubric_json(call, rubric) | {"data": criteria_json(rubric)}
    for name in asked:
        if name in _KINDS:
            shown["assessments"] = _assessments(call, rubric, _KINDS[name], style)
        else:
            shown["associations"] = _associations(call, rubric, _PLACES[name])
    return call.answer(shown)


def _uses_in(call: Call, rubric: Rubric, context: Course | Account) -> list[RubricAssociation]:
    uses = rubrics.associations_of(call.state, rubric)
    return [row for row in uses if (row.context_type, row.context_id) == key_of(context)]


def _refuse_includes(asked: list[str], style: str | None) -> None:
    wrong = []
    if set(asked) - _KINDS.keys() - _PLACES.keys():
        names = ", ".join([*_KINDS, *_PLACES])
        wrong.append(f"invalid include value requested. Must be one of the following: {names}")
    for kind, names_of in (("association", _PLACES), ("assessment", _KINDS)):
        several = [name for name in asked if name in names_of]
        if len(several) > 1:
            given = ", ".join(several)
            wrong.append(f"cannot list multiple {kind} includes. Multiple given: {given}")
    errors = [("include", message) for message in wrong]
    if style is not None and style not in _STYLES:
        valid = ", ".join(_STYLES)
        errors.append(("style", f"invalid style requested. Must be one of the following: {valid}"))
    elif style is not None and not set(asked) & _KINDS.keys():
        message = "invalid parameters. Style parameter passed without requesting assessments"
        errors.append(("style", message))
    if errors:
        raise model_errors(errors)


def _assessments(
    call: Call, rubric: Rubric, kind: str | None, style: str | None
) -> list[dict[str, Any]]:
    return [
        assessment_json(call, row, style)
        for row in call.state.rubric_assessments.values()
        if row.rubric_id == rubric.id and kind in {None, row.assessment_type}
    ]


def _associations(call: Call, rubric: Rubric, kind: str | None) -> list[dict[str, Any]]:
    rows = rubrics.associations_of(call.state, rubric)
    return [association_json(row) for row in rows if kind in {None, row.association_type}]


@delete(
    "/api/v1/courses/{course_id:str}/rubrics/{rubric_id:str}", status_code=200, sync_to_thread=False
)
def delete_rubric(
    call: Injected[Call], course_id: FromPath[str], rubric_id: FromPath[str]
) -> Response[bytes]:
    """End every use of the rubric in the course; without any use left it is deleted."""
    course = call.course(course_id)
    rubric = call.state.rubrics.get(ids.local_id(rubric_id) or 0)
    if rubric is None or rubric.deleted or not _uses_in(call, rubric, course):
        raise not_found()
    call.require(course, "manage_rubrics")
    remove_from(call.state, rubric, *key_of(course))
    return call.answer({"rubric": written_json(call, rubric)})
