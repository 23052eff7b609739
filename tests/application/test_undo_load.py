"""Taking back the last load: the state before it, whatever of it nobody uses by now."""

from dataclasses import replace

import pytest

from application.errors import Conflict
from application.loading.limit import removal_limit
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.load_runs import LoadRun, LoadState
from application.rosters.roster import Roster
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
)
from application.use_cases.rosters.undo_load import UndoLoad, UndoLoadReport
from domain.access import Role, RoleGrant
from domain.identity import LocalField
from domain.ids import LoadRunId, PersonId
from tests import builders
from tests.application.test_load_roster import ENTRIES, PEOPLE, a_record, a_roster, listing
from tests.stand_ins import CountedIds, FixedClock

Everything = tuple[object, ...]
WITHOUT_BO = a_roster(
    people=listing("users.csv", PEOPLE[0], a_record("ana", login="ana.m", email="am@example.edu")),
    enrolments=listing("enrollments.csv", *ENTRIES[:2]),
)


@pytest.fixture
def desk(units: UnitOfWorkFactory, clock: FixedClock, new_id: CountedIds) -> "Desk":
    return Desk(units, clock, new_id)


class Desk:
    def __init__(self, units: UnitOfWorkFactory, clock: FixedClock, new_id: CountedIds) -> None:
        self.units, self.clock = units, clock
        self._load, self._undo = LoadRoster(units, clock, new_id), UndoLoad(units, clock)

    def load(self, roster: Roster | None = None, source: str = "a.zip#1") -> LoadRosterReport:
        command = LoadRosterCommand("stew", roster or a_roster(), source, limit=removal_limit("9"))
        self.clock.advance(minutes=1)
        return self._load(command)

    def undo(self, run_id: LoadRunId | None) -> UndoLoadReport:
        assert run_id is not None
        return self._undo("stew", run_id)

    def state(self) -> Everything:
        with self.units(write=False) as unit:
            roster = unit.roster
            people = roster.all_people()
            return (
                roster.orgs(), roster.terms(), roster.courses(), roster.sections(), people,
                roster.all_enrolments(), [set(roster.roles_of(p.id)) for p in people],
            )  # fmt: skip

    def runs(self) -> list[LoadRun]:
        with self.units(write=False) as unit:
            return unit.loads.recent()

    def person(self, unit: UnitOfWork, tech_id: str) -> PersonId:
        (found,) = unit.roster.people_where(LocalField.TECH_ID, tech_id)
        return found.id


class TestWhatIsTakenBack:
    def test_a_first_load_leaves_nothing(self, desk: Desk) -> None:
        before = desk.state()
        report = desk.undo(desk.load().run_id)
        assert desk.state() == before
        assert (report.removed, report.restored) == (11, 0)
        (run,) = desk.runs()
        assert (run.state, run.undone_by) == (LoadState.UNDONE, "stew")

    def test_what_was_changed_and_ended_is_as_it_was(self, desk: Desk) -> None:
        desk.load()
        before = desk.state()
        report = desk.undo(desk.load(WITHOUT_BO, "b.zip#2").run_id)
        assert desk.state() == before
        assert (report.removed, report.restored, report.left) == (0, 3, 0)

    def test_the_load_before_can_be_undone_next(self, desk: Desk) -> None:
        first, second = desk.load().run_id, desk.load(WITHOUT_BO, "b.zip#2").run_id
        desk.undo(second)
        desk.undo(first)
        assert [run.state for run in desk.runs()] == [LoadState.UNDONE] * 2
        with desk.units(write=False) as unit:
            assert unit.roster.all_people() == []

    def test_the_same_file_can_be_loaded_again(self, desk: Desk) -> None:
        desk.undo(desk.load().run_id)
        report = desk.load()
        assert report.applied
        assert report.repeats is None
        assert sum(count.added for count in report.counts) == 11

    def test_what_was_changed_by_hand_since_stays(self, desk: Desk) -> None:
        desk.load()
        run_id = desk.load(WITHOUT_BO, "b.zip#2").run_id
        with desk.units() as unit:
            ana = unit.roster.person(desk.person(unit, "T-ana"))
            unit.roster.put_people([replace(ana, family_name="Ruiz")])
            unit.commit()
        report = desk.undo(run_id)
        assert (report.restored, report.left) == (2, 1)
        with desk.units(write=False) as unit:
            assert unit.roster.person(ana.id).family_name == "Ruiz"
            assert unit.roster.person(ana.id).login == "ana.m"

    def test_it_is_recorded_without_names(self, desk: Desk) -> None:
        desk.undo(desk.load().run_id)
        with desk.units(write=False) as unit:
            entry = unit.audit.entries()[-1]
        assert (entry.verb, entry.subject) == ("undid load", "roster:a.zip#1")
        assert entry.details == "11 removed, 0 restored, 0 left as changed since"


