"""Reading Canvas SIS files: what Canvas means by them, told as our records."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from adapters.inbound.files.canvas_sis import read_canvas_sis
from application.rosters.read_options import ReadOptions
from application.rosters.records import RecordKind, Standing
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import Severity
from domain.rostering import EnrolmentRole
from tests.adapters.files.oneroster_files import write_folder, write_zip

ERROR, WARNING = Severity.ERROR, Severity.WARNING
TABLES = {
    "accounts": """account_id,parent_account_id,name,status
A1,,Cedar College,active
A2,A1,English,active
""",
    "terms": """term_id,name,status,start_date,end_date
F26,Fall 2026,active,2026-08-24T07:00:00Z,2026-12-18T07:59:59Z
""",
    "courses": """course_id,short_name,long_name,account_id,term_id,status,course_format
C1,ENGL 101-01,Composition: day,A2,F26,active,on_campus
C2,ENGL 101-02,Composition: evening,A2,F26,active,online
""",
    "sections": """section_id,course_id,name,status,start_date,end_date
S1,C1,40101,active,,
S2,C2,40102,active,2026-09-01,2026-10-01
""",
    "users": """user_id,login_id,first_name,last_name,email,status
T100,tess,Tess,Marchand,tess@example.edu,active
S200,ana,Ana,Núñez,ana@example.edu,active
S300,li,雨桐,王,li@example.edu,active
""",
    "enrollments": """section_id,user_id,role,status,start_date,end_date
