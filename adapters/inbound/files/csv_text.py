"""CSV as spreadsheets read it: UTF-8 with its mark, and no cell that is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file line by line; a text that a spreadsheet would compute gets an apostrophe.

    Numbers stay as they are, so that they can be added up.
    """
    yield MARK + _line(header)
    for row in rows:
        yield _line([_safe(cell) for cell in row])


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def _line(cells: Sequence[object]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
