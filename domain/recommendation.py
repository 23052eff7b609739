"""The grade and the SLO level that Attain proposes, and how each number came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.ids import RowId, SloId
from domain.rubric import Criterion, CriterionLevel, Rubric
from domain.scale import nearest_points, rounded
from domain.score import BLANK, Blank, Scored, ScoreValue

USUAL_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Share:
    """One scored row's part in the sum: points of highest, counted `weight` times."""

    title: str
    points: Decimal
    highest: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`points` is None while a row is blank or when every row is N/A.

    `decided` of `total` rows hold a score or N/A; `shares` are the scored ones.
    """

    points: Decimal | None
    points_possible: Decimal
    decided: int
    total: int
    shares: tuple[Share, ...]


def recommended_score(
    rubric: Rubric,
    values: Mapping[RowId, ScoreValue],
    points_possible: Decimal,
    decimals: int = USUAL_DECIMALS,
) -> Recommendation:
    """Weighted mean of points over highest, times points possible, half up to so many decimals.

    N/A rows leave both sums; with a blank row there is no recommendation (glossary 3).
    """
    given = [(row, values.get(row.id, BLANK)) for row in rubric.criteria]
    shares = tuple(
        Share(row.title, value.points, row.highest, row.weight)
        for row, value in given
        if isinstance(value, Scored)
    )
    decided = sum(not isinstance(value, Blank) for _, value in given)
    mean = _weighted_mean(shares) if decided == len(given) else None
    points = None if mean is None else rounded(mean * points_possible, decimals)
    return Recommendation(points, points_possible, decided, len(given), shares)


def recommended_slo_level(
    rubric: Rubric, slo_id: SloId, values: Mapping[RowId, ScoreValue]
) -> CriterionLevel | None:
    """The level proposed for one SLO of Student-Oriented work, or None while undecided.

    The weighted mean of the mapped criteria, each as a share of its maximum, times the
    scale's highest score, to the nearest level, half up. N/A criteria leave the sums.
    """
    target = next(row for row in rubric.outcomes if slo_id in row.slo_ids)
    mapped = [row for row in rubric.criteria if slo_id in row.slo_ids]
    given = [(row, values.get(row.id, BLANK)) for row in mapped]
    if any(isinstance(value, Blank) for _, value in given):
        return None
    mean = _weighted_mean(tuple(_shares(given)))
    if mean is None:
        return None
    return target.level_at(
        nearest_points(mean * target.highest, (level.points for level in target.levels))
    )


def _shares(given: list[tuple[Criterion, ScoreValue]]) -> list[Share]:
    return [
        Share(row.title, value.points, row.highest, row.weight)
        for row, value in given
        if isinstance(value, Scored)
    ]


def _weighted_mean(shares: tuple[Share, ...]) -> Decimal | None:
    """Mean of the shares in 0..1; None when nothing with a weight was scored."""
    counted = [share for share in shares if share.weight > 0 and share.highest > 0]
    weights = sum((share.weight for share in counted), Decimal(0))
    if not weights:
        return None
    return sum((s.points / s.highest * s.weight for s in counted), Decimal(0)) / weights
