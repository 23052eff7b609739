"""Dashboard, course, people, and Student View."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.course_copies import copy_course
from sandbox.canvas.grading import is_assigned
from sandbox.canvas.ids import find_account
from sandbox.canvas.records import Account, Assignment, Course
from sandbox.canvas.rights import is_admin
from sandbox.canvas.state import STUDENT_TYPES
from sandbox.canvas.student_view import leave_test_student, test_student
from sandbox.canvas.web.pages import see_other
from sandbox.canvas.web.viewer import Forbidden, Viewer


def visible_assignments(viewer: Viewer, course: Course) -> list[Assignment]:
    rows = viewer.state.assignments_of(course.id)
    if viewer.can("view_unpublished_items", course):
        return rows
    return [row for row in rows if row.published and is_assigned(row, viewer.user.id)]


@get("/", sync_to_thread=False)
def dashboard(viewer: Injected[Viewer]) -> Response[str]:
    state = viewer.state
    mine = {row.course_id for row in state.enrollments_of(viewer.user.id)}
    courses = [state.courses[number] for number in mine]
    admin_of = sorted(number for user_id, number in state.admins if user_id == viewer.user.id)
    return viewer.page(
        "dashboard.html",
        courses=_by_term(viewer, [row for row in courses if viewer.can("read", row)]),
        accounts=[state.accounts[number] for number in admin_of],
        terms=state.terms,
        ended={row.id for row in courses if state.course_ended(row)},
    )


def _by_term(viewer: Viewer, courses: list[Course]) -> list[Course]:
    """The courses that run first, then by code."""
    ended = viewer.state.course_ended
    return sorted(courses, key=lambda row: (ended(row), row.course_code.casefold(), row.id))


@get("/accounts/{account_id:str}", sync_to_thread=False)
def account_page(viewer: Injected[Viewer], account_id: FromPath[str]) -> Response[str]:
    account = _own_account(viewer, account_id)
    state = viewer.state
    below = {account.id} | {row.id for row in state.account_tree(account.id)}
    courses = [row for row in state.courses.values() if row.account_id in below]
    return viewer.page(
        "account.html",
        account=account,
        courses=_by_term(viewer, courses),
        terms=state.terms,
        children=[row for row in state.accounts.values() if row.parent_id == account.id],
    )


def _own_account(viewer: Viewer, account_id: str) -> Account:
    account = find_account(viewer.state, account_id)
    if not is_admin(viewer.state, viewer.user.id, account.id):
        raise Forbidden
    return account


@get(["/courses/{course_id:str}", "/courses/{course_id:str}/assignments"], sync_to_thread=False)
def course_page(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[str]:
    course = viewer.course(course_id)
    assignments = visible_assignments(viewer, course)
    return viewer.page(
        "course.html",
        course=course,
        term=viewer.state.terms.get(course.term_id),
        sections=viewer.state.sections_of(course.id),
        assignments=assignments,
        terms=viewer.state.terms.values(),
    )


@post("/courses/{course_id:str}/copy", status_code=200)
async def copy(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[Any]:
    """As *Copy this Course* does: one's own copy for another term."""
    course = viewer.course(course_id, "manage_assignments_edit")
    given = await read_params(request)
    term_id = str(given.get("term_id", ""))
    term = int(term_id) if term_id.isdecimal() else course.term_id
    code = str(given.get("course_code", "")).strip() or f"{course.course_code} copy"
    if term not in viewer.state.terms:
        raise Forbidden
    made = copy_course(viewer.state, course, code, term, viewer.user.id)
    return see_other(f"/courses/{made.id}")


@get("/courses/{course_id:str}/users", sync_to_thread=False)
def people_page(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[str]:
    course = viewer.course(course_id, "read_roster")
    state = viewer.state
    rows: list[tuple[Any, ...]] = []
    for row in state.enrollments_in(course.id):
        user = state.users[row.user_id]
        if user.test_student_of is None and not user.deleted:
            role = row.type.removesuffix("Enrollment")
            rows.append((user, role, state.sections[row.section_id], row.state))
    rows.sort(key=lambda entry: (entry[1] == "Student", entry[0].sortable_name.casefold()))
    return viewer.page("people.html", course=course, people=rows)


@post("/courses/{course_id:str}/student_view", status_code=200, sync_to_thread=False)
def enter_student_view(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[Any]:
    course = viewer.course(course_id, "read_as_admin")
    viewer.session.viewing_as = test_student(viewer.state, course).id
    return see_other(f"/courses/{course.id}")


@post("/courses/{course_id:str}/student_view/reset", status_code=200, sync_to_thread=False)
def reset_student_view(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[Any]:
    """A new Test Student with another id; the old one and its submissions are gone."""
    course = viewer.course(course_id)
    if viewer.user.test_student_of != course.id:
        raise Forbidden
    leave_test_student(viewer.state, viewer.user)
    viewer.session.viewing_as = test_student(viewer.state, course).id
    return see_other(f"/courses/{course.id}")


@post("/courses/{course_id:str}/student_view/leave", status_code=200, sync_to_thread=False)
def leave_student_view(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[Any]:
    viewer.session.viewing_as = None
    return see_other(f"/courses/{course_id}")


def is_learner(viewer: Viewer, course: Course) -> bool:
    rows = viewer.state.enrollments_in(course.id, viewer.user.id)
    return any(row.type in STUDENT_TYPES for row in rows)
