"""One assessment in a section as a row of its teacher's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from application.ports.unit_of_work import UnitOfWork
from application.queries.works.import_marks import ImportMark, import_marks
from application.queries.works.levels import is_decided
from application.score_cells import by_student
from domain.assessment import Assessment, AssessmentKind, SectionAssessment, WorkState, work_state
from domain.collective import RowCounts, counted_cells
from domain.ids import (
    AssessmentId,
    CourseId,
    PersonId,
    RowId,
    SectionAssessmentId,
    SectionId,
    SiteId,
    TermId,
)
from domain.link import Link, Placement
from domain.rostering import Course, EnrolmentRole, Section, Term
from domain.rubric import Rubric
from domain.score import Score, ScoreValue, values_by_row
from domain.work_standing import Cells


class LinkState(StrEnum):
    HERE = "linked here"
    ELSEWHERE = "linked"
    NONE = "not linked"


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
    on_test: bool
    """A link of it leads to a test instance of Canvas."""
    released: bool
    imported: ImportMark | None
    """The last import of LMS scores that stands."""
    planned: bool
    takes_scores: bool
    """Students are scored one by one here, and may be now."""
    takes_counts: bool
    """Collective: students are counted for each SLO, and may be now."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that the rows of the list are made of, read in sets."""

    sections: dict[SectionId, Section]
    courses: dict[CourseId, Course]
    terms: dict[TermId, Term]
    students: dict[SectionId, tuple[PersonId, ...]]
    assessments: dict[AssessmentId, Assessment]
    scores: dict[SectionAssessmentId, list[Score]]
    counts: dict[SectionAssessmentId, list[RowCounts]]
    links: list[Link]
    test_sites: frozenset[SiteId]
    placement: Placement | None
    now: datetime
    reflected: frozenset[SectionAssessmentId]
    """Those whose reflection this person has submitted."""
    imported: dict[SectionAssessmentId, ImportMark]

    def listed(self, work: SectionAssessment) -> ListedWork:
        section = self.sections[work.section_id]
        assessment = self.assessments[work.assessment_id]
        rubric = work.rubric(assessment)
        collective = assessment.kind is AssessmentKind.COLLECTIVE
        return ListedWork(
            work_id=work.id,
            name=assessment.name,
            due_at=work.due_at,
            course_code=self.courses[section.course_id].code,
            section_title=section.title,
            term_name=self.terms[section.term_id].name,
            outcomes=len(rubric.outcomes or rubric.criteria),
            scored=self._share(work, rubric, collective=collective),
            state=self._state(work, assessment),
            link=self._link_state(work.id),
            on_test=any(
                link.section_assessment_id == work.id and link.site_id in self.test_sites
                for link in self.links
            ),
            released=work.released_at is not None,
            imported=self.imported.get(work.id),
            planned=work.planned,
            takes_scores=not work.closed and not collective,
            takes_counts=not work.closed and collective,
        )

    def _share(self, work: SectionAssessment, rubric: Rubric, *, collective: bool) -> int:
        students = self.students[work.section_id]
        if not collective:
            return _share(rubric, self._values(work.id), students)
        cells = self._counted(work, rubric)
        return 100 * cells.decided // cells.needed if cells.needed else 0

    def _state(self, work: SectionAssessment, assessment: Assessment) -> WorkState:
        rubric = work.rubric(assessment)
        reflected = not assessment.reflection.asks or work.id in self.reflected
        if assessment.kind is AssessmentKind.COLLECTIVE and not work.closed:
            cells = self._counted(work, rubric)
            return cells.state(work.due_at, self.now, reflected=reflected)
        return work_state(
            rubric,
            self._values(work.id),
            self.students[work.section_id],
            work.due_at,
            self.now,
            reflected=reflected,
            closed=work.closed,
        )

    def _counted(self, work: SectionAssessment, rubric: Rubric) -> Cells:
        rows = [row.id for row in rubric.criteria]
        students = len(self.students[work.section_id])
        counts = self.counts.get(work.id, [])
        return Cells(students, students * len(rows), counted_cells(counts, rows, students))

    def _values(self, work_id: SectionAssessmentId) -> dict[PersonId, dict[RowId, ScoreValue]]:
        cells = by_student(self.scores.get(work_id, []))
        return {student: values_by_row(row.values()) for student, row in cells.items()}

    def _link_state(self, work_id: SectionAssessmentId) -> LinkState:
        mine = [link for link in self.links if link.section_assessment_id == work_id]
        if any(link.placement == self.placement for link in mine):
            return LinkState.HERE
        return LinkState.ELSEWHERE if mine else LinkState.NONE


def listed_works(
    unit: UnitOfWork,
    sections: list[Section],
    placement: Placement | None,
    person_id: PersonId,
    now: datetime,
) -> list[ListedWork]:
    """The assessments in these sections as their teacher sees them, by due date and name."""
    works = unit.assessments.works_in([section.id for section in sections])
    facts = _facts(unit, sections, works, placement, person_id, now)
    listed = (facts.listed(work) for work in works)
    return sorted(listed, key=lambda w: (w.due_at is None, w.due_at, w.name, w.section_title))


def _facts(
    unit: UnitOfWork,
    sections: list[Section],
    works: list[SectionAssessment],
    placement: Placement | None,
    person_id: PersonId,
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
        counts=unit.counts.of_works([work.id for work in works]),
        links=[link for link in unit.links.in_sections(ids) if link.active],
        test_sites=frozenset(site.id for site in unit.sites.sites() if site.test),
        placement=placement,
        reflected=_reflected(unit, works, person_id),
        imported=import_marks(unit, [work.id for work in works]),
        now=now,
    )


def _reflected(
    unit: UnitOfWork, works: list[SectionAssessment], person_id: PersonId
) -> frozenset[SectionAssessmentId]:
    written = ((work.id, unit.assessments.reflection(work.id, person_id)) for work in works)
    return frozenset(work_id for work_id, one in written if one and one.submitted_at)


def _share(
    rubric: Rubric,
    given: Mapping[PersonId, Mapping[RowId, ScoreValue]],
    students: tuple[PersonId, ...],
) -> int:
    cells = [given.get(student, {}).get(row.id) for student in students for row in rubric.criteria]
    decided = sum(value is not None and is_decided(value) for value in cells)
    return 100 * decided // len(cells) if cells else 0
