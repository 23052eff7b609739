"""Assignments: read, create, change, delete."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import Response, delete, get, post, put
from litestar.params import FromPath

from sandbox.canvas import ids, params
from sandbox.canvas.access_records import Tool
from sandbox.canvas.api.assignment_input import apply_input, wrapped_input
from sandbox.canvas.api.rubric_json import assignment_rubric_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.grading import is_assigned, rows_of
from sandbox.canvas.lti.matching import tool_for_url
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Assignment, Course

_DEFAULTS: Mapping[str, object] = {
    "assignment_group_id": 400,
    "grading_standard_id": None,
    "automatic_peer_reviews": False,
    "anonymous_peer_reviews": False,
    "post_to_sis": False,
    "intra_group_peer_reviews": False,
    "anonymous_instructor_annotations": False,
    "graders_anonymous_to_graders": False,
    "grader_comments_visible_to_graders": True,
    "grader_names_visible_to_final_grader": True,
    "annotatable_attachment_id": None,
    "due_date_required": False,
    "max_name_length": 255,
    "is_quiz_assignment": False,
    "can_duplicate": True,
    "original_course_id": None,
    "original_assignment_id": None,
    "original_lti_resource_link_id": None,
    "original_assignment_name": None,
    "original_quiz_id": None,
    "important_dates": False,
    "has_overrides": False,
    "locked_for_user": False,
    "require_lockdown_browser": False,
    "restrict_quantitative_data": False,
}
"""Keys of features that the practice Canvas does not have, each with Canvas' resting value."""


def assignment_json(call: Call, assignment: Assignment) -> dict[str, Any]:
    course = call.state.courses[assignment.course_id]
    page = f"{call.base}/courses/{course.id}/assignments/{assignment.id}"
    shown = {
        **_DEFAULTS,
        **_settings(call, assignment),
        **_submission_facts(call, assignment),
        "html_url": page,
        "submissions_download_url": f"{page}/submissions?zip=1",
        **_tool_keys(call, assignment),
        **assignment_rubric_json(call, assignment.id),
    }
    if call.can("manage_grades", course):
        rows = rows_of(call.state, course, assignment, None)
        shown["needs_grading_count"] = sum(row.workflow_state == "submitted" for row in rows)
    if call.can("manage_assignments_edit", course):
        shown["unpublishable"] = not shown["graded_submissions_exist"]
    if call.can_any(course, "read_sis", "manage_sis"):
        sis = assignment.sis_assignment_id
        shown |= {"sis_assignment_id": sis, "integration_id": None, "integration_data": {}}
    return shown


def _settings(call: Call, row: Assignment) -> dict[str, Any]:
    overrides_only = row.assigned_user_ids is not None
    return {
        "id": row.id,
        "course_id": row.course_id,
        "name": row.name,
        "description": row.description,
        "due_at": iso(row.due_at),
        "unlock_at": iso(row.unlock_at),
        "lock_at": iso(row.lock_at),
        "points_possible": row.points_possible,
        "grading_type": row.grading_type,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "peer_reviews": row.peer_reviews,
        "position": row.position,
        "grade_group_students_individually": row.grade_group_students_individually,
        "group_category_id": row.group_category_id,
        "moderated_grading": row.moderated_grading,
        "omit_from_final_grade": row.omit_from_final_grade,
        "anonymous_grading": row.anonymous_grading,
        "anonymize_students": row.anonymous_grading and not row.grades_published,
        "grader_count": 2 if row.moderated_grading else 0,
        "final_grader_id": row.final_grader_id,
        "allowed_attempts": row.allowed_attempts,
        "hide_in_gradebook": row.hide_in_gradebook,
        "lti_context_id": call.state.opaque.uuid("assignment", row.id),
        "secure_params": call.state.opaque.letters("secure", row.id),
        "submission_types": row.submission_types,
        "in_closed_grading_period": row.in_closed_grading_period,
        "workflow_state": "published" if row.published else "unpublished",
        "published": row.published,
        "muted": row.post_manually,
        "post_manually": row.post_manually,
        "only_visible_to_overrides": overrides_only,
        "visible_to_everyone": not overrides_only,
    }


def _submission_facts(call: Call, assignment: Assignment) -> dict[str, bool]:
    rows = [row for row in call.state.submissions.values() if row.assignment_id == assignment.id]
    return {
        "has_submitted_submissions": any(row.submitted_at is not None for row in rows),
        "graded_submissions_exist": any(row.workflow_state == "graded" for row in rows),
    }


