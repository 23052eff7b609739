"""Every defect of a package is named by file, line, column, value and cause."""

from pathlib import Path

import pytest

from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import Severity
from domain.rostering import EnrolmentRole
from tests.adapters.files.oneroster_files import added, manifest, package, read, replaced

ERROR, WARNING, FATAL = Severity.ERROR, Severity.WARNING, Severity.FATAL


def places(roster: Roster) -> list[tuple[str, int, str, str, Severity]]:
    return [(e.file, e.line, e.column, e.value, e.severity) for e in roster.errors]


CELLS = [
    ("orgs", "English,department", ",department", 3, "name", "", "required"),
    ("orgs", "English,department", "English,faculty", 3, "type", "faculty", "use department"),
    ("academicSessions", "2026-08-24", "05/08/2026", 2, "startDate", "05/08/2026", "told apart"),
    ("academicSessions", "2026-08-24", "autumn", 2, "startDate", "autumn", "YYYY-MM-DD"),
    ("academicSessions", ",2027", ",next", 2, "schoolYear", "next", "as YYYY"),
    ("academicSessions", "2026-08-24", "2026-02-30", 2, "startDate", "2026-02-30", "no such date"),
    ("academicSessions", "2026-12-18", "", 2, "endDate", "", "required"),
    (
        "academicSessions",
        "2026-12-18",
        "2026-01-18",
        2,
        "endDate",
        "2026-01-18",
        "before the start",
    ),
    ("academicSessions", "term,", "quarter,", 2, "type", "quarter", "use term"),
    ("courses", "Composition", "", 2, "title", "", "required"),
    ("courses", ",o2", ",", 2, "orgSourcedId", "", "required"),
    ("classes", "o1,t1", "o1,", 2, "termSourcedIds", "", "required"),
    ("users", "Ana,Núñez", ",", 3, "familyName", "", "required"),
    ("users", "S200", "1.23E+07", 3, "identifier", "1.…07", "spreadsheet"),
    ("enrollments", "e2,,,s1", "e2,,,", 3, "classSourcedId", "", "required"),
    ("enrollments", "u2,student", "u2,learner", 3, "role", "learner", "use administrator"),
    ("enrollments", "e2,,", "e2,gone,", 3, "status", "gone", "use active"),
]
"""File, what stands there, what to put instead; line, column, value told, part of the cause."""

FORGIVEN = [
    ("orgs", "English,department", "English,Department", 3, "type", "Department", "department"),
    ("academicSessions", "2026-08-24", "24/08/2026", 2, "startDate", "24/08/2026", "2026-08-24"),
    ("academicSessions", "2026-08-24", "24-Aug-26", 2, "startDate", "24-Aug-26", "2026-08-24"),
    ("academicSessions", "2026-08-24", "20260824", 2, "startDate", "20260824", "2026-08-24"),
    ("academicSessions", "2026-08-24", "2026-08-24T00:00:00", 2, "startDate",
     "2026-08-24T00:00:00", "2026-08-24"),
    ("academicSessions", ",2027", ",2026-2027", 2, "schoolYear", "2026-2027", "read as 2027"),
    ("academicSessions", ",2027", ",2026", 2, "schoolYear", "2026", "ends in 2027"),
    ("classes", "scheduled", "Scheduled", 2, "classType", "Scheduled", "read as scheduled"),
    ("users", "u2,,,true", "u2,,,TRUE", 3, "enabledUser", "TRUE", "read as true"),
    ("users", "u2,,,true", "u2,,,1", 3, "enabledUser", "1", "read as true"),
    ("users", "u2,,,true", "u2,,,Y", 3, "enabledUser", "Y", "read as true"),
    ("users", "o1,student,ana", "o1,Student,ana", 3, "role", "Student", "read as student"),
    ("users", "student,ana,", "student,,", 3, "username", "", "empty"),
    ("users", "ana@example.edu", "", 3, "email", "", "empty"),
    ("users", "ana@example.edu", "Tess@example.edu", 3, "email", "te…du",
     "line 2"),
    ("users", "student,ana,", "student,Tess,", 3, "username", "tess", "line 2"),
    ("users", "Ana,Núñez", "Ana,NÃºÃ±ez", 3, "familyName", "", "damaged"),
    ("users", "Ana,Núñez", "Ana,N�ez", 3, "familyName", "", "damaged"),
]  # fmt: skip


