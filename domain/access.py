"""Who may do what. One table; every route and command names the right that it needs."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import OrgId, PersonId


class Role(StrEnum):
    DATA_STEWARD = "data-steward"
    COORDINATOR = "coordinator"
    FACULTY = "faculty"
    EVALUATOR = "evaluator"
    STUDENT = "student"
    READER = "reader"


class Right(StrEnum):
    OPEN_TO_ALL = "open to all"
    """No sign-in: health, launch, sign-in pages, tool configuration."""
    SIGNED_IN = "signed in"
    """Any person with a session, for what is that person's own."""
    RUN_SYSTEM = "run the system"
    """Keys, LMS sites, matching, launch log, settings."""
    TEACH = "teach"
    """Assessments, scores, links and sends of sections taught."""
    SYNC_OUTCOMES = "synchronise outcomes"
    """CSLOs of courses that the person may see, to the Canvas account of their org (F24)."""
    KEEP_OUTCOMES = "keep outcomes"
    """SLOs, mappings, library assessments, plans and the calendar of the person's orgs."""
    SEE_OWN_RESULTS = "see own results"


_EVERYBODY = frozenset({Right.OPEN_TO_ALL, Right.SIGNED_IN})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DATA_STEWARD: _EVERYBODY | {Right.RUN_SYSTEM, Right.SYNC_OUTCOMES, Right.KEEP_OUTCOMES},
    Role.COORDINATOR: _EVERYBODY | {Right.SYNC_OUTCOMES, Right.KEEP_OUTCOMES},
    Role.FACULTY: _EVERYBODY | {Right.TEACH, Right.SYNC_OUTCOMES},
    Role.EVALUATOR: _EVERYBODY | {Right.SYNC_OUTCOMES},
    Role.STUDENT: _EVERYBODY | {Right.SEE_OWN_RESULTS},
    Role.READER: _EVERYBODY,
}


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role that a person holds in an org (None: the whole institution)."""

    person_id: PersonId
    role: Role
    org_id: OrgId | None
