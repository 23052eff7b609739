"""The SLO rows of a rubric, and which level of each a student has reached."""

from collections.abc import Mapping

from domain.ids import RowId
from domain.recommendation import recommended_slo_level
from domain.rubric import Criterion, CriterionLevel, Rubric
from domain.score import BLANK, Scored, ScoreValue


def slo_rows(rubric: Rubric) -> tuple[Criterion, ...]:
    """Those derived from criteria where there are any, else the criteria that show an SLO."""
    return rubric.outcomes or tuple(row for row in rubric.criteria if row.slo_ids)


def reached_value(rubric: Rubric, row: Criterion, values: Mapping[RowId, ScoreValue]) -> ScoreValue:
    """What was chosen on the SLO's row, else the level that is recommended from its criteria."""
    chosen = values.get(row.id, BLANK)
    if chosen != BLANK or not rubric.outcomes:
        return chosen
    level = recommended_slo_level(rubric, row.slo_ids[0], values)
    return Scored(level.points) if level else BLANK


def level_of(row: Criterion, value: ScoreValue) -> CriterionLevel | None:
    """None for N/A, for blank, and for points that the row does not offer any more."""
    if not isinstance(value, Scored):
        return None
    return next((level for level in row.levels if level.points == value.points), None)


def is_below(row: Criterion, value: ScoreValue) -> bool:
    """Scored, and below the threshold. Nobody who is not scored is below it."""
    level = level_of(row, value)
    return level is not None and not level.mastery.met
