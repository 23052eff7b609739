"""A filled scorecard out of the bytes of an XLSX or CSV file."""

from collections.abc import Sequence

from adapters.inbound.files.csv_text import unsafe
from adapters.inbound.files.workbook import MOST_ROWS, SheetRow, first_sheet, is_workbook
from adapters.inbound.outcome_files.cells import rows_of
from application.errors import Invalid
from application.scorecards.filled import FilledRow, FilledScorecard
from application.scorecards.sheet import TECH_ID

LARGEST = 5_000_000
"""Bytes; a scorecard of 1,000 students and 20 SLOs is a twentieth of it."""
_LEAD_ROWS = 20
"""The header stands among so many first rows."""


def read_filled(content: bytes, key: str = TECH_ID) -> FilledScorecard:
    """`key`: what the column is called that names the student.

    Raises:
        Invalid: no XLSX or CSV, or no header in which the key stands.
    """
    if not content:
        raise Invalid("file", "choose a file first.")
    if len(content) > LARGEST:
        raise Invalid("file", f"it is larger than {LARGEST // 1_000_000} MB.")
    return _workbook(content, key) if is_workbook(content) else _csv(content)


def _workbook(content: bytes, key: str) -> FilledScorecard:
    rows = first_sheet(content)
    names = {key.casefold(), TECH_ID.casefold()}
    for at, row in enumerate(rows[:_LEAD_ROWS]):
        if any(cell.casefold() in names for cell in row.cells):
            return _filled(row.cells, rows[at + 1 :])
    raise Invalid("file", f"no column of its first sheet is headed {key}.")


def _filled(header: Sequence[str], rows: Sequence[SheetRow]) -> FilledScorecard:
    columns = _trimmed(header)
    width = len(columns)
    return FilledScorecard(
        columns,
        tuple(
            FilledRow(row.line, (*row.cells[:width], *[""] * (width - len(row.cells))))
            for row in rows
            if any(row.cells[:width])
        ),
    )


def _csv(content: bytes) -> FilledScorecard:
    header, rows = rows_of(content)
    if len(rows) > MOST_ROWS:
        raise Invalid("file", f"it has more than {MOST_ROWS:,} rows.")
    columns = tuple(unsafe(name) for name in header)
    names = [name.casefold() for name in header]
    return FilledScorecard(
        columns,
        tuple(FilledRow(row.line, tuple(unsafe(row.text(name)) for name in names)) for row in rows),
    )


def _trimmed(header: Sequence[str]) -> tuple[str, ...]:
    cells = list(header)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)
