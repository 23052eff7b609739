"""The people of a course: sections and users."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.courses import role_of, short_type
from sandbox.canvas.api.enrollments import (
    ROSTER,
    enrollment_json,
    sees_sis,
    visible_enrolments,
)
from sandbox.canvas.api.users import user_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.ids import user_or_none
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Course, Enrollment, Section, User


@get("/api/v1/courses/{course_id:str}/sections", sync_to_thread=False)
def list_sections(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    course = call.course(course_id)
    call.require(course, *ROSTER)
    rows = call.state.sections_of(course.id)
    if params.truthy(call.params.get("all")):
        return call.answer([section_json(call, course, row) for row in rows])
    return call.page(rows, lambda row: section_json(call, course, row))


def section_json(call: Call, course: Course, section: Section) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": section.id,
        "course_id": course.id,
        "name": section.name,
        "start_at": None,
        "end_at": None,
        "created_at": iso(course.created_at),
        "restrict_enrollments_to_section_dates": None,
        "nonxlist_course_id": None,
    }
    if sees_sis(call, course):
        shown |= {
            "sis_section_id": section.sis_section_id,
            "sis_course_id": course.sis_course_id,
            "integration_id": None,
        }
    if call.can("manage_sis", course):
        shown["sis_import_id"] = None
    rows = call.state.enrollments_in(course.id)
    students = [
        row for row in rows if row.section_id == section.id and row.type == "StudentEnrollment"
    ]
    if call.includes("students"):
        users = {row.user_id: call.state.users[row.user_id] for row in students}
        shown["students"] = [user_json(call, user, course) for user in users.values()]
    if call.includes("total_students"):
        shown["total_students"] = len({row.user_id for row in students})
    return shown


@get(
    ["/api/v1/courses/{course_id:str}/users", "/api/v1/courses/{course_id:str}/search_users"],
    sync_to_thread=False,
)
def list_users(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    """Users by sortable name. Test students are taken out after paging: pages may be short."""
    course = call.course(course_id)
    call.require(course, *ROSTER)
    wanted = {row.user_id for row in visible_enrolments(call, course) if _user_wanted(call, row)}
    rows = [call.state.users[user_id] for user_id in wanted]
    rows = [row for row in rows if not row.deleted and _name_wanted(call, row)]
    rows.sort(key=lambda row: (row.sortable_name.casefold(), row.id))
    return call.page(rows, lambda row: _listed_user(call, course, row))


def _user_wanted(call: Call, row: Enrollment) -> bool:
    types = params.listed(call.params, "enrollment_type")
    states = params.listed(call.params, "enrollment_state") or ["active", "invited", "inactive"]
    if "include_inactive" in call.params and not params.truthy(call.params["include_inactive"]):
        states = [state for state in states if state != "inactive"]
    roles = params.listed(call.params, "enrollment_role")
    return (
        row.state in states
        and (not types or short_type(row.type) in types)
        and (not roles or role_of(row.type) in roles)
    )


def _name_wanted(call: Call, user: User) -> bool:
    search = params.text(call.params.get("search_term"))
    if search is not None and search.casefold() not in user.name.casefold():
        return False
    if "user_ids" not in call.params:
        return True
    asked = [
        user_or_none(call.state, text, call.me.id)
        for text in params.listed(call.params, "user_ids")
    ]
    return any(one is not None and one.id == user.id for one in asked)


def _listed_user(call: Call, course: Course, user: User) -> dict[str, Any] | None:
    if user.test_student_of is not None and not call.includes("test_student"):
        return None
    shown = user_json(call, user, course)
    mine = call.state.enrollments_in(course.id, user.id)
    settled = any(row.state not in {"invited", "creation_pending"} for row in mine)
    if call.includes("email") and settled and call.can("read_email_addresses", course):
        shown["email"] = user.email
    if call.includes("enrollments"):
        shown["enrollments"] = [enrollment_json(call, course, row) for row in mine]
    return shown
