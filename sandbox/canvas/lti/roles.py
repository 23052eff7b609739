"""Roles in a launch: `roles` of this context, `ext_roles` of context, institution and system."""

from sandbox.canvas.records import Account, Course, Enrollment
from sandbox.canvas.rights import is_admin, is_any_admin
from sandbox.canvas.state import State

_INSTITUTION = "urn:lti:instrole:ims/lis/"
_CONTEXT = "urn:lti:role:ims/lis/"
ADMINISTRATOR = f"{_INSTITUTION}Administrator"
NONE = "urn:lti:sysrole:ims/lis/None"
USER = "urn:lti:sysrole:ims/lis/User"
OBSERVER = (f"{_INSTITUTION}Observer", f"{_CONTEXT}Mentor")

ROLES: dict[str, tuple[str, ...]] = {
    "StudentEnrollment": ("Learner",),
    "StudentViewEnrollment": ("Learner",),
    "TeacherEnrollment": ("Instructor",),
    "TaEnrollment": (f"{_CONTEXT}TeachingAssistant",),
    "DesignerEnrollment": ("ContentDeveloper",),
    "ObserverEnrollment": OBSERVER,
}
_EXT_ROLES: dict[str, tuple[str, ...]] = {
    "StudentEnrollment": (f"{_CONTEXT}Learner",),
    "StudentViewEnrollment": (f"{_CONTEXT}Learner",),
    "TeacherEnrollment": (f"{_CONTEXT}Instructor",),
    "TaEnrollment": (f"{_CONTEXT}TeachingAssistant",),
    "DesignerEnrollment": (f"{_CONTEXT}ContentDeveloper",),
    "ObserverEnrollment": (f"{_CONTEXT}Learner/NonCreditLearner", f"{_CONTEXT}Mentor"),
}
_ANYWHERE: dict[str, str] = {
    "StudentEnrollment": f"{_INSTITUTION}Student",
    "TeacherEnrollment": f"{_INSTITUTION}Instructor",
    "TaEnrollment": f"{_INSTITUTION}Instructor",
    "DesignerEnrollment": f"{_INSTITUTION}Instructor",
}


def current_enrolments(state: State, user_id: int, context: Course | Account) -> list[Enrollment]:
    """Concluded and inactive ones are dropped, so that a former student has no role left."""
    if isinstance(context, Account):
        return []
    rows = state.enrollments_in(context.id, user_id)
    return [row for row in rows if row.state in {"active", "invited"}]


def roles(state: State, user_id: int, context: Course | Account) -> str:
    """The union over all current enrolments and account rights, each role once."""
    rows = current_enrolments(state, user_id, context)
    found = [role for row in rows for role in ROLES[row.type]]
    account_id = context.account_id if isinstance(context, Course) else context.id
    if is_admin(state, user_id, account_id):
        found.append(ADMINISTRATOR)
    return ",".join(dict.fromkeys(found or [NONE]))


def ext_roles(state: State, user_id: int, context: Course | Account) -> str:
    rows = current_enrolments(state, user_id, context)
    found = {role for row in rows for role in _EXT_ROLES[row.type]} | {USER}
    found |= {
        _ANYWHERE[row.type]
        for row in state.enrollments_of(user_id)
        if row.type in _ANYWHERE and row.state == "active"
    }
    if is_any_admin(state, user_id):
        found.add(ADMINISTRATOR)
    return ",".join(sorted(found))


def enrollment_state(state: State, user_id: int, context: Course | Account) -> str | None:
    """`active`, `inactive`, or empty without enrolment; outside a course there is no answer."""
    if isinstance(context, Account):
        return None
    rows = state.enrollments_in(context.id, user_id)
    if not rows:
        return ""
    live = any(row.state == "active" for row in rows) and not state.course_ended(context)
    return "active" if live else "inactive"


def observed_user_ids(state: State, user_id: int, context: Course | Account) -> list[int]:
    rows = current_enrolments(state, user_id, context)
    observed = [
        row.associated_user_id
        for row in rows
        if row.type == "ObserverEnrollment" and row.associated_user_id is not None
    ]
    return sorted(set(observed))
