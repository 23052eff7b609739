"""The assessments of the sections that a person teaches, filtered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from application.college_rules import today
from application.launch_context import LaunchContext
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.listed_work import ListedWork, listed_works
from application.term_guard import term_warning
from domain.ids import (
    CourseId,
    PersonId,
    TermId,
)
from domain.rostering import Course, EnrolmentRole, Section, Term

HERE = "here"
"""The section filter that means: every section of the launch's LMS course."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Empty means all. `chosen` is False while nobody has filtered yet."""

    term: str = ""
    course: str = ""
    section: str = ""
    status: str = ""
    chosen: bool = False


class Option(NamedTuple):
    """A choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class AssessmentListView:
    filter: ListFilter
    terms: tuple[Option, ...]
    courses: tuple[Option, ...]
    sections: tuple[Option, ...]
    works: tuple[ListedWork, ...]
    hidden: int
    """Assessments of this person that the filter leaves out."""
    target_section: str
    """The one section that the filter means, for new assessments; else empty."""
    warning: str
    """Not empty: the term that the filter means is not the current one."""


@dataclass(frozen=True, slots=True)
class AssessmentList:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, person_id: PersonId, wanted: ListFilter, context: LaunchContext
    ) -> AssessmentListView:
        now = self.clock.now()
        with self.units(write=False) as unit:
            day = today(unit.settings, now)
            desk = _desk(unit, person_id)
            chosen = wanted if wanted.chosen else desk.preset(context, day)
            places = desk.within(chosen, context)
            works = listed_works(unit, places, context.placement, person_id, now)
            terms = unit.roster.terms()
        shown = [work for work in works if chosen.status in {"", work.state}]
        return AssessmentListView(
            filter=chosen,
            terms=tuple(Option(t.id, t.name) for t in desk.terms.values()),
            courses=tuple(Option(c.id, f"{c.code} {c.title}") for c in desk.courses.values()),
            sections=desk.section_options(context),
            works=tuple(shown),
            hidden=desk.count - len(shown),
            target_section=places[0].id if len(places) == 1 else "",
            warning=_warning(terms, chosen, day),
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """The sections that a person teaches, with their courses and terms."""

    sections: tuple[Section, ...]
    courses: dict[CourseId, Course]
    terms: dict[TermId, Term]
    count: int

    def preset(self, context: LaunchContext, day: date) -> ListFilter:
        """What the launch means, else the current term if anything is taught in it."""
        meant = [section for section in self.sections if section.id in context.sections]
        if meant:
            courses = {section.course_id for section in meant}
            terms = {section.term_id for section in meant}
            return ListFilter(
                term=_only(terms),
                course=_only(courses),
                section=meant[0].id if len(meant) == 1 else HERE,
            )
        current = (term.id for term in self.terms.values() if term.is_current(day))
        return ListFilter(term=next(current, ""))

    def within(self, wanted: ListFilter, context: LaunchContext) -> list[Section]:
        here = set(context.sections)
        return [
            section
            for section in self.sections
            if wanted.term in {"", section.term_id}
            and wanted.course in {"", section.course_id}
            and (
                section.id in here if wanted.section == HERE else wanted.section in {"", section.id}
            )
        ]

    def section_options(self, context: LaunchContext) -> tuple[Option, ...]:
        several = len(set(context.sections) & {section.id for section in self.sections})
        here = (Option(HERE, f"This Canvas course ({several} sections)"),) if several > 1 else ()
        return (*here, *(Option(section.id, section.title) for section in self.sections))


def _desk(unit: UnitOfWork, person_id: PersonId) -> _Desk:
    sections = unit.roster.sections_of(person_id, EnrolmentRole.TEACHER)
    taught = {section.course_id for section in sections}
    held = {section.term_id for section in sections}
    courses = sorted((c for c in unit.roster.courses() if c.id in taught), key=lambda c: c.code)
    terms = [term for term in unit.roster.terms() if term.id in held]
    return _Desk(
        sections=tuple(sorted(sections, key=lambda section: section.title)),
        courses={course.id: course for course in courses},
        terms={term.id: term for term in terms},
        count=len(unit.assessments.works_in([section.id for section in sections])),
    )


def _warning(terms: list[Term], chosen: ListFilter, today: date) -> str:
    """Where one term is meant, as a launch into a course of it means it."""
    meant = [term for term in terms if term.id == chosen.term]
    return term_warning(meant[0], terms, today) if meant else ""


def _only(values: Iterable[str]) -> str:
    held = list(values)
    return held[0] if len(held) == 1 else ""