def tool_of(call: Call, assignment: Assignment) -> Tool | None:
    if assignment.tool is None:
        return None
    course = call.state.courses[assignment.course_id]
    return tool_for_url(call.state, course, assignment.tool.url)


def _tool_keys(call: Call, assignment: Assignment) -> dict[str, Any]:
    tag = assignment.tool
    if tag is None:
        return {}
    attributes: dict[str, Any] = {
        "url": tag.url,
        "new_tab": tag.new_tab,
        "resource_link_id": call.state.opaque.uuid("resource_link", assignment.id),
        "external_data": "",
    }
    tool = tool_of(call, assignment)
    if tool is not None:
        attributes |= {"content_type": "ContextExternalTool", "content_id": tool.id}
    attributes["custom_params"] = tag.custom_params
    query = urlencode({"assignment_id": assignment.id, "launch_type": "assessment"})
    course = f"{call.base}/api/v1/courses/{assignment.course_id}"
    url = f"{course}/external_tools/sessionless_launch?{query}"
    return {"external_tool_tag_attributes": attributes, "url": url}


def visible_assignments(call: Call, course: Course) -> list[Assignment]:
    """All of them for those who teach; the published ones that are theirs for students."""
    rows = call.state.assignments_of(course.id)
    if call.can("view_unpublished_items", course):
        return rows
    return [row for row in rows if row.published and is_assigned(row, call.me.id)]


def find_visible(call: Call, course: Course, reference: str) -> Assignment:
    assignment = ids.find_assignment(call.state, course, reference)
    if assignment not in visible_assignments(call, course):
        raise call.refused()
    return assignment


@get("/api/v1/courses/{course_id:str}/assignments", sync_to_thread=False)
def list_assignments(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    course = call.course(course_id)
    call.require(course, "read")
    rows = [row for row in visible_assignments(call, course) if _wanted(call, row)]
    if params.text(call.params.get("order_by")) == "name":
        rows.sort(key=lambda row: row.name.casefold())
    return call.page(rows, lambda row: assignment_json(call, row))


def _wanted(call: Call, assignment: Assignment) -> bool:
    search = params.text(call.params.get("search_term")) or ""
    asked = params.listed(call.params, "assignment_ids")
    named = search.casefold() in assignment.name.casefold()
    return named and (not asked or str(assignment.id) in asked)


@get("/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}", sync_to_thread=False)
def show_assignment(
    call: Injected[Call], course_id: FromPath[str], assignment_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    call.require(course, "read")
    return call.answer(assignment_json(call, find_visible(call, course, assignment_id)))


@post("/api/v1/courses/{course_id:str}/assignments", sync_to_thread=False)
def create_assignment(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    """201; the assignment is unpublished unless `published` says otherwise."""
    course = call.course(course_id)
    call.require(course, "manage_assignments_add")
    given = wrapped_input(call.params)
    now = call.state.clock()
    assignment = Assignment(
        id=0,
        course_id=course.id,
        name="",
        position=len(call.state.assignments_of(course.id)) + 1,
        created_at=now,
        updated_at=now,
    )
    apply_input(assignment, given)
    assignment.id = call.state.next_id("assignments", 900)
    call.state.assignments[assignment.id] = assignment
    return call.answer(assignment_json(call, assignment), status=201)


@put("/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}", sync_to_thread=False)
def change_assignment(
    call: Injected[Call], course_id: FromPath[str], assignment_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    assignment = ids.find_assignment(call.state, course, assignment_id)
    call.require(course, "manage_assignments_edit")
    apply_input(assignment, wrapped_input(call.params))
    assignment.updated_at = call.state.clock()
    return call.answer(assignment_json(call, assignment))


@delete(
    "/api/v1/courses/{course_id:str}/assignments/{assignment_id:str}",
    status_code=200,
    sync_to_thread=False,
)
def delete_assignment(
    call: Injected[Call], course_id: FromPath[str], assignment_id: FromPath[str]
) -> Response[bytes]:
    course = call.course(course_id)
    assignment = ids.find_assignment(call.state, course, assignment_id)
    call.require(course, "manage_assignments_delete")
    shown = assignment_json(call, assignment)
    assignment.deleted = True
    return call.answer(shown)
