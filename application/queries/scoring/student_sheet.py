"""Everything that is scored for one student, as the rubric page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from application.class_list import Face
from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.queries.evidence.evidence_lines import EvidenceLine, lines_beside
from application.queries.works.import_marks import Cell, CellSource, cell_sources
from application.queries.works.levels import LevelView, RowHead, is_decided, row_head
from application.queries.works.recommendation_view import RecommendationView, recommendation_view
from application.workplace import Workplace, points_possible
from domain.assessment import OwnGrade
from domain.ids import PersonId, RowId
from domain.recommendation import recommended_score, recommended_slo_level
from domain.rubric import Criterion, Rubric
from domain.score import Score, plain, unscored, value_as_text, values_by_row
from domain.self_assessment import OwnScore, SelfAssessment


@dataclass(frozen=True, slots=True)
class StudentChoice:
    """`decided` of the rubric's rows hold a score or N/A."""

    id: PersonId
    name: str
    tech_id: str
    decided: int
    total: int

    @property
    def state(self) -> str:
        if self.decided == self.total:
            return "complete"
        return f"{self.decided} of {self.total}" if self.decided else "not scored"


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One row with this student's score in its written form; version 0 was never stored."""

    head: RowHead
    value: str
    comment: str
    version: int
    slo_codes: tuple[str, ...]
    source: CellSource | None
    """Where the score was imported from, while nobody has changed it here."""
    own: OwnScore | None = None
    """What the student gave themself; None until both have decided on the row."""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An SLO of Student-Oriented work: the level recommended and the one chosen instead."""

    head: RowHead
    recommended: LevelView | None
    value: str
    version: int
    source: CellSource | None


@dataclass(frozen=True, slots=True)
class OwnGradeView:
    """`points` is empty while the recommended score is used."""

    points: str
    version: int


@dataclass(frozen=True, slots=True)
class StudentSheet:
    """Everything that is scored for one student."""

    student: StudentChoice
    place: int
    previous_id: PersonId | None
    next_id: PersonId | None
    rows: tuple[ScoredRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    recommendation: RecommendationView
    own_grade: OwnGradeView
    evidence: tuple[EvidenceLine, ...]
    """Of this student, to be opened while scoring."""
    self_note: str = ""
    """What the student says of the whole work, once every row is decided on both sides."""


def student_choice(person: Face, rubric: Rubric, cells: Mapping[RowId, Score]) -> StudentChoice:
    decided = sum(row.id in cells and is_decided(cells[row.id].value) for row in rubric.criteria)
    return StudentChoice(person.id, person.list_name, person.tech_id, decided, len(rubric.criteria))


def student_sheet(
    unit: UnitOfWork,
    place: Workplace,
    people: tuple[Face, ...],
    students: tuple[StudentChoice, ...],
    scores: Mapping[PersonId, Mapping[RowId, Score]],
    student_id: PersonId | None,
) -> StudentSheet:
    at = _place_of(students, student_id)
    student = students[at]
    cells = scores.get(student.id, {})
    rubric = place.rubric
    values = values_by_row(cells.values())
    theirs = place.evaluator is None
    own = unit.scores.own_grades(place.work.id).get(student.id) if theirs else None
    sources = cell_sources(unit, place.work.id) if theirs else {}
    themself = unit.self_assessments.find(place.work.id, student.id) if theirs else None
    both = themself if themself and themself.submitted else None
    return StudentSheet(
        student=student,
        place=at + 1,
        previous_id=students[at - 1].id if at else None,
        next_id=students[at + 1].id if at + 1 < len(students) else None,
        rows=tuple(
            _beside(_row(place, row, student.id, cells, sources), both) for row in rubric.criteria
        ),
        outcomes=tuple(_outcome(place, row, student.id, cells, sources) for row in rubric.outcomes),
        recommendation=recommendation_view(
            recommended_score(rubric, values, points_possible(unit, place), place.decimals)
        ),
        own_grade=_own_grade(own),
        evidence=lines_beside(unit, place, people[at]),
        self_note=both.note if both and student.decided == student.total else "",
    )


def _beside(row: ScoredRow, themself: SelfAssessment | None) -> ScoredRow:
    """The student's own score beside the evaluator's, who decides first and unswayed."""
    if themself is None or not row.value:
        return row
    return replace(row, own=themself.by_row.get(row.head.id))


def _place_of(students: tuple[StudentChoice, ...], wanted: PersonId | None) -> int:
    if wanted is None:
        unfinished = (n for n, student in enumerate(students) if student.decided < student.total)
        return next(unfinished, 0)
    for number, student in enumerate(students):
        if student.id == wanted:
            return number
    raise NotFound("This student")


def _row(
    place: Workplace,
    row: Criterion,
    student_id: PersonId,
    cells: Mapping[RowId, Score],
    sources: Mapping[Cell, CellSource],
) -> ScoredRow:
    score = cells.get(row.id) or unscored(place.work.id, student_id, row.id)
    codes = {
        slo_id: outcome.code for outcome in place.rubric.outcomes for slo_id in outcome.slo_ids
    }
    shown = tuple(codes[slo_id] for slo_id in row.slo_ids if slo_id in codes)
    return ScoredRow(
        row_head(row),
        value_as_text(score.value),
        score.comment,
        score.version,
        shown,
        sources.get((student_id, row.id)),
    )


def _outcome(
    place: Workplace,
    row: Criterion,
    student_id: PersonId,
    cells: Mapping[RowId, Score],
    sources: Mapping[Cell, CellSource],
) -> OutcomeRow:
    score = cells.get(row.id) or unscored(place.work.id, student_id, row.id)
    level = recommended_slo_level(place.rubric, row.slo_ids[0], values_by_row(cells.values()))
    head = row_head(row)
    recommended = head.level(plain(level.points)) if level else None
    return OutcomeRow(
        head,
        recommended,
        value_as_text(score.value),
        score.version,
        sources.get((student_id, row.id)),
    )


def _own_grade(own: OwnGrade | None) -> OwnGradeView:
    if own is None:
        return OwnGradeView("", 0)
    return OwnGradeView("" if own.points is None else plain(own.points), own.version)
