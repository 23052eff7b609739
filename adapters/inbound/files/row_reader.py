"""Typed values out of the cells of one row; what is wrong with them is named."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from adapters.inbound.files.csv_rows import CsvRow
from application.rosters.records import RowError, Severity
from domain.identity import masked

_LONGEST_ID = 255
_SPREADSHEET_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIST_SIGNS = re.compile(r"[,;|]")
_PERSONAL = frozenset(
    {"givenName", "familyName", "middleName", "username", "email", "identifier", "userIds"}
)


@dataclass(slots=True)
class RowReader:
    """Reads one row. After all reads, `ok` tells whether the row can be taken."""

    file: str
    row: CsvRow
    errors: list[RowError]
    ok: bool = True

    @property
    def line(self) -> int:
        return self.row.line

    def text(self, column: str) -> str:
        return self.row.cells.get(column, "")

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            self.refuse(column, "this value is required")
        return value

    def key(self, column: str) -> str:
        """A required id: any text that a spreadsheet has not mangled."""
        value = self.required(column)
        if len(value) > _LONGEST_ID:
            self.refuse(column, f"an id has at most {_LONGEST_ID} signs")
        elif _SPREADSHEET_NUMBER.fullmatch(value):
            self.refuse(column, "a spreadsheet turned this id into a rounded number")
        return value

    def one_of(self, column: str, offered: Iterable[str]) -> str:
        """A required word of a fixed list; upper and lower case count."""
        value = self.required(column)
        words = tuple(offered)
        if value and value not in words:
            near = next((word for word in words if word.casefold() == value.casefold()), "")
            cure = f"did you mean {near}? Case counts" if near else f"use {', '.join(words)}"
            self.refuse(column, f"this word is not known here; {cure}")
        return value

    def boolean(self, column: str) -> bool:
        return self.one_of(column, ("true", "false")) == "true"

    def day(self, column: str) -> date:
        """A date as YYYY-MM-DD; the earliest date there is stands in for a wrong one."""
        value = self.required(column)
        if value:
            try:
                if _DATE.fullmatch(value):
                    return date.fromisoformat(value)
            except ValueError:
                self.refuse(column, "the calendar has no such date")
                return date.min
            self.refuse(column, "write dates as YYYY-MM-DD")
        return date.min

    def moment(self, column: str) -> None:
        """A required date and time in ISO 8601; only its form matters to us."""
        value = self.required(column)
        if value:
            try:
                datetime.fromisoformat(value)
            except ValueError:
                self.refuse(column, "write date and time as 2026-01-15T08:30:00.000Z")

    def refs(self, column: str) -> tuple[str, ...]:
        """A required list of ids, set apart by commas."""
        value = self.required(column)
        if value and (";" in value or "|" in value):
            self.warn(column, "set the ids of a list apart by commas")
        return tuple(part.strip() for part in _LIST_SIGNS.split(value) if part.strip())

    def refuse(self, column: str, cause: str) -> None:
        self.ok = False
        self._add(column, cause, Severity.ERROR)

    def warn(self, column: str, cause: str) -> None:
        self._add(column, cause, Severity.WARNING)

    def _add(self, column: str, cause: str, severity: Severity) -> None:
        value = self.text(column)
        shown = masked(value) if column in _PERSONAL else value
        self.errors.append(RowError(self.file, self.line, column, shown, cause, severity))
