"""Reading our own data load: columns with plain names, no manifest, no ids but the college's."""

from datetime import date
from pathlib import Path

import pytest

from adapters.inbound.files.data_load import read_data_load
from application.rosters.read_options import AGE_BAND, USUAL, ReadOptions
from application.rosters.records import Standing
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import Severity
from domain.access import Role
from domain.rostering import EnrolmentRole
from tests.adapters.files.oneroster_files import write_folder, write_zip

ERROR, WARNING = Severity.ERROR, Severity.WARNING
TABLES = {
    "orgs": """Code,Name,Kind,Parent
CVC,Cedar College,college,
ENGL,English,,CVC
""",
    "terms": """Code,Name,Start,End
F26,Fall 2026,2026-08-24,2026-12-18
""",
    "courses": """Code,Title,Org
ENGL 101,Composition,ENGL
""",
    "offerings": """Code,Title,Course,Term,CRN,Mode,Location
S1,ENGL-101-01,ENGL 101,F26,40101,online,Room 1
""",
    "people": """Tech ID,Login,Email,Given Name,Family Name,Role
T100,tess,tess@example.edu,Tess,Marchand,teacher
S200,ana,ana@example.edu,Ana,Núñez,student
S300,li,li@example.edu,雨桐,王,
""",
    "enrolments": """Tech ID,Offering,Role,Begin,End,Primary,Status
T100,S1,teacher,,,true,
S200,S1,student,2026-08-24,,,
S300,S1,student,,,,completed
""",
    "roles": """Tech ID,Role,Org,Begin,End
T100,coordinator,ENGL,2026-08-01,
T100,reader,,,
""",
    "logins": """Tech ID,Login
S200,ana.old
""",
}


def files(**changes: str) -> dict[str, str]:
    return {f"{name}.csv": text for name, text in {**TABLES, **changes}.items() if text}


def read(folder: Path, options: ReadOptions = USUAL, **changes: str) -> Roster:
    return read_data_load(write_folder(folder, files(**changes)), options).roster


def told(roster: Roster) -> list[tuple[str, int, str, Severity]]:
    return [(e.file, e.line, e.column, e.severity) for e in roster.errors]


