"""A filled scorecard compared with what is stored: changes, conflicts, and what is unclear."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from application.class_list import class_list
from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from application.queries.rubric_page import shown_scores
from application.queries.work_header import WorkHeader
from application.scorecards.grid import (
    MARK,
    SCORE,
    STUDENT,
    WrittenOut,
    column_titles,
    mark_title,
    read_mark,
)
from application.scorecards.sheet import TECH_ID, ScoreSheet, SheetStudent, score_sheet
from application.scorecards.shown import written
from application.workplace import Workplace
from domain.errors import DomainError
from domain.ids import PersonId, RowId
from domain.rubric import Criterion
from domain.score import BLANK, Blank, Score, ScoreValue, unscored, value_as_text, value_from_text


@dataclass(frozen=True, slots=True)
class FilledRow:
    """`line` as the spreadsheet counts; `cells` in the order of the file's columns."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledScorecard:
    columns: tuple[str, ...]
    rows: tuple[FilledRow, ...]


class ChangeState(StrEnum):
    CHANGED = "changed"
    CONFLICT = "conflict"
    """Somebody changed the score after the file was downloaded."""


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """`old` is what is stored, `new` what the file says, both as people read them."""

    line: int
    student: str
    key: str
    """As in `SheetStudent`."""
    column: str
    old: str
    new: str
    state: ChangeState
    student_id: PersonId
    row_id: RowId
    value: ScoreValue
    seen: int
    """The version that is stored now."""
    by: str = ""
    """Of a conflict: who changed the score, empty when unknown."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something in the file that is left out; `column` is empty where it is about the row."""

    line: int
    column: str
    value: str
    cause: str


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """Nothing is stored by it. `same` cells say what is stored, or were not touched."""

    header: WorkHeader
    changes: tuple[PlannedChange, ...]
    unclear: tuple[Unclear, ...]
    same: int
    left_out: tuple[str, ...]
    """Columns that are not read."""

    def in_state(self, state: ChangeState) -> tuple[PlannedChange, ...]:
        return tuple(one for one in self.changes if one.state is state)


def plan_upload(unit: UnitOfWork, place: Workplace, filled: FilledScorecard) -> UploadPlan:
    """Raises Invalid: the file is of another assessment, or no scorecard at all."""
    return _Comparison(unit, place, filled).plan()


