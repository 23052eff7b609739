"""A student's own side: the assessments of their sections, and one rubric with results."""

from dataclasses import dataclass
from datetime import datetime

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.levels import LevelView, RowHead, common_levels, row_head
from application.queries.work_header import WorkHeader, work_header
from application.workplace import Workplace, taken, workplace
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.recommendation import recommended_slo_level
from domain.rostering import EnrolmentRole
from domain.rubric import Criterion
from domain.score import BLANK, ScoreValue, plain, value_as_text


@dataclass(frozen=True, slots=True)
class MyRow:
    """`value` and `comment` stay empty until the results are released."""

    head: RowHead
    value: str
    comment: str


@dataclass(frozen=True, slots=True)
class StudentView:
    header: WorkHeader
    columns: tuple[LevelView, ...]
    rows: tuple[MyRow, ...]
    outcomes: tuple[MyRow, ...]
    """SLO levels of Student-Oriented work: the evaluator's choice, else the recommended."""

    @property
    def released(self) -> bool:
        return self.header.released_at is not None


@dataclass(frozen=True, slots=True)
class StudentPage:
    """One student's rubric. Raises NotFound for anybody who is no student of the section."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> StudentView:
        with self.units(write=False) as unit:
            place = taken(unit, person_id, work_id)
            given = _released(unit, place, person_id)
            rows = tuple(
                _row(row, *given.get(row.id, (BLANK, ""))) for row in place.rubric.criteria
            )
            values = {row_id: value for row_id, (value, _) in given.items()}
            return StudentView(
                header=work_header(unit, place),
                columns=common_levels([row.head for row in rows]),
                rows=rows,
                outcomes=tuple(_outcome(place, row, values) for row in place.rubric.outcomes),
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


def _row(row: Criterion, value: ScoreValue, comment: str) -> MyRow:
    return MyRow(row_head(row), value_as_text(value), comment)


def _outcome(place: Workplace, row: Criterion, values: dict[RowId, ScoreValue]) -> MyRow:
    chosen = values.get(row.id, BLANK)
    if chosen != BLANK:
        return _row(row, chosen, "")
    level = recommended_slo_level(place.rubric, row.slo_ids[0], values)
    return MyRow(row_head(row), plain(level.points) if level else "", "")
