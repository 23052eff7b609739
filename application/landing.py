"""Where a launch leads: the role taken, the sections meant, and the page to open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from application.errors import Conflict, LaunchRejected
from application.first_page import START, first_page
from application.launch_context import LaunchContext
from application.ports.unit_of_work import UnitOfWork
from application.roles import roles_held
from domain.access import Role
from domain.ids import LinkId, SectionId
from domain.launch import LaunchClaims
from domain.link import Link
from domain.lms_site import LmsSite
from domain.rostering import EnrolmentRole, Person, Section

_FACULTY_WITHOUT_SECTION = (
    "You teach no section that we know of, so there is nothing to open. Your help desk can add "
    "you to your sections here."
)
_STUDENT_WITHOUT_SECTION = (
    "We do not find you in a section of this course. If you have just enrolled, try again "
    "tomorrow; otherwise your help desk can check your enrolment here."
)


@dataclass(frozen=True, slots=True)
class Landing:
    """`refused` is set instead of a page when no section can be meant."""

    role: Role
    context: LaunchContext
    path: str
    refused: LaunchRejected | None = None


def landing_for(
    unit: UnitOfWork,
    claims: LaunchClaims,
    context: LaunchContext,
    person: Person,
) -> Landing:
    """Decide by what the person is here; the LTI role may narrow that, never widen it."""
    if claims.is_staff:
        return _staff(unit, claims, context, person)
    if claims.is_learner:
        return _student(unit, claims, context, person)
    return _elsewhere(unit, context, person)


def sections_meant(
    unit: UnitOfWork, claims: LaunchClaims, mine: Iterable[Section]
) -> tuple[SectionId, ...]:
    """Which of my sections a launch speaks of: by context label, else by SIS ids."""
    own = {section.id for section in mine}
    label = claims.context_label
    titled = unit.roster.sections_titled(label) if label else []
    found = _own(titled, own) | _own(unit.roster.sections_by_source(_sis_ids(claims)), own)
    return tuple(sorted(found))


def site_of(unit: UnitOfWork, context: LaunchContext) -> LmsSite | None:
    """The configured site whose address the launch came from.

    Compared by origin: a beta or test Canvas is copied from production with its keys, and
    must never be served with production's authorisations (lti.md 8, 12).
    """
    for site in unit.sites.sites():
        if site.active and site.url.rstrip("/").lower() == context.lms_origin:
            return site
    return None


def _staff(
    unit: UnitOfWork,
    claims: LaunchClaims,
    context: LaunchContext,
    person: Person,
) -> Landing:
    mine = unit.roster.sections_of(person.id, EnrolmentRole.TEACHER)
    if not mine:
        if claims.is_administrator:
            return _elsewhere(unit, context, person)
        return Landing(Role.FACULTY, context, "", _unmatched(_FACULTY_WITHOUT_SECTION))
    meant = sections_meant(unit, claims, mine) or _remembered(unit, context, person, mine)
    context = context.among(meant)
    adopt_own_link(unit, context)
    links = [
        _brought_up_to_date(unit, context, link)
        for link in _links_here(unit, context, {section.id for section in mine})
    ]
    if len(links) == 1:
        return Landing(Role.FACULTY, context, f"/works/{links[0].section_assessment_id}/rubric")
    return Landing(Role.FACULTY, context, _list_page(unit, context, person))


def _student(
    unit: UnitOfWork, claims: LaunchClaims, context: LaunchContext, person: Person
) -> Landing:
    mine = unit.roster.sections_of(person.id, EnrolmentRole.STUDENT)
    links = _links_here(unit, context, {section.id for section in mine})
    meant = tuple(link.section_id for link in links) or sections_meant(unit, claims, mine)
    if not meant:
        return Landing(Role.STUDENT, context, "", _unmatched(_STUDENT_WITHOUT_SECTION))
    context = context.among(meant)
    works = {link.section_assessment_id for link in links}
    path = f"/works/{works.pop()}/mine" if len(works) == 1 else "/mine"
    return Landing(Role.STUDENT, context, path)


def adopt_own_link(unit: UnitOfWork, context: LaunchContext) -> None:
    """Bind a link that was chosen in the LMS' selection dialog to the assignment it became.

    Its launch URL carries our link id. Only in the LMS course where it was made: the same
    id in another course is a copy, which is offered and never followed.
    """
    if not context.own_link or context.placement is None:
        return
    link = unit.links.elsewhere(context.platform, LinkId(context.own_link))
    if link and link.active and link.awaits_placement(context.context_id):
        unit.links.save(replace(link, placement=context.placement))


def _brought_up_to_date(unit: UnitOfWork, context: LaunchContext, link: Link) -> Link:
    """A link as the LMS names its assignment now; a site may have been set up since."""
    site = site_of(unit, context)
    seen = replace(
        link,
        site_id=site.id if site else link.site_id,
        course_ref=context.course or link.course_ref,
        assignment_ref=context.assignment or link.assignment_ref,
        title=context.resource_title or link.title,
        points_possible=context.points or link.points_possible,
    )
    try:
        return link if seen == link else unit.links.save(seen)
    except Conflict:  # a launch at the same moment said so already
        return link


def _links_here(unit: UnitOfWork, context: LaunchContext, sections: set[SectionId]) -> list[Link]:
    if context.placement is None:
        return []
    return [link for link in unit.links.at(context.placement) if link.section_id in sections]


def _list_page(unit: UnitOfWork, context: LaunchContext, person: Person) -> str:
    """The list; before it *Authorize*, while nobody was asked and the LMS is not waiting."""
    site = site_of(unit, context)
    asked = site is None or unit.sites.authorisation(site.id, person.id) is not None
    path = "/assessments"
    return path if asked or context.is_selecting else f"/authorise?then={quote(path, safe='')}"


def _remembered(
    unit: UnitOfWork, context: LaunchContext, person: Person, mine: list[Section]
) -> tuple[SectionId, ...]:
    own = {section.id for section in mine}
    choices = unit.links.choices(context.platform, context.context_id)
    return tuple(
        choice.section_id
        for choice in choices
        if choice.person_id == person.id and choice.section_id in own
    )


def _elsewhere(unit: UnitOfWork, context: LaunchContext, person: Person) -> Landing:
    """Without a course role: by the widest role held; else as a reader of nothing.

    At the page itself, not by way of the start page: where cookies are blocked, a launch
    opens one page and no other.
    """
    role = next(iter(roles_held(unit, person.id)), None)
    if role is None:
        return Landing(Role.READER, context, START)
    return Landing(role, context, first_page(role))


def _sis_ids(claims: LaunchClaims) -> tuple[str, ...]:
    names = ("lis_course_offering_sourcedid", "custom_section_sis_ids")
    values = (claims.value(name) or "" for name in names)
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _own(sections: Iterable[Section], own: set[SectionId]) -> set[SectionId]:
    return {section.id for section in sections if section.id in own}


def _unmatched(sentence: str) -> LaunchRejected:
    return LaunchRejected("section-unmatched", sentence)
