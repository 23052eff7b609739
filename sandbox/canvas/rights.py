"""Who may do what: Canvas' default rights of each role, down the account tree and by course."""

from sandbox.canvas.records import Account, Course, Enrollment
from sandbox.canvas.state import STAFF_TYPES, STUDENT_TYPES, State

_READING = {"read", "read_roster", "read_outcomes", "read_forum"}
_STAFF = _READING | {
    "read_as_admin",
    "view_unpublished_items",
    "manage_assignments",
    "manage_assignments_add",
    "manage_assignments_edit",
    "manage_assignments_delete",
    "manage_rubrics",
    "read_email_addresses",
}
_GRADING = {"manage_grades", "view_all_grades", "view_user_logins", "manage_students"}
_OUTCOMES = {"manage_outcomes", "import_outcomes"}

COURSE_RIGHTS: dict[str, frozenset[str]] = {
    "TeacherEnrollment": frozenset(_STAFF | _GRADING | _OUTCOMES | {"read_sis"}),
    "TaEnrollment": frozenset(_STAFF | _GRADING),
    "DesignerEnrollment": frozenset(_STAFF | _OUTCOMES),
    "StudentEnrollment": frozenset(_READING),
    "StudentViewEnrollment": frozenset(_READING),
    "ObserverEnrollment": frozenset({"read", "read_outcomes"}),
}
ADMIN_RIGHTS = frozenset(
    _STAFF
    | _GRADING
    | _OUTCOMES
    | {
        "read_sis",
        "manage_sis",
        "read_course_list",
        "manage_account_memberships",
        "manage_account_settings",
        "manage_courses_admin",
        "manage_proficiency_scales",
        "manage_proficiency_calculations",
        "manage_user_logins",
        "become_user",
    }
)
AFTER_THE_END = frozenset(
    _READING | {"read_as_admin", "view_all_grades", "view_user_logins", "read_sis"}
) | {"view_unpublished_items", "read_email_addresses"}
"""What is left of a role when its course or its enrolment is concluded."""


def is_admin(state: State, user_id: int, account_id: int) -> bool:
    """Whether the user administers the account or one above it."""
    chain = state.account_chain(account_id)
    return any((user_id, account.id) in state.admins for account in chain)


def is_any_admin(state: State, user_id: int) -> bool:
    return any(admin == user_id for admin, _ in state.admins)


def can(state: State, user_id: int, right: str, context: Course | Account) -> bool:
    """Whether the user holds the right in a course or an account, at this moment."""
    account_id = context.account_id if isinstance(context, Course) else context.id
    if is_admin(state, user_id, account_id) and _allowed(
        state, "AccountAdmin", right, right in ADMIN_RIGHTS
    ):
        return True
    if isinstance(context, Account):
        return right == "read_outcomes" and has_enrolment_below(state, user_id, context)
    mine = state.enrollments_in(context.id, user_id)
    return any(_enrolment_allows(state, context, row, right) for row in mine)


def _allowed(state: State, role: str, right: str, default: bool) -> bool:  # noqa: FBT001 - a value, not a mode
    return state.switches.overrides.get((role, right), default)


def _enrolment_allows(state: State, course: Course, row: Enrollment, right: str) -> bool:
    default = right in COURSE_RIGHTS.get(row.type, frozenset())
    if row.state not in {"active", "completed"}:
        return False
    if row.type not in STAFF_TYPES and not _learner_gets_in(state, course, row):
        return False
    concluded = row.state == "completed" or state.course_ended(course)
    if concluded and right not in AFTER_THE_END:
        return False
    return _allowed(state, row.type, right, default)


def _learner_gets_in(state: State, course: Course, row: Enrollment) -> bool:
    """Students see a course that is published and not barred to them by its dates."""
    if state.barred_by_dates(course):
        return False
    view = row.type == "StudentViewEnrollment"
    return view or course.workflow_state in {"available", "completed"}


def has_enrolment_below(state: State, user_id: int, account: Account) -> bool:
    """Enrolled in whatever role in a course of the account or of one below it."""
    below = {account.id} | {row.id for row in state.account_tree(account.id)}
    return any(
        state.courses[row.course_id].account_id in below for row in state.enrollments_of(user_id)
    )


def has_staff_enrolment_below(state: State, user_id: int, account: Account) -> bool:
    """Teacher, TA or designer in a course of the account or of one below it."""
    below = {account.id} | {row.id for row in state.account_tree(account.id)}
    return any(
        row.type in STAFF_TYPES
        and row.state == "active"
        and state.courses[row.course_id].account_id in below
        for row in state.enrollments_of(user_id)
    )


def visible_section_ids(state: State, user_id: int, course: Course) -> set[int] | None:
    """The sections whose people the user sees; None is all of them."""
    if is_admin(state, user_id, course.account_id):
        return None
    mine = state.enrollments_in(course.id, user_id)
    staff = [
        row for row in mine if row.type in STAFF_TYPES and row.state in {"active", "completed"}
    ]
    if not staff or any(not row.limit_privileges_to_course_section for row in staff):
        return None
    return {row.section_id for row in staff}


def student_ids(
    state: State,
    course: Course,
    sections: set[int] | None = None,
    states: frozenset[str] = frozenset({"active", "invited", "inactive"}),
) -> list[int]:
    """The students of a course, the Test Student among them, each once, by id."""
    rows = state.enrollments_in(course.id)
    return sorted(
        {
            row.user_id
            for row in rows
            if row.type in STUDENT_TYPES
            and row.state in states
            and (sections is None or row.section_id in sections)
            and not state.users[row.user_id].deleted
        }
    )
