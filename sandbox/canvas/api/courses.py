"""Courses: those of the caller, one of them, the caller's rights in it."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Course, Enrollment, Term
from sandbox.canvas.state import STAFF_TYPES, STUDENT_TYPES

ROLE_IDS = {
    "StudentEnrollment": 2,
    "StudentViewEnrollment": 2,
    "TeacherEnrollment": 4,
    "TaEnrollment": 5,
    "DesignerEnrollment": 6,
    "ObserverEnrollment": 7,
}


def role_of(enrollment_type: str) -> str:
    """The role of a type; a Test Student has that of a student."""
    return "StudentEnrollment" if enrollment_type in STUDENT_TYPES else enrollment_type


def short_type(enrollment_type: str) -> str:
    """`teacher` for `TeacherEnrollment`."""
    return role_of(enrollment_type).removesuffix("Enrollment").lower()


def shown_state(course: Course) -> str:
    unpublished = course.workflow_state in {"claimed", "created", "unpublished"}
    return "unpublished" if unpublished else course.workflow_state


def course_json(call: Call, course: Course) -> dict[str, Any]:
    nickname = call.state.nicknames.get((call.me.id, course.id))
    shown = _course_basics(call, course)
    if nickname is not None:
        shown |= {"name": nickname, "original_name": course.name}
    if call.can_any(course, "read_sis", "manage_sis"):
        shown |= {"sis_course_id": course.sis_course_id, "integration_id": None}
    if call.can("manage_sis", course):
        shown["sis_import_id"] = None
    mine = _live_enrolments(call, course)
    if mine:
        shown["enrollments"] = [_own_enrolment(row) for row in mine]
    return shown | _included(call, course, mine)


def _course_basics(call: Call, course: Course) -> dict[str, Any]:
    feed = call.state.opaque.letters("feed", course.id)
    return {
        "id": course.id,
        "name": course.name,
        "account_id": course.account_id,
        "uuid": course.uuid,
        "start_at": iso(course.start_at),
        "grading_standard_id": None,
        "is_public": False,
        "created_at": iso(course.created_at),
        "course_code": course.course_code,
        "default_view": "modules",
        "root_account_id": call.state.root_id,
        "enrollment_term_id": course.term_id,
        "license": "private",
        "grade_passback_setting": None,
        "end_at": iso(course.end_at),
        "public_syllabus": False,
        "public_syllabus_to_auth": False,
        "storage_quota_mb": 500,
        "is_public_to_auth_users": False,
        "homeroom_course": False,
        "course_color": None,
        "friendly_name": None,
        "apply_assignment_group_weights": False,
        "calendar": {"ics": f"{call.base}/feeds/calendars/course_{feed}.ics"},
        "time_zone": call.state.time_zone,
        "blueprint": False,
        "template": False,
        "hide_final_grades": False,
        "workflow_state": shown_state(course),
        "restrict_enrollments_to_course_dates": course.restrict_enrollments_to_course_dates,
        "course_format": None,
        "locale": None,
    }


def _live_enrolments(call: Call, course: Course) -> list[Enrollment]:
    rows = call.state.enrollments_in(course.id, call.me.id)
    return [row for row in rows if row.state in {"active", "invited", "completed"}]


def _own_enrolment(row: Enrollment) -> dict[str, Any]:
    return {
        "type": short_type(row.type),
        "role": role_of(row.type),
        "role_id": ROLE_IDS[row.type],
        "user_id": row.user_id,
        "enrollment_state": row.state,
        "limit_privileges_to_course_section": row.limit_privileges_to_course_section,
    }


def _included(call: Call, course: Course, mine: list[Enrollment]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if call.includes("term") and course.term_id in call.state.terms:
        shown["term"] = _term_json(call, call.state.terms[course.term_id])
    if call.includes("sections"):
        shown["sections"] = [_own_section(call, row) for row in mine]
    if call.includes("total_students"):
        rows = call.state.enrollments_in(course.id)
        students = {row.user_id for row in rows if row.type == "StudentEnrollment"}
        shown["total_students"] = len(students)
    if call.includes("teachers"):
        shown["teachers"] = _teachers(call, course)
    if call.includes("concluded"):
        shown["concluded"] = call.state.course_ended(course)
    return shown


def _term_json(call: Call, term: Term) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": term.id,
        "name": term.name,
        "start_at": iso(term.start_at),
        "end_at": iso(term.end_at),
        "created_at": "2024-01-10T18:00:00Z",
        "workflow_state": "active",
        "grading_period_group_id": None,
    }
    if call.can("read_sis", call.state.root):
        shown["sis_term_id"] = term.sis_term_id
    return shown


def _own_section(call: Call, row: Enrollment) -> dict[str, Any]:
    section = call.state.sections[row.section_id]
    role = role_of(row.type)
    return {
        "id": section.id,
        "name": section.name,
        "start_at": None,
        "end_at": None,
        "enrollment_role": role,
    }


def _teachers(call: Call, course: Course) -> list[dict[str, Any]]:
    rows = call.state.enrollments_in(course.id)
    users = {row.user_id: None for row in rows if row.type == "TeacherEnrollment"}
    return [
        {
            "id": user_id,
            "display_name": call.state.users[user_id].short_name,
            "avatar_image_url": f"{call.base}/images/messages/avatar-50.png",
            "html_url": f"{call.base}/courses/{course.id}/users/{user_id}",
        }
        for user_id in users
    ]


@get("/api/v1/courses", sync_to_thread=False)
def list_courses(call: Injected[Call]) -> Response[bytes]:
    """Courses with a current enrolment of the caller, by the caller's name for them.

    An account admin without enrolments gets an empty list.
    """
    wanted = {row.course_id for row in call.state.enrollments_of(call.me.id) if _wanted(call, row)}
    rows = [call.state.courses[course_id] for course_id in wanted]
    rows = [row for row in rows if row.workflow_state != "deleted" and _state_wanted(call, row)]
    rows.sort(key=lambda row: (_name(call, row).casefold(), row.id))
    return call.page(rows, lambda row: _stub_or_course(call, row))


def _name(call: Call, course: Course) -> str:
    return call.state.nicknames.get((call.me.id, course.id), course.name)


def _wanted(call: Call, row: Enrollment) -> bool:
    kind = params.text(call.params.get("enrollment_type"))
    role = params.text(call.params.get("enrollment_role"))
    if kind is not None and short_type(row.type) != kind:
        return False
    if role is not None and role_of(row.type) != role:
        return False
    return _in_enrollment_state(call, row)


def _in_enrollment_state(call: Call, row: Enrollment) -> bool:
    ended = row.state == "completed" or call.state.course_ended(call.state.courses[row.course_id])
    match params.text(call.params.get("enrollment_state")):
        case "active":
            return row.state == "active" and not ended
        case "invited_or_pending":
            return row.state in {"invited", "creation_pending"}
        case "completed":
            return ended
        case _:
            asked = "state" in call.params
            return asked or (row.state in {"active", "invited"} and not ended)


def _state_wanted(call: Call, course: Course) -> bool:
    states = params.listed(call.params, "state")
    if states:
        return shown_state(course) in states
    staff = any(row.type in STAFF_TYPES for row in _live_enrolments(call, course))
    return staff or shown_state(course) != "unpublished"


def _stub_or_course(call: Call, course: Course) -> dict[str, Any]:
    """A course whose dates bar the caller shows its id and nothing else."""
    if call.state.barred_by_dates(course) and not call.can("read_as_admin", course):
        return {"id": course.id, "access_restricted_by_date": True}
    return course_json(call, course)


@get("/api/v1/courses/{course_id:str}", sync_to_thread=False)
def show_course(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    course = call.course(course_id)
    call.require(course, "read")
    shown = course_json(call, course)
    if call.includes("permissions"):
        staff = call.can("read_as_admin", course)
        shown["permissions"] = {"create_discussion_topic": staff, "create_announcement": staff}
    return call.answer(shown)


@get("/api/v1/courses/{course_id:str}/permissions", sync_to_thread=False)
def course_permissions(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    course = call.course(course_id)
    call.require(course, "read")
    asked = params.listed(call.params, "permissions")
    return call.answer({name: call.can(name, course) for name in asked})
