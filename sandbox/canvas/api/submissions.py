"""Submissions: read them, grade one."""

from typing import Any

from litestar import Response, get, put
from litestar.params import FromPath

from sandbox.canvas import grading, ids, params
from sandbox.canvas.api.submission_json import read_submission_json, submission_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, not_found, plain_error
from sandbox.canvas.records import Assignment, Course, Submission
from sandbox.canvas.rights import student_ids, visible_section_ids
from sandbox.canvas.rubric_assessing import assess

READERS = ("manage_grades", "view_all_grades")
_KNOWN = frozenset({"active", "invited", "inactive", "completed"})


def _sections(call: Call, course: Course, section_id: str | None = None) -> set[int] | None:
    """The sections to look at: those that the caller sees, narrowed by the path."""
    seen = visible_section_ids(call.state, call.me.id, course)
    if section_id is None:
        return seen
    section = ids.find_section(call.state, section_id)
    return {section.id} if seen is None else seen & {section.id}


@get(
    "/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}/submissions",
    sync_to_thread=False,
)
def list_submissions(
    call: Injected[Call], course_id: FromPath[str], assignment_id: FromPath[str]
) -> Response[bytes]:
    """One row for each assigned student, by user id. The right is asked for before the id."""
    return _submission_page(call, call.course(course_id), assignment_id, None)


@get(
    "/api/v1/sections/{section_id:str}/assignments/{assignment_id:str}/submissions",
    sync_to_thread=False,
)
def list_section_submissions(
    call: Injected[Call], section_id: FromPath[str], assignment_id: FromPath[str]
) -> Response[bytes]:
    section = ids.find_section(call.state, section_id)
    return _submission_page(call, call.course(str(section.course_id)), assignment_id, section_id)


def _submission_page(
    call: Call, course: Course, assignment_id: str, section: str | None
) -> Response[bytes]:
    if not call.can_any(course, *READERS):
        raise call.refused()
    assignment = ids.find_assignment(call.state, course, assignment_id)
    rows = list(grading.rows_of(call.state, course, assignment, _sections(call, course, section)))
    if params.truthy(call.params.get("grouped")):
        rows = _one_per_group(call, assignment, rows)
    return call.page(rows, lambda row: read_submission_json(call, row))


def _one_per_group(call: Call, assignment: Assignment, rows: list[Submission]) -> list[Submission]:
    seen: set[int] = set()
    kept = []
    for row in rows:
        group = call.state.group_of(assignment, row.user_id)
        if group is not None and group.id in seen:
            continue
        if group is not None:
            seen.add(group.id)
        kept.append(row)
    return kept


@get(
    "/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}/submissions/{user_id:str}",
    sync_to_thread=False,
)
def show_submission(
    call: Injected[Call],
    course_id: FromPath[str],
    assignment_id: FromPath[str],
    user_id: FromPath[str],
) -> Response[bytes]:
    course = call.course(course_id)
    assignment = ids.find_assignment(call.state, course, assignment_id)
    user = ids.find_user(call.state, user_id, call.me.id)
    if user.id != call.me.id and not call.can_any(course, *READERS):
        raise call.refused()
    _visible_student(call, course, user.id)
    return call.answer(read_submission_json(call, call.state.submission(assignment.id, user.id)))


def _visible_student(call: Call, course: Course, user_id: int) -> None:
    """404 for somebody who never was a student here, or not in a section one sees."""
    if user_id not in student_ids(call.state, course, _sections(call, course), _KNOWN):
        raise not_found()


@put(
    "/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}/submissions/{user_id:str}",
    sync_to_thread=False,
)
def grade_submission(
    call: Injected[Call],
    course_id: FromPath[str],
    assignment_id: FromPath[str],
    user_id: FromPath[str],
) -> Response[bytes]:
    course = call.course(course_id)
    assignment = ids.find_assignment(call.state, course, assignment_id)
    user = ids.find_user(call.state, user_id, call.me.id)
    call.require(course, "manage_grades")
    _visible_student(call, course, user.id)
    if grading.hindrance(call.state, call.me.id, assignment) is not None:
        raise call.refused()
    rows = _graded(call, assignment, user.id)
    shown = submission_json(call, rows[0], comments=True)
    shown["all_submissions"] = [submission_json(call, row) for row in rows]
    return call.answer(shown)


def _graded(call: Call, assignment: Assignment, user_id: int) -> list[Submission]:
    given = params.mapping(call.params, "submission") or {}
    rows = [call.state.submission(assignment.id, user_id)]
    if "posted_grade" in given or "excuse" in given:
        try:
            rows = grading.grade(call.state, assignment, user_id, call.me.id, given)
        except grading.GradeError as error:
            raise plain_error(str(error)) from error
    _set_lateness(call, assignment, rows[0], given)
    _assess(call, assignment, user_id)
    said = params.mapping(call.params, "comment") or {}
    text = params.text(said.get("text_comment"))
    everybody = params.truthy(said.get("group_comment"))
    for row in rows if everybody else rows[:1]:
        if text:
            grading.comment(call.state, row, call.me.id, text)
    return rows


def _assess(call: Call, assignment: Assignment, user_id: int) -> None:
    """Apply `rubric_assessment`, after the grade; without a rubric it is ignored in silence."""
    given = params.mapping(call.params, "rubric_assessment")
    association = call.state.grading_association(assignment.id)
    if given is None or association is None:
        return
    if not any(row.id in given for row in call.state.rubrics[association.rubric_id].criteria):
        raise Refusal(400, {"message": "invalid rubric_assessment"})
    try:
        assess(call.state, association, user_id, call.me.id, given)
    except grading.GradeError as error:
        raise plain_error(str(error)) from error


def _set_lateness(
    call: Call, assignment: Assignment, row: Submission, given: dict[str, Any]
) -> None:
    if "late_policy_status" in given:
        status = params.text(given["late_policy_status"])
        row.late_policy_status = status if status in {"late", "missing", "extended"} else None
    if "seconds_late_override" in given:
        seconds = params.text(given["seconds_late_override"]) or ""
        row.seconds_late_override = int(seconds) if seconds.isdigit() else None
    if {"late_policy_status", "seconds_late_override"} & given.keys():
        grading.recompute(call.state, assignment, row)
