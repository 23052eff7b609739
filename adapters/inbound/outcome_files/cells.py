"""CSV as spreadsheets leave it: decoded, split, each row with the line where it begins."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from application.errors import Invalid

_BOM = b"\xef\xbb\xbf"
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CellRow:
    """`cells` by header in lower case; a header that stands there again is kept in `rest`."""

    line: int
    cells: dict[str, str]
    rest: tuple[str, ...]
    """What goes on beyond the header."""

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def has(self, column: str) -> bool:
        return column in self.cells


def rows_of(content: bytes) -> tuple[list[str], list[CellRow]]:
    """The header as written, and all rows that are not blank.

    Raises:
        Invalid: no text, no header, a header twice, or a quotation mark never closed.
    """
    text = _decoded(content)
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error:
        raise Invalid("line 1", "the header cannot be read; is a quotation mark open?") from None
    while header and not header[-1]:
        header.pop()
    if not header:
        raise Invalid("file", "it is empty; the first line names the columns.")
    names = [name.casefold() for name in header]
    for name in names:
        if names.count(name) > 1:
            raise Invalid("line 1", f"the column {name} stands there twice.")
    return header, list(_rows(reader, names))


def _rows(reader: Iterator[list[str]], names: list[str]) -> Iterator[CellRow]:
    counted = reader
    while True:
        line = getattr(counted, "line_num", 0) + 1
        try:
            cells = next(counted)
        except StopIteration:
            return
        except csv.Error:
            cause = "a quotation mark is opened and never closed, or stands where none may be."
            raise Invalid(f"line {line}", cause) from None
        if any(cell.strip() for cell in cells):
            clean = [_UNUSABLE.sub("", cell.replace("\r\n", "\n")).strip() for cell in cells]
            padded = clean + [""] * (len(names) - len(clean))
            yield CellRow(
                line,
                dict(zip(names, padded, strict=False)),
                tuple(padded[len(names) :]),
            )


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        cure = "these bytes are no UTF-8; save the file as CSV UTF-8."
        raise Invalid(f"line {line}", cure) from None
