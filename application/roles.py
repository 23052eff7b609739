"""The roles that a person holds here, each with its org."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from application.ports.unit_of_work import UnitOfWork
from domain.access import REACH, Reach, Role
from domain.ids import OrgId, PersonId
from domain.rostering import EnrolmentRole, collation_key
from domain.session import Session

ROLES_KEY = "roles"
"""In the context of a session that began without a launch: the roles to choose among."""
_BY_ORG = frozenset({Reach.COLLEGE, Reach.ORGS})


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role to act in. `org_id` None: the whole college, or wherever the role is held."""

    role: Role
    org_id: OrgId | None = None

    def __str__(self) -> str:
        return f"{self.role}@{self.org_id}" if self.org_id else str(self.role)

    @classmethod
    def read(cls, text: str) -> "HeldRole | None":
        """What `str` wrote; None for anything else."""
        role, _, org = text.partition("@")
        return cls(Role(role), OrgId(org) if org else None) if role in set(Role) else None


def roles_held(unit: UnitOfWork, person_id: PersonId) -> tuple[Role, ...]:
    """Granted roles, and those that enrolments and work given to score bring.

    The one with most rights first; faculty score as faculty what they are given.
    """
    held = {grant.role for grant in unit.roster.roles_of(person_id)}
    if unit.roster.sections_of(person_id, EnrolmentRole.TEACHER):
        held.add(Role.FACULTY)
    if unit.roster.sections_of(person_id, EnrolmentRole.STUDENT):
        held.add(Role.STUDENT)
    if Role.FACULTY not in held and unit.evaluations.given_to(person_id):
        held.add(Role.EVALUATOR)
    return tuple(role for role in Role if role in held)


def choices_of(unit: UnitOfWork, person_id: PersonId) -> tuple[HeldRole, ...]:
    """What the person may act as: the widest role first, then by the name of the org.

    Roles that reach sections or oneself are one choice, wherever they are held.
    """
    grants = unit.roster.roles_of(person_id)
    choices: list[HeldRole] = []
    for role in roles_held(unit, person_id):
        orgs = {grant.org_id for grant in grants if grant.role is role}
        if REACH[role] not in _BY_ORG:
            orgs = {None}
        named = [unit.roster.org(org_id) for org_id in orgs if org_id is not None]
        named.sort(key=lambda org: collation_key(org.name))
        choices += [HeldRole(role)] if None in orgs else []
        choices += [HeldRole(role, org.id) for org in named]
    return tuple(choices)


def written(choices: tuple[HeldRole, ...]) -> str:
    """As the context of a session keeps them."""
    return " ".join(str(choice) for choice in choices)


def choices_in(session: Session) -> tuple[HeldRole, ...]:
    """The roles the session may change between; that of a launch stays."""
    read = (HeldRole.read(text) for text in session.context.get(ROLES_KEY, "").split())
    offered = tuple(choice for choice in read if choice is not None)
    return offered or (HeldRole(session.role, session.org_id),)


def take_effect(unit: UnitOfWork, person_id: PersonId, now: datetime) -> None:
    """Let live sessions follow what is held now, in the transaction that changed it.

    A session acts on in a role that is still held. One that began by a sign-in goes over to
    the widest role left; a launch into a role that is gone ends, as one without any left.
    """
    choices = choices_of(unit, person_id)
    roles = {choice.role for choice in choices}
    for session in unit.sessions.of_person(person_id):
        if not session.is_live(now):
            continue
        signed_in = ROLES_KEY in session.context
        if not choices or (not signed_in and session.role not in roles):
            unit.sessions.end(session.id, now)
        elif signed_in:
            unit.sessions.replace(_following(session, choices))


def _following(session: Session, choices: tuple[HeldRole, ...]) -> Session:
    acting = HeldRole(session.role, session.org_id)
    go_on = acting if acting in choices else choices[0]
    context = {**session.context, ROLES_KEY: written(choices)}
    return replace(session, role=go_on.role, org_id=go_on.org_id, context=context)


def current_term(unit: UnitOfWork, today: date) -> str:
    """The name of the term that runs, the last begun where there are several; else empty."""
    running = (term.name for term in unit.roster.terms() if term.is_current(today))
    return next(running, "")
