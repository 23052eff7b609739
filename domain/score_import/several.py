"""One level made of several that were given for the same cell."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

from domain.rubric import Criterion, CriterionLevel
from domain.score_import.source import Contribution

Given = tuple[CriterionLevel, Contribution]

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def latest(given: Sequence[Given]) -> Given:
    """Of those graded at the same time the highest; what has no time is the oldest."""
    return max(given, key=lambda one: (_when(one), one[0].points))


def highest(given: Sequence[Given]) -> Given:
    """Of equals the latest."""
    return max(given, key=lambda one: (one[0].points, _when(one)))


def mean(given: Sequence[Given], row: Criterion) -> CriterionLevel:
    """The mean of the levels by their places in the row's order, rounded half up."""
    places = [row.levels.index(level) for level, _ in given]
    middle = Decimal(sum(places)) / len(places)
    return row.levels[int(middle.quantize(Decimal(1), rounding=ROUND_HALF_UP))]


def _when(one: Given) -> datetime:
    return one[1].graded_at or _LONG_AGO
