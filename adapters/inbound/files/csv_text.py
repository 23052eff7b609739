"""CSV as spreadsheets read it: UTF-8 with its mark, and no cell that is taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""A spreadsheet would run it; with apostrophes before it, it was made safe already."""
_MADE_SAFE = re.compile(r"'+[=+\-@\t\r]")
MARK = "\ufeff"


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line, each text made safe.

    Numbers stay as they are, so that they can be added up.
    """
    yield MARK + _line(header)
    for row in rows:
        yield _line([_cell(cell) for cell in row])


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return "".join(csv_lines(header, rows)).encode()


def safe(text: str) -> str:
    """The text as no spreadsheet runs it; `unsafe` takes it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unsafe(text: str) -> str:
    return text[1:] if _MADE_SAFE.match(text) else text


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return safe(cell)
    return "" if cell is None else cell


def _line(cells: Sequence[object]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
