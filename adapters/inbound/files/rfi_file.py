"""The answers to a request for information as CSV that no spreadsheet takes for formulas."""

from collections.abc import Iterator

from adapters.inbound.files.csv_text import csv_file
from application.queries.improvement.rfi_page import RfiView

HEADER = ("asked", "tech id", "state", "answered by", "answered at")


def rfi_csv(view: RfiView) -> bytes:
    """A header row with the questions, then a row for each who was asked."""
    return csv_file((*HEADER, *(one.prompt for one in view.rfi.questions)), rows_of(view))


def rows_of(view: RfiView) -> Iterator[tuple[str, ...]]:
    for line in view.lines:
        at = line.ask.answered_at
        moment = at.isoformat() if at else ""
        yield (line.asked, line.tech_id, line.state, line.answered_by, moment, *line.answers)
