"""Orgs, terms, courses, sections, people and enrolments."""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath

from adapters.inbound.http.api.asked import (
    ActiveAsked,
    Code,
    CourseAsked,
    OrgAsked,
    PersonAsked,
    SectionAsked,
    TermAsked,
    named,
)
from adapters.inbound.http.api.doors import reading
from adapters.inbound.http.api.reading import Lists, OneOf
from adapters.inbound.http.api.roster_shapes import (
    CourseOut,
    EnrolmentOut,
    OrgOut,
    PersonOut,
    SectionOut,
    TermOut,
    course_out,
    enrolment_out,
    org_out,
    person_out,
    section_out,
    term_out,
)
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.injection import Injected
from application.ports.listings import (
    CoursesWanted,
    EnrolmentsWanted,
    OrgsWanted,
    PeopleWanted,
    SectionsWanted,
    TermsWanted,
)
from domain.access import Right
from domain.identity import LocalField, comparable
from domain.ids import CourseId, EnrolmentId, OrgId, PersonId, SectionId, TermId
from domain.rostering import EnrolmentRole, comparable_title

_TAG, _RIGHT = "Roster", Right.SIGNED_IN


@reading("/orgs", _TAG, _RIGHT)
def list_orgs(
    lists: Injected[Lists],
    parent: Annotated[OrgId | None, named("parent", "Id of the org above.")] = None,
    code: Code = None,
    active: ActiveAsked = None,
) -> Response[Listed[OrgOut]]:
    """All orgs of the college."""
    wanted = OrgsWanted(code=code, parent_id=parent, active=active)
    return lists.page(lambda its, _, turn: its.orgs(wanted, turn), org_out)


@reading("/orgs/{org_id:str}", _TAG, _RIGHT, 404)
def one_org(org_id: FromPath[OrgId], one_of: Injected[OneOf]) -> Response[OrgOut]:
    wanted = OrgsWanted(id=org_id)
    return one_of.shape(lambda its, _, turn: its.orgs(wanted, turn), "This org", org_out)


@reading("/terms", _TAG, _RIGHT)
def list_terms(lists: Injected[Lists], active: ActiveAsked = None) -> Response[Listed[TermOut]]:
    """All terms of the college."""
    wanted = TermsWanted(active=active)
    return lists.page(lambda its, _, turn: its.terms(wanted, turn), term_out)


@reading("/terms/{term_id:str}", _TAG, _RIGHT, 404)
def one_term(term_id: FromPath[TermId], one_of: Injected[OneOf]) -> Response[TermOut]:
    wanted = TermsWanted(id=term_id)
    return one_of.shape(lambda its, _, turn: its.terms(wanted, turn), "This term", term_out)


@reading("/courses", _TAG, _RIGHT)
def list_courses(
    lists: Injected[Lists],
    org: OrgAsked = None,
    code: Code = None,
    active: ActiveAsked = None,
) -> Response[Listed[CourseOut]]:
    """The catalogue."""
    wanted = CoursesWanted(org_id=org, code=code, active=active)
    return lists.page(lambda its, _, turn: its.courses(wanted, turn), course_out)


@reading("/courses/{course_id:str}", _TAG, _RIGHT, 404)
def one_course(course_id: FromPath[CourseId], one_of: Injected[OneOf]) -> Response[CourseOut]:
    wanted = CoursesWanted(id=course_id)
    return one_of.shape(lambda its, _, turn: its.courses(wanted, turn), "This course", course_out)


@reading("/sections", _TAG, _RIGHT)
def list_sections(
    lists: Injected[Lists],
    term: TermAsked = None,
    course: CourseAsked = None,
    org: OrgAsked = None,
    title: Annotated[str | None, named("title", "The Section Title.")] = None,
    source_id: Annotated[str | None, named("sourceId", "The roster's own id.")] = None,
    active: ActiveAsked = None,
) -> Response[Listed[SectionOut]]:
    """Sections: all, those of one's orgs, those taught or those taken, as the role has it."""
    wanted = SectionsWanted(
        term_id=term,
        course_id=course,
        org_id=org,
        title=None if title is None else comparable_title(title),
        source_id=source_id,
        active=active,
    )
    return lists.page(lambda its, sight, turn: its.sections(sight, wanted, turn), section_out)


@reading("/sections/{section_id:str}", _TAG, _RIGHT, 404)
def one_section(section_id: FromPath[SectionId], one_of: Injected[OneOf]) -> Response[SectionOut]:
    wanted = SectionsWanted(id=section_id)
    return one_of.shape(
        lambda its, sight, turn: its.sections(sight, wanted, turn), "This section", section_out
    )


@reading("/people", _TAG, _RIGHT)
def list_people(
    lists: Injected[Lists],
    tech_id: Annotated[str | None, named("techId", "The Tech ID.")] = None,
    login: Annotated[str | None, named("login", "The login, in any case.")] = None,
    email: Annotated[str | None, named("email", "The address, in any case.")] = None,
    section: SectionAsked = None,
    active: ActiveAsked = None,
) -> Response[Listed[PersonOut]]:
    """People: all, or oneself and those of one's sections, as the role has it."""
    wanted = PeopleWanted(
        tech_id=_comparable(LocalField.TECH_ID, tech_id),
        login=_comparable(LocalField.LOGIN, login),
        email=_comparable(LocalField.EMAIL, email),
        section_id=section,
        active=active,
    )
    return lists.page(lambda its, sight, turn: its.people(sight, wanted, turn), person_out)


@reading("/people/{person_id:str}", _TAG, _RIGHT, 404)
def one_person(person_id: FromPath[PersonId], one_of: Injected[OneOf]) -> Response[PersonOut]:
    wanted = PeopleWanted(id=person_id)
    return one_of.shape(
        lambda its, sight, turn: its.people(sight, wanted, turn), "This person", person_out
    )


@reading("/enrolments", _TAG, _RIGHT)
def list_enrolments(
    lists: Injected[Lists],
    section: SectionAsked = None,
    person: PersonAsked = None,
    term: TermAsked = None,
    role: Annotated[EnrolmentRole | None, named("role", "Students or teachers.")] = None,
    active: ActiveAsked = None,
) -> Response[Listed[EnrolmentOut]]:
    """Who is in which section, as far as the role sees sections and people."""
    wanted = EnrolmentsWanted(
        section_id=section, person_id=person, term_id=term, role=role, active=active
    )
    return lists.page(lambda its, sight, turn: its.enrolments(sight, wanted, turn), enrolment_out)


@reading("/enrolments/{enrolment_id:str}", _TAG, _RIGHT, 404)
def one_enrolment(
    enrolment_id: FromPath[EnrolmentId], one_of: Injected[OneOf]
) -> Response[EnrolmentOut]:
    wanted = EnrolmentsWanted(id=enrolment_id)
    return one_of.shape(
        lambda its, sight, turn: its.enrolments(sight, wanted, turn),
        "This enrolment",
        enrolment_out,
    )


def _comparable(field: LocalField, value: str | None) -> str | None:
    return None if value is None else comparable(field, value)


ROUTES = (
    list_orgs,
    one_org,
    list_terms,
    one_term,
    list_courses,
    one_course,
    list_sections,
    one_section,
    list_people,
    one_person,
    list_enrolments,
    one_enrolment,
)
