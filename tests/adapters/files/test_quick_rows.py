"""Rows that are read at once say the same as when they are looked at closely."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.files.canvas_sis_people import PeopleTables
from adapters.inbound.files.oneroster_people import People, enrolments_table
from adapters.inbound.files.source import open_source
from adapters.inbound.files.table_reader import Table, TableReader
from application.rosters.read_options import USUAL
from application.rosters.records import EnrolmentRecord, FileMode, Listing, RowError
from tests.adapters.files.oneroster_files import csv_text, write_folder

Enrolments = Table[EnrolmentRecord]
KNOWN = {text: text for text in ("s1", "s2", "u1", "u2")}
CELLS: dict[str, list[str]] = {
    "sourcedId": ["e1", "e2", "e3", " e4", "1.2E+05", ""],
    "classSourcedId": ["s1", "s2", "s9", ""],
    "schoolSourcedId": ["o1", ""],
    "userSourcedId": ["u1", "u2 ", "u9", ""],
    "section_id": ["s1", "s2", "s9", ""],
    "user_id": ["u1", "u2", " u1", "u9", ""],
    "role": ["student", "teacher", "Student", "proctor", "guest", ""],
    "primary": ["true", "false", "", "TRUE"],
    "beginDate": ["", "2026-08-24", "05/06/2026"],
    "endDate": ["", "2026-08-23"],
    "start_date": ["", "2026-08-24T00:00:00Z"],
    "end_date": ["", "2026-08-23"],
    "status": ["", "active", "tobedeleted", "deleted", "completed", "inactive"],
    "dateLastModified": ["", "2026-09-01T08:00:00Z"],
}
ONEROSTER = ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
             "beginDate", "endDate", "status", "dateLastModified")  # fmt: skip
CANVAS = ("section_id", "user_id", "role", "status", "start_date", "end_date")
ORDINARY = {
    ONEROSTER: ("e3", "s1", "o1", "u1", "student", "true", "", "", "", ""),
    CANVAS: ("s1", "u1", "student", "active", "", ""),
}


def oneroster() -> Enrolments:
    return enrolments_table(People(USUAL, "1.1"))


def canvas() -> Enrolments:
    return PeopleTables(USUAL).enrolments()


FORMATS = pytest.mark.parametrize(("header", "make"), [(ONEROSTER, oneroster), (CANVAS, canvas)])
MODES = pytest.mark.parametrize("mode", [FileMode.BULK, FileMode.DELTA])


@FORMATS
@MODES
def test_a_row_with_one_odd_cell_says_the_same_however_it_is_read(
    header: tuple[str, ...], make: Callable[[], Enrolments], mode: FileMode
) -> None:
    for place, name in enumerate(header):
        for cell in CELLS[name]:
            row = list(ORDINARY[header])
            row[place] = cell
            assert_the_same(make, mode, csv_text(header, [tuple(row)]))


@FORMATS
@MODES
@given(data=st.data())
def test_any_rows_say_the_same_however_they_are_read(
    header: tuple[str, ...], make: Callable[[], Enrolments], mode: FileMode, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(rows_of(header), max_size=6))
    assert_the_same(make, mode, csv_text(header, rows))


@st.composite
def rows_of(draw: st.DrawFn, header: tuple[str, ...]) -> tuple[str, ...]:
    """An ordinary row with up to two cells of another kind."""
    cells = list(ORDINARY[header])
    for place in draw(st.sets(st.integers(0, len(header) - 1), max_size=2)):
        cells[place] = draw(st.sampled_from(CELLS[header[place]]))
    return tuple(cells)


def assert_the_same(make: Callable[[], Enrolments], mode: FileMode, text: str) -> None:
    table = make()
    assert table.quick is not None
    assert read(table, mode, text) == read(replace(make(), quick=None), mode, text)


def read(
    table: Enrolments, mode: FileMode, text: str
) -> tuple[Listing[EnrolmentRecord], tuple[RowError, ...]]:
    with TemporaryDirectory() as folder:
        source = open_source(write_folder(Path(folder), {"enrollments.csv": text}), USUAL)
        source.shared.update(KNOWN)
        reader = TableReader(table, mode, source.defects)
        reader.take_file(source, "enrollments.csv")
    return reader.listing(), source.defects.all()
