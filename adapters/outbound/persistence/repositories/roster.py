from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, not_, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import rostering
from adapters.outbound.persistence.touched import Touched
from adapters.outbound.persistence.writing import InsertNew
from application.ports.repositories import RosterRepository
from domain.access import RoleGrant
from domain.identity import LocalField, comparable
from domain.ids import CourseId, OrgId, PersonId, SectionId, TermId
from domain.rostering import (
    Course,
    Enrolment,
    EnrolmentRole,
    Org,
    Person,
    Section,
    Term,
    collation_key,
    comparable_title,
)

ORGS = Records(rostering.orgs, Org)
TERMS = Records(rostering.terms, Term)
COURSES = Records(rostering.courses, Course)
SECTIONS = Records(
    rostering.sections, Section, derived={"title_key": lambda s: comparable_title(s.title)}
)
PEOPLE = Records(
    rostering.people,
    Person,
    derived={
        "tech_key": lambda p: comparable(LocalField.TECH_ID, p.tech_id),
        "login_key": lambda p: comparable(LocalField.LOGIN, p.login),
        "email_key": lambda p: comparable(LocalField.EMAIL, p.email),
        "name_key": lambda p: p.name_key,
        "given_key": lambda p: p.given_key,
    },
)
ENROLMENTS = Records(rostering.enrolments, Enrolment)
GRANTS = Records(
    rostering.role_grants,
    RoleGrant,
    derived={"grant_key": lambda g: f"{g.person_id}:{g.role}:{g.org_id or ''}"},
)
_GRANT = InsertNew(rostering.role_grants)

_KEY_COLUMNS = {
    LocalField.TECH_ID: PEOPLE.c.tech_key,
    LocalField.LOGIN: PEOPLE.c.login_key,
    LocalField.EMAIL: PEOPLE.c.email_key,
}
_TERMS = TERMS.select.order_by(TERMS.c.starts_on.desc(), TERMS.c.id)
_TITLED = SECTIONS.select.where(
    SECTIONS.c.title_key == bindparam("title_key"), SECTIONS.c.active
).order_by(SECTIONS.c.id)
_BY_SOURCE = SECTIONS.select.where(
    SECTIONS.c.source_id.in_(bindparam("among", expanding=True))
).order_by(SECTIONS.c.id)
_ENROLLED = ENROLMENTS.select.where(
    ENROLMENTS.c.person_id == bindparam("person_id"),
    ENROLMENTS.c.section_id == bindparam("section_id"),
    ENROLMENTS.c.role == bindparam("role"),
    ENROLMENTS.c.active,
).limit(1)
# IN and not EXISTS: SQLite would ask EXISTS of every person or section of the college.
_SECTIONS_OF = SECTIONS.select.where(
    SECTIONS.c.active,
    SECTIONS.c.id.in_(
        select(ENROLMENTS.c.section_id).where(
            ENROLMENTS.c.person_id == bindparam("person_id"),
            ENROLMENTS.c.role == bindparam("role"),
            ENROLMENTS.c.active,
        )
    ),
).order_by(SECTIONS.c.id)
_EVER_ENROLLED = select(ENROLMENTS.c.person_id).where(
    ENROLMENTS.c.section_id == bindparam("section_id"),
    ENROLMENTS.c.role == bindparam("role"),
)
_IS_IN = and_(PEOPLE.c.active, PEOPLE.c.id.in_(_EVER_ENROLLED.where(ENROLMENTS.c.active)))
_PEOPLE_IN = PEOPLE.select.where(_IS_IN)
_PEOPLE_WHO_LEFT = PEOPLE.select.where(PEOPLE.c.id.in_(_EVER_ENROLLED), not_(_IS_IN))
_PEOPLE_BY_ID = PEOPLE.select.where(PEOPLE.c.id.in_(bindparam("among", expanding=True)))
_PEOPLE_WHERE = {
    field: PEOPLE.select.where(column == bindparam("wanted")).order_by(PEOPLE.c.id)
    for field, column in _KEY_COLUMNS.items()
}
_ROLES_OF = GRANTS.select.where(GRANTS.c.person_id == bindparam("person_id")).order_by(
    GRANTS.c.grant_key
)


