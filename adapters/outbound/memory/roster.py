from collections.abc import Iterable

from adapters.outbound.memory.rows import Rows
from adapters.outbound.memory.store import Transaction
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


class MemoryRoster(RosterRepository):
    def __init__(self, transaction: Transaction) -> None:
        self._orgs = Rows[Org](transaction, "org", lambda org: org.id)
        self._terms = Rows[Term](transaction, "term", lambda term: term.id)
        self._courses = Rows[Course](transaction, "course", lambda course: course.id)
        self._sections = Rows[Section](transaction, "section", lambda section: section.id)
        self._people = Rows[Person](transaction, "person", lambda person: person.id)
        self._enrolments = Rows[Enrolment](transaction, "enrolment", lambda one: one.id)
        self._grants = Rows[RoleGrant](
            transaction, "role grant", lambda one: (one.person_id, one.role, one.org_id or "")
        )

    def orgs(self) -> list[Org]:
        return self._orgs.all()

    def org(self, org_id: OrgId) -> Org:
        return self._orgs.get("This org", org_id)

    def terms(self) -> list[Term]:
        return sorted(self._terms.all(), key=lambda term: term.starts_on.toordinal() * -1)

    def term(self, term_id: TermId) -> Term:
        return self._terms.get("This term", term_id)

    def courses(self) -> list[Course]:
        return self._courses.all()

    def course(self, course_id: CourseId) -> Course:
        return self._courses.get("This course", course_id)

    def section(self, section_id: SectionId) -> Section:
        return self._sections.get("This section", section_id)

    def sections(self) -> list[Section]:
        return self._sections.all()

    def sections_titled(self, title: str) -> list[Section]:
        wanted = comparable_title(title)
        return self._sections.where(lambda s: s.active and comparable_title(s.title) == wanted)

    def sections_by_source(self, source_ids: Iterable[str]) -> list[Section]:
        wanted = frozenset(source_ids)
        return self._sections.where(lambda section: section.source_id in wanted)

    def sections_of(self, person_id: PersonId, role: EnrolmentRole) -> list[Section]:
        taken = {e.section_id for e in self._active(role) if e.person_id == person_id}
        return self._sections.where(lambda section: section.active and section.id in taken)

    def is_enrolled(self, person_id: PersonId, section_id: SectionId, role: EnrolmentRole) -> bool:
        return any(
            e.person_id == person_id and e.section_id == section_id for e in self._active(role)
        )

    def people_in(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        there = {e.person_id for e in self._active(role) if e.section_id == section_id}
        people = self._people.where(lambda person: person.active and person.id in there)
        return sorted(people, key=_by_name)

    def people_who_left(self, section_id: SectionId, role: EnrolmentRole) -> list[Person]:
        ever = self._enrolments.where(lambda e: e.role is role and e.section_id == section_id)
        enrolled, there = {e.person_id for e in ever}, self.people_in(section_id, role)
        gone = enrolled - {person.id for person in there}
        return sorted(self._people.where(lambda person: person.id in gone), key=_by_name)

    def person(self, person_id: PersonId) -> Person:
        return self._people.get("This person", person_id)

    def people(self, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        found = (self._people.find(person_id) for person_id in ids)
        return {person.id: person for person in found if person is not None}

    def people_where(self, field: LocalField, value: str) -> list[Person]:
        wanted = comparable(field, value)
        if not wanted:
            return []
        return self._people.where(lambda person: comparable(field, _value(person, field)) == wanted)

    def all_people(self) -> list[Person]:
        return self._people.all()

    def all_enrolments(self) -> list[Enrolment]:
        return self._enrolments.all()

    def put_orgs(self, orgs: Iterable[Org]) -> None:
        self._orgs.put(orgs)

    def put_terms(self, terms: Iterable[Term]) -> None:
        self._terms.put(terms)

    def put_courses(self, courses: Iterable[Course]) -> None:
        self._courses.put(courses)

    def put_sections(self, sections: Iterable[Section]) -> None:
        self._sections.put(sections)

    def put_people(self, people: Iterable[Person]) -> None:
        self._people.put(people)

    def put_enrolments(self, enrolments: Iterable[Enrolment]) -> None:
        self._enrolments.put(enrolments)

    def roles_of(self, person_id: PersonId) -> list[RoleGrant]:
        return self._grants.where(lambda grant: grant.person_id == person_id)

    def grant(self, grant: RoleGrant) -> None:
        if self._grants.find(self._grants.key_of(grant)) is None:
            self._grants.put([grant])

    def _active(self, role: EnrolmentRole) -> list[Enrolment]:
        return self._enrolments.where(lambda one: one.active and one.role is role)


def _value(person: Person, field: LocalField) -> str:
    values = {
        LocalField.TECH_ID: person.tech_id,
        LocalField.LOGIN: person.login,
        LocalField.EMAIL: person.email,
    }
    return values[field]


def _by_name(person: Person) -> tuple[tuple[str, str], tuple[str, str], str]:
    return collation_key(person.family_name), collation_key(person.given_name), person.id
