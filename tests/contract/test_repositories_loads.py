"""What the stores of loads, and of rosters at once, promise over each kind of store."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from application.errors import Conflict, Invalid, NotFound
from application.ports.load_repositories import EnrolmentFacts, LoadPace, Use
from application.ports.unit_of_work import UnitOfWorkFactory
from application.rosters.load_runs import (
    Doubled,
    LoadBefore,
    LoadDoubles,
    LoadFindings,
    LoadState,
    Records,
)
from application.rosters.records import RecordKind, RowError
from domain.access import Role
from domain.identity import LocalField
from domain.ids import LoadRunId, OrgId, PersonId, SectionId
from domain.person_alias import PersonAlias
from domain.rostering import Demographic, Enrolment, EnrolmentRole
from tests.builders import College, a_person, a_role_grant, an_enrolment, an_org
from tests.loading import a_load_run
from tests.stand_ins import NOON

FIRST, SECOND = LoadRunId("load-first"), LoadRunId("load-second")
ANA, TESS = PersonId("person-ana"), PersonId("person-tess")
MANY = 2_500
"""More than one portion, and enough for PostgreSQL to take them by COPY."""


@pytest.fixture
def college(units: UnitOfWorkFactory) -> UnitOfWorkFactory:
    with units() as unit:
        College().store(unit)
        unit.commit()
    return units


class TestLoads:
    def test_the_newest_come_first_and_the_last_applied_is_known(
        self, units: UnitOfWorkFactory
    ) -> None:
        later = NOON + timedelta(hours=1)
        with units() as unit:
            unit.loads.save(a_load_run("first"))
            unit.loads.save(a_load_run("second", requested_at=later, finished_at=later))
            stopped = a_load_run("third", requested_at=later + timedelta(hours=1))
            unit.loads.save(replace(stopped, state=LoadState.STOPPED))
            assert [run.id for run in unit.loads.recent()] == ["load-third", SECOND, FIRST]
            assert [run.id for run in unit.loads.recent(1)] == ["load-third"]
            last = unit.loads.last_applied()
            assert last is not None
            assert last.id == SECOND
            unit.loads.save(replace(last, state=LoadState.UNDONE))
            before = unit.loads.last_applied()
            assert before is not None
            assert before.id == FIRST

    def test_open_ones_are_those_in_hand(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            for state in LoadState:
                unit.loads.save(a_load_run(state.value, state=state))
            assert {run.state for run in unit.loads.open_runs()} == {
                LoadState.CHECKING, LoadState.LOADING,
            }  # fmt: skip

    def test_a_change_of_what_was_not_seen_is_refused(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.loads.save(a_load_run())
            with pytest.raises(Conflict):
                unit.loads.save(a_load_run())

    def test_findings_are_replaced_as_a_whole(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.loads.save(a_load_run())
            unit.loads.put_findings(FIRST, [a_portion(0), a_portion(1)])
            unit.loads.put_findings(FIRST, [a_portion(0, "other")])
            assert unit.loads.findings(FIRST, 0) == a_portion(0, "other")
            assert unit.loads.findings(FIRST, 1) is None

    def test_what_it_replaced_comes_back_in_the_order_of_kinds(
        self, units: UnitOfWorkFactory
    ) -> None:
        people = LoadBefore(
            FIRST, RecordKind.PEOPLE, Records(people=(a_person(),)),
            Records(people=(a_person(login="other"),)), ("person-new",), (a_role_grant(),),
            (Demographic(ANA, "sex", "female"),), (ANA,),
        )  # fmt: skip
        orgs = LoadBefore(FIRST, RecordKind.ORGS, Records(orgs=(an_org(),)), Records())
        with units() as unit:
            unit.loads.save(a_load_run())
            unit.loads.put_before([people, orgs])
            unit.commit()
        with units(write=False) as unit:
            assert unit.loads.before(FIRST) == [orgs, people]
            assert unit.loads.before(SECOND) == []

    def test_doubles_and_pace_are_kept(self, units: UnitOfWorkFactory) -> None:
        doubles = LoadDoubles(FIRST, (Doubled(ANA, TESS, LocalField.EMAIL),))
        with units() as unit:
            unit.loads.save(a_load_run())
            assert unit.loads.doubles(FIRST) is None
            unit.loads.put_doubles(doubles)
            unit.loads.put_pace(LoadPace(FIRST, "comparing", 1, 4))
            unit.loads.put_pace(LoadPace(FIRST, "storing", 2, 4))
            assert unit.loads.doubles(FIRST) == doubles
            assert unit.loads.pace(FIRST) == LoadPace(FIRST, "storing", 2, 4)

    def test_a_forgotten_load_leaves_nothing(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.loads.save(a_load_run())
            unit.loads.put_findings(FIRST, [a_portion(0)])
            unit.loads.put_pace(LoadPace(FIRST, "comparing", 1, 4))
            unit.loads.remove(FIRST)
            unit.commit()
        with units(write=False) as unit:
            assert unit.loads.findings(FIRST, 0) is None
            assert unit.loads.pace(FIRST) is None
            with pytest.raises(NotFound):
                unit.loads.get(FIRST)


class TestManyRecords:
    def test_many_are_put_replaced_and_counted(self, units: UnitOfWorkFactory) -> None:
        people = [a_person(f"n{number:05}") for number in range(MANY)]
        renamed = [replace(one, login="new") for one in people[::2]]
        with units() as unit:
            unit.bulk.put(RecordKind.PEOPLE, people)
            unit.bulk.put(RecordKind.PEOPLE, [*renamed, *people[1::2]])
            unit.commit()
        with units(write=False) as unit:
            stored = unit.bulk.among(RecordKind.PEOPLE, [one.id for one in people])
            assert unit.bulk.counts()[RecordKind.PEOPLE] == MANY
            assert unit.bulk.counts()[RecordKind.TERMS] == 0
        assert stored == {one.id: one for one in (*renamed, *people[1::2])}

    @pytest.mark.parametrize("many", [3, MANY])
    def test_new_ones_are_added_and_read_back(self, college: UnitOfWorkFactory, many: int) -> None:
        people = [a_person(f"n{number:05}") for number in range(many)]
        places = [an_enrolment(f"n{number:05}", begins_on=NOON.date()) for number in range(many)]
        with college() as unit:
            unit.bulk.add(RecordKind.PEOPLE, people)
            unit.bulk.add(RecordKind.ENROLMENTS, places)
            unit.commit()
        with college(write=False) as unit:
            for kind, added in ((RecordKind.PEOPLE, people), (RecordKind.ENROLMENTS, places)):
                stored = unit.bulk.among(kind, [one.id for one in added])
                assert stored == {one.id: one for one in added}

    def test_one_that_is_there_is_not_added_again(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.bulk.add(RecordKind.ORGS, [an_org("a")])
            with pytest.raises(Conflict):
                unit.bulk.add(RecordKind.ORGS, [an_org("b"), an_org("a")])

    def test_a_unit_that_is_left_stores_none_of_them(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.bulk.put(RecordKind.PEOPLE, [a_person(f"n{number}") for number in range(MANY)])
        with units(write=False) as unit:
            assert unit.roster.all_people() == []

    @pytest.mark.postgres
    def test_a_character_that_cannot_be_copied_is_named(
        self, postgres_units: UnitOfWorkFactory
    ) -> None:
        people = [a_person(f"n{number}", login="a\0b") for number in range(MANY)]
        with postgres_units() as unit, pytest.raises(Invalid, match="character"):
            unit.bulk.put(RecordKind.PEOPLE, people)

    def test_removed_ones_are_gone(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.bulk.put(RecordKind.ORGS, [an_org("a"), an_org("b")])
            unit.bulk.remove(RecordKind.ORGS, ["org-a", "org-never"])
            assert [org.id for org in unit.roster.orgs()] == ["org-b"]


class TestStoredEnrolments:
    """The college has Ana and Ben as students and Tess as teacher, all in one section."""

    def test_all_that_is_live_is_brought_where_nothing_is_wanted(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit:
            gone = an_enrolment("ana", role=EnrolmentRole.TEACHER, active=False)
            unit.roster.put_enrolments([gone])
            everything = unit.roster.all_enrolments()
            assert unit.bulk.enrolments().count() == 4
            assert unit.bulk.enrolments().beside({}) == [one for one in everything if one.active]

    @pytest.mark.parametrize("day", [None, NOON.date()])
    def test_what_stands_as_wanted_is_taken_out_and_not_brought(
        self, college: UnitOfWorkFactory, day: date | None
    ) -> None:
        with college() as unit:
            unit.roster.put_enrolments([an_enrolment("ana", begins_on=day, ends_on=day)])
            wanted = {one.source_id: facts(one) for one in unit.roster.all_enrolments()}
            assert unit.bulk.enrolments().beside(wanted) == []
        assert wanted == {}

    @pytest.mark.parametrize(
        "change",
        [{"section_id": SectionId("section-other")}, {"person_id": TESS},
         {"role": EnrolmentRole.TEACHER}, {"begins_on": NOON.date()}, {"ends_on": NOON.date()}],
    )  # fmt: skip
    def test_what_stands_otherwise_is_brought(
        self, college: UnitOfWorkFactory, change: dict[str, Any]
    ) -> None:
        with college(write=False) as unit:
            ana = an_enrolment("ana")
            wanted = {one.source_id: facts(one) for one in unit.roster.all_enrolments()}
            other = facts(replace(ana, **change))
            wanted[ana.source_id] = other
            assert unit.bulk.enrolments().beside(wanted) == [ana]
        assert wanted == {ana.source_id: other}

    def test_what_is_named_is_brought_whatever_it_says_and_though_it_has_ended(
        self, college: UnitOfWorkFactory
    ) -> None:
        gone = an_enrolment("ben", active=False)
        with college() as unit:
            unit.roster.put_enrolments([gone])
            wanted = {one.source_id: facts(one) for one in unit.roster.all_enrolments()}
            assert unit.bulk.enrolments().beside(dict(wanted)) == [gone]
            brought = unit.bulk.enrolments().beside(dict.fromkeys(wanted))
            assert brought == unit.roster.all_enrolments()

    def test_all_of_some_people_are_had(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            found = unit.bulk.enrolments().of([ANA, PersonId("person-nobody")])
            assert found == [an_enrolment("ana")]


def facts(one: Enrolment) -> EnrolmentFacts | None:
    return one.section_id, one.person_id, one.role, one.begins_on, one.ends_on


class TestUses:
    def test_what_names_a_record_is_counted(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            section = SectionId("section-engl101-01")
            assert Use("enrolment", 3) in unit.bulk.uses(RecordKind.SECTIONS, [section])
            assert unit.bulk.uses(RecordKind.SECTIONS, ["section-none"]) == []
            unit.roster.grant(a_role_grant("ana", role=Role.READER))
            uses = {use.what for use in unit.bulk.uses(RecordKind.PEOPLE, [ANA])}
            assert {"enrolment", "role grant"} <= uses

    def test_records_that_name_one_another_do_not_count(self, units: UnitOfWorkFactory) -> None:
        parent, child = an_org("a"), an_org("b", parent_id=OrgId("org-a"))
        with units() as unit:
            unit.roster.put_orgs([parent, child])
            assert unit.bulk.uses(RecordKind.ORGS, [parent.id, child.id]) == []
            assert unit.bulk.uses(RecordKind.ORGS, [parent.id]) == [Use("org", 1)]

    def test_sections_with_assessments_are_known(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            known = unit.bulk.worked_sections()
        assert known <= {SectionId("section-engl101-01"), SectionId("section-engl101-02")}


class TestWhatHangsOnPeople:
    def test_roles_are_given_and_taken(self, college: UnitOfWorkFactory) -> None:
        grants = [a_role_grant("ana"), a_role_grant("tess", role=Role.READER)]
        with college() as unit:
            held = unit.bulk.grants_of([ANA, TESS])
            unit.bulk.put_grants(grants)
            unit.bulk.put_grants(grants)
            assert set(unit.bulk.grants_of([ANA, TESS])) == {*held, *grants}
            unit.bulk.remove_grants([*grants, a_role_grant("ana", role=Role.EVALUATOR)])
            assert set(unit.bulk.grants_of([ANA, TESS])) == set(held) - set(grants)

    def test_aliases_are_found_in_comparable_form(self, college: UnitOfWorkFactory) -> None:
        alias = PersonAlias(ANA, LocalField.LOGIN, "Ana.Old", NOON)
        with college() as unit:
            unit.bulk.put_aliases([alias])
            assert unit.bulk.people_once(LocalField.LOGIN, "ana.old ") == [ANA]
            assert unit.bulk.people_once(LocalField.EMAIL, "ana.old") == []
            assert unit.bulk.aliases_of([ANA, TESS]) == [alias]
            unit.bulk.remove_aliases([alias, alias])
            assert unit.bulk.aliases_of([ANA]) == []

    def test_demographics_are_replaced_by_attribute(self, college: UnitOfWorkFactory) -> None:
        first, second = Demographic(ANA, "sex", "female"), Demographic(ANA, "sex", "other")
        with college() as unit:
            unit.bulk.put_demographics([first])
            unit.bulk.put_demographics([second])
            assert unit.bulk.demographics_of([ANA]) == [second]
            unit.bulk.remove_demographics([second])
            assert unit.bulk.demographics_of([ANA]) == []


def a_portion(number: int, cause: str = "worth a look") -> LoadFindings:
    return LoadFindings(FIRST, number, (RowError("users.csv", 2, "email", "", cause),))
