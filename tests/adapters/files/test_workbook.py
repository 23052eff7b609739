"""Uploaded workbooks: cells as typed, and files that mean harm or are damaged."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from adapters.inbound.files import workbook
from adapters.inbound.files.workbook import first_sheet
from application.errors import Invalid


def saved(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_cells_come_as_a_person_typed_them() -> None:
    rows = first_sheet(saved(("a", 3, 2.50, True), (), (None, " N/A ", date(2026, 9, 14), 1e-05)))

    assert [(row.line, row.cells) for row in rows] == [
        (1, ("a", "3", "2.5", "TRUE")),
        (3, ("", "N/A", "2026-09-14T00:00:00", "0.00001")),
    ]


def test_a_formula_counts_as_what_it_last_showed() -> None:
    """One that was never computed shows nothing."""
    assert first_sheet(saved(("=1+1", "x")))[0].cells == ("", "x")


def test_a_file_that_unpacks_too_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_LARGEST_UNPACKED", 100_000)
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 100_001)

    with pytest.raises(Invalid, match="unpacks"):
        first_sheet(bomb.getvalue())


def test_too_many_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(("a", "b", "c"), (1,), (2,))
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(Invalid, match="more than 2 rows"):
        first_sheet(content)
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 2)
    with pytest.raises(Invalid, match="more than 2 columns"):
        first_sheet(content)


def damaged(name: str, content: bytes) -> bytes:
    """A workbook in which one part is another."""
    made = BytesIO()
    with ZipFile(BytesIO(saved(("a",)))) as whole, ZipFile(made, "w") as packed:
        for member in whole.namelist():
            packed.writestr(member, content if member == name else whole.read(member))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        saved(("a",))[:-40],
        damaged("xl/workbook.xml", b"<a>"),
        damaged("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c t='s'><v>9</v>"),
        damaged("[Content_Types].xml", b""),
    ],
)
def test_damage_is_told_as_such(content: bytes) -> None:
    with pytest.raises(Invalid, match="cannot be opened"):
        first_sheet(content)


def test_entities_are_not_unfolded() -> None:
    """A billion laughs ends as a damaged file, quickly."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughs = (
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet><sheetData><row r="1">'
        '<c r="A1" t="str"><v>&l11;</v></c></row></sheetData></worksheet>'
    )
    content = damaged("xl/worksheets/sheet1.xml", laughs.encode())

    with pytest.raises(Invalid):
        first_sheet(content)
