"""The distribution calendar as CSV that no spreadsheet takes for formulas."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from adapters.inbound.files.csv_text import csv_file
from application.queries.calendar.calendar_page import CalendarLine

HEADER = (
    "course", "section", "assessment", "kind", "state", "opens", "due", "planned", "students",
    "cells needed", "cells decided", "reason", "taught by",
)  # fmt: skip


def calendar_csv(lines: Iterable[CalendarLine]) -> bytes:
    """A header row, then a row a line."""
    return csv_file(HEADER, _rows(lines))


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
