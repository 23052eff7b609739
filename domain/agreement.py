"""Agreement of two scorers of the same work: shares and Cohen's weighted kappa.

Cohen, J. (1968), Weighted kappa. Levels are compared by their place on the scale, never by
their points: 0, 1, 2 ... from the lowest.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Weighting(StrEnum):
    """How much a disagreement by several levels counts beside one by one level."""

    NONE = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True)
class LevelPair:
    """The places of the two levels that one cell was given, lowest 0, on `levels` steps."""

    first: int
    second: int
    levels: int

    @property
    def apart(self) -> int:
        return abs(self.first - self.second)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures over cells that both scorers gave a level; shares are parts of 1.

    Each is None where it says nothing: without a cell, and kappa too where chance alone
    would agree always (both scorers used one and the same level throughout).
    """

    cells: int
    exact: Fraction | None
    adjacent: Fraction | None
    """Exact, or by one level apart."""
    kappa: Fraction | None
    weighted_kappa: Fraction | None


def agreement(pairs: Iterable[LevelPair], weighting: Weighting = Weighting.LINEAR) -> Agreement:
    counted = Counter(pairs)
    cells = counted.total()
    if not cells:
        return Agreement(0, None, None, None, None)
    exact = sum(number for pair, number in counted.items() if pair.apart == 0)
    near = sum(number for pair, number in counted.items() if pair.apart <= 1)
    return Agreement(
        cells,
        Fraction(exact, cells),
        Fraction(near, cells),
        kappa(counted.elements(), Weighting.NONE),
        kappa(counted.elements(), weighting),
    )


def kappa(pairs: Iterable[LevelPair], weighting: Weighting) -> Fraction | None:
    """1 less the disagreement seen, by the disagreement that chance would bring."""
    counted = Counter(pairs)
    cells = counted.total()
    if not cells:
        return None
    first: Counter[int] = Counter()
    second: Counter[int] = Counter()
    for pair, number in counted.items():
        first[pair.first] += number
        second[pair.second] += number
    widest = max(max(pair.levels for pair in counted) - 1, 1)
    seen = sum(_weight(pair.apart, widest, weighting) * n for pair, n in counted.items())
    by_chance = sum(
        _weight(abs(one - other), widest, weighting) * first[one] * second[other]
        for one in first
        for other in second
    )
    return 1 - Fraction(seen) * cells / by_chance if by_chance else None


def _weight(apart: int, widest: int, weighting: Weighting) -> Fraction:
    match weighting:
        case Weighting.NONE:
            return Fraction(apart > 0)
        case Weighting.LINEAR:
            return Fraction(apart, widest)
        case Weighting.QUADRATIC:
            return Fraction(apart, widest) ** 2
