"""Reading sound OneRoster packages, in all the forms in which they come."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.inbound.files.csv_header import Columns
from adapters.inbound.files.csv_rows import CsvFile
from adapters.inbound.files.defects import Defects
from adapters.inbound.files.oneroster import read_oneroster
from adapters.inbound.files.row_reader import Row
from application.errors import Invalid
from application.rosters.read_options import ReadOptions
from application.rosters.roster import FileMode
from application.rosters.row_errors import Severity
from domain.rostering import EnrolmentRole
from tests.adapters.files.oneroster_files import (
    added,
    csv_text,
    manifest,
    package,
    read,
    replaced,
    write_folder,
    write_zip,
)


class TestASoundPackage:
    def test_is_read_without_errors(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert roster.errors == ()
        assert [org.source_id for org in roster.orgs.rows] == ["o1", "o2"]
        assert roster.terms.rows[0].ends_on == date(2026, 12, 18)
        assert roster.courses.rows[0].code == "ENGL 101"
        assert roster.sections.rows[0].title == "ENGL-101-01"
        assert len(roster.enrolments.rows) == 3

    def test_takes_the_tech_id_from_identifier_else_from_sourced_id(self, tmp_path: Path) -> None:
        people = read(tmp_path).people.rows
        assert [person.tech_id for person in people] == ["T100", "S200", "u3"]
        assert [person.login for person in people] == ["tess", "ana", "li"]
        assert people[2].family_name == "王"

    def test_tells_the_line_of_each_record(self, tmp_path: Path) -> None:
        assert [person.line for person in read(tmp_path).people.rows] == [2, 3, 4]

    def test_gives_the_roles_of_teachers_and_students_only(self, tmp_path: Path) -> None:
        files = added("users", "u4,,,true,o1,aide,kim,Kim,Roe,K1,", "u5,,,true,o1,parent,p,P,Q,,")
        roles = [person.role for person in read(tmp_path, files).people.rows]
        student = EnrolmentRole.STUDENT
        assert roles == [EnrolmentRole.TEACHER, student, student, None, None]

    def test_accepts_a_person_with_a_single_name(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("users", "Ana,Núñez", ",Wulandari"))
        assert roster.errors == ()
        assert roster.people.rows[1].given_name == ""

    def test_reads_a_list_of_terms(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("classes", "o1,t1", 'o1,"t0, t1"'))
        assert roster.sections.rows[0].terms == ("t0", "t1")

    def test_forms_the_same_source_for_the_same_content(self, tmp_path: Path) -> None:
        first = read_oneroster(write_folder(tmp_path / "a" / "roster", package()))
        second = read_oneroster(write_folder(tmp_path / "b" / "roster", package()))
        other = read_oneroster(
            write_folder(tmp_path / "c" / "roster", added("orgs", "o9,,,X,local,,"))
        )
        assert first.source == second.source != other.source
        assert first.source.startswith("roster#")


class TestForms:
    def test_a_zip_says_the_same_as_a_folder(self, tmp_path: Path) -> None:
        zipped = write_zip(tmp_path / "roster.zip", package())
        assert read_oneroster(zipped).roster == read(tmp_path / "folder")

    def test_a_byte_order_mark_is_skipped(self, tmp_path: Path) -> None:
        files = {name: b"\xef\xbb\xbf" + text.encode() for name, text in package().items()}
        roster = read(tmp_path, files)
        assert replace(roster, errors=()) == read(tmp_path / "plain")
        assert {e.severity for e in roster.errors} == {Severity.WARNING}
        assert len(roster.errors) == len(files)

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    def test_every_end_of_line_is_accepted(self, tmp_path: Path, end: str) -> None:
        files = {name: text.replace("\n", end).encode() for name, text in package().items()}
        assert read(tmp_path, files) == read(tmp_path / "plain")

    def test_a_missing_last_end_of_line_is_accepted(self, tmp_path: Path) -> None:
        files = {name: text.rstrip("\n") for name, text in package().items()}
        assert read(tmp_path, files) == read(tmp_path / "plain")

    def test_utf_16_with_its_mark_is_decoded(self, tmp_path: Path) -> None:
        files = {name: text.encode("utf-16") for name, text in package().items()}
        roster = read(tmp_path, files)
        assert replace(roster, errors=()) == read(tmp_path / "plain")
        assert {e.cause for e in roster.errors} == {
            "written in UTF-16; it is read, but CSV UTF-8 is what is meant"
        }

    def test_one_wrapping_folder_and_junk_in_a_zip_are_forgiven(self, tmp_path: Path) -> None:
        files = {f"export/{name}": text for name, text in package().items()}
        files |= {"__MACOSX/export/._users.csv": "junk", "export/.DS_Store": "junk"}
        roster = read_oneroster(write_zip(tmp_path / "roster.zip", files)).roster
        assert len(roster.people.rows) == 3
        assert [e.severity for e in roster.errors] == [Severity.WARNING]
        assert "export" in roster.errors[0].cause

    def test_a_file_name_in_another_case_is_forgiven(self, tmp_path: Path) -> None:
        files = package()
        files["Users.CSV"] = files.pop("users.csv")
        roster = read(tmp_path, files)
        assert len(roster.people.rows) == 3
        assert [(e.file, e.severity) for e in roster.errors] == [("Users.CSV", Severity.WARNING)]

    def test_columns_may_stand_in_any_order_with_metadata_behind(self, tmp_path: Path) -> None:
        files = package(
            orgs="type,name,metadata.region,parentSourcedId,sourcedId\n"
            "school,Cedar,West,,o1\ndepartment,E,West,o1,o2\n"
        )
        roster = read(tmp_path, files)
        assert roster.errors == ()
        assert [org.name for org in roster.orgs.rows] == ["Cedar", "E"]

    def test_other_data_files_are_named_and_not_read(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package() | {"demographics.csv": "whatever"})
        assert [e.file for e in roster.errors] == ["demographics.csv"]
        assert roster.is_readable


class TestModes:
    def test_an_absent_file_says_nothing(self, tmp_path: Path) -> None:
        files = package()
        del files["users.csv"]
        files["manifest.csv"] = manifest(users="absent")
        roster = read(tmp_path, files)
        assert roster.errors == ()
        assert roster.people.mode is FileMode.ABSENT

    def test_a_delta_row_can_end_a_record(self, tmp_path: Path) -> None:
        files = replaced("enrollments", "e2,,", "e2,tobedeleted,2026-09-01T08:00:00.000Z")
        for row in ("e1", "e3"):
            stamp = f"{row},active,2026-09-01T08:00:00.000Z"
            files["enrollments.csv"] = files["enrollments.csv"].replace(f"{row},,", stamp)
        files["manifest.csv"] = manifest(enrollments="delta")
        roster = read(tmp_path, files)
        assert roster.errors == ()
        assert roster.enrolments.mode is FileMode.DELTA
        assert dict(roster.enrolments.ended) == {"e2": 3}
        assert [row.source_id for row in roster.enrolments.rows] == ["e1", "e3"]

    def test_a_bulk_row_marked_for_removal_is_honoured_with_a_warning(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("users", "u3,,", "u3,tobedeleted,"))
        assert dict(roster.people.ended) == {"u3": 4}
        assert [e.severity for e in roster.errors] == [Severity.WARNING]

    def test_roles_that_a_roster_does_not_give_are_counted_and_named(self, tmp_path: Path) -> None:
        files = added("enrollments", "e8,,,s1,o1,u1,proctor,", "e9,,,s1,o1,u1,administrator,")
        roster = read(tmp_path, files)
        assert len(roster.enrolments.rows) == 3
        counted, *named = roster.errors
        assert counted.cause == "2 rows have a role that a roster does not give: not read"
        assert [error.value for error in named] == ["proctor", "administrator"]
        assert {error.severity for error in roster.errors} == {Severity.INFO}

    def test_a_word_of_the_college_gives_a_place_in_any_case(self, tmp_path: Path) -> None:
        places = {"proctor": EnrolmentRole.TEACHER, "ext:Auditor": EnrolmentRole.STUDENT,
                  "Pupil": EnrolmentRole.STUDENT}  # fmt: skip
        rows = ["e7,,,s1,o1,u1,pupil,", "e8,,,s1,o1,u3,proctor,", "e9,,,s1,o1,u1,EXT:AUDITOR,"]
        files = write_folder(tmp_path, added("enrollments", *rows))
        roster = read_oneroster(files, ReadOptions(enrolment_roles=places)).roster
        found = [(row.person, row.role) for row in roster.enrolments.rows[3:]]
        assert found == [("u1", EnrolmentRole.STUDENT), ("u3", EnrolmentRole.TEACHER)]
        assert not [error for error in roster.errors if error.severity is Severity.ERROR]


class TestPackages:
    def test_a_missing_path_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(Invalid, match="no folder or zip"):
            read_oneroster(tmp_path / "nowhere")

    def test_a_cut_zip_is_told(self, tmp_path: Path) -> None:
        whole = write_zip(tmp_path / "whole.zip", package()).read_bytes()
        (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(Invalid, match="upload was cut"):
            read_oneroster(tmp_path / "cut.zip")

    @pytest.mark.parametrize("name", ["../users.csv", "/etc/users.csv"])
    def test_a_path_that_leads_outside_is_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(Invalid, match="leads outside"):
            read_oneroster(write_zip(tmp_path / "roster.zip", package() | {name: "x"}))

    def test_a_zip_that_unpacks_suspiciously_far_is_refused(self, tmp_path: Path) -> None:
        files = package() | {"results.csv": "0" * (11 * 1024**2)}
        with pytest.raises(Invalid, match="suspiciously"):
            read_oneroster(write_zip(tmp_path / "roster.zip", files))


_CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"),
    max_size=20,
).map(str.strip)


class TestCsvRows:
    @given(st.lists(st.tuples(_CELLS.filter(bool), _CELLS, _CELLS), max_size=8))
    def test_what_a_csv_writer_writes_is_read_back(self, rows: Any) -> None:
        header = ("sourcedId", "name", "note")
        defects = Defects()
        reader = CsvFile("x.csv", Columns(("sourcedId", "name"), ("note",)), defects)
        lines = csv_text(header, rows).splitlines(keepends=True)
        read_back = [row for row in reader.rows(iter(lines)) if isinstance(row, Row)]
        assert [tuple(row.text(name) for name in header) for row in read_back] == rows
        assert [row.line for row in read_back] == list(range(2, len(rows) + 2))
        assert not [e for e in defects.all() if e.severity is not Severity.WARNING]
