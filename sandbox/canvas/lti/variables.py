"""Custom fields and the expansion of their variables.

A variable that is unknown, or whose precondition fails, stays literal text; a known one without
data becomes empty. Both happen with a real Canvas.
"""

import re
from collections.abc import Callable, Mapping
from itertools import islice

from sandbox.canvas.course_copies import ancestors
from sandbox.canvas.ids import global_id
from sandbox.canvas.lti.launch import Launch, name_parts
from sandbox.canvas.lti.roles import current_enrolments, enrollment_state, ext_roles
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Account, Course
from sandbox.canvas.state import STUDENT_TYPES

_EMBEDDED = re.compile(r"\$\{([\w.]+)\}")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")


def _login_id(launch: Launch) -> str | None:
    login = launch.state.login_of(launch.user.id)
    return login.unique_id if login else None


def _sis_user_id(launch: Launch) -> str | None:
    login = launch.state.login_of(launch.user.id)
    return login.sis_user_id if login else None


def _course_id(launch: Launch) -> str | None:
    return str(launch.course.id) if launch.course else None


def _course_sis_id(launch: Launch) -> str | None:
    return (launch.course.sis_course_id or "") if launch.course else None


def _own_sections(launch: Launch) -> list[int]:
    rows = current_enrolments(launch.state, launch.user.id, launch.context)
    return sorted({row.section_id for row in rows if row.type != "ObserverEnrollment"})


def _section_ids(launch: Launch) -> str | None:
    return ",".join(str(number) for number in _own_sections(launch)) if launch.course else None


def _section_sis_ids(launch: Launch) -> str | None:
    if launch.course is None:
        return None
    sections = [launch.state.sections[number] for number in _own_sections(launch)]
    return ",".join(sorted(row.sis_section_id for row in sections if row.sis_section_id))


def _term_name(launch: Launch) -> str | None:
    term = launch.state.terms.get(launch.course.term_id) if launch.course else None
    return term.name if term else None


def _term_start(launch: Launch) -> str | None:
    term = launch.state.terms.get(launch.course.term_id) if launch.course else None
    return iso(term.start_at) if term else None


def _previous(launch: Launch, depth: int = 1000, *, context: bool = False) -> str | None:
    """The courses it was copied from, the nearest first: their ids or those of their contexts."""
    if launch.course is None:
        return None
    state = launch.state
    found = islice(ancestors(state, launch.course), depth)
    return ",".join(
        state.opaque.hexadecimal("course", one.id) if context else str(one.id) for one in found
    )


def _account(launch: Launch) -> Account:
    context = launch.context
    number = context.account_id if isinstance(context, Course) else context.id
    return launch.state.accounts[number]


def _assignment_id(launch: Launch) -> str | None:
    return str(launch.assignment.id) if launch.assignment else None


def _assignment_title(launch: Launch) -> str | None:
    return launch.assignment.name if launch.assignment else None


def _assignment_due(launch: Launch) -> str | None:
    return (iso(launch.assignment.due_at) or "") if launch.assignment else None


def assignment_points(launch: Launch) -> str | None:
    """`20` or `12.5`, empty without points."""
    if launch.assignment is None:
        return None
    points = launch.assignment.points_possible
    return "" if points is None else f"{points:g}"


def _memberships(launch: Launch) -> str | None:
    rows = current_enrolments(launch.state, launch.user.id, launch.context)
    names = {"StudentEnrollment" if row.type in STUDENT_TYPES else row.type for row in rows}
    return ",".join(sorted(names))


def _enrollment_state(launch: Launch) -> str | None:
    return enrollment_state(launch.state, launch.user.id, launch.context)


