"""A filled scorecard as its file has it: columns, rows, and what a cell asks for."""

from dataclasses import dataclass

from application.errors import Invalid
from application.scorecards.grid import WrittenOut
from domain.rubric import Criterion
from domain.score import BLANK, Blank, ScoreValue, value_from_text


@dataclass(frozen=True, slots=True)
class FilledRow:
    """`line` as the spreadsheet counts; `cells` in the order of the file's columns."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledScorecard:
    columns: tuple[str, ...]
    rows: tuple[FilledRow, ...]

    def places(self) -> dict[str, int]:
        """Where each column stands, by its heading without case.

        Raises: Invalid for a column that stands there twice.
        """
        places: dict[str, int] = {}
        for at, name in enumerate(self.columns):
            if name and name.casefold() in places:
                raise Invalid("file", f"the column {name} stands there twice.")
            places[name.casefold()] = at
        return places


@dataclass(frozen=True, slots=True)
class FilledCell:
    line: int
    column: str
    text: str
    was: WrittenOut | None
    """None: the file does not say what stood here."""

    def wanted(self, row: Criterion) -> ScoreValue | None:
        """What the cell asks for; None when it asks for nothing.

        An empty cell takes a score back only where the file shows that there was one.

        Raises: DomainError for what is no score of this row.
        """
        value = value_from_text(self.text)
        if not self.text and (self.was is None or not self.was.value):
            return None
        if self.was is not None and value == value_from_text(self.was.value):
            return None
        if isinstance(value, Blank):
            return BLANK
        row.admit(value)
        return value
