"""One person with all that stewards need to know: roles, enrolments, sessions, sign-in."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.access.session_list import SessionLine, session_lines
from domain.access import GRANTED_BY_ROSTER, Role, RoleGrant
from domain.ids import OrgId, PersonId, SectionId, SessionId
from domain.rostering import EnrolmentRole, Person


@dataclass(frozen=True, slots=True)
class GrantLine:
    """`org` is its name and `code` its code, both empty for the whole college.

    `granted_by` is a name, `command line`, or empty where a roster brought the role.
    """

    role: Role
    org_id: OrgId | None
    org: str
    code: str
    granted_by: str
    granted_at: datetime | None


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    section_id: SectionId
    section: str
    course: str
    term: str
    role: EnrolmentRole
    active: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """`known_as` are users of an LMS that are this person: platform and user there."""

    person: Person
    grants: tuple[GrantLine, ...]
    brought: tuple[Role, ...]
    """Roles that active enrolments bring; they end with these."""
    enrolments: tuple[EnrolmentLine, ...]
    sessions: tuple[SessionLine, ...]
    known_as: tuple[tuple[str, str], ...]
    password_since: datetime | None


@dataclass(frozen=True, slots=True)
class ReadPerson:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, current: SessionId | None = None) -> PersonView:
        """`current` is the session that asks. Raises NotFound."""
        with self.units(write=False) as unit:
            person = unit.roster.person(person_id)
            password = unit.passwords.of(person_id)
            enrolments = _enrolments(unit, person_id)
            return PersonView(
                person,
                tuple(_grants(unit, person_id)),
                _brought(enrolments),
                enrolments,
                tuple(session_lines(unit, person_id, self.clock.now(), current)),
                tuple(unit.directory.known_as(person_id)),
                password.changed_at if password else None,
            )


def _grants(unit: UnitOfWork, person_id: PersonId) -> list[GrantLine]:
    grants = unit.roster.roles_of(person_id)
    granters = unit.roster.people(PersonId(grant.granted_by) for grant in grants)
    lines = []
    for grant in grants:
        org = unit.roster.org(grant.org_id) if grant.org_id else None
        granter = granters.get(PersonId(grant.granted_by))
        lines.append(
            GrantLine(
                grant.role,
                grant.org_id,
                org.name if org else "",
                org.code if org else "",
                granter.full_name if granter else _who(grant),
                grant.granted_at,
            )
        )
    return sorted(lines, key=lambda line: (list(Role).index(line.role), line.org))


def _who(grant: RoleGrant) -> str:
    return "" if grant.granted_by == GRANTED_BY_ROSTER else grant.granted_by


def _enrolments(unit: UnitOfWork, person_id: PersonId) -> tuple[EnrolmentLine, ...]:
    """The newest term first, then by section."""
    terms = {term.id: (at, term) for at, term in enumerate(unit.roster.terms())}
    lines = []
    for enrolment in unit.directory.enrolments_of(person_id):
        section = unit.roster.section(enrolment.section_id)
        at, term = terms[section.term_id]
        line = EnrolmentLine(
            section.id,
            section.title,
            unit.roster.course(section.course_id).code,
            term.name,
            enrolment.role,
            enrolment.active and section.active,
        )
        lines.append((at, section.title, enrolment.id, line))
    return tuple(line for *_, line in sorted(lines, key=lambda one: one[:3]))


def _brought(enrolments: tuple[EnrolmentLine, ...]) -> tuple[Role, ...]:
    active = {line.role for line in enrolments if line.active}
    brought = ((EnrolmentRole.TEACHER, Role.FACULTY), (EnrolmentRole.STUDENT, Role.STUDENT))
    return tuple(role for enrolled, role in brought if enrolled in active)
