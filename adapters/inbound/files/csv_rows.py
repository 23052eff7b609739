"""Rows of a CSV file with their lines, and every defect of form named by its place."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from application.rosters.records import RowError, Severity

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile(r"[\r\n]+")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CUT = "unexpected end of data"


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row; `line` is where it begins. Cells are trimmed and free of control signs."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row whose cells cannot be told apart; `key` is its id, empty when that is unsure."""

    line: int
    key: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file; the first required one is the key of its rows."""

    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)


@dataclass(slots=True)
class CsvFile:
    """Reads one file row by row; what is wrong goes to `errors`."""

    file: str
    columns: Columns
    errors: list[RowError]

    def rows(self, lines: Iterable[str]) -> Iterator[CsvRow | BrokenRow]:
        """All rows that are not blank. A header that cannot be used yields none."""
        reader = csv.reader(lines, strict=True)
        header = self._header(next(reader, []))
        if header is None:
            return
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as broken:
                self._unreadable(line, str(broken))
                yield BrokenRow(line, "")
                continue
            if cells:
                yield self._row(line, header, cells)

    def _row(self, line: int, header: list[str], cells: list[str]) -> CsvRow | BrokenRow:
        if len(cells) != len(header):
            self._add(
                line,
                "",
                "",
                f"{len(cells)} cells where the header has {len(header)} columns;"
                " is there a comma in a value without quotation marks?",
            )
            return BrokenRow(line, self._key(header, cells))
        named = dict(zip(header, cells, strict=True))
        bad = [name for name, cell in named.items() if _LONE_SURROGATE.search(cell)]
        for name in bad:
            self._add(line, name, "", "these bytes are no UTF-8; save the file as CSV UTF-8")
        if bad:
            key = self.columns.required[0]
            return BrokenRow(line, "" if key in bad else named[key].strip())
        return CsvRow(line, {n: self._clean(line, n, cell) for n, cell in named.items()})

    def _key(self, header: list[str], cells: list[str]) -> str:
        """A ragged row still tells its key where that stands first."""
        return cells[0].strip() if header[0] == self.columns.required[0] else ""

    def _clean(self, line: int, name: str, cell: str) -> str:
        if cell.isprintable():
            return cell.strip()
        text = _CONTROL.sub("", _BREAK.sub(" ", cell.replace("\t", " "))).strip()
        if text != cell.strip():
            cause = "a line break or control sign inside the value was taken out"
            self._add(line, name, "", cause, Severity.WARNING)
        return text

    def _unreadable(self, line: int, message: str) -> None:
        if message == _CUT or "field larger" in message:
            cause = "a quotation mark is opened here and never closed; is the file cut?"
            self._add(line, "", "", cause, Severity.FATAL)
        else:
            cause = "a quotation mark stands where none may be; double it inside a quoted value"
            self._add(line, "", "", cause)

    def _header(self, found: list[str]) -> list[str] | None:
        """The header in the standard's spelling, or None when it cannot be used."""
        by_bare = {name.casefold(): name for name in self.columns.known}
        header = [by_bare.get(name.strip().casefold(), name.strip()) for name in found]
        for written, name in zip(found, header, strict=True):
            self._note_oddity(written, name)
        missing = [name for name in self.columns.required if name not in header]
        doubled = sorted({name for name in header if header.count(name) > 1})
        for name in missing:
            self._add(1, name, "", "this required column is missing", Severity.FATAL)
        for name in doubled:
            self._add(1, name, "", "this column stands here twice", Severity.FATAL)
        return None if missing or doubled else header

    def _note_oddity(self, written: str, name: str) -> None:
        if name not in self.columns.known and not name.startswith("metadata."):
            cause = "unknown column; it is not read"
            self._add(1, name, "", cause, Severity.WARNING)
        elif written != name:
            cause = f"written '{written}', read as {name}"
            self._add(1, name, written, cause, Severity.WARNING)

    def _add(
        self,
        line: int,
        column: str,
        value: str,
        cause: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.errors.append(RowError(self.file, line, column, value, cause, severity))
