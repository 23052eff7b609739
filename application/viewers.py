"""Who looks, in which role, and how far that role reaches: the one place that asks by org."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from application.errors import Forbidden
from application.ports.unit_of_work import UnitOfWork
from domain.access import REACH, Reach, Right, Role, may
from domain.ids import CourseId, OrgId, PersonId
from domain.rostering import Course, EnrolmentRole, Org, Section


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, in which role. Both None: the command line, which sees everything.

    `org_id` is the org in which the person acts just now; None: wherever the role is held.
    `only_org` is that of a token made for one org: it and those below are all there is, whatever
    the person teaches or is asked for elsewhere.
    """

    person_id: PersonId | None
    role: Role | None
    org_id: OrgId | None = None
    only_org: OrgId | None = None

    @property
    def sees_all(self) -> bool:
        return self.person_id is None or self.reach is Reach.COLLEGE

    @property
    def reach(self) -> Reach | None:
        return REACH[self.role] if self.role else None

    def may(self, right: Right) -> bool:
        """Whether the role has the right; the command line acts in none."""
        return self.role is not None and may(self.role, right)

    @property
    def asked_id(self) -> PersonId | None:
        """Who is asked in person for plans and answers; a token for one org answers nothing."""
        return self.person_id if self.only_org is None else None

    @property
    def actor(self) -> str:
        """As deeds and runs name it."""
        return self.person_id or "command line"


def seen_courses(unit: UnitOfWork, viewer: Viewer) -> dict[CourseId, Course]:
    """Active courses whose CSLOs the viewer may see and send.

    Raises:
        Forbidden: the role has no part in synchronisation (students, readers).
    """
    courses = {course.id: course for course in unit.roster.courses() if course.active}
    if viewer.sees_all or viewer.person_id is None:
        return courses
    _require_right(viewer)
    orgs = _granted_orgs(unit, viewer)
    taught = {section.course_id for section in sections_taught(unit, viewer)}
    return {
        course.id: course
        for course in courses.values()
        if course.id in taught or course.org_id in orgs
    }


def own_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """Orgs of the viewer: granted ones with all below, and those of sections taught."""
    if viewer.sees_all or viewer.person_id is None:
        return frozenset(org.id for org in unit.roster.orgs())
    _require_right(viewer)
    taught = {section.org_id for section in sections_taught(unit, viewer)}
    return _granted_orgs(unit, viewer) | taught


def kept_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """Orgs whose SLOs, mappings and plans the viewer keeps: granted ones with all below.

    Raises:
        Forbidden: the role keeps no outcomes.
    """
    if viewer.sees_all or viewer.person_id is None:
        return frozenset(org.id for org in unit.roster.orgs())
    if viewer.role is None or not may(viewer.role, Right.KEEP_OUTCOMES):
        raise Forbidden("Your role does not keep outcomes and assessments.")
    return _granted_orgs(unit, viewer)


def reported_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """Orgs of which the viewer reads: granted ones with all below, whatever they teach."""
    if viewer.sees_all or viewer.person_id is None:
        return frozenset(org.id for org in unit.roster.orgs())
    return _granted_orgs(unit, viewer)


def role_reaches(unit: UnitOfWork, person_id: PersonId, role: Role, org_id: OrgId) -> bool:
    """Whether the role, as this person holds it, reaches this org."""
    return org_id in reported_orgs(unit, Viewer(person_id, role, only_org=org_id))


def sections_taught(unit: UnitOfWork, viewer: Viewer) -> list[Section]:
    """In whatever role the viewer acts; none for a token that is for one org."""
    if viewer.person_id is None or viewer.only_org is not None:
        return []
    return unit.roster.sections_of(viewer.person_id, EnrolmentRole.TEACHER)


def with_those_below(orgs: Iterable[Org], roots: Iterable[OrgId]) -> frozenset[OrgId]:
    """These orgs and all below them."""
    below: dict[OrgId | None, list[OrgId]] = {}
    for org in orgs:
        below.setdefault(org.parent_id, []).append(org.id)
    return _reached(below, roots)


def _reached(below: Mapping[OrgId | None, list[OrgId]], roots: Iterable[OrgId]) -> frozenset[OrgId]:
    reached: set[OrgId] = set()
    waiting = list(roots)
    while waiting:
        org_id = waiting.pop()
        if org_id not in reached:
            reached.add(org_id)
            waiting += below.get(org_id, [])
    return frozenset(reached)


def _granted_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """A coordinator without an org coordinates all; faculty without one has none."""
    grants = unit.roster.roles_of(viewer.person_id) if viewer.person_id else []
    held = [
        grant.org_id
        for grant in grants
        if grant.role is viewer.role and viewer.org_id in {None, grant.org_id}
    ]
    orgs = unit.roster.orgs()
    if None in held and viewer.reach is Reach.ORGS:
        reached = frozenset(org.id for org in orgs)
    else:
        reached = with_those_below(orgs, [org_id for org_id in held if org_id is not None])
    if viewer.only_org is None:
        return reached
    return reached & with_those_below(orgs, [viewer.only_org])


def _require_right(viewer: Viewer) -> None:
    if viewer.role is None or not may(viewer.role, Right.SYNC_OUTCOMES):
        raise Forbidden("Your role does not synchronise outcomes.")
