"""Rows of a CSV file with their lines, and every defect of form named by its place."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from adapters.inbound.files.csv_header import Columns, Header, read_header
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.quick_rows import (
    BindTake,
    Rows,
    Take,
    flat_rows,
    one_row_a_line,
    portions,
    runs,
)
from adapters.inbound.files.row_reader import Row
from application.rosters.row_errors import Severity

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
_BREAK = re.compile(r"[\r\n]+")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_READ_TWICE = re.compile("\u00c3[\u0080-\u00bf\u0152-\u0178]|\u00e2\u20ac")
"""What becomes of `é` or a curly quotation mark when UTF-8 is read as Windows-1252."""
_DAMAGED = "\N{REPLACEMENT CHARACTER}"
_CUT = "unexpected end of data"
_SHOWN = 120
_SEPARATORS = ",;\t"


def is_clean(text: str) -> bool:
    """Whether nothing about the signs of a text is odd."""
    return text.isprintable() and _DAMAGED not in text and not _READ_TWICE.search(text)


class _Reader(Iterator[list[str]], Protocol):
    """What `csv.reader` makes."""

    @property
    def line_num(self) -> int: ...


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row whose cells cannot be told apart; `key` is its id, empty when that is unsure."""

    line: int
    key: str


@dataclass(slots=True)
class CsvFile:
    """Reads one file row by row; what is wrong goes to `defects`."""

    file: str
    columns: Columns
    defects: Defects
    shared: dict[str, str] = field(default_factory=dict)
    """Texts that many rows repeat, kept once."""
    offset: int = 0
    """What to add to the lines of rows, where several files make one listing."""
    last_line: int = 0

    def rows(
        self, lines: Iterable[str], quick: BindTake | None = None
    ) -> Iterator[Row | BrokenRow]:
        """All rows that are not blank and that `quick`, if there is one, did not take itself.

        A header that cannot be used yields none.
        """
        rest, separator = self._start(lines)
        reader = csv.reader(rest, strict=True, delimiter=separator)
        header = self._header(reader)
        if header is None:
            return
        before, take = reader.line_num, quick(header.places) if quick else None
        for portion in portions(rest) if take else ():
            flat = flat_rows(portion, separator, header.width)
            rows = flat or one_row_a_line(portion, separator, len(portion))
            if rows is None or take is None:
                rest = chain(portion, rest)
                break
            yield from self._portion(rows, before + 1, header, take)
            before += len(portion)
        reader = csv.reader(rest, strict=True, delimiter=separator)
        yield from self._one_by_one(reader, before, header)

    def _portion(
        self, rows: Rows, first: int, header: Header, take: Take
    ) -> Iterator[Row | BrokenRow]:
        """Rows of a line each, from the line `first` on."""
        for fits, at, run in runs(rows, header.width):
            start = first + at
            others: Iterable[int] = range(len(run))
            if fits:
                others = take(range(start + self.offset, start + self.offset + len(run)), run)
            for place in others:
                yield from self._closely(start + place, header, run[place], whole=fits)

    def _one_by_one(
        self, reader: _Reader, before: int, header: Header
    ) -> Iterator[Row | BrokenRow]:
        """Rows that may have breaks in them, after so many lines."""
        while True:
            line = before + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                self.last_line = before + reader.line_num
                return
            except csv.Error as broken:
                self._unreadable(line, str(broken))
                yield BrokenRow(line + self.offset, "")
                continue
            yield from self._closely(line, header, cells)

    def _closely(
        self, line: int, header: Header, cells: list[str], *, whole: bool = False
    ) -> Iterator[Row | BrokenRow]:
        """The row, if it is not blank; a `whole` one has its empty cell behind the last."""
        if not whole:
            if len(cells) != header.width and not self._fits(cells, header.width):
                if any(map(str.strip, cells)):
                    yield self._ragged(line, header, cells)
                return
            cells.append("")  # what an absent column says
        row = self._row(line, header, cells)
        if row is not None:
            yield row

    def _row(self, line: int, header: Header, cells: list[str]) -> Row | BrokenRow | None:
        """The row with its cells trimmed; None when it is blank."""
        text = "".join(cells)
        if not text or text.isspace():
            return None
        if not is_clean(text):
            self._note_encoding(line, header, cells)
            cells = [self._clean(line, cell, n, header) for n, cell in enumerate(cells)]
            if any(map(_LONE_SURROGATE.search, cells)):
                return BrokenRow(line + self.offset, self._key(header, cells))
        elif " " in text:
            cells = [cell.strip() for cell in cells]
        return Row(self, header.places, line, cells)

    def _start(self, lines: Iterable[str]) -> tuple[Iterator[str], str]:
        """The lines and what sets the cells apart, which the first line with text shows."""
        rest, seen = iter(lines), []
        for line in rest:
            seen.append(line)
            if line.strip():
                break
        first = seen[-1] if seen else ""
        separator = next((sign for sign in _SEPARATORS if sign in first), ",")
        if separator != ",":
            sign = {";": "semicolons", "\t": "tabs"}[separator]
            cause = f"cells are set apart by {sign} here, not by commas; they are read all the same"
            self.defects.add(self.file, len(seen), "", "", cause, Severity.WARNING)
        return chain(seen, rest), separator

    def _header(self, reader: _Reader) -> Header | None:
        try:
            found = next((cells for cells in reader if any(cells)), list[str]())
        except csv.Error as broken:
            self._unreadable(1, str(broken))
            found = list[str]()
        line = max(reader.line_num, 1)
        return read_header(self.file, line, found, self.columns, self.defects)

    def _fits(self, cells: list[str], width: int) -> bool:
        """Spreadsheets write empty cells behind the last column; they are cut off."""
        while len(cells) > width and not cells[-1]:
            cells.pop()
        return len(cells) == width

    def _ragged(self, line: int, header: Header, cells: list[str]) -> BrokenRow:
        cause = (
            f"{len(cells)} cells where the header has {header.width} columns;"
            " is there a comma in a value without quotation marks?"
        )
        self.defects.add(self.file, line, "", self._shown(cells), cause)
        stands_first = header.places.get(self.columns.required[0]) == 0
        key = self._key(header, [cell.strip() for cell in cells]) if stands_first else ""
        return BrokenRow(line + self.offset, key)

    def _shown(self, cells: list[str]) -> str:
        """The text of a row; of people only the first sign of each cell."""
        if self.columns.personal:
            cells = [cell and f"{cell[0]}\N{HORIZONTAL ELLIPSIS}" for cell in cells]
        text = _LONE_SURROGATE.sub("?", _CONTROL.sub("", _BREAK.sub(" ", ", ".join(cells))))
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}\N{HORIZONTAL ELLIPSIS}"

    def _key(self, header: Header, cells: list[str]) -> str:
        """The id of a broken row, where one cell tells it."""
        if self.columns.keyless:
            return ""
        key = cells[header.places[self.columns.required[0]]]
        return "" if _LONE_SURROGATE.search(key) else key

    def _note_encoding(self, line: int, header: Header, cells: list[str]) -> None:
        for name, place in header.places.items():
            cell = cells[place]
            if _LONE_SURROGATE.search(cell):
                raw = cell.encode("utf-8", "surrogateescape")
                cause = f"these bytes are no UTF-8{_hint(raw)}; save the file as CSV UTF-8"
                self.defects.add(self.file, line, name, "", cause)
            elif _READ_TWICE.search(cell) or _DAMAGED in cell:
                cause = "signs of this value were damaged when it was saved, such as \u00c3\u00a9"
                self.defects.add(self.file, line, name, "", cause, Severity.WARNING)

    def _clean(self, line: int, cell: str, place: int, header: Header) -> str:
        if cell.isprintable() or _LONE_SURROGATE.search(cell):
            return cell.strip()
        text = _CONTROL.sub("", _BREAK.sub(" ", cell.replace("\t", " "))).strip()
        if text != cell.strip():
            name = next((name for name, at in header.places.items() if at == place), "")
            cause = "a line break or control sign inside the value was taken out"
            self.defects.add(self.file, line, name, "", cause, Severity.WARNING)
        return text

    def _unreadable(self, line: int, message: str) -> None:
        if message == _CUT or "field larger" in message:
            cause = "a quotation mark is opened here and never closed; is the file cut?"
            self.defects.add(self.file, line, "", "", cause, Severity.FATAL)
        else:
            cause = "a quotation mark stands where none may be; double it inside a quoted value"
            self.defects.add(self.file, line, "", "", cause)


def _hint(raw: bytes) -> str:
    """That the bytes are letters in the encoding of old Windows programs, if they are."""
    try:
        letters = raw.decode("windows-1252")
    except UnicodeDecodeError:
        return ""
    return ", but Windows-1252" if letters.isprintable() else ""
