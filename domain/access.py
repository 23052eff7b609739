"""Who may do what. One table; every route and command names the right that it needs."""

from dataclasses import dataclass
from datetime import datetime
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
    SCORE = "score"
    """Student by student or in counts, in sections taught or given to the person to score."""
    IMPROVE = "improve"
    """Action plans and requests for information of what the person may see."""
    READ_REPORTS = "read reports"
    """Results as groups, withheld where they would point at single people."""
    SEE_OWN_RESULTS = "see own results"
    """A student's own side: released results, self-assessment, evidence, DLAs, ePortfolio."""
    USE_API = "use the API"
    """Tokens of one's own for `/api/v1`, made and revoked on a page."""
    READ_SCORES = "read scores"
    """Student-level scores: of all, of sections taught, or one's own, as the role has it."""
    SEE_EXCHANGE = "see the exchange with the LMS"
    """Links, imports and synchronisations of what the person may see."""


_EVERYBODY = frozenset({Right.OPEN_TO_ALL, Right.SIGNED_IN})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.DATA_STEWARD: _EVERYBODY
    | {Right.RUN_SYSTEM, Right.SYNC_OUTCOMES, Right.KEEP_OUTCOMES}
    | {Right.USE_API, Right.READ_SCORES, Right.SEE_EXCHANGE}
    | {Right.IMPROVE, Right.READ_REPORTS},
    Role.COORDINATOR: _EVERYBODY
    | {Right.SYNC_OUTCOMES, Right.KEEP_OUTCOMES}
    | {Right.USE_API, Right.SEE_EXCHANGE, Right.IMPROVE, Right.READ_REPORTS},
    Role.FACULTY: _EVERYBODY
    | {Right.TEACH, Right.SCORE, Right.SYNC_OUTCOMES, Right.IMPROVE, Right.READ_REPORTS}
    | {Right.USE_API, Right.READ_SCORES, Right.SEE_EXCHANGE},
    Role.EVALUATOR: _EVERYBODY | {Right.SCORE, Right.SYNC_OUTCOMES, Right.USE_API},
    Role.STUDENT: _EVERYBODY | {Right.SEE_OWN_RESULTS, Right.READ_SCORES},
    Role.READER: _EVERYBODY | {Right.USE_API, Right.READ_REPORTS},
}


class Reach(StrEnum):
    """Whose records a role opens, where its rights let the person in at all."""

    COLLEGE = "the whole college"
    ORGS = "orgs in which the role is held, and all below"
    SECTIONS = "sections taught or given to score"
    SELF = "the person's own"


REACH: dict[Role, Reach] = {
    Role.DATA_STEWARD: Reach.COLLEGE,
    Role.COORDINATOR: Reach.ORGS,
    Role.FACULTY: Reach.SECTIONS,
    Role.EVALUATOR: Reach.SECTIONS,
    Role.STUDENT: Reach.SELF,
    Role.READER: Reach.ORGS,
}
"""`application.viewers` asks it, and nobody else decides by org."""


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]


GRANTED_BY_ROSTER = "roster"
"""Stands for who granted a role that a roster's file of roles brought, and can end again."""


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role that a person holds in an org (None: the whole institution)."""

    person_id: PersonId
    role: Role
    org_id: OrgId | None
    granted_by: str = ""
    """As deeds name who acts; empty where teaching or studying brought the role, or before
    it was kept; GRANTED_BY_ROSTER."""
    granted_at: datetime | None = None

    def is_same(self, role: Role, org_id: OrgId | None) -> bool:
        return (self.role, self.org_id) == (role, org_id)


@dataclass(frozen=True, slots=True)
class GrantSource:
    """What a row of a roster's file of roles gives, by the id that the row bears there.

    Several rows may give the same role of the same person, which somebody may hold by hand too.
    """

    source_id: str
    person_id: PersonId
    role: Role
    org_id: OrgId | None
