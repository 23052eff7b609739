"""OneRoster 1.2: roles in a file of their own, words that may be extended, other new columns."""

from datetime import date
from pathlib import Path

import pytest

from adapters.inbound.files.oneroster import read_oneroster
from application.errors import Invalid
from application.rosters.read_options import AGE_BAND, ReadOptions
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import Severity
from application.rosters.unread_roles import Gives, unread_in
from domain.access import Role
from domain.rostering import EnrolmentRole
from tests.adapters.files.oneroster_files import manifest, package, write_folder

STAMP = "2026-09-01T08:00:00.000Z"
USERS = """
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,identifier,email,userMasterIdentifier,primaryOrgSourcedId,pronouns
u1,,,true,tess,{Fed:f-1},Tess,Marchand,T100,tess@example.edu,m-1,o2,she
u2,,,true,ana,"{Fed:f-2},{LTI:15}",Ana,Núñez,S200,ana@example.edu,,,
u3,,,true,li,,雨桐,王,,li@example.edu,m-3,,
"""
ROLES = """
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
r1,,,u1,primary,teacher,,,o1,
r2,,,u1,secondary,siteAdministrator,2026-08-01,2027-07-31,o2,
r3,,,u2,primary,student,,,o1,
r4,,,u3,primary,ext:visitor,,,o1,
"""
DEMOGRAPHICS = """
sourcedId,birthDate,sex,white,asian,cityOfBirth
u2,2001-12-01,female,true,false,Fresno
u3,1960-01-31,,,true,
"""


def files_1_2(**changes: str) -> dict[str, str]:
    files = package(users=changes.get("users", USERS))
    files["roles.csv"] = changes.get("roles", ROLES).lstrip("\n")
    files["demographics.csv"] = changes.get("demographics", DEMOGRAPHICS).lstrip("\n")
    more = "file.roles,bulk\nfile.demographics,bulk\n"
    files["manifest.csv"] = manifest(version=changes.get("version", "1.2")) + more
    return files


def read(folder: Path, options: ReadOptions | None = None, **changes: str) -> Roster:
    package_path = write_folder(folder, files_1_2(**changes))
    return read_oneroster(package_path, options or ReadOptions()).roster


def told(roster: Roster) -> list[tuple[str, int, str, Severity]]:
    return [
        (e.file, e.line, e.column, e.severity)
        for e in roster.errors
        if e.severity is not Severity.INFO
    ]


