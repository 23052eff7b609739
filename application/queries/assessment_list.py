"""The assessments of the sections that a person teaches, filtered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from application.launch_context import LaunchContext
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.levels import is_decided
from application.queries.rubric_page import by_student
from domain.assessment import Assessment, SectionAssessment, WorkState, work_state
from domain.ids import (
    AssessmentId,
    CourseId,
    PersonId,
    RowId,
    SectionAssessmentId,
    SectionId,
    TermId,
)
from domain.link import Link, Placement
from domain.rostering import Course, EnrolmentRole, Section, Term
from domain.rubric import Rubric
from domain.score import Score, ScoreValue, values_by_row

HERE = "here"
"""The section filter that means: every section of the launch's LMS course."""


class LinkState(StrEnum):
    HERE = "linked here"
    ELSEWHERE = "linked"
    NONE = "not linked"


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
class ListedWork:
    """`scored` is the share of cells that hold a score or N/A, in whole per cent."""

    work_id: SectionAssessmentId
    name: str
    due_at: datetime | None
    course_code: str
    section_title: str
    term_name: str
    outcomes: int
    scored: int
    state: WorkState
    link: LinkState
    released: bool


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


@dataclass(frozen=True, slots=True)
class AssessmentList:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, person_id: PersonId, wanted: ListFilter, context: LaunchContext
    ) -> AssessmentListView:
        with self.units(write=False) as unit:
            desk = _desk(unit, person_id)
            chosen = wanted if wanted.chosen else desk.preset(context, self.clock.now())
            places = desk.within(chosen, context)
            works = _listed(unit, places, context, self.clock.now())
        shown = [work for work in works if chosen.status in {"", work.state}]
        return AssessmentListView(
            filter=chosen,
            terms=tuple(Option(t.id, t.name) for t in desk.terms.values()),
            courses=tuple(Option(c.id, f"{c.code} {c.title}") for c in desk.courses.values()),
            sections=desk.section_options(context),
            works=tuple(shown),
            hidden=desk.count - len(shown),
            target_section=places[0].id if len(places) == 1 else "",
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """The sections that a person teaches, with their courses and terms."""

    sections: tuple[Section, ...]
    courses: dict[CourseId, Course]
    terms: dict[TermId, Term]
    count: int

    def preset(self, context: LaunchContext, now: datetime) -> ListFilter:
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
        current = (term.id for term in self.terms.values() if term.is_current(now.date()))
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


def _only(values: Iterable[str]) -> str:
    held = list(values)
    return held[0] if len(held) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that the rows of the list are made of, read in sets."""

    sections: dict[SectionId, Section]
    courses: dict[CourseId, Course]
    terms: dict[TermId, Term]
    students: dict[SectionId, tuple[PersonId, ...]]
    assessments: dict[AssessmentId, Assessment]
    scores: dict[SectionAssessmentId, list[Score]]
    links: list[Link]
    placement: Placement | None
    now: datetime

    def listed(self, work: SectionAssessment) -> ListedWork:
        section = self.sections[work.section_id]
        assessment = self.assessments[work.assessment_id]
        rubric = work.rubric(assessment)
        students = self.students[section.id]
        given = self._values(work.id)
        return ListedWork(
            work_id=work.id,
            name=assessment.name,
            due_at=work.due_at,
            course_code=self.courses[section.course_id].code,
            section_title=section.title,
            term_name=self.terms[section.term_id].name,
            outcomes=len(rubric.outcomes or rubric.criteria),
            scored=_share(rubric, given, students),
            state=work_state(rubric, given, students, work.due_at, self.now),
            link=self._link_state(work.id),
            released=work.released_at is not None,
        )

    def _values(self, work_id: SectionAssessmentId) -> dict[PersonId, dict[RowId, ScoreValue]]:
        cells = by_student(self.scores.get(work_id, []))
        return {student: values_by_row(row.values()) for student, row in cells.items()}

    def _link_state(self, work_id: SectionAssessmentId) -> LinkState:
        mine = [link for link in self.links if link.section_assessment_id == work_id]
        if any(link.placement == self.placement for link in mine):
            return LinkState.HERE
        return LinkState.ELSEWHERE if mine else LinkState.NONE


def _listed(
    unit: UnitOfWork, sections: list[Section], context: LaunchContext, now: datetime
) -> list[ListedWork]:
    works = unit.assessments.works_in([section.id for section in sections])
    facts = _facts(unit, sections, works, context, now)
    listed = (facts.listed(work) for work in works)
    return sorted(listed, key=lambda w: (w.due_at is None, w.due_at, w.name, w.section_title))


def _facts(
    unit: UnitOfWork,
    sections: list[Section],
    works: list[SectionAssessment],
    context: LaunchContext,
    now: datetime,
) -> _Facts:
    def students(section_id: SectionId) -> tuple[PersonId, ...]:
        people = unit.roster.people_in(section_id, EnrolmentRole.STUDENT)
        return tuple(person.id for person in people)

    ids = [section.id for section in sections]
    return _Facts(
        sections={section.id: section for section in sections},
        courses={course.id: course for course in unit.roster.courses()},
        terms={term.id: term for term in unit.roster.terms()},
        students={section_id: students(section_id) for section_id in ids},
        assessments={w.assessment_id: unit.assessments.get(w.assessment_id) for w in works},
        scores=unit.scores.of_works([work.id for work in works]),
        links=[link for link in unit.links.in_sections(ids) if link.active],
        placement=context.placement,
        now=now,
    )


def _share(
    rubric: Rubric,
    given: Mapping[PersonId, Mapping[RowId, ScoreValue]],
    students: tuple[PersonId, ...],
) -> int:
    cells = [given.get(student, {}).get(row.id) for student in students for row in rubric.criteria]
    decided = sum(value is not None and is_decided(value) for value in cells)
    return 100 * decided // len(cells) if cells else 0
