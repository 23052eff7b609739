"""The distribution calendar as CSV that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from application.queries.calendar_page import CalendarLine

HEADER = (
    "course", "section", "assessment", "kind", "state", "opens", "due", "planned", "students",
    "cells needed", "cells decided", "reason", "taught by",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def calendar_csv(lines: Iterable[CalendarLine]) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need; a header row, then a row a line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([safe(cell) for cell in row] for row in _rows(lines))
    return text.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell that a spreadsheet would run gets a leading apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows(lines: Iterable[CalendarLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        one = line.row.standing
        yield (
            one.course_code, one.section, one.assessment, one.kind, line.row.state,
            _moment(one.opens_at), _moment(one.due_at), "yes" if one.planned else "no",
            str(one.students), str(one.needed), str(one.decided), one.closed_reason,
            "; ".join(line.teachers),
        )  # fmt: skip


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
