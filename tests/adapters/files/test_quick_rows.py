"""Rows that are read at once say the same as when they are looked at closely."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.files.canvas_sis_people import PeopleTables
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.oneroster_people import People, enrolments_table, people_table
from adapters.inbound.files.quick_rows import flat_rows
from adapters.inbound.files.roster_table import Table
from adapters.inbound.files.source import open_source
from adapters.inbound.files.table_reader import TableReader
from application.rosters.read_options import USUAL
from application.rosters.roster import FileMode, Listing
from application.rosters.row_errors import RowError
from domain.rostering import EnrolmentRole
from tests.adapters.files.oneroster_files import csv_text, write_folder

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
    "enabledUser": ["true", "false", "TRUE", "1", ""],
    "username": ["bo", " bo", "", "bo \u00c3\u00a9"],
    "email": ["bo@x.edu", "", "b\u00f6@x.edu"],
    "givenName": ["Bo", "Mary Ann ", "", "B\u00c3\u00b6", "\u00c9lodie"],
    "familyName": ["Berg", "", "van Berg", "Be\u00a0rg", "Be\x07rg"],
    "middleName": ["", "M", "\ufffd"],
    "identifier": ["", "T1", "0012", "T 1", "1.2E+05", "7"],
    "password": ["", "secret"],
    "orgSourcedIds": ["o1", "o1,o2", "o1; o2", "", " o1"],
    "primaryOrgSourcedId": ["", "s1", "o9"],
}
USERS = ("sourcedId", "status", "dateLastModified", "enabledUser", "username", "email", "givenName",
         "familyName", "middleName", "identifier", "password")  # fmt: skip
USERS_1_1 = (*USERS, "role", "orgSourcedIds")
USERS_1_2 = (*USERS, "primaryOrgSourcedId")
ONEROSTER = ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
             "beginDate", "endDate", "status", "dateLastModified")  # fmt: skip
CANVAS = ("section_id", "user_id", "role", "status", "start_date", "end_date")
ORDINARY = {
    ONEROSTER: ("e3", "s1", "o1", "u1", "student", "true", "", "", "", ""),
    CANVAS: ("s1", "u1", "student", "active", "", ""),
    USERS_1_1: ("u3", "", "", "true", "bo", "bo@x.edu", "Bo", "Berg", "", "T1", "", "student",
                "o1"),
    USERS_1_2: ("u3", "", "", "true", "bo", "bo@x.edu", "Bo", "Berg", "", "T1", "", "s1"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A table, and what is told of its rows together when all are read."""

    table: Table[Any]
    tell: Callable[[Defects], object] = bool


def oneroster() -> Made:
    return Made(enrolments_table(People(USUAL, "1.1")))


def canvas() -> Made:
    return Made(PeopleTables(USUAL).enrolments())


def users(version: str) -> Made:
    people = People(USUAL, version, roles={"u3": EnrolmentRole.TEACHER})
    return Made(people_table(people), lambda defects: people.tech_ids.tell("users.csv", defects))


FORMATS = pytest.mark.parametrize(
    ("header", "make"),
    [(ONEROSTER, oneroster), (CANVAS, canvas), (USERS_1_1, partial(users, "1.1")),
     (USERS_1_2, partial(users, "1.2"))],
)  # fmt: skip
MODES = pytest.mark.parametrize("mode", [FileMode.BULK, FileMode.DELTA])


@FORMATS
@MODES
def test_a_row_with_one_odd_cell_says_the_same_however_it_is_read(
    header: tuple[str, ...], make: Callable[[], Made], mode: FileMode
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
    header: tuple[str, ...], make: Callable[[], Made], mode: FileMode, data: st.DataObject
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


@pytest.mark.parametrize(
    "span",
    [("2026-08-24", ""), ("", "2026-08-24"), ("2026-08-24", "2026-08-24"),
     ("2026-08-24", "2026-12-18"), ("2026-08-24", "2026-08-23"), ("1900-01-01", "2026-08-23"),
     ("2026-08-24", "9999-12-31"), ("2026-13-24", "2026-12-31")],
)  # fmt: skip
def test_days_say_the_same_however_they_are_read(span: tuple[str, str]) -> None:
    row = list(ORDINARY[ONEROSTER])
    row[ONEROSTER.index("beginDate")], row[ONEROSTER.index("endDate")] = span
    assert_the_same(oneroster, FileMode.BULK, csv_text(ONEROSTER, [tuple(row)]))


@FORMATS
@pytest.mark.parametrize(
    "odd",
    ["", ",,,", "one,two", '"', 'a"b,c', None, '"a break\nin a value",,', ",,,,,,,,,,,,,,,,,,"],
)
def test_rows_about_an_odd_line_say_the_same_and_have_the_same_lines(
    header: tuple[str, ...], make: Callable[[], Made], odd: str | None
) -> None:
    key = header.index("sourcedId") if "sourcedId" in header else header.index("user_id")
    rows = [list(ORDINARY[header]) for _ in range(3)]
    for number, row in enumerate(rows):
        row[key] = f"u{number}"
    lines = csv_text(header, [tuple(row) for row in rows]).splitlines()
    text = "\n".join((*lines[:2], lines[1] if odd is None else odd, *lines[2:], ""))
    assert_the_same(make, FileMode.BULK, text)


def test_more_rows_than_one_portion_are_all_read_with_their_lines() -> None:
    rows = [("e" + str(n), *ORDINARY[ONEROSTER][1:]) for n in range(2_500)]
    listing, errors = read(oneroster(), FileMode.BULK, csv_text(ONEROSTER, rows))
    assert [(row.source_id, row.line) for row in listing.rows] == [
        (f"e{n}", n + 2) for n in range(2_500)
    ]
    assert errors == ()


@given(
    lines=st.lists(st.text(st.sampled_from('ab,," \n'), max_size=8), min_size=1, max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    whole=st.booleans(),
    width=st.integers(1, 4),
)
def test_rows_without_quotation_marks_are_those_of_the_csv_module(
    lines: list[str], end: str, whole: bool, width: int
) -> None:
    text = end.join(lines) + (end if whole else "")
    split = StringIO(text, newline="").readlines()
    rows = flat_rows(split, ",", width) if split else None
    if rows is not None:
        expected = [[*row, ""] for row in csv.reader(split, strict=True)]
        assert [*rows] == expected
        assert [rows.column(place) for place in range(width + 1)] == [
            list(column) for column in zip(*expected, strict=True)
        ]


def test_an_ordinary_portion_needs_no_csv_module() -> None:
    rows = flat_rows(["a,b\r\n", "c,\r\n", "d,e"], ",", 2)
    assert rows is not None
    assert [*rows] == [["a", "b", ""], ["c", "", ""], ["d", "e", ""]]
    assert rows[1:] == [["c", "", ""], ["d", "e", ""]]


def assert_the_same(make: Callable[[], Made], mode: FileMode, text: str) -> None:
    assert make().table.quick is not None
    closely = make()
    slow = Made(replace(closely.table, quick=None), closely.tell)
    assert read(make(), mode, text) == read(slow, mode, text)


def read(made: Made, mode: FileMode, text: str) -> tuple[Listing[Any], tuple[RowError, ...]]:
    with TemporaryDirectory() as folder:
        source = open_source(write_folder(Path(folder), {"enrollments.csv": text}), USUAL)
        source.shared.update(KNOWN)
        reader = TableReader(made.table, mode, source.defects)
        reader.take_file(source, "enrollments.csv")
    made.tell(source.defects)
    return reader.listing(), source.defects.all()
