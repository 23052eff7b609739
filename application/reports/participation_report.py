"""Participation: where the work stands in the sections, and SLOs that were never assessed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.calendar.participation import ParticipationFilter
from application.reports.asked import ReportAsked, ReportScope, scope_of
from application.reports.bars import per_cent
from application.reports.curriculum import curriculum_of
from application.reports.reach import ReportReach, report_reach
from application.viewers import Viewer
from domain.assessment import WorkState
from domain.ids import CourseId, OrgId, SectionId
from domain.reporting import ParticipationFigures
from domain.rostering import Course, Section
from domain.slo import SloHead
from domain.work_standing import WorkStanding


class Standings(Protocol):
    def within(self, unit: UnitOfWork, wanted: ParticipationFilter) -> ParticipationFigures: ...


@dataclass(frozen=True, slots=True)
class ParticipationLine:
    """One course, or all of them. `states` counts assessments in sections.

    `sections` are those of the term, `without` those in which nothing is assessed.
    """

    code: str
    title: str
    states: Mapping[WorkState, int]
    sections: int
    without: int

    @property
    def assessments(self) -> int:
        return sum(self.states.values())

    @property
    def open(self) -> int:
        """That somebody is still to finish."""
        return self.assessments - self.of(WorkState.COMPLETE) - self.of(WorkState.NOT_ASSESSED)

    @property
    def complete_share(self) -> Decimal:
        """In per cent of its assessments, of which there is one."""
        return per_cent(self.of(WorkState.COMPLETE), self.assessments)

    def of(self, state: WorkState) -> int:
        return self.states.get(state, 0)


@dataclass(frozen=True, slots=True)
class ParticipationView:
    """No line tells how students did, so that none is withheld."""

    asked: ReportAsked
    scope: ReportScope
    orgs: tuple[TreeOrg, ...]
    lines: tuple[ParticipationLine, ...]
    total: ParticipationLine
    never_assessed: tuple[SloHead, ...]
    own_sections: bool


@dataclass(frozen=True, slots=True)
class ParticipationReport:
    """Raises: Forbidden; Invalid for a name that fits nothing of the viewer's."""

    units: UnitOfWorkFactory
    clock: Clock
    figures: Standings

    def __call__(self, viewer: Viewer, asked: ReportAsked) -> ParticipationView:
        with self.units(write=False) as unit:
            reach, curriculum = report_reach(unit, viewer), curriculum_of(unit)
            scope = scope_of(unit, curriculum, reach, asked, self.clock)
            terms = (scope.term.id,) if scope.term else ()
            figures = self.figures.within(unit, ParticipationFilter(terms, _orgs(reach, scope)))
            counted = _Counted(reach, scope, self.clock.now())
            for term_id in terms:
                counted.add_sections(unit.standings.sections_of(term_id))
                counted.add_works(figures.standings[term_id])
            never = [curriculum.slos[slo_id] for slo_id in figures.never_assessed]
            return ParticipationView(
                asked,
                scope,
                drawn_orgs(reach.orgs),
                counted.lines(),
                counted.total(),
                tuple(slo for slo in never if _is_asked(slo, reach, scope)),
                reach.is_own_sections,
            )


def _orgs(reach: ReportReach, scope: ReportScope) -> frozenset[OrgId] | None:
    """None where nothing is narrowed: SLOs that no org owns are told of then too."""
    if reach.is_own_sections:
        return None
    return scope.orgs if scope.org or not reach.is_college else None


def _is_asked(slo: SloHead, reach: ReportReach, scope: ReportScope) -> bool:
    """Of a chosen course, and of faculty, only CSLOs."""
    if slo.course_id is None:
        return not (reach.is_own_sections or scope.asks_for_courses)
    return slo.course_id in scope.courses


@dataclass(slots=True)
class _Counted:
    """Sections and work of the term by course."""

    reach: ReportReach
    scope: ReportScope
    now: datetime
    states: dict[CourseId, Counter[WorkState]] = field(default_factory=dict)
    sections: dict[CourseId, set[SectionId]] = field(default_factory=dict)
    worked: dict[CourseId, set[SectionId]] = field(default_factory=dict)

    def add_sections(self, sections: Iterable[Section]) -> None:
        for one in sections:
            if self._is_seen(one.course_id, one.id):
                self.sections.setdefault(one.course_id, set()).add(one.id)

    def add_works(self, works: Iterable[WorkStanding]) -> None:
        for one in works:
            if self._is_seen(one.course_id, one.section_id):
                self.states.setdefault(one.course_id, Counter())[one.state(self.now)] += 1
                self.worked.setdefault(one.course_id, set()).add(one.section_id)

    def lines(self) -> tuple[ParticipationLine, ...]:
        """One for each course with sections, by code."""
        courses = [self.reach.courses[course_id] for course_id in self.sections]
        return tuple(self._line(one) for one in sorted(courses, key=lambda one: one.code))

    def total(self) -> ParticipationLine:
        lines = self.lines()
        states = sum((Counter(line.states) for line in lines), Counter[WorkState]())
        sections, without = (sum(line.sections for line in lines), sum(w.without for w in lines))
        return ParticipationLine("", "All courses", states, sections, without)

    def _line(self, course: Course) -> ParticipationLine:
        sections = self.sections[course.id]
        without = len(sections - self.worked.get(course.id, set()))
        states = self.states.get(course.id, Counter())
        return ParticipationLine(course.code, course.title, states, len(sections), without)

    def _is_seen(self, course_id: CourseId, section_id: SectionId) -> bool:
        own = self.reach.sections
        return course_id in self.scope.courses and (own is None or section_id in own)
