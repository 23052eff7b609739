"""Of what outcomes are synchronised, and who may see and send which courses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from application.errors import Forbidden, NotFound
from application.ports.unit_of_work import UnitOfWork
from domain.access import Right, Role, may
from domain.ids import CourseId, LmsCourseRef, OrgId, PersonId, SectionAssessmentId, SiteId
from domain.rostering import Course, EnrolmentRole, Org, Section


@dataclass(frozen=True, slots=True)
class CourseScope:
    """The CSLOs of one course."""

    course_id: CourseId


@dataclass(frozen=True, slots=True)
class OrgScope:
    """The CSLOs of all courses of an org and of the orgs below it."""

    org_id: OrgId


@dataclass(frozen=True, slots=True)
class WholeCollege:
    """The CSLOs of all courses."""


@dataclass(frozen=True, slots=True)
class WorkScope:
    """The rubric rows of an assessment in a section, for one course of the LMS (F25)."""

    work_id: SectionAssessmentId
    site_id: SiteId
    course_ref: LmsCourseRef


AccountScope = CourseScope | OrgScope | WholeCollege
SyncScope = AccountScope | WorkScope


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, in which role. Both None: the command line, which sees everything."""

    person_id: PersonId | None
    role: Role | None

    @property
    def sees_all(self) -> bool:
        return self.person_id is None or self.role is Role.DATA_STEWARD

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
    taught = {section.course_id for section in _sections(unit, viewer.person_id)}
    orgs = _granted_orgs(unit, viewer)
    return {
        course.id: course
        for course in courses.values()
        if course.id in taught or course.org_id in orgs
    }


def courses_of(unit: UnitOfWork, viewer: Viewer, scope: AccountScope) -> list[Course]:
    """The courses of the scope that the viewer sees, by code.

    Raises:
        NotFound: a course that is not there, or not for the viewer. Forbidden.
    """
    wanted = _within(unit, scope, seen_courses(unit, viewer))
    return sorted(wanted, key=lambda course: course.code)


def own_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """Orgs of the viewer: granted ones with all below, and those of sections taught."""
    if viewer.sees_all or viewer.person_id is None:
        return frozenset(org.id for org in unit.roster.orgs())
    _require_right(viewer)
    taught = {section.org_id for section in _sections(unit, viewer.person_id)}
    return _granted_orgs(unit, viewer) | taught


def kept_orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """Orgs whose SLOs, mappings and plans the viewer keeps: granted ones with all below.

    Raises:
        Forbidden: the role keeps no outcomes.
    """
    if viewer.sees_all or viewer.person_id is None:
        return frozenset(org.id for org in unit.roster.orgs())
    if viewer.role is None or not may(viewer.role, Right.KEEP_OUTCOMES):
        raise Forbidden("Your role does not keep outcomes.")
    return _granted_orgs(unit, viewer)


def with_those_below(orgs: Iterable[Org], roots: Iterable[OrgId]) -> frozenset[OrgId]:
    """These orgs and all below them."""
    below: dict[OrgId | None, list[OrgId]] = {}
    for org in orgs:
        below.setdefault(org.parent_id, []).append(org.id)
    return _reached(below, roots)


def _within(unit: UnitOfWork, scope: AccountScope, seen: Mapping[CourseId, Course]) -> list[Course]:
    if isinstance(scope, OrgScope):
        orgs = with_those_below(unit.roster.orgs(), [scope.org_id])
        return [course for course in seen.values() if course.org_id in orgs]
    if isinstance(scope, WholeCollege):
        return list(seen.values())
    if scope.course_id not in seen:
        raise NotFound("This course")
    return [seen[scope.course_id]]


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
    held = [grant.org_id for grant in grants if grant.role is viewer.role]
    orgs = unit.roster.orgs()
    if None in held and viewer.role is Role.COORDINATOR:
        return frozenset(org.id for org in orgs)
    return with_those_below(orgs, [org_id for org_id in held if org_id is not None])


def _sections(unit: UnitOfWork, person_id: PersonId) -> list[Section]:
    return unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)


def _require_right(viewer: Viewer) -> None:
    if viewer.role is None or not may(viewer.role, Right.SYNC_OUTCOMES):
        raise Forbidden("Your role does not synchronise outcomes.")
