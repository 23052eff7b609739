"""Assessment scales: ordered score levels, each tied to one mastery level."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from domain.errors import NonsenseValue
from domain.ids import ScaleId


@dataclass(frozen=True, slots=True)
class MasteryLevel:
    """A category that the whole institution shares; `position` counts upward from 0."""

    code: str
    name: str
    position: int
    met: bool
    """At or above the threshold."""


@dataclass(frozen=True, slots=True)
class ScoreLevel:
    """One step of a scale; `descriptor` is the scale's default performance descriptor."""

    points: Decimal
    label: str
    descriptor: str
    mastery: MasteryLevel


@dataclass(frozen=True, slots=True)
class AssessmentScale:
    """Score levels from lowest to highest. N/A and blank are not on any scale."""

    id: ScaleId
    code: str
    name: str
    version: int
    is_default: bool
    levels: tuple[ScoreLevel, ...]

    def __post_init__(self) -> None:
        if len(self.levels) < 2:  # noqa: PLR2004 a scale tells at least two things apart
            raise NonsenseValue("scale", self.code, "it needs at least two score levels")
        _refuse_disorder(self.code, self.levels)

    @property
    def highest(self) -> Decimal:
        return self.levels[-1].points

    @property
    def mastery_levels(self) -> tuple[MasteryLevel, ...]:
        """Those that its score levels stand for, lowest first, each once."""
        return tuple(dict.fromkeys(level.mastery for level in self.levels))

    def mastery_of(self, points: Decimal) -> MasteryLevel:
        """The mastery level reached with these points; below the lowest level, the lowest."""
        reached = [level for level in self.levels if points >= level.points]
        return (reached[-1] if reached else self.levels[0]).mastery


def nearest_points(wanted: Decimal, offered: Iterable[Decimal]) -> Decimal:
    """The offered value closest to `wanted`; half-way goes up (glossary: rounded half up)."""
    return min(offered, key=lambda points: (abs(points - wanted), -points))


def two_decimals(number: Decimal) -> Decimal:
    return rounded(number, 2)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Half up to so many decimals."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _refuse_disorder(code: str, levels: tuple[ScoreLevel, ...]) -> None:
    for lower, upper in pairwise(levels):
        if lower.points >= upper.points:
            raise NonsenseValue("scale", code, "points must rise from level to level")
        if lower.mastery.position > upper.mastery.position:
            raise NonsenseValue("scale", code, "more points must never mean lower mastery")
