"""The college as it goes out."""

from datetime import date

from adapters.inbound.http.api.wire import Out, shaped
from domain.rostering import Course, Enrolment, EnrolmentRole, Org, Person, Section, Term


class OrgOut(Out, frozen=True):
    """A node of the institution's tree. `sourceId` is the roster's own id for it."""

    id: str
    source_id: str
    code: str
    name: str
    kind: str
    parent_id: str | None
    active: bool


class TermOut(Out, frozen=True):
    """A named span with start and end."""

    id: str
    source_id: str
    name: str
    kind: str
    starts_on: date
    ends_on: date
    active: bool


class CourseOut(Out, frozen=True):
    """A catalogue course; `code` is the catalogue code."""

    id: str
    source_id: str
    code: str
    title: str
    org_id: str
    active: bool


class SectionOut(Out, frozen=True):
    """`title` must equal the Canvas Course Code for a Canvas course to be found by itself.

    `startsOn` and `endsOn` are null where the days are those of the term.
    """

    id: str
    source_id: str
    title: str
    code: str
    course_id: str
    org_id: str
    term_id: str
    active: bool
    mode: str
    location: str
    starts_on: date | None
    ends_on: date | None


class PersonOut(Out, frozen=True):
    """`techId` is the permanent number, `login` may change."""

    id: str
    source_id: str
    tech_id: str
    login: str
    email: str
    given_name: str
    family_name: str
    active: bool


class EnrolmentOut(Out, frozen=True):
    """A person in a section."""

    id: str
    source_id: str
    section_id: str
    person_id: str
    role: EnrolmentRole
    active: bool


def org_out(org: Org) -> OrgOut:
    return shaped(OrgOut, org)


def term_out(term: Term) -> TermOut:
    return shaped(TermOut, term)


def course_out(course: Course) -> CourseOut:
    return shaped(CourseOut, course)


def section_out(section: Section) -> SectionOut:
    return shaped(SectionOut, section)


def person_out(person: Person) -> PersonOut:
    return shaped(PersonOut, person)


def enrolment_out(enrolment: Enrolment) -> EnrolmentOut:
    return shaped(EnrolmentOut, enrolment)
