"""Typed values out of the cells of one row; what is wrong with them is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.day_forms import read_day
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.words import Words
from application.rosters.row_errors import Severity
from application.rosters.unread_roles import UNKNOWN_WORD
from domain.identity import masked

LONGEST_ID = 255
_SPREADSHEET_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_LIST_SIGNS = re.compile(r"[,;|]")
_TRUTH = Words(
    ("true", "false"),
    {
        **dict.fromkeys(("1", "y", "yes", "t"), "true"),
        **dict.fromkeys(("0", "n", "no", "f"), "false"),
    },
)
_FIRST_YEAR = 1950
_LAST_YEAR = 2200


def is_plain_id(value: str) -> bool:
    """Whether an id is beyond any doubt; others are looked at more closely."""
    short = 0 < len(value) <= LONGEST_ID
    return short and value.isprintable() and not (" " in value or "+" in value)


def plain_day(value: str) -> date | None:
    """A date that is beyond any doubt."""
    read = read_day(value)
    is_plain = read.day and not read.cause and _FIRST_YEAR <= read.day.year <= _LAST_YEAR
    return read.day if is_plain else None


class Sheet(Protocol):
    """What the rows of one file share."""

    file: str
    columns: Columns
    defects: Defects
    shared: dict[str, str]
    """Ids that other rows name; each has been found right."""
    offset: int


@dataclass(slots=True)
class Row:
    """One row, its cells trimmed. After all reads, `ok` tells whether it can be taken."""

    sheet: Sheet
    places: Mapping[str, int]
    line_in_file: int
    cells: list[str]
    ok: bool = True

    @property
    def line(self) -> int:
        """The line in the listing, which several files may make."""
        return self.line_in_file + self.sheet.offset

    def text(self, column: str) -> str:
        return self.cells[self.places[column]]

    def required(self, column: str) -> str:
        value = self.cells[self.places[column]]
        if not value:
            self.refuse(column, "this value is required")
        return value

    def expected(self, column: str) -> str:
        """A value that should be there, and without which the row is still of use."""
        value = self.text(column)
        if not value:
            self.warn(column, "this value is empty")
        return value

    def key(self, column: str) -> str:
        """A required id: any text that a spreadsheet has not mangled."""
        value = self.required(column)
        if len(value) > LONGEST_ID:
            self.refuse(column, f"an id has at most {LONGEST_ID} signs")
        elif "+" in value and _SPREADSHEET_NUMBER.fullmatch(value):
            self.refuse(column, "a spreadsheet turned this id into a rounded number")
        return value

    def ref(self, column: str) -> str:
        """The id of another record, kept once however many rows name it."""
        known = self.sheet.shared.get(self.cells[self.places[column]])
        if known:
            return known
        value = self.key(column)
        if self.ok:
            self.sheet.shared[value] = value
        return value

    def optional_ref(self, column: str) -> str:
        return self.ref(column) if self.cells[self.places[column]] else ""

    def one_of(self, column: str, words: Words) -> str:
        """A required word of a fixed list, in its right spelling; another case is a warning."""
        value = self.required(column)
        if value in words.exact or not value:
            return value
        near = words.near(value)
        if not near:
            cause = f"{UNKNOWN_WORD}; use {', '.join(words.words)}"
            self.refuse(column, cause)
        elif near != value:
            self.warn(column, f"read as {near}")
        return near

    def boolean(self, column: str) -> bool:
        return self.one_of(column, _TRUTH) == "true"

    def day(self, column: str) -> date:
        """A required date; the earliest date there is stands in for a wrong one."""
        value = self.required(column)
        return (self._day(column, value) if value else None) or date.min

    def optional_day(self, column: str, since: int = _FIRST_YEAR) -> date | None:
        """A date that may be left open. A year far off is how some systems say so."""
        value = self.cells[self.places[column]]
        if not value:
            return None
        found = self._day(column, value, since)
        return found if found and since <= found.year <= _LAST_YEAR else None

    def ends_after(self, column: str, start: date | None, end: date | None) -> None:
        if start and end and end < start:
            self.refuse(column, "the end lies before the start")

    def moment(self, column: str) -> str:
        """A required date and time in ISO 8601."""
        value = self.required(column)
        if value:
            try:
                if datetime.fromisoformat(value).tzinfo is None:
                    self.warn(column, "without a time zone; UTC is meant")
            except ValueError:
                self.refuse(column, "write date and time as 2026-01-15T08:30:00.000Z")
        return value

    def refs(self, column: str) -> tuple[str, ...]:
        """A required list of ids, set apart by commas."""
        value = self.required(column)
        if value and (";" in value or "|" in value):
            self.warn(column, "set the ids of a list apart by commas")
        share = self.sheet.shared.setdefault
        parts = (part.strip() for part in _LIST_SIGNS.split(value))
        return tuple(share(part, part) for part in parts if part)

    def refuse(self, column: str, cause: str) -> None:
        self.ok = False
        self._add(column, cause, Severity.ERROR)

    def warn(self, column: str, cause: str) -> None:
        self._add(column, cause, Severity.WARNING)

    def _day(self, column: str, value: str, since: int = _FIRST_YEAR) -> date | None:
        read = read_day(value, times=self.sheet.columns.times)
        if read.day is None:
            self.refuse(column, read.cause)
        elif not since <= read.day.year <= _LAST_YEAR:
            self.warn(column, "a year as far off as this is mostly a mistake")
        elif read.cause:
            self.warn(column, read.cause)
        return read.day

    def _add(self, column: str, cause: str, severity: Severity) -> None:
        value = self.text(column)
        sheet = self.sheet
        shown = masked(value) if column in sheet.columns.personal else value
        sheet.defects.add(sheet.file, self.line_in_file, column, shown, cause, severity)
