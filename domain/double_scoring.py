"""Two scores of the same work side by side: where they differ, and what was decided."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.agreement import LevelPair
from domain.evaluation import SecondScore, Settled
from domain.ids import PersonId, RowId
from domain.rubric import Criterion, Rubric
from domain.score import Blank, Score, Scored, ScoreValue

Cell = tuple[PersonId, RowId]


@dataclass(frozen=True, slots=True)
class Compared:
    """One cell that both scorers decided.

    `first` is what the first one gave, also after a decision changed the score of record;
    `record` is what stands now. `settled` is the decision, while neither scored anew since.
    """

    scorer_id: PersonId
    student_id: PersonId
    row: Criterion
    first: ScoreValue
    second: ScoreValue
    record: ScoreValue
    settled: Settled | None

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def is_open(self) -> bool:
        return self.differs and self.settled is None

    @property
    def pair(self) -> LevelPair | None:
        """For figures of agreement; None where one of them gave N/A."""
        if not (isinstance(self.first, Scored) and isinstance(self.second, Scored)):
            return None
        places = {level.points: place for place, level in enumerate(self.row.levels)}
        first, second = places[self.first.points], places[self.second.points]
        return LevelPair(first, second, len(places))


def compared(
    rubric: Rubric,
    record: Iterable[Score],
    second: Iterable[SecondScore],
    settled: Iterable[Settled],
) -> Iterator[Compared]:
    """Cells of the criteria that are neither blank here nor there, as `second` has them."""
    values: Mapping[Cell, ScoreValue] = {(one.student_id, one.row_id): one.value for one in record}
    decisions = {(one.scorer_id, one.student_id, one.row_id): one for one in settled}
    rows = {row.id: row for row in rubric.criteria}
    for one in second:
        here = values.get((one.student_id, one.row_id))
        row = rows.get(one.row_id)
        if row is None or here is None or isinstance(here, Blank) or isinstance(one.value, Blank):
            continue
        decision = decisions.get((one.scorer_id, one.student_id, one.row_id))
        standing = decision if decision and decision.holds(here, one.value) else None
        first = standing.first if standing else here
        yield Compared(one.scorer_id, one.student_id, row, first, one.value, here, standing)


def pairs(cells: Iterable[Compared]) -> list[LevelPair]:
    found = (cell.pair for cell in cells)
    return [pair for pair in found if pair is not None]
