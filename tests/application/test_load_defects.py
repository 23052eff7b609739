"""Defects of real rosters that show only beside what is stored (rosters.md 5)."""

from dataclasses import replace
from datetime import date

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.loading.limit import removal_limit
from application.loading.reading import DEMOGRAPHICS
from application.rosters.load_runs import LoadState
from application.rosters.records import (
    CountedKind,
    DemographicsRecord,
    EnrolmentRecord,
    GrantRecord,
    LoginRecord,
    RecordKind,
    SectionRecord,
    TermRecord,
)
from application.rosters.roster import FileMode, Rename, Roster, Scope
from application.rosters.row_errors import Severity
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from domain.access import Role
from domain.identity import LocalField
from domain.ids import PersonId
from domain.rostering import Enrolment, Person
from tests import builders
from tests.application.test_load_roster import (
    ENTRIES,
    NONE,
    PEOPLE,
    TEACHER,
    a_record,
    a_roster,
    an_entry,
    count,
    listing,
)
from tests.stand_ins import CountedIds, FixedClock

SECTION = SectionRecord(2, "s1", "ENGL-101-01", "40101", "c1", "o1", ("t1",))
TERMS = (
    TermRecord(2, "t1", "Fall", "term", date(2026, 8, 1), date(2026, 12, 31)),
    TermRecord(3, "t2", "Spring", "term", date(2027, 1, 10), date(2027, 5, 20)),
)