class _Comparison:
    def __init__(self, unit: UnitOfWork, place: Workplace, filled: FilledScorecard) -> None:
        self._unit = unit
        self._place = place
        self._filled = filled
        self._sheet = score_sheet(unit, place)
        self._scores = shown_scores(unit, place, class_list(unit, place))
        self._titles = column_titles(self._sheet.rows)
        self._places = _places(filled.columns)
        self._changes: list[PlannedChange] = []
        self._unclear: list[Unclear] = []
        self._same = 0

    def plan(self) -> UploadPlan:
        key, mark = self._key(), self._mark()
        read = {title: self._places.get(title.casefold()) for title in self._titles}
        if not any(at is not None for at in read.values()):
            wanted = ", ".join(self._titles)
            raise Invalid("file", f"it has none of the columns {wanted}; is it a scorecard?")
        known = {key, mark, *read.values()}
        usual = {STUDENT.casefold(), SCORE.casefold()}
        left_out = tuple(
            name
            for at, name in enumerate(self._filled.columns)
            if name and at not in known and name.casefold() not in usual
        )
        for row, student in self._students(key):
            self._compare_row(row, student, mark, read)
        return UploadPlan(
            self._sheet.header, tuple(self._changes), tuple(self._unclear), self._same, left_out
        )

    def _key(self) -> int:
        hidden = self._sheet.header.hides_names
        for name in (self._sheet.key_title, *(() if hidden else (TECH_ID,))):
            if name.casefold() in self._places:
                return self._places[name.casefold()]
        raise Invalid("file", f"the column {self._sheet.key_title} is missing.")

    def _mark(self) -> int | None:
        """Where our own column stands. Raises Invalid when it is of something else."""
        own = mark_title(self._place.work.id, self._sheet.rows)
        for at, name in enumerate(self._filled.columns):
            if name.startswith(f"{MARK} ") and name != own:
                if name.split(" ")[1] == self._place.work.id:
                    cure = "its rubric was changed after the download; download the file again."
                    raise Invalid("file", cure)
                raise Invalid("file", "it is the scorecard of another assessment or section.")
            if name == own:
                return at
        return None

    def _students(self, key: int) -> Iterator[tuple[FilledRow, SheetStudent]]:
        """Rows with the students that they name, each once."""
        named = _Named(self._sheet)
        seen: dict[PersonId, int] = {}
        for row in self._filled.rows:
            told = row.cells[key]
            student = named.find(told)
            title = self._filled.columns[key]
            if student is None:
                cause = "no student of this section has it" if told else "it is missing"
                self._unclear.append(Unclear(row.line, title, told, cause))
            elif student.id in seen:
                cause = f"this student stands in row {seen[student.id]} too"
                self._unclear.append(Unclear(row.line, title, told, cause))
            else:
                seen[student.id] = row.line
                yield row, student

    def _compare_row(
        self,
        row: FilledRow,
        student: SheetStudent,
        mark: int | None,
        read: Mapping[str, int | None],
    ) -> None:
        told = row.cells[mark] if mark is not None else ""
        was = read_mark(told, len(self._titles)) if told else None
        if told and was is None:
            cause = "the hidden column of Attain was changed; download the file again"
            self._unclear.append(Unclear(row.line, "", told, cause))
            return
        for number, (title, criterion) in enumerate(
            zip(self._titles, self._place.rubric.criteria, strict=True)
        ):
            at = read[title]
            if at is not None:
                cell = _FilledCell(row.line, title, row.cells[at], was[number] if was else None)
                self._compare(cell, student, criterion)

    def _compare(self, cell: "_FilledCell", student: SheetStudent, row: Criterion) -> None:
        stored = self._scores.get(student.id, {}).get(row.id) or unscored(
            self._place.work.id, student.id, row.id
        )
        try:
            wanted = cell.wanted(row)
        except DomainError as refused:
            self._unclear.append(Unclear(cell.line, cell.column, cell.text, str(refused)))
            return
        if wanted is None or wanted == stored.value:
            self._same += 1
            return
        seen = cell.was.version if cell.was else stored.version
        state = ChangeState.CHANGED if seen == stored.version else ChangeState.CONFLICT
        self._changes.append(
            PlannedChange(
                cell.line, student.name, student.key, cell.column,
                written(value_as_text(stored.value)), written(value_as_text(wanted)), state,
                student.id, row.id, wanted, stored.version,
                self._name_of(stored) if state is ChangeState.CONFLICT else "",
            )
        )  # fmt: skip

    def _name_of(self, score: Score) -> str:
        if score.scored_by is None:
            return ""
        person = self._unit.roster.people([score.scored_by]).get(score.scored_by)
        return person.full_name if person else ""


@dataclass(frozen=True, slots=True)
class _FilledCell:
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


class _Named:
    """Students by key; zeros that a spreadsheet cut off the front are forgiven."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self._exact = {student.key: student for student in sheet.students}
        self._short: dict[str, list[SheetStudent]] = {}
        for student in sheet.students:
            self._short.setdefault(_short(student.key), []).append(student)

    def find(self, key: str) -> SheetStudent | None:
        if key in self._exact:
            return self._exact[key]
        near = self._short.get(_short(key), []) if key else []
        return near[0] if len(near) == 1 else None


def _short(key: str) -> str:
    return key.casefold().lstrip("0")


def _places(columns: tuple[str, ...]) -> dict[str, int]:
    """Raises Invalid for a column that stands there twice."""
    places: dict[str, int] = {}
    for at, name in enumerate(columns):
        if name and name.casefold() in places:
            raise Invalid("file", f"the column {name} stands there twice.")
        places[name.casefold()] = at
    return places