S1,T100,teacher,active,,
S1,S200,student,active,,
S2,S300,student,completed,2026-09-01T00:00:00Z,
""",
}
GROUPED = ReadOptions(course_code="[A-Z]+ [0-9]+", whole=True)


def files(**changes: str) -> dict[str, str]:
    return {f"{name}.csv": text for name, text in {**TABLES, **changes}.items() if text}


def read(
    folder: Path, options: ReadOptions = GROUPED, content: Mapping[str, str] | None = None,
    **changes: str,
) -> Roster:  # fmt: skip
    return read_canvas_sis(write_folder(folder, content or files(**changes)), options).roster


def told(roster: Roster) -> list[tuple[str, int, str, Severity]]:
    return [
        (e.file, e.line, e.column, e.severity)
        for e in roster.errors
        if e.severity is not Severity.INFO and e.line
    ]


class TestASoundImport:
    def test_is_read_without_defects(self, tmp_path: Path) -> None:
        roster = read(tmp_path)
        assert told(roster) == []
        assert roster.is_readable
        assert [(o.source_id, o.parent) for o in roster.orgs.rows] == [("A1", ""), ("A2", "A1")]
        assert roster.terms.rows[0].ends_on == date(2026, 12, 18)

    def test_makes_sections_of_sections_and_their_courses(self, tmp_path: Path) -> None:
        first, second = read(tmp_path).sections.rows
        assert (first.title, first.code, first.course) == ("ENGL 101-01", "40101", "ENGL 101")
        assert (first.org, first.terms, first.mode) == ("A2", ("F26",), "on_campus")
        assert (second.starts_on, second.ends_on) == (date(2026, 9, 1), date(2026, 10, 1))
        assert second.lms_course == "C2"

    def test_takes_the_sis_id_as_tech_id(self, tmp_path: Path) -> None:
        people = read(tmp_path).people.rows
        assert (people[0].source_id, people[0].tech_id) == ("T100", "T100")
        assert (people[2].given_name, people[2].family_name) == ("雨桐", "王")

    def test_keeps_people_whose_enrolment_is_completed(self, tmp_path: Path) -> None:
        third = read(tmp_path).enrolments.rows[2]
        assert (third.role, third.standing) == (EnrolmentRole.STUDENT, Standing.COMPLETED)
        assert third.begins_on == date(2026, 9, 1)

    def test_changes_only_the_listed_rows_unless_it_is_the_whole_truth(
        self, tmp_path: Path
    ) -> None:
        assert read(tmp_path / "a", ReadOptions()).people.mode is FileMode.DELTA
        assert read(tmp_path / "b", ReadOptions(whole=True)).people.mode is FileMode.BULK

    def test_may_come_as_a_zip(self, tmp_path: Path) -> None:
        zipped = read_canvas_sis(write_zip(tmp_path / "sis.zip", files()), GROUPED)
        assert zipped.roster == read(tmp_path / "folder")

    def test_knows_files_by_their_columns_whatever_their_names(self, tmp_path: Path) -> None:
        content = {f"export-{n}.csv": text for n, text in enumerate(files().values())}
        roster = read(tmp_path, content=content)
        assert told(roster) == []
        assert len(roster.sections.rows) == 2

    def test_several_files_of_a_kind_are_one_listing_with_their_own_lines(
        self, tmp_path: Path
    ) -> None:
        content = files() | {
            "users2.csv": "user_id,login_id,full_name,email,status\n"
            "S400,kim,Kim Ro,k@x.example,active\nS500,sol,,s@x.example,active\n"
        }
        roster = read(tmp_path, content=content)
        assert told(roster) == [("users2.csv", 3, "full_name", ERROR)]
        kim = roster.people.rows[3]
        assert (kim.given_name, kim.family_name) == ("Kim", "Ro")
        assert roster.people.place(kim.line) == ("users2.csv", 2)
        assert roster.people.place(roster.people.rows[0].line) == ("users.csv", 2)


class TestStatus:
    def test_deleted_rows_end_their_records(self, tmp_path: Path) -> None:
        enrolments = TABLES["enrollments"].replace("student,active", "student,deleted")
        roster = read(tmp_path, enrollments=enrolments)
        assert dict(roster.enrolments.ended) == {"S1|S200|student": 3}

    def test_a_deleted_course_ends_its_sections(self, tmp_path: Path) -> None:
        courses = TABLES["courses"].replace("A2,F26,active,online", "A2,F26,deleted,online")
        roster = read(tmp_path, courses=courses)
        assert dict(roster.sections.ended) == {"S2": 3}

    def test_a_suspended_person_is_not_enabled(self, tmp_path: Path) -> None:
        users = TABLES["users"].replace("li@example.edu,active", "li@example.edu,suspended")
        assert [p.enabled for p in read(tmp_path, users=users).people.rows] == [True, True, False]

    def test_another_case_is_a_warning_and_an_unknown_word_an_error(self, tmp_path: Path) -> None:
        users = TABLES["users"].replace("tess@example.edu,active", "tess@example.edu,Active")
        users = users.replace("ana@example.edu,active", "ana@example.edu,there")
        roster = read(tmp_path, users=users)
        assert told(roster) == [
            ("users.csv", 2, "status", WARNING),
            ("users.csv", 3, "status", ERROR),
        ]

    def test_somebody_dropped_and_added_again_is_there_once(self, tmp_path: Path) -> None:
        again = TABLES["enrollments"] + "S1,S200,student,deleted,,\n"
        roster = read(tmp_path, enrollments=again)
        assert told(roster) == [("enrollments.csv", 5, "user_id", WARNING)]
        assert [e.person for e in roster.enrolments.rows].count("S200") == 1
        assert dict(roster.enrolments.ended) == {}


class TestCatalogue:
    def test_by_default_each_course_code_is_a_catalogue_course(self, tmp_path: Path) -> None:
        roster = read(tmp_path, ReadOptions())
        assert [c.code for c in roster.courses.rows] == ["ENGL 101-01", "ENGL 101-02"]
        assert "one for each Course Code" in roster.errors[-1].cause

    def test_a_pattern_makes_one_course_of_several_codes(self, tmp_path: Path) -> None:
        (course,) = read(tmp_path).courses.rows
        assert (course.code, course.title, course.org) == ("ENGL 101", "Composition", "A2")

    def test_a_code_without_the_pattern_stays_whole(self, tmp_path: Path) -> None:
        courses = TABLES["courses"] + "C3,Orientation,Welcome,A1,F26,active,\n"
        codes = [c.code for c in read(tmp_path, courses=courses).courses.rows]
        assert codes == ["ENGL 101", "Orientation"]

    def test_a_group_in_the_pattern_tells_the_part_that_counts(self, tmp_path: Path) -> None:
        courses = TABLES["courses"].replace("ENGL 101", "2026FA ENGL 101")
        options = ReadOptions(course_code="[0-9]{4}[A-Z]{2} ([A-Z]+ [0-9]+)")
        assert [c.code for c in read(tmp_path, options, courses=courses).courses.rows] == [
            "ENGL 101"
        ]

    def test_is_never_ended_for_not_being_taught(self, tmp_path: Path) -> None:
        courses = read(tmp_path).courses
        assert (courses.mode, courses.derived) == (FileMode.DELTA, True)


class TestSections:
    def test_a_cross_listed_section_keeps_its_title_and_lies_in_the_other_course(
        self, tmp_path: Path
    ) -> None:
        moves = "xlist_course_id,section_id,status\nC1,S2,active\n"
        second = read(tmp_path, moves=moves).sections.rows[1]
        assert (second.title, second.lms_course) == ("ENGL 101-02", "C1")

    def test_an_enrolment_that_names_only_the_course_is_in_its_default_section(
        self, tmp_path: Path
    ) -> None:
        enrolments = "course_id,user_id,role,status\nC1,S200,student,active\n"
        roster = read(tmp_path, enrollments=enrolments)
        default = roster.sections.rows[2]
        assert (default.source_id, default.title) == ("C1", "ENGL 101-01")
        assert roster.enrolments.rows[0].section == "C1"

    def test_a_course_without_sections_is_one_itself(self, tmp_path: Path) -> None:
        roster = read(tmp_path, sections="", enrollments="")
        assert [s.source_id for s in roster.sections.rows] == ["C1", "C2"]
        assert roster.sections.mode is FileMode.DELTA

    def test_a_section_of_no_listed_course_is_refused(self, tmp_path: Path) -> None:
        roster = read(tmp_path, sections=TABLES["sections"].replace("S2,C2", "S2,C9"))
        assert told(roster) == [("sections.csv", 3, "course_id", ERROR)]
        assert roster.sections.refused == {"S2"}

    def test_courses_of_the_root_account_belong_to_the_only_root(self, tmp_path: Path) -> None:
        courses = TABLES["courses"].replace("day,A2", "day,")
        roster = read(tmp_path, courses=courses)
        assert roster.sections.rows[0].org == "A1"

    def test_without_any_account_there_is_an_institution(self, tmp_path: Path) -> None:
        courses = TABLES["courses"].replace(",A2,", ",,")
        roster = read(tmp_path, courses=courses, accounts="")
        assert [o.code for o in roster.orgs.rows] == ["institution"]
        assert {s.org for s in roster.sections.rows} == {"institution"}


class TestOtherFiles:
    def test_a_second_login_belongs_to_the_person(self, tmp_path: Path) -> None:
        roster = read(tmp_path, more="login_id,existing_user_id\nana.old,S200\n")
        (login,) = roster.logins.rows
        assert (login.person, login.login) == ("S200", "ana.old")

    def test_renames_are_told_apart_by_kind(self, tmp_path: Path) -> None:
        changes = "old_id,new_id,type\nS200,S201,user\nS1,S1a,section\nC1,C1a,course\n"
        roster = read(tmp_path, changes=changes)
        assert [(r.kind, r.old, r.new) for r in roster.renames] == [
            (RecordKind.PEOPLE, "S200", "S201"), (RecordKind.SECTIONS, "S1", "S1a"),
        ]  # fmt: skip

    def test_files_that_are_not_kept_are_named_once(self, tmp_path: Path) -> None:
        roster = read(
            tmp_path,
            admins="user_id,account_id,role,status\nT100,A1,admin,active\n",
            user_observers="observer_id,student_id,status\nP1,S200,active\n",
            notes="anything\n",
        )
        infos = {e.file for e in roster.errors if e.severity is Severity.INFO}
        assert {"admins.csv", "user_observers.csv", "notes.csv"} <= infos
        assert told(roster) == []

    def test_a_package_without_any_known_file_stops_the_load(self, tmp_path: Path) -> None:
        assert not read(tmp_path, content={"notes.csv": "anything\n"}).is_readable


class TestRoles:
    def test_roles_that_give_nothing_here_are_counted(self, tmp_path: Path) -> None:
        enrolments = TABLES["enrollments"] + "S1,S300,ta,active,,\nS2,S200,Lead Teacher,active,,\n"
        roster = read(tmp_path, enrollments=enrolments)
        assert told(roster) == []
        causes = [e.cause for e in roster.errors]
        assert "2 rows have a role that a roster does not give: not read" in causes
        unread = [(e.value, e.cause) for e in roster.errors if e.column == "role"]
        (word, cause) = unread[0]
        assert (word, len(unread)) == ("Lead Teacher", 1)
        assert cause.startswith("1 row has this role; it gives no place in a section unless")

    def test_a_role_of_the_college_can_be_made_known(self, tmp_path: Path) -> None:
        enrolments = TABLES["enrollments"] + "S2,T100,Lead Teacher,active,,\n"
        options = ReadOptions(enrolment_roles={"LEAD teacher": EnrolmentRole.TEACHER})
        last = read(tmp_path, options, enrollments=enrolments).enrolments.rows[3]
        assert last.role is EnrolmentRole.TEACHER


class TestDefects:
    @pytest.mark.parametrize(
        ("name", "old", "new", "line", "column"),
        [
            ("accounts", "A2,A1,English", "A2,A1,", 3, "name"),
            ("terms", "2026-08-24T07:00:00Z", "2027-08-24T07:00:00Z", 2, "end_date"),
            ("courses", "ENGL 101-01", "", 2, "short_name"),
            ("courses", "A2,F26,active,online", "A2,,active,online", 3, "term_id"),
            ("users", "S200,ana", "1.23E+07,ana", 3, "user_id"),
            ("users", "Ana,Núñez", ",", 3, "full_name"),
            ("enrollments", "S1,S200", ",S200", 3, "section_id"),
            ("enrollments", "S1,S200", "S1,", 3, "user_id"),
            ("enrollments", "S200,student", "S200,", 3, "role"),
        ],
    )
    def test_a_wrong_row_is_named_and_the_others_are_read(
        self, tmp_path: Path, name: str, old: str, new: str, line: int, column: str
    ) -> None:
        assert old in TABLES[name]
        roster = read(tmp_path, content=files(**{name: TABLES[name].replace(old, new, 1)}))
        assert (f"{name}.csv", line, column, ERROR) in told(roster)
        assert len(roster.people.rows) + len(roster.enrolments.rows) >= 4

    def test_a_term_without_dates_is_always_current(self, tmp_path: Path) -> None:
        terms = "term_id,name,status\nF26,Fall,active\n"
        roster = read(tmp_path, terms=terms)
        assert told(roster) == [("terms.csv", 2, "start_date", WARNING)]
        (term,) = roster.terms.rows
        assert (term.starts_on, term.ends_on) == (date.min, date.max)

    def test_lost_zeros_are_put_back_in_every_file(self, tmp_path: Path) -> None:
        users = TABLES["users"].replace("S200", "4711").replace("S300", "00004712")
        enrolments = TABLES["enrollments"].replace("S200", "04711").replace("S300", "4712")
        options = ReadOptions(tech_id_width=8, whole=True)
        roster = read(tmp_path, options, users=users, enrollments=enrolments)
        assert [p.tech_id for p in roster.people.rows] == ["T100", "00004711", "00004712"]
        assert [e.person for e in roster.enrolments.rows] == ["T100", "00004711", "00004712"]
