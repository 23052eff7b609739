"""A filled scorecard: its rows, the students that they name, what a cell asks for."""

from dataclasses import dataclass

from application.scorecards.grid import WrittenOut
from application.scorecards.sheet import ScoreSheet, SheetStudent
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


class NamedStudents:
    """Students by Tech ID; zeros that a spreadsheet cut off the front are forgiven."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self._exact = {student.tech_id: student for student in sheet.students}
        self._short: dict[str, list[SheetStudent]] = {}
        for student in sheet.students:
            self._short.setdefault(_short(student.tech_id), []).append(student)

    def find(self, tech_id: str) -> SheetStudent | None:
        if tech_id in self._exact:
            return self._exact[tech_id]
        near = self._short.get(_short(tech_id), []) if tech_id else []
        return near[0] if len(near) == 1 else None


def _short(tech_id: str) -> str:
    return tech_id.casefold().lstrip("0")