class TestCells:
    @pytest.mark.parametrize(("name", "old", "new", "line", "column", "value", "cause"), FORGIVEN)
    def test_an_odd_value_that_can_be_meant_in_one_way_only_is_taken_with_a_warning(
        self, tmp_path: Path, name: str, old: str, new: str, line: int, column: str, value: str,
        cause: str,
    ) -> None:  # fmt: skip
        roster = read(tmp_path, replaced(name, old, new))
        assert places(roster) == [(f"{name}.csv", line, column, value, WARNING)]
        assert cause in roster.errors[0].cause
        listing = getattr(roster, _LISTINGS[name])
        assert not listing.refused

    @pytest.mark.parametrize(("name", "old", "new", "line", "column", "value", "cause"), CELLS)
    def test_a_wrong_value_refuses_its_row_alone(
        self, tmp_path: Path, name: str, old: str, new: str, line: int, column: str, value: str,
        cause: str,
    ) -> None:  # fmt: skip
        roster = read(tmp_path, replaced(name, old, new))
        assert places(roster) == [(f"{name}.csv", line, column, value, ERROR)]
        assert cause in roster.errors[0].cause
        listing = getattr(roster, _LISTINGS[name])
        assert len(listing.refused) == 1
        assert listing.mode is FileMode.BULK

    def test_a_year_far_off_is_named(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("academicSessions", "2026-12-18", "9999-12-31"))
        assert places(roster)[0][1:] == (2, "endDate", "9999-12-31", WARNING)
        assert "far off" in roster.errors[0].cause

    def test_a_row_with_several_defects_names_them_all(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("users", "u2,,,true,o1,student", "u2,,,maybe,o1,pupil"))
        assert {e.column for e in roster.errors} == {"enabledUser", "role"}

    def test_names_and_addresses_of_people_are_masked(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("users", "S200", "1234.5E+10"))
        assert roster.errors == ()  # five signs before the point: an id that may be meant
        roster = read(tmp_path, replaced("users", "S200", "1.2345E+10"))
        assert "2345" not in roster.errors[0].value


_LISTINGS = {
    "orgs": "orgs",
    "academicSessions": "terms",
    "courses": "courses",
    "classes": "sections",
    "users": "people",
    "enrollments": "enrolments",
}


