"""The findings of a load as CSV for spreadsheets."""

from collections.abc import Iterable, Iterator

from adapters.inbound.files.csv_text import csv_lines
from application.rosters.row_errors import RowError

_HEADER = ("severity", "file", "line", "column", "value", "cause")


def finding_lines(findings: Iterable[RowError]) -> Iterator[str]:
    """The header, then a line for each."""
    rows = (
        (one.severity.value, one.file, one.line or "", one.column, one.value, one.cause)
        for one in findings
    )
    return csv_lines(_HEADER, rows)
