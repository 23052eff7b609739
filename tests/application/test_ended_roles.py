"""Roles that a roster's file of roles brought, and that a later file ends."""

from dataclasses import replace
from itertools import product

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.rosters.records import GrantRecord
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import Severity
from application.use_cases.rosters.load_roster import LoadRoster, LoadRosterCommand
from application.use_cases.rosters.undo_load import UndoLoad
from domain.access import Role, RoleGrant
from tests import builders
from tests.application.test_load_defects import Loading, said
from tests.application.test_load_roster import a_roster, listing
from tests.stand_ins import NOON, CountedIds, FixedClock


@pytest.fixture
def load(memory_units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> Loading:
    return Loading(memory_units, LoadRoster(memory_units, clock, new_id))


class TestRolesThatAreNoLongerListed:
    COORDINATES = GrantRecord(2, "g1", "tess", Role.COORDINATOR, "o2")
    READS = GrantRecord(3, "g2", "ana", Role.READER, "")
    TEACHES = GrantRecord(4, "g3", "tess", Role.FACULTY, "")

    def given(self, load: Loading, key: str) -> set[tuple[Role, bool]]:
        with load.units(write=False) as unit:
            held = unit.roster.roles_of(load.person(f"T-{key}").id)
        return {(one.role, one.org_id is None) for one in held}

    def test_end_and_come_back_when_the_load_is_undone(self, load: Loading) -> None:
        load(a_roster(grants=listing("roles.csv", self.COORDINATES, self.READS)))
        report = load(a_roster(grants=listing("roles.csv", self.READS)))
        assert [e.cause for e in report.errors] == [
            "a role that an earlier load brought is not listed; it ends"
        ]
        assert self.given(load, "tess") == {(Role.FACULTY, True)}
        assert self.given(load, "ana") == {(Role.STUDENT, True), (Role.READER, True)}
        assert report.run_id is not None
        UndoLoad(load.units, FixedClock())("test", report.run_id)
        assert self.given(load, "tess") == {(Role.FACULTY, True), (Role.COORDINATOR, False)}

    def test_given_by_hand_stay_and_are_not_taken_over(self, load: Loading) -> None:
        load(a_roster())
        tess = load.person("T-tess").id
        with load.units() as unit:
            org = next(one for one in unit.roster.orgs() if one.source_id == "o2")
            unit.roster.grant(RoleGrant(tess, Role.COORDINATOR, org.id, "person-dana", NOON))
            unit.commit()
        load(a_roster(grants=listing("roles.csv", self.COORDINATES, self.READS)))
        load(a_roster(grants=listing("roles.csv", self.READS)))
        with load.units(write=False) as unit:
            assert RoleGrant(tess, Role.COORDINATOR, org.id, "person-dana", NOON) in (
                unit.roster.roles_of(tess)
            )

    def test_of_teaching_stay_while_the_person_teaches(self, load: Loading) -> None:
        load(a_roster(grants=listing("roles.csv", self.TEACHES, self.READS)))
        load(a_roster(grants=listing("roles.csv", self.READS)))
        assert self.given(load, "tess") == {(Role.FACULTY, True)}

    @pytest.mark.parametrize("mode", [FileMode.ABSENT, FileMode.DELTA])
    def test_stay_where_the_file_is_not_the_whole_truth(
        self, load: Loading, mode: FileMode
    ) -> None:
        load(a_roster(grants=listing("roles.csv", self.COORDINATES, self.READS)))
        load(a_roster(grants=listing("roles.csv", self.READS, mode=mode)))
        assert (Role.COORDINATOR, False) in self.given(load, "tess")

    def test_stay_where_a_row_was_left_out_or_its_org_is_not_known(self, load: Loading) -> None:
        load(a_roster(grants=listing("roles.csv", self.COORDINATES, self.READS)))
        load(a_roster(grants=listing("roles.csv", self.READS, refused=frozenset({"g1"}))))
        astray = replace(self.COORDINATES, org="o9")
        load(a_roster(grants=listing("roles.csv", self.READS, astray)))
        assert (Role.COORDINATOR, False) in self.given(load, "tess")


class TestRolesThatADeltaMarksForRemoval:
    COORDINATES = GrantRecord(2, "g1", "tess", Role.COORDINATOR, "o2")
    READS = GrantRecord(3, "g2", "ana", Role.READER, "")

    @pytest.fixture
    def loaded(self, load: Loading) -> Loading:
        load(a_roster(grants=listing("roles.csv", self.COORDINATES, self.READS)))
        return load

    def marked(self, *rows: GrantRecord, listed: tuple[GrantRecord, ...] = ()) -> Roster:
        """A delta of roles alone."""
        made = listing("roles.csv", *listed, mode=FileMode.DELTA)
        ended = {row.source_id: row.line for row in rows}
        orgs, terms, courses, sections, people, enrolments = (
            listing(file, mode=FileMode.ABSENT) for file in a_roster().files
        )
        absent = Roster(orgs, terms, courses, sections, people, enrolments)
        return replace(absent, grants=replace(made, ended=ended, ended_rows=rows))

    def held(self, load: Loading, key: str) -> set[tuple[Role, bool]]:
        with load.units(write=False) as unit:
            roles = unit.roster.roles_of(load.person(f"T-{key}").id)
        return {(one.role, one.org_id is None) for one in roles}

    def test_end_and_come_back_when_the_load_is_undone(self, loaded: Loading) -> None:
        report = loaded(self.marked(self.COORDINATES))
        assert [(e.cause, e.severity) for e in report.errors] == [
            ("a role that an earlier load brought is marked for removal; it ends", Severity.INFO)
        ]
        assert self.held(loaded, "tess") == {(Role.FACULTY, True)}
        assert self.held(loaded, "ana") == {(Role.STUDENT, True), (Role.READER, True)}
        assert report.run_id is not None
        UndoLoad(loaded.units, FixedClock())("test", report.run_id)
        assert (Role.COORDINATOR, False) in self.held(loaded, "tess")

    def test_are_told_by_a_dry_run_that_changes_nothing(self, loaded: Loading) -> None:
        command = LoadRosterCommand(
            "stew", self.marked(self.COORDINATES, self.READS), "d.zip#1", dry_run=True
        )
        report = LoadRoster(loaded.units, FixedClock(), CountedIds("dry"))(command)
        assert [e.cause for e in report.errors] == [
            "2 roles that an earlier load brought are marked for removal; they end"
        ]
        assert not report.changes_nothing
        assert (Role.COORDINATOR, False) in self.held(loaded, "tess")

    def test_stay_where_another_row_gives_them(self, loaded: Loading) -> None:
        again = replace(self.COORDINATES, source_id="g9", line=4)
        report = loaded(self.marked(self.COORDINATES, listed=(again,)))
        assert [e.cause for e in report.errors] == [
            "marked for removal, but another row gives this role; it stays"
        ]
        assert (Role.COORDINATOR, False) in self.held(loaded, "tess")
        loaded(self.marked(again))
        assert (Role.COORDINATOR, False) not in self.held(loaded, "tess")

    def test_are_known_by_the_id_of_the_row_whatever_it_says_by_now(self, loaded: Loading) -> None:
        loaded(self.marked(replace(self.COORDINATES, role=Role.READER, org="")))
        assert self.held(loaded, "tess") == {(Role.FACULTY, True)}

    def test_of_somebody_who_ends_with_the_load_end_too(self, loaded: Loading) -> None:
        roster = self.marked(self.READS)
        gone = replace(listing("users.csv", mode=FileMode.DELTA), ended={"ana": 2})
        ana = loaded.person("T-ana").id
        loaded(replace(roster, people=gone))
        with loaded.units(write=False) as unit:
            assert Role.READER not in {one.role for one in unit.roster.roles_of(ana)}

    def test_nobody_holds_are_named_and_end_nothing(self, loaded: Loading) -> None:
        rows = (
            replace(self.COORDINATES, source_id="g8", person="zoe"),
            replace(self.READS, source_id="g9", role=Role.COORDINATOR),
        )
        report = loaded(self.marked(*rows))
        cause = "marked for removal, but nobody here holds this role: nothing to end"
        assert said(report) == [
            ("roles.csv", 2, cause, Severity.WARNING), ("roles.csv", 3, cause, Severity.WARNING),
        ]  # fmt: skip

    def test_given_by_hand_stay(self, loaded: Loading) -> None:
        bo = loaded.person("T-bo").id
        with loaded.units() as unit:
            unit.roster.grant(RoleGrant(bo, Role.READER, None, "person-dana", NOON))
            unit.commit()
        report = loaded(self.marked(replace(self.READS, source_id="g9", person="bo")))
        assert [e.cause for e in report.errors] == [
            "marked for removal, but no load brought this role; it stays"
        ]
        assert (Role.READER, True) in self.held(loaded, "bo")

    def test_in_numbers_stop_the_load_until_it_is_meant(self, load: Loading) -> None:
        roles = (Role.COORDINATOR, Role.READER)
        every = tuple(
            GrantRecord(line, f"g{line}", person, role, org)
            for line, (person, role, org) in enumerate(
                product(("tess", "ana", "bo"), roles, ("", "o2")), start=2
            )
        )
        load(a_roster(grants=listing("roles.csv", *every)))
        assert load(self.marked(*every[:5]), limit="5%").applied
        stopped = load(self.marked(*every[5:11]), limit="5%")
        assert stopped.over_limit
        assert "6 of 7 roles that loads brought would end, more than 5 %" in stopped.stopped
        assert load(self.marked(*every[5:11]), limit="6").applied

    def test_end_for_sessions_that_are_open(self, loaded: Loading) -> None:
        tess = loaded.person("T-tess").id
        with loaded.units() as unit:
            unit.sessions.add(builders.a_session(person_id=tess, role=Role.COORDINATOR))
            unit.commit()
        loaded(self.marked(self.COORDINATES))
        with loaded.units(write=False) as unit:
            (session,) = unit.sessions.of_person(tess)
        assert not session.is_live(NOON)
