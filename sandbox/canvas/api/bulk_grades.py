"""Bulk grading: `update_grades` of an assignment, a course, a section."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from sandbox.canvas import ids
from sandbox.canvas.api.progress import progress_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, not_found
from sandbox.canvas.jobs import GradeData, Jobs
from sandbox.canvas.records import Assignment, Course
from sandbox.canvas.rights import visible_section_ids


@post(
    "/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}/submissions/update_grades",
    status_code=200,
    sync_to_thread=False,
)
def grade_assignment(
    call: Injected[Call],
    jobs: Injected[Jobs],
    course_id: FromPath[str],
    assignment_id: FromPath[str],
) -> Response[bytes]:
    course = call.course(course_id)
    return _enqueue(call, jobs, course, {assignment_id: _grade_data(call)}, None)


@post(
    "/api/v1/courses/{course_id:str}/submissions/update_grades",
    status_code=200,
    sync_to_thread=False,
)
def grade_course(
    call: Injected[Call], jobs: Injected[Jobs], course_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    return _enqueue(call, jobs, course, _grade_data(call), None)


@post(
    "/api/v1/sections/{section_id:str}/assignments/{assignment_id:str}/submissions/update_grades",
    status_code=200,
    sync_to_thread=False,
)
def grade_section_assignment(
    call: Injected[Call],
    jobs: Injected[Jobs],
    section_id: FromPath[str],
    assignment_id: FromPath[str],
) -> Response[bytes]:
    section = ids.find_section(call.state, section_id)
    course = call.course(str(section.course_id))
    return _enqueue(call, jobs, course, {assignment_id: _grade_data(call)}, section.id)


@post(
    "/api/v1/sections/{section_id:str}/submissions/update_grades",
    status_code=200,
    sync_to_thread=False,
)
def grade_section(
    call: Injected[Call], jobs: Injected[Jobs], section_id: FromPath[str]
) -> Response[bytes]:
    section = ids.find_section(call.state, section_id)
    course = call.course(str(section.course_id))
    return _enqueue(call, jobs, course, _grade_data(call), section.id)


def _grade_data(call: Call) -> dict[str, Any]:
    """The body is looked at before everything else; the refusal is a bare JSON string."""
    data = call.params.get("grade_data")
    if not isinstance(data, dict) or not data:
        raise Refusal(400, "'grade_data' parameter required")
    return data


def _enqueue(
    call: Call, jobs: Jobs, course: Course, data: dict[str, Any], section_id: int | None
) -> Response[bytes]:
    """Body first, then the assignments (404), then the rights: all or nothing is queued."""
    assignments = {key: _assignment(call, course, key) for key in data}
    for assignment in assignments.values():
        if not assignment.published or not call.can("manage_grades", course):
            raise call.refused()
    sections = visible_section_ids(call.state, call.me.id, course)
    if section_id is not None:
        sections = {section_id} if sections is None else sections & {section_id}
    grades: GradeData = [
        (assignments[key].id, {str(who): _given(what) for who, what in _students(students)})
        for key, students in data.items()
    ]
    jobs.look()
    progress = jobs.enqueue(course, call.me.id, sections, grades)
    return call.answer(progress_json(call, progress))


def _students(value: object) -> list[tuple[str, object]]:
    return list(value.items()) if isinstance(value, dict) else []


def _given(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _assignment(call: Call, course: Course, key: str) -> Assignment:
    if ids.local_id(key) is None:
        raise not_found()
    return ids.find_assignment(call.state, course, key)