class TestASoundLoad:
    def test_is_read_without_defects(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert told(roster) == []
        assert roster.people.mode is FileMode.BULK
        assert [(o.code, o.kind, o.parent) for o in roster.orgs.rows] == [
            ("CVC", "college", ""), ("ENGL", "department", "CVC"),
        ]  # fmt: skip
        (section,) = roster.sections.rows
        assert (section.title, section.code, section.mode) == ("ENGL-101-01", "40101", "online")
        assert (section.location, section.terms) == ("Room 1", ("F26",))

    def test_gives_an_offering_the_org_of_its_course(self, tmp_path: Path) -> None:
        assert read(tmp_path).sections.rows[0].org == "ENGL"

    def test_reads_people_with_their_roles_and_places(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert [p.role for p in roster.people.rows] == [
            EnrolmentRole.TEACHER, EnrolmentRole.STUDENT, None,
        ]  # fmt: skip
        first, second, third = roster.enrolments.rows
        assert (first.role, first.primary) == (EnrolmentRole.TEACHER, True)
        assert second.begins_on == date(2026, 8, 24)
        assert third.standing is Standing.COMPLETED

    def test_reads_roles_in_orgs_and_further_logins(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert [(g.person, g.role, g.org) for g in roster.grants.rows] == [
            ("T100", Role.COORDINATOR, "ENGL"), ("T100", Role.READER, ""),
        ]  # fmt: skip
        assert [(one.person, one.login) for one in roster.logins.rows] == [("S200", "ana.old")]

    def test_a_role_can_end_where_the_files_list_only_changes(self, tmp_path: Path) -> None:
        roles = "Tech ID,Role,Org,Status\nT100,coordinator,ENGL,ended\nT100,reader,,active\n"
        changes = read(tmp_path / "a", ReadOptions(whole=False), roles=roles).grants
        assert [(g.person, g.role, g.org) for g in changes.ended_rows] == [
            ("T100", Role.COORDINATOR, "ENGL")
        ]
        assert [g.role for g in changes.rows] == [Role.READER]
        assert read(tmp_path / "b", roles=roles).grants.ended_rows == ()

    def test_may_list_only_what_changes(self, tmp_path: Path) -> None:
        roster = read(tmp_path, ReadOptions(whole=False), orgs="")
        assert (roster.people.mode, roster.orgs.mode) == (FileMode.DELTA, FileMode.ABSENT)

    def test_may_come_as_a_zip(self, tmp_path: Path) -> None:
        assert read_data_load(write_zip(tmp_path / "x.zip", files())).roster == read(tmp_path / "f")

    def test_a_row_can_end_its_record(self, tmp_path: Path) -> None:
        people = (
            TABLES["people"].replace("Role\n", "Role,Status\n").replace("teacher\n", "teacher,\n")
        )
        people = people.replace("student\n", "student,ended\n").replace("王,\n", "王,,active\n")
        assert dict(read(tmp_path, people=people).people.ended) == {"S200": 3}

    def test_headers_may_be_written_otherwise(self, tmp_path: Path) -> None:
        people = TABLES["people"].replace("Tech ID", "tech_id").replace("Given Name", "GIVENNAME")
        roster = read(tmp_path, people=people)
        assert told(roster) == [
            ("people.csv", 1, "Tech ID", WARNING), ("people.csv", 1, "Given Name", WARNING),
        ]  # fmt: skip
        assert len(roster.people.rows) == 3

    def test_faculty_is_another_word_for_teacher(self, tmp_path: Path) -> None:
        roster = read(tmp_path, people=TABLES["people"].replace("teacher", "faculty"))
        assert told(roster) == [("people.csv", 2, "Role", WARNING)]
        assert roster.people.rows[0].role is EnrolmentRole.TEACHER


class TestDemographics:
    def test_are_read_only_when_switched_on(self, tmp_path: Path) -> None:
        text = "Tech ID,Birth Date,First generation,Income\nS200,1990-05-05,yes,low\n"
        off = read(tmp_path / "off", demographics=text)
        assert [e.severity for e in off.errors] == [Severity.INFO]
        options = ReadOptions(
            demographics=frozenset({"First generation", AGE_BAND}), age_on=date(2026, 9, 1)
        )
        (row,) = read(tmp_path / "on", options, demographics=text).demographics.rows
        assert dict(row.attributes) == {"First generation": "yes", AGE_BAND: "35-39"}


class TestDefects:
    @pytest.mark.parametrize(
        ("name", "old", "new", "line", "column"),
        [
            ("orgs", "English", "", 3, "Name"),
            ("terms", "2026-12-18", "2026-01-18", 2, "End"),
            ("courses", ",ENGL\n", ",\n", 2, "Org"),
            ("offerings", "ENGL-101-01", "", 2, "Title"),
            ("offerings", "ENGL 101,F26", "ENGL 999,F26", 2, "Org"),
            ("offerings", "F26", "", 2, "Term"),
            ("people", "Ana,Núñez", ",", 3, "Family Name"),
            ("people", "Núñez,student", "Núñez,pupil", 3, "Role"),
            ("people", "S200", "2.0E+05", 3, "Tech ID"),
            ("enrolments", "S200,S1", "S200,", 3, "Offering"),
            ("enrolments", "S200,S1,student", "S200,S1,guest", 3, "Role"),
            ("enrolments", "completed", "gone", 4, "Status"),
            ("enrolments", "2026-08-24,", "05/08/2026,", 3, "Begin"),
            ("roles", "coordinator", "king", 2, "Role"),
            ("logins", "ana.old", "", 2, "Login"),
        ],
    )
    def test_a_wrong_row_is_named_and_the_others_are_read(
        self, tmp_path: Path, name: str, old: str, new: str, line: int, column: str
    ) -> None:
        assert old in TABLES[name]
        roster = read(tmp_path, USUAL, **{name: TABLES[name].replace(old, new, 1)})
        assert (f"{name}.csv", line, column, ERROR) in told(roster)
        assert len(roster.people.rows) + len(roster.enrolments.rows) >= 5

    def test_nobody_is_named_in_full(self, tmp_path: Path) -> None:
        people = TABLES["people"].replace("Ana,Núñez", "Ana,Mar,Núñez")
        roster = read(tmp_path, people=people)
        assert told(roster) == [("people.csv", 3, "", ERROR)]
        assert "Núñez" not in roster.errors[0].value
        assert "7 cells where the header has 6" in roster.errors[0].cause

    def test_a_package_without_any_known_file_stops_the_load(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path, {"notes.csv": "anything\n"})
        assert not read_data_load(folder).roster.is_readable
