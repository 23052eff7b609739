"""Collective results: how many students reached each level of an SLO; no student is named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.errors import NonsenseValue, StaleVersion, WrongSum
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.rubric import Criterion

MOST = 1_000_000
"""More students than any section has; a count above it is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class LevelCount:
    """So many students stand at the level with these points."""

    points: Decimal
    students: int

    def __post_init__(self) -> None:
        _require_count(self.students)


@dataclass(frozen=True, slots=True)
class RowCounts:
    """The counts of one SLO row, lowest level first, each level of the row once.

    Without `levels` and with `not_assessed` None the row is blank: nobody counted it yet.
    `version` 0 was never stored.
    """

    section_assessment_id: SectionAssessmentId
    row_id: RowId
    levels: tuple[LevelCount, ...]
    not_assessed: int | None
    version: int
    counted_by: PersonId | None
    counted_at: datetime | None

    def __post_init__(self) -> None:
        if self.not_assessed is not None:
            _require_count(self.not_assessed)

    @property
    def is_blank(self) -> bool:
        return self.not_assessed is None

    @property
    def assessed(self) -> int:
        """Students at any level; those not assessed leave every denominator."""
        return sum(level.students for level in self.levels)

    @property
    def total(self) -> int:
        """All who are counted, N/A included; 0 while blank."""
        return self.assessed + (self.not_assessed or 0)

    @property
    def by_points(self) -> Mapping[Decimal, int]:
        return {level.points: level.students for level in self.levels}

    def difference(self, enrolled: int) -> int:
        """Above 0: so many are missing; below 0: so many are counted too much."""
        return enrolled - self.total

    def changed(
        self, wanted: "Tally", *, seen: int, by: PersonId | None, at: datetime
    ) -> "RowCounts":
        """The next state of the row. Saying the same again is no change and no conflict.

        Raises:
            StaleVersion: another person changed the row since `seen`.
        """
        if (wanted.levels, wanted.not_assessed) == (self.levels, self.not_assessed):
            return self
        if seen != self.version:
            raise StaleVersion("This row", seen, self.version)
        return replace(
            self,
            levels=wanted.levels,
            not_assessed=wanted.not_assessed,
            version=seen + 1,
            counted_by=by,
            counted_at=at,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a row as somebody wants them; blank without any."""

    levels: tuple[LevelCount, ...] = ()
    not_assessed: int | None = None


def tally(
    row: Criterion, at_levels: Mapping[Decimal, int], not_assessed: int, enrolled: int
) -> Tally:
    """The counts of a row; levels that are not named count nobody.

    Raises:
        ScoreNotOnScale: a level that the row does not have.
        WrongSum: they do not add up to the number enrolled (glossary 3).
        NonsenseValue: a count that is no count.
    """
    for points in at_levels:
        row.level_at(points)
    levels = tuple(LevelCount(one.points, at_levels.get(one.points, 0)) for one in row.levels)
    _require_count(not_assessed)
    total = sum(level.students for level in levels) + not_assessed
    if total != enrolled:
        raise WrongSum(row.code, total, enrolled)
    return Tally(levels, not_assessed)


def uncounted(work_id: SectionAssessmentId, row_id: RowId) -> RowCounts:
    return RowCounts(work_id, row_id, (), None, 0, None, None)


def counted_cells(rows: Iterable[RowCounts], row_ids: Iterable[RowId], students: int) -> int:
    """How many cells of students and rows are decided; who left since is not counted twice."""
    wanted = frozenset(row_ids)
    return sum(min(row.total, students) for row in rows if row.row_id in wanted)


def _require_count(number: int) -> None:
    if not 0 <= number <= MOST:
        raise NonsenseValue("count", str(number), "give a whole number, 0 or more")