_VARIABLES: Mapping[str, Callable[[Launch], str | None]] = {
    "Canvas.user.id": lambda launch: str(launch.user.id),
    "Canvas.user.globalId": lambda launch: global_id(launch.user.id),
    "Canvas.user.loginId": _login_id,
    "User.username": _login_id,
    "Canvas.user.sisSourceId": _sis_user_id,
    "Person.sourcedId": _sis_user_id,
    "Person.name.full": lambda launch: launch.user.name,
    "Person.name.given": lambda launch: name_parts(launch.user)[0],
    "Person.name.family": lambda launch: name_parts(launch.user)[1],
    "Person.email.primary": lambda launch: launch.user.email or "",
    "vnd.instructure.User.uuid": lambda launch: launch.user.uuid,
    "User.image": lambda launch: f"{launch.base}/images/messages/avatar-50.png",
    "Canvas.course.id": _course_id,
    "Canvas.course.name": lambda launch: launch.course.name if launch.course else None,
    "Canvas.course.sisSourceId": _course_sis_id,
    "CourseSection.sourcedId": _course_sis_id,
    "Canvas.course.workflowState": lambda launch: (
        launch.course.workflow_state if launch.course else None
    ),
    "Canvas.course.sectionIds": _section_ids,
    "Canvas.course.sectionSisSourceIds": _section_sis_ids,
    "Canvas.course.previousContextIds": lambda launch: _previous(launch, 1, context=True),
    "Canvas.course.previousContextIds.recursive": lambda launch: _previous(launch, context=True),
    "Canvas.course.previousCourseIds": lambda launch: _previous(launch, 1),
    "Context.id": lambda launch: launch.context_id,
    "Context.id.history": lambda launch: _previous(launch, context=True),
    "Canvas.term.name": _term_name,
    "Canvas.term.startAt": _term_start,
    "Canvas.account.id": lambda launch: str(_account(launch).id),
    "Canvas.account.name": lambda launch: _account(launch).name,
    "Canvas.account.sisSourceId": lambda launch: _account(launch).sis_account_id or "",
    "Canvas.root_account.id": lambda launch: str(launch.state.root_id),
    "Canvas.api.domain": lambda launch: launch.api_domain,
    "Canvas.api.baseUrl": lambda launch: launch.base,
    "Canvas.enrollment.enrollmentState": _enrollment_state,
    "Canvas.membership.roles": _memberships,
    "Canvas.xuser.allRoles": lambda launch: ext_roles(launch.state, launch.user.id, launch.context),
    "Canvas.assignment.id": _assignment_id,
    "Canvas.assignment.title": _assignment_title,
    "Canvas.assignment.pointsPossible": assignment_points,
    "Canvas.assignment.dueAt.iso8601": _assignment_due,
    "com.instructure.Assignment.lti.id": lambda launch: (
        launch.state.opaque.uuid("assignment", launch.assignment.id) if launch.assignment else None
    ),
}
_OF_THE_PERSON = re.compile(r"^(Canvas\.user\.|User\.|Person\.|vnd\.instructure\.User\.)")


def expanded(launch: Launch, value: str, *, filtered: bool = False) -> str:
    """The value with its variables replaced; `filtered` holds back what privacy hides."""
    if value.startswith("$") and not value.startswith("${"):
        found = _value_of(launch, value[1:], filtered=filtered)
        return value if found is None else found

    def replacement(match: re.Match[str]) -> str:
        found = _value_of(launch, match[1], filtered=filtered)
        return match[0] if found is None else found

    return _EMBEDDED.sub(replacement, value)


def _value_of(launch: Launch, name: str, *, filtered: bool) -> str | None:
    variable = _VARIABLES.get(name)
    if variable is None or (filtered and _OF_THE_PERSON.match(name) and not launch.is_public):
        return None
    return variable(launch)


def custom_fields(launch: Launch, *, filtered: bool = False) -> dict[str, str]:
    """The custom fields of the tool, then of the link: `custom_` and a cleaned, lower-case name.

    In launches the privacy level does not hold them back; in content-item requests it does.
    """
    tag = launch.assignment.tool if launch.assignment else None
    fields = launch.tool.custom_fields | (tag.custom_params if tag else {})
    return {
        custom_name(name): expanded(launch, value, filtered=filtered)
        for name, value in fields.items()
    }


def custom_name(name: str) -> str:
    cleaned = _NOT_IN_NAMES.sub("_", name).lower()
    return cleaned if cleaned.startswith("custom_") else f"custom_{cleaned}"
