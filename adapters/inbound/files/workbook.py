"""The cells of an uploaded XLSX as text, read with care for its size."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from application.errors import Invalid
from application.later import imported_later
from domain.score import plain

with imported_later(__name__):
    from openpyxl import load_workbook

MOST_ROWS = 10_000
MOST_COLUMNS = 500
_LARGEST_UNPACKED = 100_000_000
_MOST_MEMBERS = 1_000
_DAMAGE = (
    BadZipFile, zlib.error, EOFError, OSError, ParseError, KeyError, IndexError, ValueError,
    TypeError, AttributeError, NotImplementedError,
)  # fmt: skip
"""What openpyxl lets through when a part of the file is not as it should be."""
_DAMAGED = "it cannot be opened as a workbook; save it as .xlsx and try again."


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`line` counts from 1, as spreadsheets show it."""

    line: int
    cells: tuple[str, ...]


def is_workbook(content: bytes) -> bool:
    """A zip, as every XLSX is."""
    return content.startswith(b"PK\x03\x04")


def first_sheet(content: bytes) -> list[SheetRow]:
    """All rows of the first sheet with a value in them; formulas by the value last computed.

    Raises:
        Invalid: no workbook, a damaged one, or one with too many rows or columns.
    """
    _refuse_bomb(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        try:
            return list(_rows(book.worksheets[0].iter_rows(values_only=True)))
        finally:
            book.close()
    except _DAMAGE as damage:
        raise Invalid("file", _DAMAGED) from damage


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[SheetRow]:
    for line, values in enumerate(rows, start=1):
        if line > MOST_ROWS:
            raise Invalid("file", f"it has more than {MOST_ROWS:,} rows.")
        if len(values) > MOST_COLUMNS:
            raise Invalid("file", f"it has more than {MOST_COLUMNS} columns.")
        cells = tuple(_text(value) for value in values)
        if any(cells):
            yield SheetRow(line, cells)


def _text(value: object) -> str:
    """As a person would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int():
            return str(value)
        case float():
            return plain(Decimal(repr(value)))
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value).strip()


def _refuse_bomb(content: bytes) -> None:
    """Unpacking stops at the size that a member declares, so the declared ones tell all."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise Invalid("file", _DAMAGED) from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or unpacked > _LARGEST_UNPACKED:
        raise Invalid("file", "it unpacks to more than any scorecard holds.")
