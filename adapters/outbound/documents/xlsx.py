"""Workbooks as XLSX: frozen headers, validated and protected cells, nothing run as a formula."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from application.ports.documents import (
    Sheet,
    SheetCell,
    SheetColumn,
    SheetValue,
    Tone,
    Workbook,
    WorkbookWriter,
)
from domain.score import plain

_TINTS = {
    Tone.TOP: "#CFE6F3",
    Tone.MET: "#D9F0E2",
    Tone.BELOW: "#FBEDCC",
    Tone.LOW: "#FBE0D9",
    Tone.NONE: "#E9EDF1",
    Tone.NA: "#F5F7F9",
}
_INK, _RULE, _QUIET = "#273540", "#D3DAE0", "#F5F7F9"
_LONGEST_CELL = 32_767
_LONGEST_LIST = 255
_LONGEST_TITLE = 32
_LONGEST_TOLD = 255
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNLOCKED = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
_ASKED = "Pick one of the list, or leave the cell empty."


class XlsxWorkbooks(WorkbookWriter):
    def __call__(self, workbook: Workbook) -> bytes:
        made = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(made, options) as book:
            book.set_properties({"title": workbook.title})
            formats = _Formats(book)
            for number, sheet in enumerate(workbook.sheets):
                name = sheet_name(sheet.name, number)
                _Page(book.add_worksheet(name), sheet, formats).write()
        return made.getvalue()


def sheet_name(wanted: str, number: int) -> str:
    """A name that spreadsheets allow: 31 signs, some forbidden, never empty."""
    name = _NOT_IN_NAMES.sub(" ", wanted).strip(" '")[:31].strip()
    return name or f"Sheet {number + 1}"


class _Formats:
    """Each look is made once for the whole workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}
        base = {"font_color": _INK, "valign": "top"}
        self.lead = book.add_format(base)
        self.title = book.add_format({**base, "bold": True, "font_size": 14})
        self.header = book.add_format(
            {**base, "bold": True, "bg_color": _QUIET, "border": 1, "border_color": _RULE,
             "text_wrap": True}
        )  # fmt: skip

    def cell(self, column: SheetColumn, tone: Tone) -> Format:
        key = (column.format, column.open, tone)
        if key not in self._made:
            look: dict[str, object] = {
                "font_color": _INK, "valign": "top", "border": 1, "border_color": _RULE,
                "num_format": column.format, "locked": not column.open, "text_wrap": True,
            }  # fmt: skip
            if tone in _TINTS:
                look["bg_color"] = _TINTS[tone]
            if column.choices:
                look["align"] = "center"
            self._made[key] = self._book.add_format(look)
        return self._made[key]


class _Page:
    def __init__(self, page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
        self._page = page
        self._sheet = sheet
        self._formats = formats
        self._head = len(sheet.lead)
        """Where the header row stands."""

    def write(self) -> None:
        self._write_lead()
        for at, column in enumerate(self._sheet.columns):
            self._set_up(at, column)
        for number, row in enumerate(self._sheet.rows, start=self._head + 1):
            for at, (column, cell) in enumerate(zip(self._sheet.columns, row, strict=True)):
                self._put(number, at, column, cell)
        self._page.freeze_panes(self._head + 1, self._sheet.frozen_columns)
        self._page.repeat_rows(self._head)
        self._page.set_landscape()
        self._page.fit_to_pages(1, 0)
        if self._sheet.protected:
            self._page.protect("", _UNLOCKED)

    def _write_lead(self) -> None:
        for number, line in enumerate(self._sheet.lead):
            look = self._formats.title if number == 0 else self._formats.lead
            for at, text in enumerate(line):
                self._page.write_string(number, at, _text(text), look)

    def _set_up(self, at: int, column: SheetColumn) -> None:
        hidden = {"hidden": True} if column.hidden else {}
        self._page.set_column(at, at, column.width, None, hidden)
        self._page.write_string(self._head, at, _text(column.title), self._formats.header)
        if column.choices and self._sheet.rows:
            first = self._head + 1
            self._page.data_validation(
                first, at, self._head + len(self._sheet.rows), at, _validation(column)
            )

    def _put(self, row: int, at: int, column: SheetColumn, cell: SheetCell) -> None:
        look = self._formats.cell(column, cell.tone)
        match _written(cell.value):
            case None:
                self._page.write_blank(row, at, None, look)
            case str(text):
                self._page.write_string(row, at, _text(text), look)
            case date() as day:
                self._page.write_datetime(row, at, day, look)
            case number:
                self._page.write_number(row, at, number, look)


def _written(value: SheetValue) -> str | float | date | None:
    """A number only where a spreadsheet keeps it exactly; else its text."""
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    return number if Decimal(repr(number)) == value else plain(value)


def _text(text: str) -> str:
    return _CONTROLS.sub("", text)[:_LONGEST_CELL]


def _validation(column: SheetColumn) -> dict[str, object]:
    """A list to pick from; a list too long for a cell is told, not enforced."""
    offered = [plain(one) if isinstance(one, Decimal) else str(one) for one in column.choices]
    told: dict[str, object] = {
        "input_title": column.title[:_LONGEST_TITLE],
        "input_message": (column.told or _ASKED)[:_LONGEST_TOLD],
        "ignore_blank": True,
    }
    if len(",".join(offered)) > _LONGEST_LIST or any("," in one for one in offered):
        return {"validate": "any", **told}
    return {
        "validate": "list",
        "source": offered,
        "error_title": "Not on the scale",
        "error_message": f"Give one of {', '.join(offered)}, or leave the cell empty."[:255],
        **told,
    }