class SqlRoster(RosterRepository):
    def __init__(self, connection: Connection, touched: Touched) -> None:
        self._connection = connection
        self._touched = touched

    def orgs(self) -> list[Org]:
        return ORGS.all(self._connection)

    def org(self, org_id: OrgId) -> Org:
        return ORGS.get(self._connection, "This org", org_id)

    def terms(self) -> list[Term]:
        return TERMS.fetch(self._connection, _TERMS)

    def term(self, term_id: TermId) -> Term:
        return TERMS.get(self._connection, "This term", term_id)

    def courses(self) -> list[Course]:
        return COURSES.all(self._connection)

    def course(self, course_id: CourseId) -> Course:
        return COURSES.get(self._connection, "This course", course_id)

    def section(self, section_id: SectionId) -> Section:
        return SECTIONS.get(self._connection, "This section", section_id)

    def sections(self) -> list[Section]:
        return SECTIONS.all(self._connection)

    def sections_titled(self, title: str) -> list[Section]:
        return SECTIONS.fetch(self._connection, _TITLED, title_key=comparable_title(title))

    def sections_by_source(self, source_ids: Iterable[str]) -> list[Section]:
        found = SECTIONS.among(self._connection, _BY_SOURCE, source_ids)
        return sorted(found, key=lambda section: section.id)

    def sections_of(self, person_id: PersonId, role: EnrolmentRole) -> list[Section]:
        return SECTIONS.fetch(self._connection, _SECTIONS_OF, person_id=person_id, role=role)

    def is_enrolled(self, person_id: PersonId, section_id: SectionId, role: EnrolmentRole) -> bool:
        found = ENROLMENTS.first(
            self._connection, _ENROLLED, person_id=person_id, section_id=section_id, role=role
        )
        return found is not None

    def people_in(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        people = PEOPLE.fetch(self._connection, _PEOPLE_IN, section_id=section_id, role=role)
        return sorted(people, key=_by_name)

    def people_who_left(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        wanted = {"section_id": section_id, "role": role}
        people = PEOPLE.fetch(self._connection, _PEOPLE_WHO_LEFT, **wanted)
        return sorted(people, key=_by_name)

    def person(self, person_id: PersonId) -> Person:
        return PEOPLE.get(self._connection, "This person", person_id)

    def people(self, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        found = PEOPLE.among(self._connection, _PEOPLE_BY_ID, ids)
        return {person.id: person for person in found}

    def people_where(self, field: LocalField, value: str) -> list[Person]:
        wanted = comparable(field, value)
        return PEOPLE.fetch(self._connection, _PEOPLE_WHERE[field], wanted=wanted) if wanted else []

    def all_people(self) -> list[Person]:
        return PEOPLE.all(self._connection)

    def all_enrolments(self) -> list[Enrolment]:
        return ENROLMENTS.all(self._connection)

    def put_orgs(self, orgs: Iterable[Org]) -> None:
        ORGS.put(self._connection, orgs)

    def put_terms(self, terms: Iterable[Term]) -> None:
        TERMS.put(self._connection, terms)

    def put_courses(self, courses: Iterable[Course]) -> None:
        COURSES.put(self._connection, courses)

    def put_sections(self, sections: Iterable[Section]) -> None:
        put = list(sections)
        SECTIONS.put(self._connection, put)
        self._touched.sections.update(section.id for section in put)

    def put_people(self, people: Iterable[Person]) -> None:
        PEOPLE.put(self._connection, people)

    def put_enrolments(self, enrolments: Iterable[Enrolment]) -> None:
        ENROLMENTS.put(self._connection, enrolments)

    def roles_of(self, person_id: PersonId) -> list[RoleGrant]:
        return GRANTS.fetch(self._connection, _ROLES_OF, person_id=person_id)

    def grant(self, grant: RoleGrant) -> None:
        _GRANT(self._connection, [GRANTS.row(grant)])


def _by_name(person: Person) -> tuple[tuple[str, str], tuple[str, str], str]:
    return collation_key(person.family_name), collation_key(person.given_name), person.id
