"""Whatever stands in the files, reading them ends with records and named defects."""

import csv
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.inbound.files.canvas_sis import read_canvas_sis
from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.csv_rows import CsvFile
from adapters.inbound.files.data_load import read_data_load
from adapters.inbound.files.day_forms import read_day
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.oneroster import read_oneroster
from adapters.inbound.files.roster_upload import RosterUpload
from adapters.inbound.files.row_reader import Row
from application.errors import Invalid
from application.rosters.roster import Listing
from application.rosters.row_errors import Severity
from tests.adapters.files import test_canvas_sis, test_data_load
from tests.adapters.files.oneroster_files import package, write_folder, write_zip

FORMATS = {
    "oneroster": (read_oneroster, package()),
    "canvas-sis": (read_canvas_sis, test_canvas_sis.files()),
    "data-load": (read_data_load, test_data_load.files()),
}
SIGNS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"))
CELLS = SIGNS.map(str.strip).filter(lambda text: "\ufeff" not in text and "\u200b" not in text)
SEPARATORS = st.sampled_from(",;\t")
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.lists(st.tuples(CELLS.filter(bool), CELLS, CELLS)), SEPARATORS, ENDS)
def test_any_table_that_is_written_is_read_back(
    rows: list[tuple[str, str, str]], separator: str, end: str
) -> None:
    text = StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerows([("id", "name", "note"), *rows])
    defects = Defects()
    file = CsvFile("x.csv", Columns(("id", "name"), ("note",)), defects)
    found = list(file.rows(text.getvalue().splitlines(keepends=True)))
    assert [
        (r.text("id"), r.text("name"), r.text("note")) for r in found if isinstance(r, Row)
    ] == rows
    assert [row.line for row in found] == list(range(2, len(rows) + 2))
    assert {e.severity for e in defects.all()} <= {Severity.WARNING}


@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_any_damaged_byte_loses_no_row_in_silence(name: str, data: st.DataObject) -> None:
    read, files = FORMATS[name]
    victim = data.draw(st.sampled_from(sorted(files)))
    sound = files[victim].encode()
    at = data.draw(st.integers(0, len(sound) - 1))
    damage = data.draw(st.binary(max_size=2))
    kept = data.draw(st.integers(0, 1))
    content = sound[:at] + damage + sound[at + 1 - kept :]
    upload = _read_in_a_folder(read, {**files, victim: content})
    if _rows(upload) < _rows(_read_in_a_folder(read, files)):
        assert any(error.severity is not Severity.INFO for error in upload.roster.errors)


@given(st.sampled_from(sorted(FORMATS)), st.data())
def test_any_content_at_all_is_answered(name: str, data: st.DataObject) -> None:
    read, files = FORMATS[name]
    victim = data.draw(st.sampled_from(sorted(files)))
    header = files[victim].encode().splitlines(keepends=True)[0]
    content = data.draw(st.sampled_from([b"", header])) + data.draw(st.binary(max_size=200))
    _read_in_a_folder(read, {**files, victim: content})


@settings(max_examples=50)
@given(st.data())
def test_any_damaged_zip_is_answered(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        path = write_zip(Path(folder) / "roster.zip", package())
        sound = path.read_bytes()
        at = data.draw(st.integers(0, len(sound) - 1))
        cut = data.draw(st.booleans())
        rest = b"" if cut else sound[at + 1 :]
        path.write_bytes(sound[:at] + data.draw(st.binary(min_size=1, max_size=4)) + rest)
        with suppress(Invalid):
            assert isinstance(read_oneroster(path), RosterUpload)


def _read_in_a_folder(read: object, files: Mapping[str, str | bytes]) -> RosterUpload:
    with TemporaryDirectory() as folder:
        upload = read(write_folder(Path(folder), files))  # type: ignore[operator]
    assert isinstance(upload, RosterUpload)
    return upload


def _rows(upload: RosterUpload) -> int:
    roster = upload.roster
    listings: list[Listing[object]] = [
        roster.orgs, roster.terms, roster.courses, roster.sections, roster.people,
        roster.enrolments,
    ]  # fmt: skip
    return sum(len(listing.rows) for listing in listings)


class TestDays:
    @pytest.mark.parametrize(
        "form",
        [
            "%Y-%m-%d",
            "%Y/%m/%d",
            "%Y%m%d",
            "%d-%b-%Y",
            "%d %B %Y",
            "%b %d, %Y",
            "%Y-%m-%dT%H:%M:%SZ",
        ],
    )
    @given(day=st.dates(date(1000, 1, 1), date(9999, 12, 31)))
    def test_every_form_with_one_meaning_is_read(self, form: str, day: date) -> None:
        assert read_day(day.strftime(form)).day == day

    @given(st.dates(date(1000, 1, 1)))
    def test_day_and_month_are_never_guessed(self, day: date) -> None:
        american, european = day.strftime("%m/%d/%Y"), day.strftime("%d/%m/%Y")
        found = {read_day(american).day, read_day(european).day}
        assert found == ({day} if day.day > 12 or day.day == day.month else {None})

    @given(st.text())
    def test_any_other_text_is_told(self, text: str) -> None:
        read = read_day(text)
        assert read.day is not None or read.cause
