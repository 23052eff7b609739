"""The people of a course: sections, users, enrolments."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.courses import ROLE_IDS, role_of, short_type
from sandbox.canvas.api.users import user_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.grading import is_assigned
from sandbox.canvas.ids import find_section, user_or_none
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Course, Enrollment, Section, User
from sandbox.canvas.rights import can_any, visible_section_ids

ROSTER = ("read_roster", "view_all_grades", "manage_grades")


def _sees_sis(call: Call, course: Course) -> bool:
    return can_any(call.state, call.me.id, {"read_sis", "manage_sis"}, course)


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
    if _sees_sis(call, course):
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
    wanted = {row.user_id for row in _enrolments(call, course) if _user_wanted(call, row)}
    rows = [call.state.users[user_id] for user_id in wanted]
    rows = [row for row in rows if not row.deleted and _name_wanted(call, row)]
    rows.sort(key=lambda row: (row.sortable_name.casefold(), row.id))
    return call.page(rows, lambda row: _listed_user(call, course, row))


def _enrolments(call: Call, course: Course) -> list[Enrollment]:
    """Those that the caller sees: a teacher limited to a section sees that one only."""
    sections = visible_section_ids(call.state, call.me.id, course)
    rows = call.state.enrollments_in(course.id)
    return [row for row in rows if sections is None or row.section_id in sections]


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


@get("/api/v1/courses/{course_id:str}/enrollments", sync_to_thread=False)
def list_enrollments(call: Injected[Call], course_id: FromPath[str]) -> Response[bytes]:
    """One row for each user, section and role; bookmarked, by type, name and id."""
    course = call.course(course_id)
    call.require(course, *ROSTER)
    return _enrollment_page(call, course, _enrolments(call, course))


@get("/api/v1/sections/{section_id:str}/enrollments", sync_to_thread=False)
def list_section_enrollments(call: Injected[Call], section_id: FromPath[str]) -> Response[bytes]:
    section = find_section(call.state, section_id)
    course = call.course(str(section.course_id))
    call.require(course, *ROSTER)
    rows = [row for row in _enrolments(call, course) if row.section_id == section.id]
    return _enrollment_page(call, course, rows)


def _enrollment_page(call: Call, course: Course, rows: list[Enrollment]) -> Response[bytes]:
    if {"sis_user_id", "sis_section_id"} & call.params.keys() and not _sees_sis(call, course):
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
    if _sees_sis(call, course):
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
