"""The findings of a load as CSV that a spreadsheet opens without harm."""

import csv
import io
from collections.abc import Iterable, Iterator

from application.rosters.records import RowError

_HEADER = ("severity", "file", "line", "column", "value", "cause")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def finding_lines(findings: Iterable[RowError]) -> Iterator[str]:
    """The header, then a line for each; cells that begin like a formula get an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_HEADER)
    for one in findings:
        cells = (
            one.severity.value,
            one.file,
            str(one.line or ""),
            one.column,
            one.value,
            one.cause,
        )
        writer.writerow([_safe(cell) for cell in cells])
        yield _taken(written)
    yield _taken(written)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _taken(written: io.StringIO) -> str:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text
