"""Everything that a file about one assessment in a section may show, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.class_list import Face, class_list
from application.college_rules import college_rules
from application.own_words import in_words
from application.ports.unit_of_work import UnitOfWork
from application.queries.works.levels import LevelView, RowHead, row_head
from application.queries.works.recommendation_view import RecommendationView, recommendation_view
from application.queries.works.work_header import WorkHeader, work_header
from application.score_cells import shown_scores
from application.workplace import Workplace, points_possible
from domain.assessment import OwnGrade
from domain.college_time import CollegeTime
from domain.ids import PersonId, RowId
from domain.recommendation import recommended_score, recommended_slo_level
from domain.rubric import Rubric
from domain.score import Score, plain, value_as_text, values_by_row


@dataclass(frozen=True, slots=True)
class ScoredCell:
    """`value` in its written form, empty while nobody has decided."""

    value: str = ""
    comment: str = ""
    version: int = 0


NOTHING = ScoredCell()


TECH_ID, KEY = "Tech ID", "Student key"


@dataclass(frozen=True, slots=True)
class SheetStudent:
    """As the person who scores sees the student, see `Face`."""

    id: PersonId
    name: str
    """As lists write it, family name first."""
    key: str
    """What names the student in the file: the Tech ID, or a neutral one."""
    cells: Mapping[RowId, ScoredCell]
    recommendation: RecommendationView
    own_grade: str
    """Empty while the recommended score is used."""
    recommended: Mapping[RowId, LevelView | None]
    """For each SLO row of Student-Oriented work the level that follows from the criteria."""

    def cell(self, row_id: RowId) -> ScoredCell:
        return self.cells.get(row_id, NOTHING)


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """`rows` are scored; `outcomes` are the SLO rows that Student-Oriented work leads to.

    `parts` names the rubric of each row, where an assessment holds several. `words` are the
    college's own for ours.
    """

    header: WorkHeader
    rows: tuple[RowHead, ...]
    outcomes: tuple[RowHead, ...]
    parts: Mapping[RowId, str]
    students: tuple[SheetStudent, ...]
    words: Mapping[str, str]
    time: CollegeTime

    def word(self, ours: str) -> str:
        """A word or sentence of ours as the college says it."""
        return in_words(self.words, ours)

    @property
    def key_title(self) -> str:
        """What the column of keys is called."""
        return KEY if self.header.hides_names else self.word(TECH_ID)

    def student(self, student_id: PersonId) -> SheetStudent | None:
        return next((one for one in self.students if one.id == student_id), None)


def score_sheet(unit: UnitOfWork, place: Workplace) -> ScoreSheet:
    """As the person who scores sees it: evaluators see no own grades, second ones their scores."""
    people = class_list(unit, place)
    scores = shown_scores(unit, place, people)
    grades = unit.scores.own_grades(place.work.id) if place.evaluator is None else {}
    possible = points_possible(unit, place)
    rules = college_rules(unit.settings)
    rubric = place.rubric
    outcomes = {row.id: row_head(row) for row in rubric.outcomes}
    return ScoreSheet(
        header=work_header(unit, place),
        rows=tuple(row_head(row) for row in rubric.criteria),
        outcomes=tuple(outcomes.values()),
        parts={row.id: row.part for row in rubric.criteria},
        students=tuple(
            _student(person, place, scores.get(person.id, {}), grades.get(person.id), possible,
                     outcomes)
            for person in people
        ),
        words=rules.spoken(),
        time=rules.time,
    )  # fmt: skip


def _student(
    person: Face,
    place: Workplace,
    scores: Mapping[RowId, Score],
    own: OwnGrade | None,
    possible: Decimal,
    outcomes: Mapping[RowId, RowHead],
) -> SheetStudent:
    values = values_by_row(scores.values())
    recommended = recommended_score(place.rubric, values, possible, place.decimals)
    return SheetStudent(
        id=person.id,
        name=person.list_name,
        key=person.key,
        cells={row_id: _cell(score) for row_id, score in scores.items()},
        recommendation=recommendation_view(recommended),
        own_grade=plain(own.points) if own and own.points is not None else "",
        recommended=_levels(place.rubric, scores, outcomes),
    )


def _levels(
    rubric: Rubric, scores: Mapping[RowId, Score], outcomes: Mapping[RowId, RowHead]
) -> dict[RowId, LevelView | None]:
    values = values_by_row(scores.values())
    found = {}
    for row in rubric.outcomes:
        level = recommended_slo_level(rubric, row.slo_ids[0], values)
        found[row.id] = outcomes[row.id].level(plain(level.points)) if level else None
    return found


def _cell(score: Score) -> ScoredCell:
    return ScoredCell(value_as_text(score.value), score.comment, score.version)