@pytest.fixture
def load(memory_units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> "Loading":
    return Loading(memory_units, LoadRoster(memory_units, clock, new_id))


class Loading:
    def __init__(self, units: MemoryUnits, use_case: LoadRoster) -> None:
        self.units, self._use_case = units, use_case

    def __call__(
        self, roster: Roster | None = None, *, source: str = "r.zip#1", limit: str = "100%",
        rekey: bool = False, move_sections: bool = False,
    ) -> LoadRosterReport:  # fmt: skip
        return self._use_case(
            LoadRosterCommand(
                "stew", roster or a_roster(), source, limit=removal_limit(limit), rekey=rekey,
                move_sections=move_sections,
            )
        )  # fmt: skip

    def people(self) -> list[Person]:
        with self.units(write=False) as unit:
            return unit.roster.all_people()

    def enrolments(self) -> list[Enrolment]:
        with self.units(write=False) as unit:
            return unit.roster.all_enrolments()

    def person(self, tech_id: str) -> Person:
        with self.units(write=False) as unit:
            (person,) = unit.roster.people_where(LocalField.TECH_ID, tech_id)
            return person

    def scored(self) -> None:
        """The section holds an assessment with a score for Bo."""
        with self.units() as unit:
            (section,) = unit.roster.sections()
            unit.assessments.save_work(builders.a_section_assessment(section_id=section.id))
            unit.scores.save(builders.a_score(student_id=self.person("T-bo").id))
            unit.commit()


def said(report: LoadRosterReport) -> list[tuple[str, int, str, Severity]]:
    return [(e.file, e.line, e.cause, e.severity) for e in report.errors]


class TestDaysOfASection:
    def test_are_kept_while_the_roster_tells_them(self, load: Loading) -> None:
        dated = replace(SECTION, starts_on=date(2026, 8, 24), ends_on=date(2026, 10, 16))
        load(a_roster(sections=listing("offerings.csv", dated)))
        assert self.days(load) == [(date(2026, 8, 24), date(2026, 10, 16))]
        assert load(a_roster(sections=listing("offerings.csv", dated)), source="2").changes_nothing
        load(a_roster(sections=listing("offerings.csv", SECTION)))
        assert self.days(load) == [(None, None)]

    def days(self, load: Loading) -> list[tuple[date | None, date | None]]:
        with load.units(write=False) as unit:
            return [(one.starts_on, one.ends_on) for one in unit.roster.sections()]


class TestOnePersonTwice:
    def test_a_shared_address_is_told_and_noted_for_the_merge_queue(self, load: Loading) -> None:
        load()
        twin = a_record("ana2", line=8, tech_id="T-9", email="ANA@example.edu")
        report = load(a_roster(people=listing("users.csv", twin, mode=FileMode.DELTA)))
        (told,) = report.errors
        assert (told.line, told.column, told.severity) == (8, "email", Severity.WARNING)
        assert "the id ana" in told.cause
        assert report.run_id is not None
        with load.units(write=False) as unit:
            doubles = unit.loads.doubles(report.run_id)
        assert doubles is not None
        (pair,) = doubles.pairs
        assert {pair.first, pair.second} == {load.person("T-ana").id, load.person("T-9").id}
        assert len(load.people()) == 4

    def test_it_is_told_once_and_not_every_night(self, load: Loading) -> None:
        twin = a_record("ana2", line=8, tech_id="T-9", login="ana")
        load(a_roster(people=listing("users.csv", *PEOPLE, twin)))
        report = load(a_roster(people=listing("users.csv", *PEOPLE, twin)))
        assert report.errors == ()

    def test_nobody_shares_an_empty_address(self, load: Loading) -> None:
        people = [replace(one, email="") for one in PEOPLE]
        assert load(a_roster(people=listing("users.csv", *people))).errors == ()


class TestReferences:
    def test_a_delta_looks_in_what_is_stored(self, load: Loading) -> None:
        load()
        absent = {
            name: listing(f"{name}.csv", mode=FileMode.ABSENT)
            for name in ("orgs", "terms", "courses", "sections")
        }
        people = listing("users.csv", a_record("cy"), mode=FileMode.DELTA)
        entries = listing("enrollments.csv", an_entry("cy"), mode=FileMode.DELTA)
        report = load(a_roster(people=people, enrolments=entries, **absent))
        assert report.errors == ()
        assert count(report, CountedKind.ENROLMENTS).added == 1


class TestMovedSections:
    MOVED = a_roster(
        terms=listing("academicSessions.csv", *TERMS),
        sections=listing("classes.csv", replace(SECTION, terms=("t2",))),
    )

    def test_one_without_work_moves(self, load: Loading) -> None:
        load()
        report = load(self.MOVED)
        assert report.errors == ()
        assert count(report, CountedKind.SECTIONS).changed == 1

    def test_one_with_assessments_needs_a_decision(self, load: Loading) -> None:
        load()
        load.scored()
        report = load(self.MOVED)
        assert "--move-sections" in report.errors[0].cause
        assert count(report, CountedKind.SECTIONS).changed == 0
        report = load(self.MOVED, move_sections=True)
        assert count(report, CountedKind.SECTIONS).changed == 1


class TestNewSourceIds:
    CROWD = tuple(a_record(f"p{number}") for number in range(6))
    RENAMED = tuple(replace(one, source_id=f"new-{one.source_id}") for one in CROWD)

    def _crowd(self, people: tuple[object, ...]) -> Roster:
        return a_roster(
            people=listing("users.csv", *PEOPLE[:1], *people),
            enrolments=listing("enrollments.csv", ENTRIES[0]),
        )

    def test_a_whole_college_of_new_ids_is_refused_with_the_offer(self, load: Loading) -> None:
        load(self._crowd(self.CROWD))
        before = load.people()
        report = load(self._crowd(self.RENAMED))
        assert "6 of 7 people are here already under another id" in report.stopped
        assert "--rekey" in report.stopped
        assert not report.over_limit
        assert load.people() == before

    def test_rekeying_knows_people_by_tech_id(self, load: Loading) -> None:
        load(self._crowd(self.CROWD))
        before = {person.id for person in load.people()}
        report = load(self._crowd(self.RENAMED), rekey=True, limit="0")
        assert (report.stopped, count(report, CountedKind.PEOPLE).changed) == ("", 6)
        assert {person.id for person in load.people()} == before
        assert load.person("T-p0").source_id == "new-p0"


class TestDroppedAndReAdded:
    def test_a_later_stay_is_the_same_enrolment_with_its_own_dates(self, load: Loading) -> None:
        first = an_entry("bo", 4, begins_on=date(2026, 9, 1), ends_on=date(2026, 9, 20))
        load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2], first)))
        again = replace(first, source_id="e9", ends_on=date(2026, 12, 1))
        report = load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2], again)))
        assert (report.errors, count(report, CountedKind.ENROLMENTS).changed) == ((), 1)
        stored = next(e for e in load.enrolments() if e.source_id == "e9")
        assert (stored.begins_on, stored.ends_on) == (date(2026, 9, 1), date(2026, 12, 1))
        assert len(load.enrolments()) == 3

    def test_an_end_before_the_start_is_refused(self, load: Loading) -> None:
        entry = an_entry("bo", 4, begins_on=date(2026, 9, 2), ends_on=date(2026, 9, 1))
        report = load(a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2], entry)))
        assert "the end lies before the start" in report.errors[0].cause


