"""What can be chosen for a synchronisation: courses, orgs and destinations, also by code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from application.errors import Invalid
from application.only_one import only_one
from application.outcome_sync.destinations import offered
from application.outcome_sync.scope import CourseScope, OrgScope
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer, own_orgs, seen_courses, with_those_below
from domain.ids import SiteId
from domain.lms_site import LmsSite, OrgPairing
from domain.rostering import Course, Org

N = TypeVar("N", Course, Org)


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """`pairings` are the accounts among which the viewer may choose."""

    site: LmsSite
    pairings: tuple[OrgPairing, ...]


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """Courses by code, orgs by name, sites by name."""

    courses: tuple[Course, ...]
    orgs: tuple[Org, ...]
    sites: tuple[SiteChoice, ...]


@dataclass(frozen=True, slots=True)
class SyncScopes:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer) -> ScopeChoice:
        """Raises: Forbidden when the role has no part in synchronisation."""
        with self.units(write=False) as unit:
            courses = sorted(seen_courses(unit, viewer).values(), key=lambda one: one.code)
            sites = [site for site in unit.sites.sites() if site.active]
            return ScopeChoice(
                tuple(courses),
                tuple(_orgs(unit, viewer, courses)),
                tuple(SiteChoice(s, tuple(offered(unit, viewer, s))) for s in sites),
            )

    def course(self, name: str) -> CourseScope:
        """The active course with this code or source id. Raises Invalid."""
        with self.units(write=False) as unit:
            return CourseScope(_active_one(unit.roster.courses(), name, "course").id)

    def org(self, name: str) -> OrgScope:
        """The active org with this code or source id. Raises Invalid."""
        with self.units(write=False) as unit:
            return OrgScope(_active_one(unit.roster.orgs(), name, "org").id)

    def site(self, name: str) -> SiteId:
        """The active site with this name; without a name the only one. Raises Invalid."""
        with self.units(write=False) as unit:
            listed = [site for site in unit.sites.sites() if site.active]
        fitting = [site for site in listed if not name or site.name == name.strip().lower()]
        if len(fitting) != 1:
            raise Invalid("site", "give the name of exactly one active Canvas site.")
        return fitting[0].id


def _active_one(listed: Iterable[N], name: str, what: str) -> N:
    fitting = [one for one in listed if one.active and name in {one.code, one.source_id}]
    return only_one(what, name, fitting, f"active {what}", "code or source id")


def _orgs(unit: UnitOfWork, viewer: Viewer, courses: Sequence[Course]) -> list[Org]:
    """Orgs of the viewer below which there is a course that the viewer sees."""
    orgs = unit.roster.orgs()
    own = own_orgs(unit, viewer)
    homes = {course.org_id for course in courses}
    filled = [org for org in orgs if org.id in own and homes & with_those_below(orgs, [org.id])]
    return sorted(filled, key=lambda org: org.name)