class TestRows:
    def test_a_comma_without_quotation_marks_is_told(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("orgs", "English", "English, and more"))
        text = "o2, , , English,  and more, department, ENGL, o1"
        assert places(roster) == [("orgs.csv", 3, "", text, ERROR)]
        assert "8 cells where the header has 7" in roster.errors[0].cause
        assert roster.orgs.refused == {"o2"}

    def test_an_empty_id_is_told_and_nothing_is_ended_by_the_file(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("users", "u2,", ","))
        assert places(roster)[0] == ("users.csv", 3, "sourcedId", "", ERROR)
        assert roster.people.mode is FileMode.DELTA

    def test_an_id_longer_than_the_standard_allows_is_told(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("orgs", "o2,", f"{'o' * 256},"))
        assert roster.errors[0].column == "sourcedId"
        assert "255" in roster.errors[0].cause

    def test_bytes_that_are_no_utf8_are_told_by_line_and_column(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = dict(package())
        files["users.csv"] = package()["users.csv"].replace("雨桐,王", "Rene,X").encode("cp1252")
        roster = read(tmp_path, files)
        assert places(roster) == [("users.csv", 3, "familyName", "", ERROR)]
        assert "CSV UTF-8" in roster.errors[0].cause
        assert roster.people.refused == {"u2"}

    def test_a_line_break_inside_a_value_becomes_a_blank(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("orgs", "English", '"English\nand Letters"'))
        assert roster.orgs.rows[1].name == "English and Letters"
        assert places(roster) == [("orgs.csv", 3, "name", "", WARNING)]

    def test_lines_are_counted_past_a_broken_value(self, tmp_path: Path) -> None:
        files = replaced("orgs", "Cedar College", '"Cedar\nCollege"')
        files["orgs.csv"] = files["orgs.csv"].replace("department", "nonsense")
        assert places(read(tmp_path, files))[-1] == ("orgs.csv", 4, "type", "nonsense", ERROR)

    def test_control_signs_are_taken_out(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("orgs", "English", "Eng\x07lish"))
        assert roster.orgs.rows[1].name == "English"
        assert places(roster) == [("orgs.csv", 3, "name", "", WARNING)]

    def test_a_quotation_mark_never_closed_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("orgs", "English", '"English'))
        assert ("orgs.csv", 3, "", "", FATAL) in places(roster)
        assert not roster.is_readable

    def test_a_stray_quotation_mark_refuses_its_row(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("orgs", "English", '"Eng"lish'))
        assert places(roster)[0] == ("orgs.csv", 3, "", "", ERROR)
        assert roster.orgs.mode is FileMode.DELTA

    def test_lists_set_apart_by_other_signs_are_read_with_a_warning(self, tmp_path: Path) -> None:
        roster = read(tmp_path, replaced("classes", "o1,t1", "o1,t0;t1"))
        assert roster.sections.rows[0].terms == ("t0", "t1")
        assert places(roster) == [("classes.csv", 2, "termSourcedIds", "t0;t1", WARNING)]


class TestDoubles:
    def test_the_same_row_twice_is_kept_once(self, tmp_path: Path) -> None:
        roster = read(tmp_path, added("orgs", "o2,,,English,department,ENGL,o1"))
        assert len(roster.orgs.rows) == 2
        assert places(roster) == [("orgs.csv", 4, "sourcedId", "o2", WARNING)]

    def test_one_id_with_different_values_refuses_all_its_rows(self, tmp_path: Path) -> None:
        roster = read(
            tmp_path, added("orgs", "o2,,,French,department,FR,o1", "o2,,,Latin,department,LA,o1")
        )
        assert [org.source_id for org in roster.orgs.rows] == ["o1"]
        assert [(e.line, e.column) for e in roster.errors] == [
            (4, "sourcedId"), (3, "sourcedId"), (5, "sourcedId"),
        ]  # fmt: skip
        assert roster.orgs.refused == {"o2"}


class TestHeaders:
    def test_a_missing_required_column_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package(orgs="sourcedId,name\no1,Cedar\n"))
        assert ("orgs.csv", 1, "type", "", FATAL) in places(roster)

    def test_an_unknown_column_is_named_and_not_read(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package(orgs="sourcedId,name,type,color\no1,C,school,red\n"))
        assert places(roster) == [("orgs.csv", 1, "color", "", WARNING)]

    def test_a_column_in_other_case_or_with_blanks_is_read(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package(orgs="SourcedID , name,type\no1,C,school\n"))
        assert roster.orgs.rows[0].source_id == "o1"
        assert [(e.column, e.severity) for e in roster.errors] == [
            ("sourcedId", WARNING), ("name", WARNING),
        ]  # fmt: skip

    def test_a_column_that_stands_twice_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package(orgs="sourcedId,name,type,name\no1,C,school,D\n"))
        assert ("orgs.csv", 1, "name", "", FATAL) in places(roster)

    def test_an_empty_file_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package(orgs=""))
        assert {e.column for e in roster.errors} >= {"sourcedId", "name", "type"}
        assert not roster.is_readable

    def test_a_header_without_rows_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package(orgs="sourcedId,name,type\n"))
        assert "no rows" in roster.errors[-1].cause
        assert not roster.is_readable


