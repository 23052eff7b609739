"""The LMS course that belongs to a section: told where it can be, else asked and remembered."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from application.errors import Invalid, LmsError
from application.gateways import Gateways
from application.ports.lms import LmsCourse
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import why_unread
from application.use_cases.assessments.plan_assessment import require_teacher
from domain.ids import LmsCourseRef, PersonId, SectionId, SiteId
from domain.lms_site import LmsSite, SectionPairing
from domain.rostering import Section, collation_key, comparable_title


class Told(StrEnum):
    """How the preselected course was found."""

    REMEMBERED = "chosen before"
    LINKED = "an assignment of it is linked"
    SAME_TITLE = "its Course Code equals the Section Title"
    NOT = ""


@dataclass(frozen=True, slots=True)
class OfferedCourse:
    """A course that the person teaches. `key` is what a form sends back."""

    site_id: SiteId
    site_label: str
    course: LmsCourse

    @property
    def key(self) -> str:
        return f"{self.site_id}/{self.course.ref}"


@dataclass(frozen=True, slots=True)
class UnreadSite:
    """A site whose courses are not known; `reason` is a slug of the refusals."""

    site_id: SiteId
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CourseChoice:
    """What to offer. `chosen` None: nothing tells the course, so the person is asked."""

    section_id: SectionId
    section_title: str
    offered: tuple[OfferedCourse, ...]
    chosen: OfferedCourse | None
    told: Told
    unread: tuple[UnreadSite, ...]
    several_sites: bool

    @property
    def reason(self) -> str:
        """Why there is nothing to offer; a slug of the refusals, empty where there is."""
        if self.offered:
            return ""
        return self.unread[0].reason if self.unread else "teaches-none"

    def course(self, key: str) -> OfferedCourse:
        """The course that a form names. Raises Invalid for any other."""
        for one in self.offered:
            if one.key == key:
                return one
        raise Invalid("course", "choose one of the Canvas courses.")


@dataclass(frozen=True, slots=True)
class TaughtCourses:
    """All courses that the person teaches at the sites in use, with the section's own first."""

    units: UnitOfWorkFactory
    transact: Transact
    gateways: Gateways

    async def __call__(self, person_id: PersonId, section_id: SectionId) -> CourseChoice:
        """Raises: NotFound unless the person teaches the section. Never an LmsError."""
        section, sites = await self.transact(lambda: self._place(person_id, section_id))
        offered: list[OfferedCourse] = []
        unread = [] if sites else [UnreadSite(SiteId(""), "", "not-connected")]
        for site in sites:
            try:
                offered += await self._taught_at(person_id, site)
            except LmsError as error:
                unread.append(UnreadSite(site.id, site.label, why_unread(error)))
        return await self.transact(
            lambda: self._choice(person_id, section, offered, unread, several=len(sites) > 1)
        )

    def _place(self, person_id: PersonId, section_id: SectionId) -> tuple[Section, list[LmsSite]]:
        with self.units(write=False) as unit:
            require_teacher(unit, person_id, section_id)
            sites = [site for site in unit.sites.sites() if site.active]
            return unit.roster.section(section_id), sites

    async def _taught_at(self, person_id: PersonId, site: LmsSite) -> list[OfferedCourse]:
        gateway = await self.gateways.acting_for(person_id, site.id)
        courses = [course async for course in gateway.courses_taught()]
        courses.sort(key=lambda course: (collation_key(course.code), course.ref))
        return [OfferedCourse(site.id, site.label, course) for course in courses]

    def _choice(
        self,
        person_id: PersonId,
        section: Section,
        offered: list[OfferedCourse],
        unread: list[UnreadSite],
        *,
        several: bool,
    ) -> CourseChoice:
        with self.units(write=False) as unit:
            chosen, told = _told(unit, person_id, section, offered)
        rest = [one for one in offered if one is not chosen]
        first = [chosen, *rest] if chosen else rest
        return CourseChoice(
            section.id, section.title, tuple(first), chosen, told, tuple(unread), several
        )


@dataclass(frozen=True, slots=True)
class RememberCourse:
    """Keep what a person chose for a section; the last choice stays."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, section_id: SectionId, chosen: OfferedCourse) -> None:
        """Raises: NotFound unless the person teaches the section."""
        with self.units() as unit:
            require_teacher(unit, person_id, section_id)
            unit.pairings.pair_section(
                SectionPairing(
                    section_id,
                    person_id,
                    chosen.site_id,
                    chosen.course.ref,
                    chosen.course.code,
                    self.clock.now(),
                )
            )
            unit.commit()


def _told(
    unit: UnitOfWork, person_id: PersonId, section: Section, offered: list[OfferedCourse]
) -> tuple[OfferedCourse | None, Told]:
    """The first way that names a course still taught; a title must fit exactly one."""
    by_ref = {(one.site_id, one.course.ref): one for one in offered}
    pairing = unit.pairings.section(section.id, person_id)
    if pairing and (found := by_ref.get((pairing.site_id, pairing.course_ref))):
        return found, Told.REMEMBERED
    for place in _linked(unit, section.id):
        if place in by_ref:
            return by_ref[place], Told.LINKED
    title = comparable_title(section.title)
    same = [one for one in offered if comparable_title(one.course.code) == title]
    return (same[0], Told.SAME_TITLE) if len(same) == 1 else (None, Told.NOT)


def _linked(unit: UnitOfWork, section_id: SectionId) -> Iterator[tuple[SiteId, LmsCourseRef]]:
    for link in unit.links.in_sections([section_id]):
        if link.active and link.site_id and link.course_ref:
            yield link.site_id, link.course_ref