class TestWhatHasScores:
    def test_it_ends_and_the_data_stays(self, load: Loading) -> None:
        load()
        load.scored()
        report = load(
            a_roster(
                people=listing("users.csv", *PEOPLE[:2]),
                enrolments=listing("enrollments.csv", *ENTRIES[:2]),
            )
        )
        (told,) = report.errors
        assert (told.file, told.severity) == ("users.csv", Severity.WARNING)
        assert "(1 of kind score); it stays" in told.cause
        assert not load.person("T-bo").active


class TestDemographics:
    TOLD = a_roster(
        demographics=listing(
            "demographics.csv", DemographicsRecord(2, "ana", {"sex": "female", "white": "true"})
        )
    )

    def _of_ana(self, load: Loading) -> set[tuple[str, str]]:
        with load.units(write=False) as unit:
            found = unit.bulk.demographics_of([PersonId(load.person("T-ana").id)])
        return {(one.attribute, one.value) for one in found}

    def test_nothing_is_kept_unless_it_is_switched_on(self, load: Loading) -> None:
        load(self.TOLD)
        assert self._of_ana(load) == set()

    def test_only_the_listed_attributes_are_kept(self, load: Loading) -> None:
        with load.units() as unit:
            unit.settings.put(DEMOGRAPHICS, "sex, birthCountry")
            unit.commit()
        load(self.TOLD)
        assert self._of_ana(load) == {("sex", "female")}
        assert load(self.TOLD).changes_nothing


class TestRuns:
    def test_a_stopped_load_is_remembered_with_its_reason(self, load: Loading) -> None:
        load()
        fewer = a_roster(enrolments=listing("enrollments.csv", *ENTRIES[:2]))
        report = load(fewer, source="cut.zip#2", limit=str(NONE))
        with load.units(write=False) as unit:
            run = unit.loads.recent()[0]
        assert (run.id, run.state, run.file) == (report.run_id, LoadState.STOPPED, "cut.zip")
        assert run.over_limit
        assert "would end" in run.reason
        assert len([e for e in load.enrolments() if e.active]) == 3

    def test_the_same_content_is_recognised(self, load: Loading) -> None:
        first = load()
        again = load()
        assert (again.repeats, again.changes_nothing) == (first.run_id, True)
        assert load(source="r.zip#2").repeats is None

    def test_all_findings_are_kept(self, load: Loading) -> None:
        entries = listing("enrollments.csv", *ENTRIES, *(an_entry("zoe", n, source_id=f"z{n}")
                                                         for n in range(9, 12)))  # fmt: skip
        report = load(a_roster(enrolments=entries))
        assert report.run_id is not None
        with load.units(write=False) as unit:
            run = unit.loads.get(report.run_id)
            portion = unit.loads.findings(run.id, 0)
        assert portion is not None
        assert portion.findings == report.errors
        assert (run.errors, run.warnings) == (3, 0)


