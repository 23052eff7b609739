"""Workbooks read back: values, validation, protection, and nothing that is run."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from adapters.outbound.documents.xlsx import XlsxWorkbooks, sheet_name
from application.ports.documents import (
    NumberFormat,
    Sheet,
    SheetCell,
    SheetColumn,
    SheetValue,
    Tone,
    Workbook,
)

CHOICES = (Decimal(4), Decimal("2.5"), "N/A")


def read_back(*rows: tuple[SheetValue, ...], **changes: object) -> Worksheet:
    """One sheet: a name, a score to fill in, a share, and a hidden column."""
    columns = (
        SheetColumn("Student", 28),
        SheetColumn("SLO 1", choices=CHOICES, told="Reasoning", open=True),
        SheetColumn("Share", format=NumberFormat.PERCENT),
        SheetColumn("attain", hidden=True),
    )
    cells = tuple(tuple(SheetCell(value) for value in row) for row in rows)
    sheet = Sheet("Scores", columns, cells, (("Essay",), ("ENGL 101",)), protected=True)
    made = XlsxWorkbooks()(Workbook("Essay", (sheet,)))
    found = load_workbook(BytesIO(made)).worksheets[0]
    assert isinstance(found, Worksheet)
    return found


def test_header_and_names_stay_in_view() -> None:
    sheet = read_back(("Ana", None, None, ""))

    assert [cell.value for cell in sheet[3]] == ["Student", "SLO 1", "Share", "attain"]
    assert sheet.freeze_panes == "B4"
    assert sheet.column_dimensions["D"].hidden


def test_only_what_may_be_filled_in_is_open() -> None:
    sheet = read_back(("Ana", Decimal(4), None, ""))

    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert sheet["A3"].protection.locked
    assert not sheet["B4"].protection.locked


def test_scores_are_picked_from_the_scale() -> None:
    (rule,) = read_back(
        ("Ana", None, None, ""), ("Ben", None, None, "")
    ).data_validations.dataValidation

    assert rule.formula1 == '"4,2.5,N/A"'
    assert str(rule.sqref) == "B4:B5"
    assert rule.allow_blank
    assert rule.prompt == "Reasoning"


def test_numbers_are_numbers_and_long_ones_keep_their_digits() -> None:
    sheet = read_back(("Ana", Decimal("2.5"), Decimal("0.701"), ""), ("1" * 20, None, None, ""))

    assert (sheet["B4"].value, sheet["C4"].value) == (2.5, 0.701)
    assert sheet["C4"].number_format == "0.0%"
    assert sheet["A5"].value == "1" * 20


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", "https://x.test"])
def test_nothing_is_run_or_linked(text: str) -> None:
    cell = read_back((text, None, None, ""))["A4"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_days_and_tints() -> None:
    columns = (SheetColumn("Day", format=NumberFormat.DAY), SheetColumn("Level"))
    row = (SheetCell(date(2026, 9, 14)), SheetCell("Met", Tone.MET))
    made = XlsxWorkbooks()(Workbook("x", (Sheet("x", columns, (row,)),)))

    sheet = load_workbook(BytesIO(made)).worksheets[0]

    assert str(sheet["A2"].value).startswith("2026-09-14")
    assert sheet["B2"].fill.start_color.rgb == "FFD9F0E2"


def test_controls_that_no_spreadsheet_takes_are_left_out() -> None:
    assert read_back(("A\x00na\x1f", None, None, ""))["A4"].value == "Ana"


@pytest.mark.parametrize(
    ("wanted", "name"), [("a/b: [c]", "a b   c"), ("x" * 40, "x" * 31), ("'", "Sheet 2")]
)
def test_names_of_sheets(wanted: str, name: str) -> None:
    assert sheet_name(wanted, 1) == name


def test_it_is_a_sound_zip() -> None:
    sheet = Sheet("x", (SheetColumn("a"),), ())
    with ZipFile(BytesIO(XlsxWorkbooks()(Workbook("x", (sheet, sheet_named("y")))))) as packed:
        assert packed.testzip() is None


def sheet_named(name: str) -> Sheet:
    return Sheet(name, (SheetColumn("a"),), ((SheetCell(1),),))
