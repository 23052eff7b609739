"""Taking back the last synchronisation."""

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, LmsRefused, NotFound
from application.queries.outcome_sync.sync_report import SyncReport
from application.queries.outcome_sync.sync_runs import ListSyncRuns
from application.viewers import Viewer
from domain.access import Role
from domain.ids import PersonId
from domain.outcomes.sync_plan import Step
from domain.slo import SloState
from tests.application.syncing import COMMAND_LINE, MANY, STEWARD, SyncDesk, guid, reasons, steps
from tests.stand_ins import FixedClock


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    return SyncDesk(memory_units, memory_jobs, clock)


async def taken_back(desk: SyncDesk, report: SyncReport) -> SyncReport:
    desk.clock.advance(minutes=1)
    undo = desk.undo(STEWARD, report.run.id)
    await desk.runner.run_all()
    return desk.report(undo)


class TestUndo:
    async def test_what_was_added_goes_with_its_folder(self, desk: SyncDesk) -> None:
        undone = await taken_back(desk, await desk.sync())
        assert (undone.failed, undone.run.undo_of is not None) == (0, True)
        assert (desk.titles(), desk.folders(), desk.live()) == ({}, [], set())

    async def test_a_folder_that_is_in_use_again_stays(
        self, desk: SyncDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def used(*_given: object) -> None:
            raise LmsRefused("A rubric uses it.", reason="aligned")

        report = await desk.sync()
        monkeypatch.setattr(
            "adapters.outbound.memory.lms_gateway.MemoryGateway.remove_folder", used
        )
        undone = await taken_back(desk, report)
        assert (undone.failed, desk.titles(), len(desk.folders())) == (0, {}, 1)

    async def test_sent_again_it_has_a_new_guid(self, desk: SyncDesk) -> None:
        await taken_back(desk, await desk.sync())
        desk.clock.advance(minutes=1)
        await desk.sync()
        assert set(desk.titles()) == {guid(key, 2) for key in desk.slos}

    async def test_many_go_too(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
    ) -> None:
        desk = SyncDesk(memory_units, memory_jobs, clock, MANY)
        undone = await taken_back(desk, await desk.sync())
        assert (undone.failed, desk.titles()) == (0, {})

    async def test_what_was_changed_says_again_what_it_said(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.clock.advance(minutes=1)
        desk.change("thesis", title="Argue", version=2)
        undone = await taken_back(desk, await desk.sync())
        assert (undone.failed, desk.titles()[guid("thesis")]) == (0, "THESIS Write: thesis")
        assert steps(await desk.plan())["thesis"] is Step.CHANGE

    async def test_what_was_taken_away_is_shown_again(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.clock.advance(minutes=1)
        desk.change("thesis", state=SloState.RETIRED)
        undone = await taken_back(desk, await desk.sync())
        assert undone.failed == 0
        assert set(desk.titles()) == desk.live() == {guid("thesis"), guid("evidence")}

    async def test_what_was_replaced_stands_alone_again(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.clock.advance(minutes=1)
        desk.align(desk.ref("thesis"), assessed=True)
        desk.change("thesis", version=2, title="Argue")
        undone = await taken_back(desk, await desk.sync())
        assert undone.failed == 0
        assert set(desk.titles()) == desk.live() == {guid("thesis"), guid("evidence")}
        assert {one.guid for one in (await desk.plan()).lines} >= {guid("thesis", 3)}

    async def test_what_was_assessed_since_stays(self, desk: SyncDesk) -> None:
        report = await desk.sync()
        desk.align(desk.ref("thesis"), assessed=True)
        undone = await taken_back(desk, report)
        assert reasons(undone) == {"thesis": "assessed-since", "evidence": ""}
        assert set(desk.titles()) == desk.live() == {guid("thesis")}

    async def test_a_replacement_assessed_since_keeps_its_place(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.clock.advance(minutes=1)
        desk.align(desk.ref("thesis"), assessed=True)
        desk.change("thesis", version=2, title="Argue")
        report = await desk.sync()
        desk.align(desk.ref("thesis", 2), assessed=True)
        undone = await taken_back(desk, report)
        assert {line.reason for line in undone.lines} == {"assessed-since"}
        assert desk.live() == {guid("thesis", 2), guid("evidence")}

    async def test_what_somebody_changed_since_stays(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.clock.advance(minutes=1)
        desk.change("thesis", title="Argue")
        report = await desk.sync()
        desk.edited_there("thesis", "Theirs")
        assert reasons(await taken_back(desk, report)) == {"thesis": "changed-there"}


class TestWhatCanBeTakenBack:
    async def test_only_the_last_run_and_not_an_undo(self, desk: SyncDesk) -> None:
        first = await desk.sync("thesis")
        desk.clock.advance(minutes=1)
        second = await desk.sync("evidence")
        assert second.cannot_undo == ""
        with pytest.raises(Conflict, match="Only the last run"):
            desk.undo(COMMAND_LINE, first.run.id)

        undone = await taken_back(desk, second)

        with pytest.raises(Conflict, match="took another one back"):
            desk.undo(COMMAND_LINE, undone.run.id)

    async def test_a_run_that_changed_nothing_there(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.clock.advance(minutes=1)
        desk.change("thesis", version=2)
        assert (await desk.sync()).cannot_undo == "This run changed nothing in Canvas."

    async def test_runs_of_others_are_not_there(self, desk: SyncDesk) -> None:
        report = await desk.sync()
        stranger = Viewer(PersonId("person-tess"), Role.FACULTY)
        with pytest.raises(NotFound):
            desk.undo(stranger, report.run.id)
        assert ListSyncRuns(desk.units)(stranger) == []

    async def test_the_list_tells_what_each_run_did(self, desk: SyncDesk) -> None:
        report = await desk.sync()
        desk.align(desk.ref("thesis"), assessed=True)
        await taken_back(desk, report)
        lines = ListSyncRuns(desk.units)(COMMAND_LINE)
        assert [(one.done, one.failed, one.total) for one in lines] == [(1, 1, 2), (2, 0, 2)]
        assert lines[0].requested_by == "Dana Ortiz"
        assert lines[0].folders == ("ENGL101 Course engl101",)