class TestAPackage:
    def test_takes_roles_from_their_own_file(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert told(roster) == []
        assert [person.role for person in roster.people.rows] == [
            EnrolmentRole.TEACHER, EnrolmentRole.STUDENT, None,
        ]  # fmt: skip
        assert roster.people.rows[0].org == "o2"

    @pytest.mark.parametrize("version", ["", "1.1"])
    def test_is_known_by_its_columns_when_the_manifest_says_otherwise(
        self, tmp_path: Path, version: str
    ) -> None:
        roster = read(tmp_path, version=version)
        assert told(roster) == [("manifest.csv", 0, "", Severity.WARNING)]
        assert roster.people.rows[0].role is EnrolmentRole.TEACHER

    def test_other_files_of_1_2_are_named_and_not_read(self, tmp_path: Path) -> None:
        files = files_1_2() | {"userProfiles.csv": "whatever", "notes.txt": "whatever"}
        roster = read_oneroster(write_folder(tmp_path, files)).roster
        infos = [e.file for e in roster.errors if e.severity is Severity.INFO]
        assert {"userProfiles.csv", "notes.txt"} < set(infos)
        assert told(roster) == []

    def test_org_types_may_be_extended(self, tmp_path: Path) -> None:
        files = files_1_2()
        files["orgs.csv"] = files["orgs.csv"].replace("department", "ext:program")
        roster = read_oneroster(write_folder(tmp_path, files)).roster
        assert told(roster) == []
        assert roster.orgs.rows[1].kind == "ext:program"

    def test_a_role_that_nobody_knows_is_refused(self, tmp_path: Path) -> None:
        roster = read(tmp_path, roles=ROLES.replace("student", "pupil"))
        assert told(roster) == [("roles.csv", 4, "role", Severity.ERROR)]
        assert roster.people.rows[1].role is None

    def test_passwords_are_neither_kept_nor_shown(self, tmp_path: Path) -> None:
        users = USERS.replace(",pronouns", ",password").replace(",she", ",hunter2")
        roster = read(tmp_path, users=users)
        assert told(roster) == [("users.csv", 0, "", Severity.WARNING)]
        assert "hunter2" not in str(roster)


class TestGrants:
    def test_are_not_given_unless_a_role_is_mapped(self, tmp_path: Path) -> None:
        assert read(tmp_path).grants.rows == ()

    def test_are_given_in_the_org_for_the_time_of_the_row(self, tmp_path: Path) -> None:
        options = ReadOptions(grants={"siteAdministrator": Role.COORDINATOR})
        (grant,) = read(tmp_path, options).grants.rows
        assert (grant.person, grant.role, grant.org) == ("u1", Role.COORDINATOR, "o2")
        assert (grant.begins_on, grant.ends_on) == (date(2026, 8, 1), date(2027, 7, 31))

    def test_that_a_delta_marks_for_removal_are_read_to_end(self, tmp_path: Path) -> None:
        files = files_1_2()
        marked = [
            f"{row.split(',')[0]},{'tobedeleted' if role else 'active'},{STAMP},"
            + row.split(",", 3)[3]
            for row in ROLES.strip().splitlines()[1:]
            for role in ["siteAdministrator" in row]
        ]
        files["roles.csv"] = "\n".join((ROLES.strip().splitlines()[0], *marked)) + "\n"
        files["manifest.csv"] = files["manifest.csv"].replace("file.roles,bulk", "file.roles,delta")
        options = ReadOptions(grants={"siteAdministrator": Role.COORDINATOR})

        roster = read_oneroster(write_folder(tmp_path, files), options).roster

        assert told(roster) == []
        assert roster.grants.rows == ()
        (ended,) = roster.grants.ended_rows
        assert (ended.person, ended.role, ended.org) == ("u1", Role.COORDINATOR, "o2")

    def test_that_give_nothing_here_are_named(self, tmp_path: Path) -> None:
        options = ReadOptions(grants={"siteAdministrator": Role.COORDINATOR})
        some = read(tmp_path / "a", options)
        assert some.grants.giving_nothing == {"r1": 2, "r3": 4, "r4": 5}
        assert unread_in(some.errors)[Gives.ORG_ROLE] == ("ext:visitor",)
        none = read(tmp_path / "b")
        assert none.grants.giving_nothing == {"r1": 2, "r2": 3, "r3": 4, "r4": 5}
        assert unread_in(none.errors)[Gives.ORG_ROLE] == ("siteAdministrator", "ext:visitor")

    def test_come_of_a_word_of_the_college_in_any_case(self, tmp_path: Path) -> None:
        roles = ROLES.replace("siteAdministrator", "dean")
        unknown = read(tmp_path / "a", roles=roles)
        assert told(unknown) == [("roles.csv", 3, "role", Severity.ERROR)]
        assert unread_in(unknown.errors)[Gives.ORG_ROLE] == ("dean", "ext:visitor")
        options = ReadOptions(grants={"Dean": Role.READER})
        (grant,) = read(tmp_path / "b", options, roles=roles).grants.rows
        assert grant.role is Role.READER

    def test_never_make_a_data_steward(self) -> None:
        with pytest.raises(Invalid, match="never makes a data steward"):
            ReadOptions(grants={"siteAdministrator": Role.DATA_STEWARD})

    def test_of_people_outside_of_the_chosen_orgs_are_left_as_they_are(
        self, tmp_path: Path
    ) -> None:
        files = files_1_2()
        marked = f"r5,tobedeleted,{STAMP},u3,secondary,siteAdministrator,,,o2,"
        mine = f"r6,tobedeleted,{STAMP},u1,secondary,siteAdministrator,,,o2,"
        rest = f"r7,active,{STAMP},u3,primary,ext:visitor,,,o2,"
        files["roles.csv"] = "\n".join((ROLES.strip().splitlines()[0], marked, mine, rest)) + "\n"
        files["manifest.csv"] = files["manifest.csv"].replace("file.roles,bulk", "file.roles,delta")
        options = ReadOptions(
            grants={"siteAdministrator": Role.COORDINATOR}, orgs=frozenset({"ENGL"})
        )
        files["enrollments.csv"] = files["enrollments.csv"].replace("e3,,,s1,o1,u3,student,\n", "")
        grants = read_oneroster(write_folder(tmp_path, files), options).roster.grants
        assert ([row.source_id for row in grants.ended_rows], grants.ended) == (["r6"], {"r6": 3})
        assert grants.giving_nothing == {}

    def test_marked_without_their_person_are_refused(self, tmp_path: Path) -> None:
        files = files_1_2()
        header = ROLES.strip().splitlines()[0]
        files["roles.csv"] = f"{header}\nr9,tobedeleted,{STAMP},,,,,,,\n"
        files["manifest.csv"] = files["manifest.csv"].replace("file.roles,bulk", "file.roles,delta")
        roster = read_oneroster(write_folder(tmp_path, files)).roster
        errors = [one[1:] for one in told(roster) if one[0] == "roles.csv"]
        assert (2, "userSourcedId", Severity.ERROR) in errors
        assert roster.grants.ended_rows == ()


class TestTechIds:
    @pytest.mark.parametrize(
        ("column", "found"),
        [
            ("identifier", ["T100", "S200", "u3"]),
            ("sourcedId", ["u1", "u2", "u3"]),
            ("userMasterIdentifier", ["m-1", "u2", "m-3"]),
            ("userIds:fed", ["f-1", "f-2", "u3"]),
        ],
    )
    def test_come_from_the_chosen_column_else_from_sourced_id(
        self, tmp_path: Path, column: str, found: list[str]
    ) -> None:
        people = read(tmp_path, ReadOptions(tech_id=column)).people.rows
        assert [person.tech_id for person in people] == found

    def test_get_back_the_zeros_that_a_spreadsheet_took(self, tmp_path: Path) -> None:
        users = USERS.replace("T100", "4711").replace("S200", "00004712")
        roster = read(tmp_path, ReadOptions(tech_id_width=8), users=users)
        assert [p.tech_id for p in roster.people.rows] == ["00004711", "00004712", "u3"]
        assert told(roster) == []
        assert "1 Tech IDs got zeros in front, to 8 digits" in [e.cause for e in roster.errors]

    def test_that_are_shorter_than_all_others_are_pointed_out(self, tmp_path: Path) -> None:
        rows = [f"x{n},,,true,x{n},,X,Y{n},{1000000 + n},x{n}@example.edu,,,\n" for n in range(9)]
        rows.append("x9,,,true,x9,,X,Y,2312,x9@example.edu,,,\n")
        roster = read(tmp_path, users=USERS + "".join(rows))
        assert told(roster) == [("users.csv", 14, "", Severity.WARNING)]
        assert any("zeros were lost" in e.cause for e in roster.errors)


class TestDemographics:
    def test_are_not_read_unless_switched_on(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert roster.demographics.mode is FileMode.ABSENT
        assert {e.file for e in roster.errors} == {"demographics.csv", "roles.csv"}

    def test_are_read_for_the_chosen_columns_only(self, tmp_path: Path) -> None:
        options = ReadOptions(demographics=frozenset({"sex", "asian"}))
        rows = read(tmp_path, options).demographics.rows
        assert [(row.source_id, dict(row.attributes)) for row in rows] == [
            ("u2", {"sex": "female", "asian": "false"}),
            ("u3", {"asian": "true"}),
        ]

    def test_tell_an_age_band_and_no_birth_date(self, tmp_path: Path) -> None:
        options = ReadOptions(demographics=frozenset({AGE_BAND}), age_on=date(2026, 11, 30))
        roster = read(tmp_path, options)
        assert [dict(row.attributes) for row in roster.demographics.rows] == [
            {AGE_BAND: "20-24"}, {AGE_BAND: "50 and over"},
        ]  # fmt: skip
        assert "2001" not in str(roster)

    def test_an_age_band_needs_a_day(self) -> None:
        with pytest.raises(Invalid, match="needs the day"):
            ReadOptions(demographics=frozenset({AGE_BAND}))


@pytest.mark.parametrize(
    "options",
    [
        {"encoding": "klingon"},
        {"tech_id": "email"},
        {"tech_id_width": -1},
        {"course_code": "("},
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        ReadOptions(**options)  # type: ignore[arg-type]