class TestManifests:
    def test_without_a_manifest_modes_and_version_are_taken_from_the_files(
        self, tmp_path: Path
    ) -> None:
        files = package()
        del files["manifest.csv"]
        roster = read(tmp_path, files)
        assert places(roster) == [("manifest.csv", 0, "", "", WARNING)]
        assert {listing.mode for listing in (roster.orgs, roster.people)} == {FileMode.BULK}

    def test_without_a_manifest_a_file_with_status_and_time_is_a_delta(
        self, tmp_path: Path
    ) -> None:
        files = replaced("orgs", "o1,,", "o1,active,2026-09-01T08:00:00Z")
        files["orgs.csv"] = files["orgs.csv"].replace("o2,,", "o2,active,2026-09-01T08:00:00Z")
        del files["manifest.csv"]
        roster = read(tmp_path, files)
        assert (roster.orgs.mode, roster.people.mode) == (FileMode.DELTA, FileMode.BULK)

    def test_a_version_that_nobody_knows_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package() | {"manifest.csv": manifest(version="2.0")})
        assert "2.0" in roster.errors[0].cause
        assert not roster.is_readable

    def test_version_1_2_over_columns_of_1_1_is_read_as_1_1(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package() | {"manifest.csv": manifest(version="1.2")})
        assert places(roster) == [("manifest.csv", 0, "", "", WARNING)]
        assert "read as 1.1" in roster.errors[0].cause
        assert roster.people.rows[0].role is EnrolmentRole.TEACHER

    def test_roles_in_two_places_stop_the_load(self, tmp_path: Path) -> None:
        files = package() | {"roles.csv": "sourcedId\nr1\n"}
        files["manifest.csv"] = manifest() + "file.roles,bulk\n"
        roster = read(tmp_path, files)
        assert ("roles.csv", 0, "", "", FATAL) in places(roster)

    def test_an_unknown_mode_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package() | {"manifest.csv": manifest(users="full")})
        assert "file.users is 'full'" in roster.errors[0].cause
        assert not roster.is_readable

    def test_a_file_that_the_manifest_forgets_is_read_as_it_looks(self, tmp_path: Path) -> None:
        text = manifest().replace("file.users,bulk\n", "")
        roster = read(tmp_path, package() | {"manifest.csv": text})
        assert "no row file.users" in roster.errors[0].cause
        assert len(roster.people.rows) == 3
        assert roster.is_readable

    def test_a_promised_file_that_is_missing_changes_nothing(self, tmp_path: Path) -> None:
        files = package()
        del files["users.csv"]
        roster = read(tmp_path, files)
        assert places(roster) == [("users.csv", 0, "", "", WARNING)]
        assert roster.people.mode is FileMode.ABSENT

    def test_a_package_without_any_file_of_a_roster_stops_the_load(self, tmp_path: Path) -> None:
        roster = read(tmp_path, {"grades.csv": "a,b\n"})
        assert not roster.is_readable

    def test_a_file_said_to_be_absent_is_named_and_not_read(self, tmp_path: Path) -> None:
        roster = read(tmp_path, package() | {"manifest.csv": manifest(users="absent")})
        assert places(roster) == [("users.csv", 0, "", "", WARNING)]
        assert roster.people.rows == ()


class TestDeltas:
    def test_a_delta_row_needs_status_and_time(self, tmp_path: Path) -> None:
        files = package() | {"manifest.csv": manifest(courses="delta")}
        roster = read(tmp_path, files)
        assert [(e.line, e.column) for e in roster.errors] == [
            (2, "dateLastModified"), (2, "status"),
        ]  # fmt: skip
        assert roster.courses.refused == {"c1"}

    def test_a_delta_time_that_is_none_is_told(self, tmp_path: Path) -> None:
        files = replaced("courses", "c1,,", "c1,active,yesterday")
        files["manifest.csv"] = manifest(courses="delta")
        roster = read(tmp_path, files)
        assert places(roster) == [("courses.csv", 2, "dateLastModified", "yesterday", ERROR)]
