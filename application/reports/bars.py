"""Lines of a report: a label, students by level or that they are withheld, and shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from application.queries.works.levels import mastery_tones
from application.reports.pieces import Told
from domain.scale import MasteryLevel

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class LevelHead:
    """`tone` is one of top, met, below, low, none: the place in the mastery order."""

    code: str
    name: str
    tone: str
    met: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Students at one level; `share` of those assessed, in per cent with one decimal."""

    level: LevelHead
    students: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """`shares` are empty where the numbers are withheld; `key` names the line in addresses.

    `more_withheld`: there are results that its numbers leave out.
    """

    key: str
    label: str
    title: str
    shares: tuple[Share, ...]
    more_withheld: bool
    target: Decimal | None = None
    before: Decimal | None = None
    """The share that met in the term before."""

    @property
    def is_withheld(self) -> bool:
        return not self.shares

    @property
    def assessed(self) -> int:
        return sum(one.students for one in self.shares)

    @property
    def met(self) -> Decimal | None:
        """The share at or above the threshold, in per cent; None where withheld."""
        return met_share(self.shares)

    @property
    def reaches_target(self) -> bool | None:
        """None where there is no target or nothing to compare with it."""
        if self.target is None or self.met is None:
            return None
        return self.met >= self.target


def met_share(shares: Sequence[Share]) -> Decimal | None:
    reached = sum(one.students for one in shares if one.level.met)
    return per_cent(reached, sum(one.students for one in shares)) if shares else None


def per_cent(part: int, whole: int) -> Decimal:
    """With one decimal, half up."""
    return (Decimal(100 * part) / whole).quantize(_TENTH, rounding=ROUND_HALF_UP)


def shares_of(levels: Sequence[LevelHead], counts: Sequence[int] | None) -> tuple[Share, ...]:
    """Highest level first; nothing for nobody."""
    everybody = sum(counts or ())
    if not counts or not everybody:
        return ()
    found = [
        Share(level, count, per_cent(count, everybody))
        for level, count in zip(levels, counts, strict=True)
    ]
    return tuple(reversed(found))


def bar_of(
    levels: Sequence[LevelHead],
    told: Told,
    key: str,
    label: str,
    title: str = "",
    target: Decimal | None = None,
    before: Told | None = None,
) -> Bar:
    shares = shares_of(levels, told.levels)
    earlier = met_share(shares_of(levels, before.levels if before else None))
    return Bar(key, label, title, shares, told.withheld, target, earlier)


def level_heads(levels: Iterable[MasteryLevel]) -> tuple[LevelHead, ...]:
    """Lowest first, as counts are."""
    every = list(levels)
    tones = mastery_tones(every)
    return tuple(LevelHead(one.code, one.name, tones[one.position], one.met) for one in every)
