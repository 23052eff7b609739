"""Loading a roster: what is added, changed, ended and refused, and what stops a load."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Invalid
from application.loading.limit import RemovalLimit, removal_limit
from application.rosters.load_runs import KindCount
from application.rosters.records import (
    CountedKind,
    CourseRecord,
    EnrolmentRecord,
    OrgRecord,
    PersonRecord,
    SectionRecord,
    TermRecord,
)
from application.rosters.roster import FileMode, Listing, Roster
from application.rosters.row_errors import RowError, Severity
from application.use_cases.people.new_people import NewPerson, NewPersonCommand
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from domain.access import Role
from domain.identity import LocalField
from domain.planning import PlanTarget, TargetKind
from domain.rostering import EnrolmentRole, Person
from tests import builders
from tests.planning_builders import a_plan
from tests.stand_ins import CountedIds, FixedClock

TEACHER, STUDENT = EnrolmentRole.TEACHER, EnrolmentRole.STUDENT
ANY_NUMBER = removal_limit("100%")
NONE = removal_limit("0")


def listing(file: str, *rows: Any, mode: FileMode = FileMode.BULK, **changes: Any) -> Listing[Any]:
    columns = {"org": "orgSourcedId", "section": "classSourcedId", "person": "userSourcedId"}
    columns |= {"parent": "parentSourcedId", "tech_id": "identifier", "source_id": "sourcedId"}
    return Listing(file, columns, mode, tuple(rows), **changes)


def a_record(key: str, **changes: Any) -> PersonRecord:
    record = PersonRecord(
        2, key, f"T-{key}", key, f"{key}@example.edu", key.title(), "Ortiz", enabled=True,
        role=STUDENT,
    )  # fmt: skip
    return replace(record, **changes)


def an_entry(person: str, line: int = 2, **changes: Any) -> EnrolmentRecord:
    return replace(EnrolmentRecord(line, f"e-{person}", "s1", person, STUDENT), **changes)


PEOPLE = (a_record("tess", role=TEACHER), a_record("ana"), a_record("bo"))
ENTRIES = (an_entry("tess", role=TEACHER), an_entry("ana", 3), an_entry("bo", 4))


def a_roster(**changes: Any) -> Roster:
    roster = Roster(
        listing("orgs.csv", OrgRecord(2, "o2", "ENGL", "English", "department", "o1"),
                OrgRecord(3, "o1", "CVC", "Cedar", "school", "")),
        listing("academicSessions.csv",
                TermRecord(2, "t1", "Fall", "term", date(2026, 8, 1), date(2026, 12, 31))),
        listing("courses.csv", CourseRecord(2, "c1", "ENGL 101", "Composition", "o2")),
        listing("classes.csv",
                SectionRecord(2, "s1", "ENGL-101-01", "40101", "c1", "o1", ("t0", "t1"))),
        listing("users.csv", *PEOPLE),
        listing("enrollments.csv", *ENTRIES),
    )  # fmt: skip
    return replace(roster, **changes)


@pytest.fixture
def load(memory_units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> "Loader":
    return Loader(memory_units, LoadRoster(memory_units, clock, new_id))


class Loader:
    def __init__(self, units: MemoryUnits, use_case: LoadRoster) -> None:
        self.units = units
        self._use_case = use_case

    def __call__(
        self, roster: Roster | None = None, *, dry_run: bool = False,
        limit: RemovalLimit = ANY_NUMBER,
    ) -> LoadRosterReport:  # fmt: skip
        command = LoadRosterCommand(
            "command line", roster or a_roster(), "roster#1", dry_run=dry_run, limit=limit
        )
        return self._use_case(command)

    def person(self, tech_id: str) -> Person:
        with self.units(write=False) as unit:
            (person,) = unit.roster.people_where(LocalField.TECH_ID, tech_id)
            return person

    def roles(self, tech_id: str) -> set[Role]:
        with self.units(write=False) as unit:
            return {grant.role for grant in unit.roster.roles_of(self.person(tech_id).id)}


def count(report: LoadRosterReport, kind: CountedKind) -> KindCount:
    return next(one for one in report.counts if one.kind is kind)


class TestAFirstLoad:
    def test_stores_everything_with_its_references(self, load: Loader) -> None:
        report = load()
        assert report.applied
        assert [one.added for one in report.counts] == [2, 1, 1, 1, 3, 3]
        with load.units(write=False) as unit:
            orgs = {org.source_id: org for org in unit.roster.orgs()}
            (section,) = unit.roster.sections()
            assert orgs["o2"].parent_id == orgs["o1"].id
            assert unit.roster.term(section.term_id).name == "Fall"
            assert unit.roster.course(section.course_id).code == "ENGL 101"
            students = unit.roster.people_in(section.id, STUDENT)
        assert [person.login for person in students] == ["ana", "bo"]

    def test_gives_teachers_and_students_their_roles(self, load: Loader) -> None:
        load()
        assert load.roles("T-tess") == {Role.FACULTY}
        assert load.roles("T-ana") == {Role.STUDENT}

    def test_an_enrolment_as_teacher_gives_the_faculty_role(self, load: Loader) -> None:
        people = listing("users.csv", *PEOPLE[:2], a_record("bo", role=None))
        entries = listing("enrollments.csv", *ENTRIES[:2], an_entry("bo", role=TEACHER))
        load(a_roster(people=people, enrolments=entries))
        assert load.roles("T-bo") == {Role.FACULTY}

    def test_is_recorded_once_without_names(self, load: Loader) -> None:
        load()
        load()
        with load.units(write=False) as unit:
            (entry,) = unit.audit.entries()
        assert (entry.actor, entry.subject) == ("command line", "roster:roster#1")
        assert "people 3 added" in entry.details
        assert "Ortiz" not in entry.details


class TestALaterLoad:
    def test_the_same_roster_again_changes_nothing(self, load: Loader) -> None:
        load()
        report = load(limit=NONE)
        assert [(one.added, one.changed, one.ended) for one in report.counts] == [(0, 0, 0)] * 6
        assert count(report, CountedKind.PEOPLE).same == 3

    def test_a_changed_row_keeps_its_record(self, load: Loader) -> None:
        load()
        before = load.person("T-ana")
        people = listing("users.csv", PEOPLE[0], a_record("ana", login="ana.m"), PEOPLE[2])
        report = load(a_roster(people=people))
        assert count(report, CountedKind.PEOPLE).changed == 1
        assert load.person("T-ana") == replace(before, login="ana.m")

    def test_what_a_bulk_file_leaves_out_has_ended(self, load: Loader) -> None:
        load()
        report = load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2])))
        assert count(report, CountedKind.ENROLMENTS).ended == 1
        with load.units(write=False) as unit:
            (section,) = unit.roster.sections()
            assert len(unit.roster.people_in(section.id, STUDENT)) == 1
            assert len(unit.roster.all_enrolments()) == 3

    def test_a_delta_file_ends_only_what_it_names(self, load: Loader) -> None:
        load()
        delta = listing("enrollments.csv", mode=FileMode.DELTA, ended={"e-bo": 2})
        report = load(a_roster(enrolments=delta))
        assert count(report, CountedKind.ENROLMENTS).ended == 1

    def test_an_absent_file_ends_nothing(self, load: Loader) -> None:
        load()
        absent = listing("users.csv", mode=FileMode.ABSENT)
        report = load(a_roster(people=absent), limit=NONE)
        assert report.errors == ()
        assert count(report, CountedKind.PEOPLE).ended == 0

    def test_removal_of_what_was_never_loaded_is_a_warning(self, load: Loader) -> None:
        delta = listing("users.csv", mode=FileMode.DELTA, ended={"zoe": 7})
        report = load(a_roster(people=delta, enrolments=listing("e.csv", mode=FileMode.ABSENT)))
        assert [(e.line, e.column, e.value, e.severity) for e in report.errors] == [
            (7, "sourcedId", "zoe", Severity.WARNING)
        ]

    def test_somebody_who_comes_back_is_the_same_person(self, load: Loader) -> None:
        load()
        before = load.person("T-bo")
        without = a_roster(
            people=listing("users.csv", *PEOPLE[:2]),
            enrolments=listing("enrollments.csv", *ENTRIES[:2]),
        )
        load(without)
        assert not load.person("T-bo").active
        back = listing("users.csv", *PEOPLE[:2], a_record("bo-new", tech_id="T-bo"))
        load(a_roster(people=back, enrolments=listing("e.csv", *ENTRIES[:2])))
        assert load.person("T-bo").id == before.id
        assert load.person("T-bo").active

    def test_a_student_dropped_and_re_added_has_one_enrolment(self, load: Loader) -> None:
        load()
        again = listing("enrollments.csv", *ENTRIES[:2], replace(ENTRIES[2], source_id="e-new"))
        report = load(a_roster(enrolments=again))
        assert count(report, CountedKind.ENROLMENTS) == KindCount(
            CountedKind.ENROLMENTS, 0, 1, 0, 2, 0
        )

    def test_a_disabled_person_ends_and_keeps_the_enrolment(self, load: Loader) -> None:
        load()
        people = listing("users.csv", *PEOPLE[:2], a_record("bo", enabled=False))
        report = load(a_roster(people=people))
        assert report.errors == ()
        assert count(report, CountedKind.PEOPLE).ended == 1
        assert count(report, CountedKind.ENROLMENTS).same == 3


class TestWrongRows:
    def test_a_refused_row_ends_nothing(self, load: Loader) -> None:
        load()
        people = listing("users.csv", *PEOPLE[:2], refused=frozenset({"bo"}))
        error = RowError("users.csv", 4, "username", "", "this value is required")
        report = load(a_roster(people=people, errors=(error,)), limit=NONE)
        assert report.applied
        assert count(report, CountedKind.PEOPLE) == KindCount(CountedKind.PEOPLE, 0, 0, 0, 2, 1)

    @pytest.mark.parametrize(
        ("entry", "column", "cause"),
        [
            (an_entry("ana", 9, section="s9"), "classSourcedId", "classes.csv has no such class"),
            (an_entry("zoe", 9), "userSourcedId", "users.csv has no such user"),
            (replace(ENTRIES[1], line=9, source_id="e9"), "userSourcedId", "as in line 3"),
        ],
    )
    def test_a_dangling_or_doubled_enrolment_stops_no_other(
        self, load: Loader, entry: EnrolmentRecord, column: str, cause: str
    ) -> None:
        report = load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES, entry)))
        (error,) = report.errors
        assert (error.file, error.line, error.column) == ("enrollments.csv", 9, column)
        assert cause in error.cause
        assert report.applied
        assert report.has_row_errors
        assert count(report, CountedKind.ENROLMENTS).added == 3

    def test_a_row_for_the_place_of_one_that_stands_is_refused_and_ends_nothing(
        self, load: Loader
    ) -> None:
        load()
        again = replace(ENTRIES[1], line=9, source_id="e9")
        report = load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES, again)))
        (error,) = report.errors
        assert (error.line, error.cause) == (9, "the same enrolment as in line 3")
        assert count(report, CountedKind.ENROLMENTS) == KindCount(
            CountedKind.ENROLMENTS, 0, 0, 0, 3, 1
        )

    def test_what_hangs_on_a_refused_row_is_refused_too(self, load: Loader) -> None:
        courses = listing("courses.csv", CourseRecord(2, "c1", "ENGL 101", "Comp", "o9"))
        report = load(a_roster(courses=courses))
        places = [(e.file, e.line, e.column) for e in report.errors]
        assert places == [
            ("courses.csv", 2, "orgSourcedId"),
            ("classes.csv", 2, "course"),
            ("enrollments.csv", 2, "classSourcedId"),
            ("enrollments.csv", 3, "classSourcedId"),
            ("enrollments.csv", 4, "classSourcedId"),
        ]
        assert count(report, CountedKind.PEOPLE).added == 3

    def test_a_section_needs_one_known_term(self, load: Loader) -> None:
        section = SectionRecord(2, "s1", "ENGL-101-01", "", "c1", "o1", ("t8", "t9"))
        report = load(a_roster(sections=listing("classes.csv", section)))
        assert report.errors[0].value == "t8,t9"
        assert "none of these terms" in report.errors[0].cause

    def test_a_tech_id_belongs_to_one_person(self, load: Loader) -> None:
        twin = a_record("twin", line=8, tech_id="T-ana")
        report = load(a_roster(people=listing("users.csv", *PEOPLE, twin)))
        (error,) = report.errors
        assert (error.line, error.column, error.value) == (8, "identifier", "T-…na")
        assert "the id ana" in error.cause

    def test_a_new_id_for_an_active_persons_tech_id_is_told_and_ends_nobody(
        self, load: Loader
    ) -> None:
        load()
        people = listing("users.csv", *PEOPLE[:2], a_record("bo2", tech_id="T-bo"))
        report = load(a_roster(people=people), limit=NONE)
        assert "the id bo" in report.errors[0].cause
        assert load.person("T-bo").active

    def test_an_org_without_its_parent_is_refused(self, load: Loader) -> None:
        orphan = OrgRecord(4, "o3", "MATH", "Mathematics", "department", "o7")
        orgs = listing("orgs.csv", *a_roster().orgs.rows, orphan)
        report = load(a_roster(orgs=orgs))
        assert [(e.line, e.column, e.value) for e in report.errors] == [
            (4, "parentSourcedId", "o7")
        ]
        assert count(report, CountedKind.ORGS).added == 2

    def test_an_org_under_one_that_ends_is_refused(self, load: Loader) -> None:
        load()
        orgs = listing("orgs.csv", a_roster().orgs.rows[0])
        report = load(a_roster(orgs=orgs, sections=listing("c", mode=FileMode.ABSENT)))
        assert (report.errors[0].line, report.errors[0].value) == (2, "o1")


class TestStops:
    def test_a_circle_of_orgs_stops_the_load(self, load: Loader) -> None:
        orgs = listing(
            "orgs.csv",
            OrgRecord(2, "o1", "A", "A", "school", "o2"),
            OrgRecord(3, "o2", "B", "B", "school", "o1"),
        )
        report = load(a_roster(orgs=orgs))
        assert not report.applied
        assert report.stopped.startswith("orgs.csv:2:parentSourcedId: this org is its own ancestor")
        with load.units(write=False) as unit:
            assert unit.roster.all_people() == []

    def test_a_fatal_defect_of_reading_stops_the_load(self, load: Loader) -> None:
        fatal = RowError("users.csv", 0, "", "", "it is missing", Severity.FATAL)
        report = load(a_roster(errors=(fatal,)))
        assert (report.applied, report.stopped) == (False, "users.csv: it is missing.")

    def test_too_many_removals_stop_the_load(self, load: Loader) -> None:
        load()
        fewer = a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2]))
        report = load(fewer, limit=removal_limit("5%"))
        assert not report.applied
        assert "1 of 3 active enrolments would end, more than 5 %" in report.stopped
        with load.units(write=False) as unit:
            assert all(enrolment.active for enrolment in unit.roster.all_enrolments())

    def test_the_limit_can_be_raised(self, load: Loader) -> None:
        load()
        fewer = a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2]))
        assert load(fewer, limit=removal_limit("1")).applied

    def test_a_dry_run_counts_and_changes_nothing(self, load: Loader) -> None:
        report = load(dry_run=True)
        assert not report.applied
        assert count(report, CountedKind.PEOPLE).added == 3
        with load.units(write=False) as unit:
            assert unit.roster.all_people() == []
            assert unit.audit.entries() == []


class TestRemovalLimits:
    @pytest.mark.parametrize(
        ("text", "ended", "active", "allowed"),
        [
            ("5%", 5, 100, True),
            ("5%", 6, 100, False),
            ("2.5 %", 1, 40, True),
            ("20", 20, 21, True),
            ("20", 21, 1000, False),
            ("0", 0, 10, True),
        ],
    )
    def test_is_a_share_or_a_count(self, text: str, ended: int, active: int, allowed: bool) -> None:
        assert removal_limit(text).allows(ended, active) is allowed

    @pytest.mark.parametrize("text", ["", "some", "-1", "NaN", "5%%", "Infinity"])
    def test_refuses_what_is_neither(self, text: str) -> None:
        with pytest.raises(Invalid, match="5%"):
            removal_limit(text)


class TestPeopleMadeByHand:
    def test_no_roster_ends_them(self, load: Loader, clock: FixedClock, new_id: CountedIds) -> None:
        _make(load, clock, new_id, "T-steward")
        load(limit=NONE)
        load(limit=NONE)
        assert load.person("T-steward").active

    def test_a_roster_takes_them_over(
        self, load: Loader, clock: FixedClock, new_id: CountedIds
    ) -> None:
        _make(load, clock, new_id, "T-ana")
        before = load.person("T-ana")
        report = load()
        assert count(report, CountedKind.PEOPLE) == KindCount(CountedKind.PEOPLE, 2, 1, 0, 0, 0)
        after = load.person("T-ana")
        assert (after.id, after.source_id, after.login) == (before.id, "ana", "ana")
        assert load.roles("T-ana") == {Role.DATA_STEWARD, Role.STUDENT}

    def test_scores_outlive_an_enrolment(self, load: Loader) -> None:
        load()
        with load.units() as unit:
            (section,) = unit.roster.sections()
            work = builders.a_section_assessment(section_id=section.id)
            unit.assessments.save(builders.an_assessment())
            unit.assessments.save_work(work)
            unit.scores.save(builders.a_score(student_id=load.person("T-bo").id))
            unit.commit()
        load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2])))
        with load.units(write=False) as unit:
            assert len(unit.scores.of_work(work.id)) == 1


def _make(load: Loader, clock: FixedClock, new_id: CountedIds, tech_id: str) -> None:
    NewPerson(load.units, clock, new_id)(
        NewPersonCommand(
            "command line", tech_id, Role.DATA_STEWARD, "steward", "s@example.edu", "Roe, Kim"
        )
    )


def test_a_section_that_a_load_brings_gets_what_its_course_has_planned(load: Loader) -> None:
    load()
    with load.units() as unit:
        (course,), (term,) = unit.roster.courses(), unit.roster.terms()
        unit.outcomes.put_scales([builders.a_scale()])
        unit.assessments.save(builders.an_assessment())
        target = PlanTarget(TargetKind.COURSES, (course.id,))
        unit.plans.save(a_plan(term_id=term.id, target=target))
        unit.commit()
    sections = listing(
        "classes.csv",
        SectionRecord(2, "s1", "ENGL-101-01", "40101", "c1", "o1", ("t0", "t1")),
        SectionRecord(3, "s2", "ENGL-101-02", "40102", "c1", "o1", ("t1",)),
    )

    load(a_roster(sections=sections))

    with load.units(write=False) as unit:
        (second,) = unit.roster.sections_by_source(["s2"])
        assert len(unit.assessments.works_in([second.id])) == 1
