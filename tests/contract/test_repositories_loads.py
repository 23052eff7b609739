"""What the stores of loads, and of rosters at once, promise over each kind of store."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from application.errors import Conflict, Invalid, NotFound
from application.ports.load_repositories import EnrolmentFields, LoadPace, Use
from application.ports.unit_of_work import UnitOfWorkFactory
from application.rosters.load_runs import (
    Doubled,
    LoadBefore,
    LoadDoubles,
    LoadFindings,
    LoadState,
    Records,
    SourceChanges,
)
from application.rosters.records import RecordKind
from application.rosters.row_errors import RowError
from domain.access import GrantSource, Role
from domain.identity import LocalField
from domain.ids import LoadRunId, OrgId, PersonId, SectionId
from domain.person_alias import PersonAlias
from domain.rostering import Demographic, EnrolmentRole
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
            (Demographic(ANA, "sex", "female"),), (ANA,), (),
            SourceChanges((GrantSource("g1", ANA, Role.READER, None),)),
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

    @pytest.mark.parametrize("many", [3, MANY])
    def test_new_enrolments_are_added_side_by_side(
        self, college: UnitOfWorkFactory, many: int
    ) -> None:
        day = NOON.date()
        changes: list[dict[str, Any]] = [
            {}, {"begins_on": day}, {"ends_on": day}, {"active": False},
            {"role": EnrolmentRole.TEACHER}, {"source_id": "a\tb\\c\nd"},
        ]  # fmt: skip
        people = [a_person(f"n{number:05}") for number in range(many)]
        places = [
            an_enrolment(f"n{number:05}", **changes[number % len(changes)])
            for number in range(many)
        ]
        with college() as unit:
            unit.bulk.add(RecordKind.PEOPLE, people)
            unit.bulk.add_enrolments(EnrolmentFields.of(places))
            unit.commit()
        with college(write=False) as unit:
            stored = unit.bulk.among(RecordKind.ENROLMENTS, [one.id for one in places])
            assert stored == {one.id: one for one in places}

    def test_an_enrolment_that_is_there_is_not_added_again(
        self, college: UnitOfWorkFactory
    ) -> None:
        with college() as unit, pytest.raises(Conflict):
            unit.bulk.add_enrolments(EnrolmentFields.of([an_enrolment("ana")]))

    @pytest.mark.parametrize("many", [3, 12_000])
    def test_a_table_that_is_filled_is_as_one_that_grew(
        self, units: UnitOfWorkFactory, many: int
    ) -> None:
        people = [a_person(f"n{number:05}") for number in range(many)]
        with units() as unit:
            with unit.bulk.filling(RecordKind.PEOPLE, many):
                unit.bulk.add(RecordKind.PEOPLE, people)
            found = unit.roster.people_where(LocalField.LOGIN, people[-1].login)
            assert found == [people[-1]]
            unit.commit()
        with units() as unit:
            with unit.bulk.filling(RecordKind.PEOPLE, 1):
                unit.bulk.add(RecordKind.PEOPLE, [a_person("last")])
            unit.commit()
        with units(write=False) as unit:
            assert unit.bulk.counts()[RecordKind.PEOPLE] == many + 1

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

    @pytest.mark.parametrize("day", [None, NOON.date()])
    def test_all_are_brought_ended_ones_too(
        self, college: UnitOfWorkFactory, day: date | None
    ) -> None:
        with college() as unit:
            gone = an_enrolment("ana", role=EnrolmentRole.TEACHER, active=False, ends_on=day)
            unit.roster.put_enrolments([gone, an_enrolment("ben", begins_on=day)])
            everything = unit.roster.all_enrolments()
            stored = unit.bulk.enrolments()
            found = [one for portion in stored.portions() for one in portion.records()]
            assert stored.count() == len(found) == 4
            assert sorted(found, key=lambda one: one.id) == everything
            assert gone in found

    def test_more_than_a_portion_are_all_brought(self, college: UnitOfWorkFactory) -> None:
        with college() as unit:
            people = [a_person(f"n{number:05}") for number in range(MANY)]
            unit.bulk.add(RecordKind.PEOPLE, people)
            new = [an_enrolment(f"n{number:05}") for number in range(MANY)]
            unit.bulk.add_enrolments(EnrolmentFields.of(new))
            portions = list(unit.bulk.enrolments().portions())
        found = {one.id for portion in portions for one in portion.records()}
        assert len(found) == sum(map(len, portions)) == MANY + 3
        assert found >= {one.id for one in new}

    def test_none_are_brought_where_none_are(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.bulk.add_enrolments(EnrolmentFields.of([]))
            assert [len(portion) for portion in unit.bulk.enrolments().portions() if portion] == []

    def test_all_of_some_people_are_had(self, college: UnitOfWorkFactory) -> None:
        with college(write=False) as unit:
            found = unit.bulk.enrolments().of([ANA, PersonId("person-nobody")])
            assert found == [an_enrolment("ana")]


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

    def test_what_the_rows_of_roles_give_is_kept_by_the_id_of_the_row(
        self, college: UnitOfWorkFactory
    ) -> None:
        reads = GrantSource("g2", ANA, Role.READER, OrgId("org-engl"))
        teaches = GrantSource("g1", TESS, Role.FACULTY, None)
        changed = replace(reads, person_id=TESS, org_id=None)
        with college() as unit:
            unit.bulk.put_grant_sources([reads, teaches])
            assert unit.bulk.grant_sources() == [teaches, reads]
            unit.bulk.put_grant_sources([changed])
            assert unit.bulk.grant_sources() == [teaches, changed]
            unit.bulk.remove_grant_sources([changed, replace(reads, source_id="g9")])
            assert unit.bulk.grant_sources() == [teaches]

    def test_new_roles_are_added_once(self, college: UnitOfWorkFactory) -> None:
        new = a_role_grant("ana", role=Role.EVALUATOR)
        with college() as unit:
            unit.bulk.add_grants([new])
            assert new in unit.bulk.grants_of([ANA])
            with pytest.raises(Conflict):
                unit.bulk.add_grants([new])

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
