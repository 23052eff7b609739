"""A set of broken rosters: each defect named with its place, the good rows loaded all the same.

The numbers are those of the list of defects that student systems are known for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from adapters.inbound.files.oneroster import read_oneroster
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid
from application.loading.limit import removal_limit
from application.rosters.read_options import ReadOptions
from application.rosters.row_errors import RowError, Severity
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from tests.adapters.files.oneroster_files import (
    added,
    manifest,
    package,
    replaced,
    write_folder,
    write_zip,
)
from tests.stand_ins import CountedIds, FixedClock

INFO, WARNING, ERROR, FATAL = Severity
Files = Mapping[str, str | bytes]
Place = tuple[str, int, str, Severity]


@dataclass(frozen=True, slots=True)
class Broken:
    """`loaded` are the people and enrolments that come in all the same."""

    number: int
    what: str
    files: Files
    told: Place
    cause: str
    loaded: tuple[int, int] = (3, 3)


def changed(name: str, change: Callable[[bytes], bytes]) -> Files:
    return {**package(), f"{name}.csv": change(package()[f"{name}.csv"].encode())}


def without(name: str) -> Files:
    return {file: text for file, text in package().items() if file != name}


FIRST_ENROLMENT = "\n".join(package()["enrollments.csv"].split("\n")[:2])
DELTA_STAMP = "2026-09-01T08:00:00.000Z"

ROSTERS = [
    Broken(1, "byte-order mark", changed("users", lambda b: b"\xef\xbb\xbf" + b),
           ("users.csv", 0, "", WARNING), "byte-order mark"),
    Broken(2, "Windows-1252", changed("users", lambda b: b.replace("ú".encode(), b"\xfa")),
           ("users.csv", 3, "familyName", ERROR), "Windows-1252", (2, 2)),
    Broken(2, "UTF-8 read twice", replaced("users", "Núñez", "NÃºÃ±ez"),
           ("users.csv", 3, "familyName", WARNING), "damaged"),
    Broken(2, "UTF-16 with its mark", changed("users", lambda b: b.decode().encode("utf-16")),
           ("users.csv", 0, "", WARNING), "UTF-16"),
    Broken(2, "UTF-16 without its mark",
           changed("users", lambda b: b.decode().encode("utf-16-le")),
           ("users.csv", 0, "", FATAL), "without its mark", (0, 0)),
    Broken(2, "a spreadsheet by another name", changed("users", lambda _: b"PK\x03\x04\x14\0"),
           ("users.csv", 0, "", FATAL), "spreadsheet", (0, 0)),
    Broken(3, "line break in a cell", replaced("users", "Ana", '"An\r\na"'),
           ("users.csv", 3, "givenName", WARNING), "line break"),
    Broken(3, "semicolons", changed("orgs", lambda b: b.replace(b",", b";")),
           ("orgs.csv", 1, "", WARNING), "semicolons"),
    Broken(4, "wrong case of a name", {**without("users.csv"), "Users.csv": package()["users.csv"]},
           ("Users.csv", 0, "", WARNING), "case counts"),
    Broken(5, "no manifest", without("manifest.csv"), ("manifest.csv", 0, "", WARNING), "missing"),
    Broken(5, "promised, but not there", without("enrollments.csv"),
           ("enrollments.csv", 0, "", WARNING), "promises", (3, 0)),
    Broken(5, "1.2 over columns of 1.1",
           {**package(), "manifest.csv": manifest(version="1.2")},
           ("manifest.csv", 0, "", WARNING), "read as 1.1"),
    Broken(6, "misspelt optional header", replaced("users", "email\n", "emial\n"),
           ("users.csv", 1, "emial", WARNING), "misspelt email"),
    Broken(6, "misspelt required header", replaced("users", "username", "usrename"),
           ("users.csv", 1, "username", FATAL), "misspelt usrename", (0, 0)),
    Broken(6, "header in another case", replaced("users", "givenName", " GIVENNAME "),
           ("users.csv", 1, "givenName", WARNING), "read as givenName"),
    Broken(6, "empty columns at the end", changed("users", lambda b: b.replace(b"\n", b",,\n")),
           ("users.csv", 3, "email", WARNING), ""),
    Broken(7, "comma without quotation marks", replaced("users", "Ana,", "Ana, Mar,"),
           ("users.csv", 3, "", ERROR), "12 cells where the header has 11", (2, 2)),
    Broken(8, "the same row twice", added("users", package()["users.csv"].splitlines()[2]),
           ("users.csv", 5, "sourcedId", WARNING), "line 3"),
    Broken(8, "one id, two people",
           added("users", "u2,,,true,o1,student,ana2,Ana,Lee,S2,a2@example.edu"),
           ("users.csv", 5, "sourcedId", ERROR), "line 3", (2, 2)),
    Broken(9, "one login, two people",
           added("users", "u4,,,true,o1,student,ana,Ana,Lee,S4,a4@example.edu"),
           ("users.csv", 5, "username", WARNING), "line 3", (4, 3)),
    Broken(10, "one address, two people",
           added("users", "u4,,,true,o1,student,ana4,Ana,Lee,S4,ana@example.edu"),
           ("users.csv", 5, "email", WARNING), "line 3", (4, 3)),
    Broken(10, "no address", replaced("users", "ana@example.edu", ""),
           ("users.csv", 3, "email", WARNING), "empty"),
    Broken(10, "no login", replaced("users", "student,ana,", "student,,"),
           ("users.csv", 3, "username", WARNING), "empty"),
    Broken(11, "an id as a rounded number", replaced("users", "S200", "1.23E+07"),
           ("users.csv", 3, "identifier", ERROR), "spreadsheet", (2, 2)),
    Broken(12, "no such person", added("enrollments", "e9,,,s1,o1,u9,student,"),
           ("enrollments.csv", 5, "userSourcedId", ERROR), "no such"),
    Broken(12, "no such class", added("enrollments", "e9,,,s9,o1,u2,student,"),
           ("enrollments.csv", 5, "classSourcedId", ERROR), "no such"),
    Broken(13, "a department for a school", replaced("classes", "scheduled,o1", "scheduled,o2"),
           ("classes.csv", 0, "", WARNING), "no school"),
    Broken(14, "two roots", added("orgs", "o3,,,Elsewhere,school,ELSE,"),
           ("orgs.csv", 0, "", WARNING), "CVC, ELSE"),
    Broken(14, "a circle", replaced("orgs", "school,CVC,", "school,CVC,o2"),
           ("orgs.csv", 2, "parentSourcedId", FATAL), "ancestor", (0, 0)),
    Broken(15, "a delta row without status",
           {**package(), "manifest.csv": manifest(enrollments="delta")},
           ("enrollments.csv", 2, "status", ERROR), "required", (3, 0)),
    Broken(15, "removal in a bulk file", replaced("enrollments", "e3,,", "e3,tobedeleted,"),
           ("enrollments.csv", 4, "status", WARNING), "ended all the same", (3, 2)),
    Broken(16, "inactive", replaced("enrollments", "e3,,", "e3,inactive,"),
           ("enrollments.csv", 4, "status", WARNING), "read as tobedeleted", (3, 2)),
    Broken(16, "TRUE", replaced("users", "u2,,,true", "u2,,,TRUE"),
           ("users.csv", 3, "enabledUser", WARNING), "read as true"),
    Broken(17, "day and month", replaced("academicSessions", "2026-08-24", "01/05/2026"),
           ("academicSessions.csv", 2, "startDate", ERROR), "told apart", (3, 0)),
    Broken(17, "15-Jan-26", replaced("academicSessions", "2026-08-24", "24-Aug-26"),
           ("academicSessions.csv", 2, "startDate", WARNING), "2026-08-24"),
    Broken(17, "end before start", replaced("academicSessions", "2026-12-18", "2026-01-18"),
           ("academicSessions.csv", 2, "endDate", ERROR), "before the start", (3, 0)),
    Broken(17, "9999", replaced("academicSessions", "2026-12-18", "9999-12-31"),
           ("academicSessions.csv", 2, "endDate", WARNING), "far off"),
    Broken(18, "a range of years", replaced("academicSessions", ",2027", ",2026-2027"),
           ("academicSessions.csv", 2, "schoolYear", WARNING), "read as 2027"),
    Broken(18, "the year in which it starts", replaced("academicSessions", ",2027", ",2026"),
           ("academicSessions.csv", 2, "schoolYear", WARNING), "ends in 2027"),
    Broken(19, "another separator of a list", replaced("classes", "o1,t1", "o1,t1;t0"),
           ("classes.csv", 2, "termSourcedIds", WARNING), "commas"),
    Broken(19, "no usable term", replaced("classes", "o1,t1", "o1,t7"),
           ("classes.csv", 2, "termSourcedIds", ERROR), "none of these terms", (3, 0)),
    Broken(24, "no teacher", replaced("enrollments", "u1,teacher,true", "u1,student,"),
           ("classes.csv", 0, "", WARNING), "1 of 1 sections have no teacher"),
    Broken(24, "two teachers, none primary",
           {**replaced("enrollments", "u1,teacher,true", "u1,teacher,\ne4,,,s1,o1,u3,teacher,")},
           ("classes.csv", 0, "", WARNING), "none is primary", (3, 4)),
    Broken(24, "no students",
           {**package(), "enrollments.csv": FIRST_ENROLMENT},
           ("classes.csv", 0, "", WARNING), "no students", (3, 1)),
    Broken(25, "dropped and added again", added("enrollments", "e9,,,s1,o1,u2,student,"),
           ("enrollments.csv", 5, "userSourcedId", WARNING), "line 3"),
    Broken(27, "control signs", replaced("users", "Ana", "A\0n\x1ba"),
           ("users.csv", 3, "givenName", WARNING), "control sign"),
    Broken(28, "a password",
           changed("users", lambda b: b.replace(b"email\n", b"email,password\n").replace(
               b".edu\n", b".edu,hunter2\n")),
           ("users.csv", 0, "", WARNING), "neither kept nor shown"),
]  # fmt: skip


Load = Callable[[Path], LoadRosterReport]


@pytest.fixture
def load(memory_units: MemoryUnits) -> Load:
    use_case = LoadRoster(memory_units, FixedClock(), CountedIds())

    def loaded(path: Path) -> LoadRosterReport:
        upload = read_oneroster(path)
        limit = removal_limit("100%")
        return use_case(
            LoadRosterCommand("command line", upload.roster, upload.source, limit=limit)
        )

    return loaded


def place(error: RowError) -> Place:
    return error.file, error.line, error.column, error.severity


@pytest.mark.parametrize("broken", ROSTERS, ids=lambda b: f"{b.number} {b.what}")
def test_the_defect_is_named_and_the_good_rows_are_loaded(
    tmp_path: Path, load: Load, broken: Broken
) -> None:
    report = load(write_folder(tmp_path, broken.files))
    causes = [error.cause for error in report.errors if place(error) == broken.told]
    if broken.cause:
        assert any(broken.cause in cause for cause in causes), report.errors
    else:
        assert report.errors == ()
    assert (report.counts[4].added, report.counts[5].added) == broken.loaded or not report.applied
    assert report.applied is (broken.told[3] is not FATAL)


@pytest.mark.parametrize("broken", ROSTERS, ids=lambda b: f"{b.number} {b.what}")
def test_nobody_is_named_in_full(tmp_path: Path, load: Load, broken: Broken) -> None:
    told = " ".join(
        f"{e.value} {e.cause}" for e in load(write_folder(tmp_path, broken.files)).errors
    )
    for personal in ("Núñez", "Marchand", "ana@example.edu", "hunter2", "tess@example.edu"):
        assert personal not in told


def test_later_rows_of_a_delta_go_before_earlier_ones(tmp_path: Path) -> None:
    """8: different rows with one id, where the time of the last change tells."""
    rows = [
        f"o1,active,{DELTA_STAMP},Cedar College,school,CVC,",
        "o2,active,2026-09-03T08:00:00.000Z,Latin,department,LAT,o1",
        "o2,active,2026-09-02T08:00:00.000Z,Greek,department,GRE,o1",
        "o1,active,2026-09-05T08:00:00.000Z,Cedar Hill College,school,CHC,",
    ]
    files = package(orgs=package()["orgs.csv"].split("\n")[0] + "\n" + "\n".join(rows))
    files["manifest.csv"] = manifest(orgs="delta")
    roster = read_oneroster(write_folder(tmp_path, files)).roster
    assert {org.source_id: org.name for org in roster.orgs.rows} == {
        "o1": "Cedar Hill College",
        "o2": "Latin",
    }
    assert [(e.line, e.severity) for e in roster.errors] == [(4, ERROR), (2, ERROR)]


def test_a_file_in_windows_1252_is_read_when_told(tmp_path: Path) -> None:
    content = (
        package()["users.csv"].replace("雨桐,王", "Zoë,Král").encode("windows-1252", "replace")
    )
    files: Files = {**package(), "users.csv": content}
    roster = read_oneroster(write_folder(tmp_path, files), ReadOptions("windows-1252")).roster
    assert roster.people.rows[1].family_name == "Núñez"
    assert roster.errors == ()


class TestZips:
    """4: what file managers and student systems do to a zip."""

    def test_a_nested_zip_is_named_and_not_read(self, tmp_path: Path, load: Load) -> None:
        inner = write_zip(tmp_path / "inner.zip", package()).read_bytes()
        path = write_zip(tmp_path / "roster.zip", {**package(), "inner.zip": inner})
        report = load(path)
        assert [(e.file, e.severity) for e in report.errors] == [("inner.zip", INFO)]

    def test_files_in_other_folders_are_named_and_not_read(
        self, tmp_path: Path, load: Load
    ) -> None:
        files = {**package(), "old/users.csv": "sourcedId\n"}
        report = load(write_zip(tmp_path / "roster.zip", files))
        assert [(e.file, e.severity) for e in report.errors] == [("old/users.csv", WARNING)]
        assert report.counts[4].added == 3

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_name_that_stands_twice_is_refused(self, tmp_path: Path, load: Load) -> None:
        path = write_zip(tmp_path / "roster.zip", package())
        with ZipFile(path, "a") as zipped:
            zipped.writestr("users.csv", "sourcedId\n")
        with pytest.raises(Invalid, match=r"users\.csv twice"):
            load(path)


def test_a_defect_in_every_row_is_told_a_hundred_times_and_then_counted(tmp_path: Path) -> None:
    rows = [f"u{n},,,TRUE,o1,student,x{n},X,Y,S{n},x{n}@example.edu" for n in range(10, 160)]
    roster = read_oneroster(write_folder(tmp_path, added("users", *rows))).roster
    assert len(roster.errors) == 101
    assert roster.errors[-1].cause.startswith("50 more rows: read as true")
    assert len(roster.people.rows) == 153
