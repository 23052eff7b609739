"""Of what outcomes are synchronised."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, seen_courses, with_those_below
from domain.ids import CourseId, LmsCourseRef, OrgId, SectionAssessmentId, SiteId
from domain.rostering import Course


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


def courses_of(unit: UnitOfWork, viewer: Viewer, scope: AccountScope) -> list[Course]:
    """The courses of the scope that the viewer sees, by code.

    Raises:
        NotFound: a course that is not there, or not for the viewer. Forbidden.
    """
    wanted = _within(unit, scope, seen_courses(unit, viewer))
    return sorted(wanted, key=lambda course: course.code)


def _within(unit: UnitOfWork, scope: AccountScope, seen: Mapping[CourseId, Course]) -> list[Course]:
    if isinstance(scope, OrgScope):
        orgs = with_those_below(unit.roster.orgs(), [scope.org_id])
        return [course for course in seen.values() if course.org_id in orgs]
    if isinstance(scope, WholeCollege):
        return list(seen.values())
    if scope.course_id not in seen:
        raise NotFound("This course")
    return [seen[scope.course_id]]