class TestScope:
    """A filtered roster is the whole truth within its orgs and terms only."""

    OTHER = SectionRecord(3, "s2", "ENGL-101-02", "", "c1", "o1", ("t2",))

    def test_nothing_outside_of_it_ends(self, load: Loading) -> None:
        entries = (*ENTRIES, EnrolmentRecord(5, "e5", "s2", "tess", TEACHER))
        load(
            a_roster(
                terms=listing("academicSessions.csv", *TERMS),
                sections=listing("classes.csv", SECTION, self.OTHER),
                enrolments=listing("enrollments.csv", *entries),
            )
        )
        fall = a_roster(
            people=listing("users.csv", *PEOPLE[:2]),
            enrolments=listing("enrollments.csv", *ENTRIES[:2]),
            scope=Scope(terms=frozenset({"t1"})),
        )
        report = load(fall, limit="1")
        ended = {c.kind: c.ended for c in report.counts if c.ended}
        assert ended == {CountedKind.ENROLMENTS: 1}
        assert [e.source_id for e in load.enrolments() if not e.active] == ["e-bo"]


class TestRenames:
    def test_a_record_is_known_by_its_new_id(self, load: Loading) -> None:
        load()
        ana = load.person("T-ana")
        people = listing("users.csv", PEOPLE[0], a_record("ana-new", tech_id="T-ana"), PEOPLE[2])
        rename = Rename("change_sis_id.csv", 2, RecordKind.PEOPLE, "ana", "ana-new")
        entries = (ENTRIES[0], replace(ENTRIES[1], person="ana-new"), ENTRIES[2])
        report = load(
            a_roster(
                people=people,
                enrolments=listing("enrollments.csv", *entries),
                renames=(rename,),
            ),
            limit="0",
        )
        assert (report.stopped, report.errors) == ("", ())
        assert load.person("T-ana").id == ana.id
        assert load.person("T-ana").source_id == "ana-new"

    def test_one_that_is_not_listed_is_renamed_too(self, load: Loading) -> None:
        load()
        absent = listing("users.csv", mode=FileMode.ABSENT)
        rename = Rename("change_sis_id.csv", 2, RecordKind.PEOPLE, "ana", "ana-new")
        report = load(a_roster(people=absent, enrolments=listing("e.csv", mode=FileMode.ABSENT),
                               renames=(rename,)))  # fmt: skip
        assert count(report, CountedKind.PEOPLE).changed == 1
        assert load.person("T-ana").source_id == "ana-new"


class TestWhatHangsOnPeople:
    def test_further_logins_are_known_and_asked_for_once(self, load: Loading) -> None:
        told = a_roster(logins=listing("logins.csv", LoginRecord(2, "x", "ana", "ana.2")))
        load(told)
        with load.units(write=False) as unit:
            assert unit.bulk.people_once(LocalField.LOGIN, "ana.2") == [load.person("T-ana").id]
        assert load(told).changes_nothing

    def test_roles_in_orgs_are_given_and_their_defects_named(self, load: Loading) -> None:
        grants = listing(
            "roles.csv",
            GrantRecord(2, "g1", "tess", Role.COORDINATOR, "o2"),
            GrantRecord(3, "g2", "zoe", Role.COORDINATOR, "o2"),
            GrantRecord(4, "g3", "tess", Role.COORDINATOR, "o9"),
        )
        report = load(a_roster(grants=grants))
        assert [(e.file, e.line, e.value) for e in report.errors] == [
            ("roles.csv", 3, "zoe"), ("roles.csv", 4, "o9"),
        ]  # fmt: skip
        with load.units(write=False) as unit:
            held = unit.roster.roles_of(load.person("T-tess").id)
        assert {(one.role, one.org_id is None) for one in held} == {
            (Role.FACULTY, True), (Role.COORDINATOR, False),
        }  # fmt: skip