class TestRefusals:
    def test_what_has_scores_is_never_removed(self, desk: Desk) -> None:
        run_id = desk.load().run_id
        with desk.units() as unit:
            (section,) = unit.roster.sections()
            unit.outcomes.put_scales([builders.a_scale()])
            tess, bo = desk.person(unit, "T-tess"), desk.person(unit, "T-bo")
            unit.assessments.save(builders.an_assessment(org_id=section.org_id, owner_id=tess))
            unit.assessments.save_work(builders.a_section_assessment(section_id=section.id))
            unit.scores.save(builders.a_score(student_id=bo))
            unit.commit()
        before = desk.state()
        with pytest.raises(Conflict, match=r"people is in use by now \(.*1 of kind score"):
            desk.undo(run_id)
        assert desk.state() == before
        assert desk.runs()[0].state is LoadState.APPLIED

    def test_a_role_given_by_hand_keeps_its_person(self, desk: Desk) -> None:
        run_id = desk.load().run_id
        with desk.units() as unit:
            grant = RoleGrant(desk.person(unit, "T-tess"), Role.DATA_STEWARD, None)
            unit.roster.grant(grant)
            unit.commit()
        with pytest.raises(Conflict, match="role grant"):
            desk.undo(run_id)

    def test_only_the_last_one_goes(self, desk: Desk) -> None:
        first = desk.load().run_id
        desk.load(WITHOUT_BO, "b.zip#2")
        with pytest.raises(Conflict, match="Only the last load"):
            desk.undo(first)

    def test_it_goes_once(self, desk: Desk) -> None:
        run_id = desk.load().run_id
        desk.undo(run_id)
        with pytest.raises(Conflict, match="it is undone"):
            desk.undo(run_id)

    def test_a_load_without_changes_stands_in_nobodys_way(self, desk: Desk) -> None:
        run_id = desk.load().run_id
        again = desk.load()
        assert (again.repeats, again.changes_nothing) == (run_id, True)
        assert [run.state for run in desk.runs()] == [LoadState.UNCHANGED, LoadState.APPLIED]
        desk.undo(run_id)


class TestFormerNames:
    def test_a_former_login_and_address_stay_known(self, desk: Desk) -> None:
        desk.load()
        run_id = desk.load(WITHOUT_BO, "b.zip#2").run_id
        with desk.units(write=False) as unit:
            ana = desk.person(unit, "T-ana")
            assert unit.bulk.people_once(LocalField.LOGIN, "ANA") == [ana]
            assert unit.bulk.people_once(LocalField.EMAIL, "ana@example.edu") == [ana]
        desk.undo(run_id)
        with desk.units(write=False) as unit:
            assert unit.bulk.aliases_of([ana]) == []

    def test_a_name_that_comes_back_is_no_former_one(self, desk: Desk) -> None:
        desk.load()
        desk.load(WITHOUT_BO, "b.zip#2")
        desk.load(source="c.zip#3")
        with desk.units(write=False) as unit:
            ana = desk.person(unit, "T-ana")
            assert {alias.value for alias in unit.bulk.aliases_of([ana])} == {
                "ana.m", "am@example.edu",
            }  # fmt: skip
