"""A student's own side: the assessments of their sections, and one rubric with results."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.student_work.dla_lines import DlaLine, dla_lines
from application.queries.works.levels import LevelView, RowHead, common_levels, row_head
from application.queries.works.work_header import WorkHeader, work_header
from application.student_work.reached import reached_value
from application.student_work.self_scoring import why_closed
from application.workplace import Workplace, taken, workplace
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.rubric import Criterion
from domain.score import BLANK, ScoreValue, value_as_text
from domain.self_assessment import SelfAssessment


@dataclass(frozen=True, slots=True)
class MyRow:
    """`value` and `comment` stay empty until the results are released.

    `own` is the level that the student gave themself; empty until it is submitted.
    """

    head: RowHead
    value: str
    comment: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class StudentView:
    header: WorkHeader
    columns: tuple[LevelView, ...]
    rows: tuple[MyRow, ...]
    outcomes: tuple[MyRow, ...]
    """SLO levels of Student-Oriented work: the evaluator's choice, else the recommended."""
    own: SelfAssessment | None
    """The student's self-assessment, a draft too."""
    own_closed: str
    """Why the student cannot assess themself now; empty when they can."""
    dlas: tuple[DlaLine, ...]
    """What the student has to do in this section."""

    @property
    def released(self) -> bool:
        return self.header.released_at is not None


@dataclass(frozen=True, slots=True)
class StudentPage:
    """One student's rubric. Raises NotFound for anybody who is no student of the section."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> StudentView:
        with self.units(write=False) as unit:
            place = taken(unit, person_id, work_id)
            given = _released(unit, place, person_id)
            own = unit.self_assessments.find(work_id, person_id)
            chosen = own.by_row if own and own.submitted else {}
            rows = tuple(
                _row(
                    row,
                    *given.get(row.id, (BLANK, "")),
                    own=chosen[row.id].value if row.id in chosen else "",
                )
                for row in place.rubric.criteria
            )
            values = {row_id: value for row_id, (value, _) in given.items()}
            return StudentView(
                header=work_header(unit, place),
                columns=common_levels([row.head for row in rows]),
                rows=rows,
                outcomes=tuple(
                    _row(row, reached_value(place.rubric, row, values), "")
                    for row in place.rubric.outcomes
                ),
                own=own,
                own_closed=why_closed(place),
                dlas=_to_do(unit, place, person_id, self.clock.now()),
            )


@dataclass(frozen=True, slots=True)
class MyWork:
    work_id: SectionAssessmentId
    name: str
    course_code: str
    section_title: str
    term_name: str
    due_at: datetime | None
    released: bool


@dataclass(frozen=True, slots=True)
class MyWorkList:
    """What a student has in all sections, the earliest due first."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId) -> tuple[MyWork, ...]:
        with self.units(write=False) as unit:
            sections = unit.roster.sections_of(person_id, EnrolmentRole.STUDENT)
            works = unit.assessments.works_in([section.id for section in sections])
            mine = [_mine(workplace(unit, work)) for work in works]
        return tuple(sorted(mine, key=lambda work: (work.due_at is None, work.due_at, work.name)))


def _mine(place: Workplace) -> MyWork:
    return MyWork(
        place.work.id,
        place.assessment.name,
        place.course.code,
        place.section.title,
        place.term.name,
        place.work.due_at,
        place.work.released_at is not None,
    )


def _released(
    unit: UnitOfWork, place: Workplace, person_id: PersonId
) -> dict[RowId, tuple[ScoreValue, str]]:
    if place.work.released_at is None:
        return {}
    scores = unit.scores.of_student(place.work.id, person_id)
    return {row_id: (score.value, score.comment) for row_id, score in scores.items()}


def _to_do(
    unit: UnitOfWork, place: Workplace, person_id: PersonId, now: datetime
) -> tuple[DlaLine, ...]:
    own = [one for one in unit.dlas.of_student(person_id) if one.section_id == place.section.id]
    lines = dla_lines(unit, own, now, names=False)
    return tuple(line for line in lines if line.waits_for_student)


def _row(row: Criterion, value: ScoreValue, comment: str, *, own: str = "") -> MyRow:
    return MyRow(row_head(row), value_as_text(value), comment, own)
