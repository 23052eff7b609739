"""A report as PDF, XLSX or CSV: the same table, and so the same suppression, in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from application.ports.documents import (
    Align,
    Cell,
    Column,
    CsvWriter,
    Document,
    Fact,
    NumberFormat,
    Paragraph,
    Part,
    PdfWriter,
    Picture,
    Sheet,
    SheetCell,
    SheetColumn,
    Table,
    Tone,
    Workbook,
    WorkbookWriter,
)
from application.reports.table import WITHHELD, ColumnKind, ReportColumn, ReportTable, Value

_HUNDRED = Decimal(100)


class ReportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        return {
            ReportFormat.CSV: "text/csv; charset=utf-8",
            ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ReportFormat.PDF: "application/pdf",
        }[self]


class Draw(Protocol):
    """The chart of a report, its colours within; None where there is nothing to draw."""

    def __call__(self, table: ReportTable) -> Picture | None: ...


@dataclass(frozen=True, slots=True)
class WriteReport:
    pdf: PdfWriter
    workbooks: WorkbookWriter
    csv: CsvWriter
    draw: Draw

    def __call__(self, table: ReportTable, wanted: ReportFormat) -> bytes:
        """Raises: Invalid when it cannot be set as a PDF."""
        if wanted is ReportFormat.PDF:
            return self.pdf(_document(table, self.draw(table)))
        if wanted is ReportFormat.XLSX:
            return self.workbooks(_workbook(table))
        return self.csv([column.bare_title for column in table.columns], table.rows)


def _document(table: ReportTable, picture: Picture | None) -> Document:
    drawn = (Part("", (picture,)),) if picture else ()
    columns = tuple(
        Column(one.title, None if at else Decimal(2), Align.END if one.is_number else Align.START)
        for at, one in enumerate(table.columns)
    )
    rows = tuple(
        tuple(_cell(value, one) for value, one in zip(row, table.columns, strict=True))
        for row in table.rows
    )
    numbers = Table(columns, rows)
    rules = tuple(Paragraph(sentence) for sentence in table.rules)
    return Document(
        table.title,
        "",
        (*drawn, Part("Numbers", (numbers,)), Part("What is counted and withheld", rules)),
        tuple(Fact(label, text) for label, text in table.facts),
        table.title,
        landscape=True,
    )


def _cell(value: Value, column: ReportColumn) -> Cell:
    if value is None:
        return Cell("")
    if value == WITHHELD:
        return Cell(WITHHELD, Tone.NA)
    return Cell(f"{value} %" if column.kind is ColumnKind.SHARE else str(value))


def _workbook(table: ReportTable) -> Workbook:
    columns = tuple(
        SheetColumn(one.title, 32 if one.name == "title" else 14, _number_format(one))
        for one in table.columns
    )
    rows = tuple(
        tuple(_sheet_cell(value, one) for value, one in zip(row, table.columns, strict=True))
        for row in table.rows
    )
    lead = ((table.title,), *table.facts, *((sentence,) for sentence in table.rules))
    return Workbook(table.title, (Sheet("Report", columns, rows, _lead(lead)),))


def _lead(lines: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return (*lines, ("",))


def _number_format(column: ReportColumn) -> NumberFormat:
    return {
        ColumnKind.TEXT: NumberFormat.GENERAL,
        ColumnKind.COUNT: NumberFormat.WHOLE,
        ColumnKind.SHARE: NumberFormat.PERCENT,
    }[column.kind]


def _sheet_cell(value: Value, column: ReportColumn) -> SheetCell:
    if value == WITHHELD:
        return SheetCell(WITHHELD, Tone.NA)
    if column.kind is ColumnKind.SHARE and isinstance(value, Decimal):
        return SheetCell(value / _HUNDRED)
    return SheetCell(value)
