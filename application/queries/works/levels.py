"""Levels as pages show them: highest first, each with the tone of its mastery level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.ids import RowId
from domain.rubric import Criterion, CriterionLevel
from domain.scale import MasteryLevel
from domain.score import NotAssessed, Scored, ScoreValue, plain

UNMET_TONES = ("below", "low", "none")
TONES = ("top", "met", *UNMET_TONES)


@dataclass(frozen=True, slots=True)
class LevelView:
    """`tone` is one of top, met, below, low, none: the place in the mastery order."""

    points: str
    label: str
    descriptor: str
    tone: str
    met: bool


@dataclass(frozen=True, slots=True)
class RowHead:
    """A row of a rubric without anybody's scores; also a column of the scorecard."""

    id: RowId
    code: str
    title: str
    description: str
    levels: tuple[LevelView, ...]
    weight: str

    def level(self, points: str) -> LevelView | None:
        return next((level for level in self.levels if level.points == points), None)

    def tone(self, value: str) -> str:
        """The tone of a written score: a mastery tone, `na` or `blank`."""
        level = self.level(value)
        return level.tone if level else "na" if value == "NA" else "blank"

    def words(self, value: str) -> str:
        """A written score as it is read aloud: `3, Meets`, `N/A, not assessed`, `Not scored`."""
        level = self.level(value)
        if level:
            return f"{level.points}, {level.label}"
        return "N/A, not assessed" if value == "NA" else "Not scored"


def row_head(row: Criterion) -> RowHead:
    tones = tones_of(row.levels)
    levels = tuple(
        LevelView(
            plain(level.points), level.label, level.descriptor, tones[level.points],
            level.mastery.met,
        )
        for level in reversed(row.levels)
    )  # fmt: skip
    return RowHead(row.id, row.code, row.title, row.description, levels, plain(row.weight))


def tones_of(levels: Sequence[CriterionLevel]) -> dict[Decimal, str]:
    """A tone for each level, by its place in the mastery order and never by its number."""
    tones = mastery_tones([level.mastery for level in levels])
    return {level.points: tones[level.mastery.position] for level in levels}


def mastery_tones(levels: Sequence[MasteryLevel]) -> dict[int, str]:
    """Tones by position.

    Above the threshold the best mastery level is `top` where there are several, else `met`.
    Below it they darken from `below` to `none`; a single one is `low`.
    """
    met = _positions(level for level in levels if level.met)
    unmet = _positions(level for level in levels if not level.met)
    tones = dict.fromkeys(met, "met")
    if len(met) > 1:
        tones[met[0]] = "top"
    return tones | {place_of: _unmet_tone(at, len(unmet)) for at, place_of in enumerate(unmet)}


def common_levels(rows: Sequence[RowHead]) -> tuple[LevelView, ...]:
    """The levels that all rows share by number and label; empty when they differ."""
    if len({tuple((v.points, v.label) for v in row.levels) for row in rows}) != 1:
        return ()
    return rows[0].levels


def is_decided(value: ScoreValue) -> bool:
    return isinstance(value, Scored | NotAssessed)


def _positions(levels: Iterable[MasteryLevel]) -> list[int]:
    return sorted({level.position for level in levels}, reverse=True)


def _unmet_tone(place: int, count: int) -> str:
    if count == 1:
        return "low"
    return UNMET_TONES[-1] if place == count - 1 and place > 1 else UNMET_TONES[min(place, 1)]
