"""Whose results a person reads as groups, and what is withheld from that person."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.college_rules import college_rules
from application.errors import Forbidden
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, reported_orgs
from domain.access import Reach, Right, Role, may
from domain.ids import CourseId, OrgId, SectionId
from domain.privacy.group import PrivacyRule
from domain.rostering import Course, EnrolmentRole, Org

NOTHING_WITHHELD = PrivacyRule(1)
"""Faculty score the students of their sections one by one."""


@dataclass(frozen=True, slots=True)
class ReportReach:
    """`sections` are the only ones to be counted; None counts all of `courses`."""

    courses: Mapping[CourseId, Course]
    orgs: tuple[Org, ...]
    sections: frozenset[SectionId] | None
    rule: PrivacyRule
    is_college: bool = False
    """Nothing of the college is out of reach."""

    @property
    def is_own_sections(self) -> bool:
        return self.sections is not None


def report_reach(unit: UnitOfWork, viewer: Viewer) -> ReportReach:
    """Raises: Forbidden for a role that reads no reports."""
    if viewer.role is not None and not may(viewer.role, Right.READ_REPORTS):
        raise Forbidden("Your role does not read reports.")
    courses = {course.id: course for course in unit.roster.courses()}
    if viewer.reach is Reach.SECTIONS and viewer.person_id is not None:
        own = unit.roster.sections_of(viewer.person_id, EnrolmentRole.TEACHER)
        taught = {one.course_id for one in own}
        mine = {course_id: one for course_id, one in courses.items() if course_id in taught}
        return ReportReach(mine, (), frozenset(one.id for one in own), NOTHING_WITHHELD)
    orgs = reported_orgs(unit, viewer)
    seen = {course_id: course for course_id, course in courses.items() if course.org_id in orgs}
    rule = privacy_rule(unit, viewer)
    return ReportReach(seen, _those(unit, orgs), None, rule, is_college=viewer.sees_all)


def privacy_rule(unit: UnitOfWork, viewer: Viewer) -> PrivacyRule:
    """Coordinators stand close to instructors: results of one section are withheld from them."""
    minimum = college_rules(unit.settings).small_group
    return PrivacyRule(minimum, masks_single_sections=viewer.role is Role.COORDINATOR)


def _those(unit: UnitOfWork, orgs: frozenset[OrgId]) -> tuple[Org, ...]:
    return tuple(org for org in unit.roster.orgs() if org.id in orgs)
