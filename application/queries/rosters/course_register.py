"""Courses as a register shows them."""

from collections import Counter
from dataclasses import dataclass

from application.paging import ListPage, on_page, page_within
from application.ports.people_repositories import PAGE, Standing
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.rosters.section_register import RegisterFilter
from application.viewers import with_those_below
from domain.ids import CourseId
from domain.rostering import Course, Org


@dataclass(frozen=True, slots=True)
class CourseLine:
    course: Course
    org: Org
    slos: int


@dataclass(frozen=True, slots=True)
class CourseRegister:
    units: UnitOfWorkFactory

    def __call__(self, wanted: RegisterFilter) -> ListPage[CourseLine]:
        """By code, those whose code or title holds the text."""
        part = wanted.text.strip().casefold()
        with self.units(write=False) as unit:
            orgs = {org.id: org for org in unit.roster.orgs()}
            within = orgs if not wanted.org else with_those_below(orgs.values(), [wanted.org])
            slos = Counter(slo.course_id for slo in unit.outcomes.slos() if slo.course_id)
            found = [
                course
                for course in unit.roster.courses()
                if course.org_id in within
                and wanted.standing in {Standing.ALL, _standing(course)}
                and (part in course.code.casefold() or part in course.title.casefold())
            ]
        found.sort(key=lambda course: (course.code, course.id))
        page = page_within(wanted.page, len(found), PAGE)
        shown = on_page(found, page, PAGE)
        lines = (CourseLine(one, orgs[one.org_id], slos[one.id]) for one in shown)
        return ListPage(tuple(lines), len(found), page, PAGE)


@dataclass(frozen=True, slots=True)
class ReadCourse:
    units: UnitOfWorkFactory

    def __call__(self, course_id: CourseId) -> Course:
        """Raises NotFound."""
        with self.units(write=False) as unit:
            return unit.roster.course(course_id)


def _standing(course: Course) -> Standing:
    return Standing.ACTIVE if course.active else Standing.ENDED
