"""The scorecard and the rubric as workbooks."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from application.ports.documents import (
    NumberFormat,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetValue,
    Workbook,
)
from application.queries.works.levels import RowHead, common_levels
from application.scorecards.grid import grid_header, grid_rows, value_cell
from application.scorecards.sheet import ScoreSheet, SheetStudent
from application.scorecards.shown import NOT_ASSESSED, as_of, grade, subtitle, tone_of

HOW_TO_FILL = (
    "Fill in the SLO columns, save, and upload the file on the page Downloads of this assessment. "
    "N/A means not assessed. An empty cell that was empty stays as it is in Attain."
)
_NAME, _CODE, _WIDE, _NARROW = 28, 14, 40, 12


def scorecard_workbook(sheet: ScoreSheet, now: datetime, *, completed: bool) -> Workbook:
    """The grid, protected but for the scores; and a sheet that explains its columns."""
    title = sheet.header.name
    grid = Sheet(
        sheet.word("Scorecard"),
        _grid_columns(sheet),
        tuple(
            _toned(sheet, row, completed=completed) for row in grid_rows(sheet, completed=completed)
        ),
        lead=(*_lead(sheet, now), (sheet.word(HOW_TO_FILL),)),
        frozen_columns=2,
        protected=True,
    )
    return Workbook(title, (grid, _rubric_sheet(sheet, now, None)))


def rubric_workbook(
    sheet: ScoreSheet, students: tuple[SheetStudent, ...], now: datetime, *, completed: bool
) -> Workbook:
    """The rubric; with scores also a line for each student and row, with its comment."""
    title = sheet.header.name
    only = students[0] if completed and len(students) == 1 else None
    sheets = [_rubric_sheet(sheet, now, only)]
    if completed:
        sheets.append(_lines_sheet(sheet, students, now))
    return Workbook(title, tuple(sheets))


def rubric_header(sheet: ScoreSheet) -> tuple[str, ...]:
    """Of the empty rubric as a table."""
    most = max((len(row.levels) for row in sheet.rows), default=0)
    shared = common_levels(sheet.rows) if sheet.rows else ()
    levels = (
        [f"{level.label} ({level.points})" for level in shared]
        if shared
        else [f"Level {number + 1}" for number in range(most)]
    )
    first = sheet.word("SLO") if sheet.header.is_outcomes else "Criterion"
    return (first, "Title", "Description", "Weight", *levels)


def rubric_rows(sheet: ScoreSheet) -> tuple[tuple[str, ...], ...]:
    shared = common_levels(sheet.rows) if sheet.rows else ()
    width = len(rubric_header(sheet))
    return tuple(_rubric_row(row, width, named=not shared) for row in sheet.rows)


def lines_header(sheet: ScoreSheet) -> tuple[str, ...]:
    """Of completed rubrics as one list."""
    return (
        sheet.key_title, "Student", "Row", "Title", "Score", "Level", "Comment",
        "Student's score",
    )  # fmt: skip


def lines_rows(
    sheet: ScoreSheet, students: tuple[SheetStudent, ...]
) -> Iterator[tuple[SheetValue, ...]]:
    for student in students:
        for row in sheet.rows:
            cell = student.cell(row.id)
            yield _line(student, row, cell.value, cell.comment)
        for row in sheet.outcomes:
            level = student.recommended[row.id]
            value = student.cell(row.id).value or (level.points if level else "")
            yield _line(student, row, value, "")


def _line(student: SheetStudent, row: RowHead, value: str, comment: str) -> tuple[SheetValue, ...]:
    level = row.level(value)
    return (
        student.key, student.name, row.code, row.title, value_cell(value),
        level.label if level else "", comment, grade(student),
    )  # fmt: skip


def _grid_columns(sheet: ScoreSheet) -> tuple[SheetColumn, ...]:
    key, student, *titles, score, mark = grid_header(sheet)
    return (
        SheetColumn(key, _CODE),
        SheetColumn(student, _NAME),
        *(
            SheetColumn(title, _NARROW, choices=_choices(row), told=row.title, open=True)
            for title, row in zip(titles, sheet.rows, strict=True)
        ),
        SheetColumn(score, _NARROW, NumberFormat.TWO_DECIMALS),
        SheetColumn(mark, _NARROW, hidden=True),
    )


def _choices(row: RowHead) -> tuple[SheetValue, ...]:
    return (*(Decimal(level.points) for level in row.levels), NOT_ASSESSED)


def _toned(
    sheet: ScoreSheet, row: tuple[SheetValue, ...], *, completed: bool
) -> tuple[SheetCell, ...]:
    key, student, *values, score, mark = row
    cells = (
        SheetCell(value, tone_of(head, _stored(value)) if completed else tone_of(head, ""))
        for head, value in zip(sheet.rows, values, strict=True)
    )
    return (SheetCell(key), SheetCell(student), *cells, SheetCell(score), SheetCell(mark))


def _stored(value: SheetValue) -> str:
    return "NA" if value == NOT_ASSESSED else "" if value is None else str(value)


def _rubric_sheet(sheet: ScoreSheet, now: datetime, student: SheetStudent | None) -> Sheet:
    header = rubric_header(sheet)
    columns = [SheetColumn(name, _WIDE) for name in header]
    columns[0] = SheetColumn(header[0], _CODE)
    columns[1] = SheetColumn(header[1], _NAME)
    columns[3] = SheetColumn(header[3], _NARROW)
    rows = []
    for head, texts in zip(sheet.rows, rubric_rows(sheet), strict=True):
        value = student.cell(head.id).value if student else ""
        chosen = [False] * 4 + [bool(value) and level.points == value for level in head.levels]
        chosen += [False] * (len(texts) - len(chosen))
        rows.append(
            tuple(
                SheetCell(f"Chosen: {text}" if one else text, tone_of(head, value if one else ""))
                for text, one in zip(texts, chosen, strict=True)
            )
        )
    return Sheet("Rubric", tuple(columns), tuple(rows), _lead(sheet, now), frozen_columns=2)


def _lines_sheet(sheet: ScoreSheet, students: tuple[SheetStudent, ...], now: datetime) -> Sheet:
    widths = (_CODE, _NAME, _CODE, _NAME, _NARROW, _CODE, _WIDE, _NARROW)
    columns = tuple(
        SheetColumn(name, width) for name, width in zip(lines_header(sheet), widths, strict=True)
    )
    rows = tuple(tuple(SheetCell(value) for value in line) for line in lines_rows(sheet, students))
    return Sheet("Scores", columns, rows, _lead(sheet, now), frozen_columns=2)


def _rubric_row(row: RowHead, width: int, *, named: bool) -> tuple[str, ...]:
    levels = tuple(
        f"{level.label} ({level.points}): {level.descriptor}" if named else level.descriptor
        for level in row.levels
    )
    cells = (row.code, row.title, row.description, row.weight, *levels)
    return (*cells, *("" for _ in range(width - len(cells))))


def _lead(sheet: ScoreSheet, now: datetime) -> tuple[tuple[str, ...], ...]:
    return ((sheet.header.name,), (f"{subtitle(sheet)} \N{MIDDLE DOT} {as_of(sheet, now)}",))
