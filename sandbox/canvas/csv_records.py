"""CSV as strictly as Ruby reads it: an empty cell is None, an empty quoted one is a text."""

import re
from collections.abc import Iterator

_LINE_END = re.compile(r"\r\n|\n|\r")
Record = list[str | None]


class MalformedCsv(Exception):
    """A stray quote, a quote that never ends, or a second kind of line end."""


def records(text: str, separator: str) -> Iterator[Record]:
    """The records one after another; a blank line is a record without cells.

    The first line end of the text is the only one that it may use outside quotes.
    Raises MalformedCsv where the reading comes to the mistake.
    """
    first_end = _LINE_END.search(text)
    line_end = first_end[0] if first_end else "\n"
    cell = re.compile(rf'"([^"]*(?:""[^"]*)*)"|([^"\r\n{re.escape(separator)}]*)')
    position = 0
    while position < len(text):
        record, position = _record(text, position, cell, (separator, line_end))
        yield record


def _record(
    text: str, position: int, cell: re.Pattern[str], marks: tuple[str, str]
) -> tuple[Record, int]:
    separator, line_end = marks
    if text.startswith(line_end, position):
        return [], position + len(line_end)
    record: Record = []
    while True:
        match = cell.match(text, position)
        if match is None:
            raise MalformedCsv
        record.append(_value(match))
        position = match.end()
        if position == len(text):
            return record, position
        if text.startswith(line_end, position):
            return record, position + len(line_end)
        if not text.startswith(separator, position):
            raise MalformedCsv
        position += len(separator)


def _value(match: re.Match[str]) -> str | None:
    quoted, plain = match.groups()
    return plain or None if quoted is None else quoted.replace('""', '"')
