"""Submissions of several students and assignments at once."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import ids, params
from sandbox.canvas.api.submission_json import read_submission_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import plain_error
from sandbox.canvas.grading import is_assigned
from sandbox.canvas.moments import moment_of
from sandbox.canvas.records import Assignment, Course, Submission
from sandbox.canvas.rights import student_ids, visible_section_ids

MOST_STUDENTS = 100
READERS = ("manage_grades", "view_all_grades")


@get("/api/v1/courses/{course_id:str}/students/submissions", sync_to_thread=False)
def list_student_submissions(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    """Without `student_ids` the caller's own only; with `all` everybody the caller sees."""
    course = call.course(course_id)
    return _answer(call, course, visible_section_ids(call.state, call.me.id, course))


@get("/api/v1/sections/{section_id:str}/students/submissions", sync_to_thread=False)
def list_section_student_submissions(
    call: Injected[Call], section_id: FromPath[str]
) -> Response[bytes]:
    section = ids.find_section(call.state, section_id)
    return _answer(call, call.course(str(section.course_id)), {section.id})


def _answer(call: Call, course: Course, sections: set[int] | None) -> Response[bytes]:
    call.require(course, "read")
    students = _students(call, course, sections)
    assignments = [row for row in _assignments(call, course) if row.published]
    rows = [
        call.state.submission(assignment.id, user_id)
        for user_id in students
        for assignment in assignments
        if is_assigned(assignment, user_id)
    ]
    rows = [row for row in rows if _wanted(call, row)]
    if params.truthy(call.params.get("grouped")):
        return call.answer(_grouped(call, course, students, rows))
    return call.page(_ordered(call, rows), lambda row: read_submission_json(call, row))


def _students(call: Call, course: Course, sections: set[int] | None) -> list[int]:
    asked = params.listed(call.params, "student_ids")
    visible = student_ids(call.state, course, sections)
    if not call.can_any(course, *READERS):
        visible = [user_id for user_id in visible if user_id == call.me.id]
    if not asked:
        return [user_id for user_id in visible if user_id == call.me.id]
    if "all" in asked:
        return visible
    if len(asked) > MOST_STUDENTS:
        raise plain_error("too many students")
    users = [ids.user_or_none(call.state, text, call.me.id) for text in asked]
    named = [user.id for user in users if user is not None]
    unseen = set(named) - set(visible)
    unknown = any(user is None and text.isdigit() for user, text in zip(users, asked, strict=True))
    if unseen or unknown:
        raise call.refused()
    return named


def _assignments(call: Call, course: Course) -> list[Assignment]:
    rows = call.state.assignments_of(course.id)
    asked = params.listed(call.params, "assignment_ids")
    if not asked:
        return rows
    return [row for row in rows if any(ids.local_id(text) == row.id for text in asked)]


def _wanted(call: Call, row: Submission) -> bool:
    state = params.text(call.params.get("workflow_state"))
    if state is not None and row.workflow_state != state:
        return False
    return _since(call, "submitted_since", row.submitted_at) and _since(
        call, "graded_since", row.graded_at
    )


def _since(call: Call, name: str, moment: datetime | None) -> bool:
    since = moment_of(params.text(call.params.get(name)))
    return since is None or (moment is not None and moment > since)


def _ordered(call: Call, rows: list[Submission]) -> list[Submission]:
    down = params.text(call.params.get("order_direction")) == "descending"
    if params.text(call.params.get("order")) == "graded_at":
        return sorted(rows, key=lambda row: (str(row.graded_at), row.id), reverse=down)
    return sorted(rows, key=lambda row: row.id, reverse=down)


def _grouped(
    call: Call, course: Course, students: list[int], rows: list[Submission]
) -> list[dict[str, Any]]:
    """One entry for each student, never paged."""
    sis = call.can_any(course, "read_sis", "manage_sis")
    entries = []
    for user_id in students:
        enrolments = call.state.enrollments_in(course.id, user_id)
        entry: dict[str, Any] = {"user_id": user_id, "section_id": enrolments[0].section_id}
        if sis:
            login = call.state.login_of(user_id)
            entry |= {"integration_id": None, "sis_user_id": login.sis_user_id if login else None}
        own = [read_submission_json(call, row) for row in rows if row.user_id == user_id]
        entries.append(entry | {"submissions": own})
    return entries
