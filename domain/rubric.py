"""Rubrics: the rows of an assessment, their levels, descriptors and weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import NonsenseValue, RubricMismatch, ScoreNotOnScale
from domain.ids import RowId, SloId
from domain.scale import AssessmentScale, MasteryLevel
from domain.score import NotAssessed, Scored, ScoreValue, plain
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class CriterionLevel:
    """One step of a row, with the descriptor that applies there (nearest layer wins)."""

    points: Decimal
    label: str
    descriptor: str
    mastery: MasteryLevel


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row: levels from lowest to highest, weight relative to the other rows.

    `part` is the name of the rubric it belongs to, where an assessment holds several;
    weights are relative over all of them.
    """

    id: RowId
    code: str
    title: str
    description: str
    levels: tuple[CriterionLevel, ...]
    weight: Decimal = Decimal(1)
    slo_ids: tuple[SloId, ...] = ()
    part: str = ""

    def __post_init__(self) -> None:
        if not self.levels:
            raise NonsenseValue("criterion", self.title, "it needs levels")
        if self.weight < 0:
            raise NonsenseValue("weight", str(self.weight), "a weight is never negative")

    @property
    def highest(self) -> Decimal:
        return self.levels[-1].points

    def level_at(self, points: Decimal) -> CriterionLevel:
        for level in self.levels:
            if level.points == points:
                return level
        offered = (*(plain(level.points) for level in reversed(self.levels)), "N/A", "blank")
        raise ScoreNotOnScale(plain(points), self.title, offered)

    def admit(self, value: ScoreValue) -> None:
        """Refuse a score that this row does not offer. N/A and blank are always admitted."""
        if isinstance(value, Scored):
            self.level_at(value.points)


@dataclass(frozen=True, slots=True)
class Rubric:
    """The scored rows and, for Student-Oriented work, the SLO rows derived from them.

    `criteria` are what the evaluator scores. `outcomes` is empty for Outcomes-Oriented
    assessments, where each criterion is an SLO; otherwise it has one row for each mapped
    SLO, whose level is recommended from the criteria and may be overridden.
    """

    criteria: tuple[Criterion, ...]
    outcomes: tuple[Criterion, ...] = ()

    def __post_init__(self) -> None:
        ids = [row.id for row in self.rows]
        if len(ids) != len(set(ids)):
            raise NonsenseValue("rubric", "", "each row stands in the rubric once")

    @property
    def rows(self) -> tuple[Criterion, ...]:
        return (*self.criteria, *self.outcomes)

    def row(self, row_id: RowId) -> Criterion:
        for row in self.rows:
            if row.id == row_id:
                return row
        raise RubricMismatch(row_id)

    def is_complete(self, values: Mapping[RowId, ScoreValue]) -> bool:
        """No scored row is blank. Derived SLO rows need no entry."""
        return all(isinstance(values.get(row.id), Scored | NotAssessed) for row in self.criteria)


def slo_row(slo: Slo, scale: AssessmentScale) -> Criterion:
    """The row of one SLO on a scale: its own descriptors first, else the scale's."""
    own = slo.descriptors_on(scale.id)
    levels = tuple(
        CriterionLevel(s.points, s.label, own.get(s.points, s.descriptor), s.mastery)
        for s in scale.levels
    )
    return Criterion(RowId(slo.id), slo.code, slo.title, slo.statement, levels, slo_ids=(slo.id,))


def outcomes_rubric(slos: Iterable[Slo], scale: AssessmentScale) -> Rubric:
    return Rubric(tuple(slo_row(slo, scale) for slo in slos))
