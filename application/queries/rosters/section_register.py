"""Terms and sections as registers show them, and one section with its people."""

from dataclasses import dataclass
from datetime import date

from application.by_hand import is_by_hand
from application.college_rules import today
from application.paging import ListPage, page_within
from application.ports.people_repositories import PAGE, SectionSearch, Standing
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import with_those_below
from domain.ids import CourseId, OrgId, SectionId, TermId
from domain.rostering import Course, EnrolmentRole, Org, Person, Section, Term


@dataclass(frozen=True, slots=True)
class TermLine:
    term: Term
    current: bool
    sections: int


@dataclass(frozen=True, slots=True)
class ListTerms:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self) -> list[TermLine]:
        """Newest start first, ended ones too."""
        with self.units(write=False) as unit:
            day = today(unit.settings, self.clock.now())
            return [
                TermLine(
                    term,
                    term.is_current(day),
                    unit.directory.count_sections(SectionSearch(term_id=term.id)),
                )
                for term in unit.roster.terms()
            ]


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """As an address says it; an org stands for all below it too. Pages count from 1."""

    text: str = ""
    term: TermId | None = None
    org: OrgId | None = None
    course: CourseId | None = None
    standing: Standing = Standing.ACTIVE
    page: int = 1


@dataclass(frozen=True, slots=True)
class SectionLine:
    section: Section
    course: Course
    term: Term
    org: Org
    students: int


@dataclass(frozen=True, slots=True)
class SectionRegister:
    units: UnitOfWorkFactory

    def __call__(self, wanted: RegisterFilter) -> ListPage[SectionLine]:
        """By title."""
        with self.units(write=False) as unit:
            orgs = {org.id: org for org in unit.roster.orgs()}
            within = with_those_below(orgs.values(), [wanted.org]) if wanted.org else None
            search = SectionSearch(wanted.text, wanted.term, within, wanted.course, wanted.standing)
            total = unit.directory.count_sections(search)
            page = page_within(wanted.page, total, PAGE)
            sections = unit.directory.sections(search, start=(page - 1) * PAGE)
            students = unit.directory.enrolled(section.id for section in sections)
            courses = {course.id: course for course in unit.roster.courses()}
            terms = {term.id: term for term in unit.roster.terms()}
        lines = (
            SectionLine(
                one, courses[one.course_id], terms[one.term_id], orgs[one.org_id],
                students.get(one.id, 0),
            )
            for one in sections
        )  # fmt: skip
        return ListPage(tuple(lines), total, page, PAGE)


@dataclass(frozen=True, slots=True)
class Enrolled:
    person: Person
    role: EnrolmentRole
    active: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    section: Section
    course: Course
    term: Term
    org: Org
    people: tuple[Enrolled, ...]
    """Teachers first, then by name; those who have ended last."""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last, where they are not those of the term."""
        section, term = self.section, self.term
        if section.starts_on is None and section.ends_on is None:
            return None
        return section.starts_on or term.starts_on, section.ends_on or term.ends_on


@dataclass(frozen=True, slots=True)
class ReadSection:
    units: UnitOfWorkFactory

    def __call__(self, section_id: SectionId) -> SectionView:
        """Raises NotFound."""
        with self.units(write=False) as unit:
            section = unit.roster.section(section_id)
            enrolments = unit.directory.enrolments_in(section_id)
            people = unit.roster.people(one.person_id for one in enrolments)
            listed = [
                Enrolled(people[e.person_id], e.role, e.active, is_by_hand(e.source_id))
                for e in enrolments
            ]
            listed.sort(
                key=lambda one: (
                    not one.active, one.role is EnrolmentRole.STUDENT, one.person.name_key,
                )
            )  # fmt: skip
            return SectionView(
                section,
                unit.roster.course(section.course_id),
                unit.roster.term(section.term_id),
                unit.roster.org(section.org_id),
                tuple(listed),
            )
