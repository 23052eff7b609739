"""The grid of students and SLOs of an Outcomes-Oriented assessment in one section."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.class_list import Face, class_list
from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.works.import_marks import CellSource, cell_sources
from application.queries.works.levels import TONES, LevelView, RowHead, common_levels, row_head
from application.queries.works.recommendation_view import RecommendationView, recommendation_view
from application.queries.works.work_header import WorkHeader, work_header
from application.score_cells import shown_scores
from application.workplace import Workplace, points_possible, scorable
from domain.assessment import AssessmentKind
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.recommendation import recommended_score
from domain.score import Score, value_as_text, values_by_row


@dataclass(frozen=True, slots=True)
class Cell:
    """`source` is where an imported score came from, while nobody has changed it here."""

    value: str
    version: int
    source: CellSource | None


@dataclass(frozen=True, slots=True)
class ScorecardLine:
    id: PersonId
    name: str
    tech_id: str
    cells: tuple[Cell, ...]
    """In the order of the columns."""
    recommendation: RecommendationView


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the distribution bar, in per cent of the scored students."""

    tone: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """`met` is the share at or above the threshold, in whole per cent; None: nobody scored."""

    bands: tuple[Band, ...]
    met: int | None


@dataclass(frozen=True, slots=True)
class ScorecardView:
    header: WorkHeader
    columns: tuple[RowHead, ...]
    legend: tuple[LevelView, ...]
    """Levels that all columns share; empty when they differ."""
    lines: tuple[ScorecardLine, ...]

    @property
    def complete(self) -> int:
        return sum(s.recommendation.decided == s.recommendation.total for s in self.lines)

    def distribution(self, column: int) -> "Distribution":
        head = self.columns[column]
        given = [head.level(line.cells[column].value) for line in self.lines]
        return _distribution([level for level in given if level])


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    """Raises NotFound too for Student-Oriented work, which has no scorecard."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> ScorecardView:
        with self.units(write=False) as unit:
            place = scorable(unit, person_id, work_id)
            if place.assessment.kind is not AssessmentKind.OUTCOMES:
                raise NotFound("A scorecard of this assessment")
            people = class_list(unit, place)
            scores = shown_scores(unit, place, people)
            possible = points_possible(unit, place)
            columns = tuple(row_head(row) for row in place.rubric.criteria)
            sources = {} if place.evaluator else cell_sources(unit, work_id)
            return ScorecardView(
                header=work_header(unit, place),
                columns=columns,
                legend=common_levels(columns),
                lines=tuple(
                    _line(person, place, scores.get(person.id, {}), possible, sources)
                    for person in people
                ),
            )


def _line(
    person: Face,
    place: Workplace,
    scores: Mapping[RowId, Score],
    possible: Decimal,
    sources: Mapping[tuple[PersonId, RowId], CellSource],
) -> ScorecardLine:
    cells = tuple(
        _cell(scores.get(row.id), sources.get((person.id, row.id))) for row in place.rubric.criteria
    )
    values = values_by_row(scores.values())
    recommended = recommended_score(place.rubric, values, possible, place.decimals)
    return ScorecardLine(
        person.id, person.list_name, person.tech_id, cells, recommendation_view(recommended)
    )


def _cell(score: Score | None, source: CellSource | None) -> Cell:
    if score is None:
        return Cell("", 0, None)
    return Cell(value_as_text(score.value), score.version, source)


def _distribution(given: list[LevelView]) -> Distribution:
    bands = []
    start = 0.0
    for tone in TONES:
        width = 100 * sum(level.tone == tone for level in given) / len(given) if given else 0.0
        bands.append(Band(tone, f"{start:.2f}", f"{width:.2f}"))
        start += width
    met = 100 * sum(level.met for level in given) // len(given) if given else None
    return Distribution(tuple(bands), met)
