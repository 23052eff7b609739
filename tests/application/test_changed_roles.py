"""Roles whose row in a delta says something else by now, under the id that it had."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.rosters.load_runs import LoadState
from application.rosters.records import GrantRecord
from application.rosters.roster import FileMode, Roster
from application.use_cases.rosters.load_roster import LoadRoster, LoadRosterCommand
from application.use_cases.rosters.undo_load import UndoLoad
from domain.access import GrantSource, Role, RoleGrant
from tests import builders
from tests.application.test_load_defects import Loading, said
from tests.application.test_load_roster import a_roster, listing
from tests.stand_ins import NOON, CountedIds, FixedClock

COORDINATES = GrantRecord(2, "g1", "tess", Role.COORDINATOR, "o2")
READS = GrantRecord(3, "g2", "ana", Role.READER, "")
IT_ENDS = "a role that an earlier load brought is no longer what its row says; it ends"


@pytest.fixture
def loaded(memory_units: MemoryUnits, clock: FixedClock, new_id: CountedIds) -> Loading:
    load = Loading(memory_units, LoadRoster(memory_units, clock, new_id))
    load(a_roster(grants=listing("roles.csv", COORDINATES, READS)))
    return load


def a_delta(*rows: GrantRecord, **changes: Any) -> Roster:
    """Of roles alone."""
    orgs, terms, courses, sections, people, enrolments = (
        listing(file, mode=FileMode.ABSENT) for file in a_roster().files
    )
    grants = replace(listing("roles.csv", *rows, mode=FileMode.DELTA), **changes)
    return Roster(orgs, terms, courses, sections, people, enrolments, grants=grants)


def held(load: Loading, key: str) -> set[tuple[Role, bool]]:
    with load.units(write=False) as unit:
        roles = unit.roster.roles_of(load.person(f"T-{key}").id)
    return {(one.role, one.org_id is None) for one in roles}


def kept(load: Loading) -> list[GrantSource]:
    with load.units(write=False) as unit:
        return unit.bulk.grant_sources()


@pytest.mark.parametrize(
    ("now", "tess"),
    [
        (replace(COORDINATES, role=Role.READER), {(Role.READER, False)}),
        (replace(COORDINATES, org=""), {(Role.COORDINATOR, True)}),
        (replace(COORDINATES, person="bo"), set()),
    ],
)
def test_another_role_org_or_person_ends_the_former(
    loaded: Loading, now: GrantRecord, tess: set[tuple[Role, bool]]
) -> None:
    report = loaded(a_delta(now))
    assert [e.cause for e in report.errors] == [IT_ENDS]
    assert held(loaded, "tess") == {(Role.FACULTY, True), *tess}
    assert (now.role, not now.org) in held(loaded, now.person)
    assert held(loaded, "ana") == {(Role.STUDENT, True), (Role.READER, True)}


def test_a_role_that_gives_nothing_here_ends_the_former(loaded: Loading) -> None:
    report = loaded(a_delta(giving_nothing={"g1": 2}))
    assert [e.cause for e in report.errors] == [IT_ENDS]
    assert held(loaded, "tess") == {(Role.FACULTY, True)}
    assert [one.source_id for one in kept(loaded)] == ["g2"]


def test_the_same_row_again_changes_nothing(loaded: Loading) -> None:
    report = loaded(a_delta(COORDINATES))
    assert report.changes_nothing
    assert (Role.COORDINATOR, False) in held(loaded, "tess")


def test_undoing_the_load_gives_the_former_back_and_takes_the_new(loaded: Loading) -> None:
    before = kept(loaded)
    report = loaded(a_delta(replace(COORDINATES, role=Role.READER)))
    assert report.run_id is not None
    UndoLoad(loaded.units, FixedClock())("test", report.run_id)
    assert held(loaded, "tess") == {(Role.FACULTY, True), (Role.COORDINATOR, False)}
    assert kept(loaded) == before
    loaded(a_delta(replace(COORDINATES, role=Role.READER)))
    assert held(loaded, "tess") == {(Role.FACULTY, True), (Role.READER, False)}


def test_undoing_the_load_that_brought_the_people_is_not_in_the_way(loaded: Loading) -> None:
    with loaded.units(write=False) as unit:
        run = unit.loads.last_applied()
    assert run is not None
    UndoLoad(loaded.units, FixedClock())("test", run.id)
    assert kept(loaded) == []


def test_a_dry_run_tells_it_and_changes_nothing(loaded: Loading) -> None:
    rows = replace(COORDINATES, role=Role.READER), replace(READS, person="bo")
    command = LoadRosterCommand("stew", a_delta(*rows), "d.zip#1", dry_run=True)
    report = LoadRoster(loaded.units, FixedClock(), CountedIds("dry"))(command)
    assert [e.cause for e in report.errors] == [
        "2 roles that an earlier load brought are no longer what their rows say; they end"
    ]
    assert not report.changes_nothing
    assert (Role.COORDINATOR, False) in held(loaded, "tess")


def test_it_stays_while_another_row_gives_it(loaded: Loading) -> None:
    loaded(a_delta(replace(COORDINATES, source_id="g9")))
    report = loaded(a_delta(replace(COORDINATES, role=Role.READER)))
    assert said(report) == []
    assert held(loaded, "tess") == {
        (Role.FACULTY, True), (Role.COORDINATOR, False), (Role.READER, False),
    }  # fmt: skip
    loaded(a_delta(giving_nothing={"g9": 2}))
    assert (Role.COORDINATOR, False) not in held(loaded, "tess")


def test_rows_may_change_places(loaded: Loading) -> None:
    report = loaded(a_delta(replace(COORDINATES, source_id="g2"), replace(READS, source_id="g1")))
    assert said(report) == []
    assert (Role.COORDINATOR, False) in held(loaded, "tess")
    assert (Role.READER, True) in held(loaded, "ana")


def test_a_role_given_by_hand_stays(loaded: Loading) -> None:
    bo = loaded.person("T-bo").id
    with loaded.units() as unit:
        unit.roster.grant(RoleGrant(bo, Role.READER, None, "person-dana", NOON))
        unit.commit()
    loaded(a_delta(GrantRecord(2, "g3", "bo", Role.READER, "")))
    loaded(a_delta(GrantRecord(2, "g3", "bo", Role.COORDINATOR, "")))
    assert {(Role.READER, True), (Role.COORDINATOR, True)} <= held(loaded, "bo")


def test_a_row_that_is_left_out_leaves_the_former(loaded: Loading) -> None:
    loaded(a_delta(replace(COORDINATES, org="o9")))
    loaded(a_delta(refused=frozenset({"g1"})))
    assert (Role.COORDINATOR, False) in held(loaded, "tess")
    assert [one.source_id for one in kept(loaded)] == ["g1", "g2"]


def test_more_than_the_limit_stop_the_load_until_it_is_meant(loaded: Loading) -> None:
    rows = [
        GrantRecord(line, f"g{line}", who, Role.READER, org)
        for line, (who, org) in enumerate(
            [("tess", ""), ("tess", "o1"), ("bo", ""), ("bo", "o1"), ("bo", "o2"), ("ana", "o1")],
            start=10,
        )
    ]
    loaded(a_delta(*rows))
    changed = a_delta(*(replace(row, role=Role.COORDINATOR) for row in rows))
    stopped = loaded(changed, limit="5%")
    assert stopped.over_limit
    assert "6 of 8 roles that loads brought would end, more than 5 %" in stopped.stopped
    assert (Role.READER, True) in held(loaded, "bo")
    assert loaded(changed, limit="6").applied


def test_sessions_in_the_former_role_end(loaded: Loading) -> None:
    tess = loaded.person("T-tess").id
    with loaded.units() as unit:
        unit.sessions.add(builders.a_session(person_id=tess, role=Role.COORDINATOR))
        unit.commit()
    loaded(a_delta(replace(COORDINATES, role=Role.READER)))
    with loaded.units(write=False) as unit:
        (session,) = unit.sessions.of_person(tess)
    assert not session.is_live(NOON)


def test_a_college_that_was_loaded_before_this_was_kept_learns_it_and_ends_nothing(
    loaded: Loading,
) -> None:
    whole = a_roster(grants=listing("roles.csv", COORDINATES, READS))
    with loaded.units() as unit:
        unit.bulk.remove_grant_sources(unit.bulk.grant_sources())
        unit.commit()
    report = loaded(whole, source="r.zip#2")
    assert (report.applied, said(report)) == (True, [])
    assert loaded(whole, source="r.zip#2").changes_nothing
    with loaded.units(write=False) as unit:
        last = unit.loads.last_applied()
    assert last is not None
    assert last.state is LoadState.APPLIED
    loaded(a_delta(replace(COORDINATES, role=Role.READER)))
    assert (Role.COORDINATOR, False) not in held(loaded, "tess")
