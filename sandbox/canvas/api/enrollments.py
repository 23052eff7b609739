"""Enrolments of a course or a section."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.courses import ROLE_IDS, role_of
from sandbox.canvas.api.users import user_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.grading import is_assigned
from sandbox.canvas.ids import find_section
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Course, Enrollment
from sandbox.canvas.rights import visible_section_ids

ROSTER = ("read_roster", "view_all_grades", "manage_grades")


def sees_sis(call: Call, course: Course) -> bool:
    return call.can_any(course, "read_sis", "manage_sis")


def visible_enrolments(call: Call, course: Course) -> list[Enrollment]:
    """Those that the caller sees: a teacher limited to a section sees that one only."""
    sections = visible_section_ids(call.state, call.me.id, course)
    rows = call.state.enrollments_in(course.id)
    return [row for row in rows if sections is None or row.section_id in sections]


@get("/api/v1/courses/{course_id:str}/enrollments", sync_to_thread=False)
def list_enrollments(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    """One row for each user, section and role; bookmarked, by type, name and id."""
    course = call.course(course_id)
    call.require(course, *ROSTER)
    return _enrollment_page(call, course, visible_enrolments(call, course))


@get("/api/v1/sections/{section_id:str}/enrollments", sync_to_thread=False)
def list_section_enrollments(call: Injected[Call], section_id: FromPath[str]) -> Response[bytes]:
    section = find_section(call.state, section_id)
    course = call.course(str(section.course_id))
    call.require(course, *ROSTER)
    rows = [row for row in visible_enrolments(call, course) if row.section_id == section.id]
    return _enrollment_page(call, course, rows)


def _enrollment_page(call: Call, course: Course, rows: list[Enrollment]) -> Response[bytes]:
    if {"sis_user_id", "sis_section_id"} & call.params.keys() and not sees_sis(call, course):
        raise call.refused()
    wanted = [row for row in rows if _enrolment_wanted(call, row)]

    def key(row: Enrollment) -> list[Any]:
        return [row.type, call.state.users[row.user_id].sortable_name.casefold(), row.id]

    def show(row: Enrollment) -> dict[str, Any]:
        user = user_json(call, call.state.users[row.user_id], course)
        return enrollment_json(call, course, row) | {"user": user}

    return call.bookmarked(wanted, key, show)


def _enrolment_wanted(call: Call, row: Enrollment) -> bool:
    types = params.listed(call.params, "type")
    states = params.listed(call.params, "state") or ["active", "invited"]
    roles = params.listed(call.params, "role")
    users = params.listed(call.params, "user_id")
    login = call.state.login_of(row.user_id)
    sis_users = params.listed(call.params, "sis_user_id")
    sis_sections = params.listed(call.params, "sis_section_id")
    return (
        row.state in states
        and (not types or row.type in types)
        and (not roles or role_of(row.type) in roles)
        and (not users or str(row.user_id) in users)
        and (not sis_users or (login is not None and login.sis_user_id in sis_users))
        and (not sis_sections or call.state.sections[row.section_id].sis_section_id in sis_sections)
    )


def enrollment_json(call: Call, course: Course, row: Enrollment) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": row.id,
        "user_id": row.user_id,
        "course_id": row.course_id,
        "type": row.type,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.created_at),
        "associated_user_id": row.associated_user_id,
        "start_at": None,
        "end_at": None,
        "course_section_id": row.section_id,
        "root_account_id": call.state.root_id,
        "limit_privileges_to_course_section": row.limit_privileges_to_course_section,
        "enrollment_state": row.state,
        "role": role_of(row.type),
        "role_id": ROLE_IDS[row.type],
        "last_activity_at": iso(row.created_at),
        "last_attended_at": None,
        "total_activity_time": 0,
        "html_url": f"{call.base}/courses/{course.id}/users/{row.user_id}",
    }
    if row.type == "StudentEnrollment":
        shown["grades"] = _grades_json(call, course, row)
    if sees_sis(call, course):
        shown |= _sis_keys(call, course, row)
    return shown


def _sis_keys(call: Call, course: Course, row: Enrollment) -> dict[str, Any]:
    login = call.state.login_of(row.user_id)
    return {
        "sis_account_id": call.state.accounts[course.account_id].sis_account_id,
        "sis_course_id": course.sis_course_id,
        "course_integration_id": None,
        "sis_section_id": call.state.sections[row.section_id].sis_section_id,
        "section_integration_id": None,
        "sis_user_id": login.sis_user_id if login else None,
    }


def _grades_json(call: Call, course: Course, row: Enrollment) -> dict[str, Any]:
    """Course grades: of what is graded (`current`), and with the rest as zero (`final`)."""
    shown: dict[str, Any] = {"html_url": f"{call.base}/courses/{course.id}/grades/{row.user_id}"}
    if row.user_id != call.me.id and not call.can("view_all_grades", course):
        return shown
    current, final = _course_scores(call, course, row.user_id)
    return shown | {
        "current_grade": None,
        "current_score": current,
        "final_grade": None,
        "final_score": final,
        "unposted_current_score": current,
        "unposted_current_grade": None,
        "unposted_final_score": final,
        "unposted_final_grade": None,
    }


def _course_scores(call: Call, course: Course, user_id: int) -> tuple[float | None, float]:
    earned = graded = possible = 0.0
    for assignment in call.state.assignments_of(course.id):
        counts = assignment.published and not assignment.omit_from_final_grade
        if not counts or not is_assigned(assignment, user_id):
            continue
        row = call.state.submissions.get((assignment.id, user_id))
        points = assignment.points_possible or 0.0
        if row is not None and row.excused:
            continue
        possible += points
        if row is not None and row.score is not None:
            earned += row.score
            graded += points
    current = round(100 * earned / graded, 2) if graded else None
    return current, round(100 * earned / possible, 2) if possible else 0.0
