"""Runs of a synchronisation: who acts, waiting, stopping, dying, and the other kind of place."""

from dataclasses import replace

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Conflict, Invalid, LmsUnauthorised, LmsUnavailable
from application.outcome_sync.place_writer import FEW
from application.viewers import Viewer
from domain.access import Role
from domain.ids import SloId
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.sync_run import ItemState, RunState
from tests import builders
from tests.application.sending import TEACHER
from tests.application.syncing import (
    COMMAND_LINE,
    MANY,
    STEWARD,
    Killed,
    Mortality,
    SyncDesk,
    guid,
    ids,
    reasons,
)
from tests.stand_ins import FixedClock


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    return SyncDesk(memory_units, memory_jobs, clock)


@pytest.fixture
def large(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    return SyncDesk(memory_units, memory_jobs, clock, MANY)


class TestMasteryScales:
    async def test_must_be_accepted_by_name_and_leave_the_scale_alone(
        self, large: SyncDesk
    ) -> None:
        await large.sync()
        large.canvas.mastery_scales = True
        for key in MANY:
            large.change(key, title=f"New {key}")
        with pytest.raises(Invalid, match="mastery-scales"):
            await large.start()

        report = await large.sync(accepted=["mastery-scales"])

        assert (report.failed, len(large.lms.state.uploads.jobs)) == (0, 1)
        assert await large.start() is None


class TestSideBySide:
    async def test_another_run_in_the_same_place_is_refused(self, desk: SyncDesk) -> None:
        await desk.start("thesis")
        with pytest.raises(Conflict, match="being sent there"):
            await desk.start("evidence")


class TestAuthorisation:
    async def test_the_next_agent_goes_on_when_one_loses_the_right(self, desk: SyncDesk) -> None:
        desk.desk.admin("kim")
        run_id = await desk.start()
        desk.canvas.revoke_admin(ROOT, desk.dana)
        await desk.runner.run_all()
        assert run_id is not None
        assert desk.report(run_id).run.state is RunState.DONE
        assert desk.desk.reasons() == {"dana": "right-lost", "kim": ""}

    async def test_without_anybody_left_the_run_waits_and_goes_on_by_itself(
        self, desk: SyncDesk
    ) -> None:
        run_id = await desk.start()
        desk.canvas.revoke_admin(ROOT, desk.dana)
        await desk.runner.run_all()
        assert run_id is not None
        waiting = desk.report(run_id)
        assert (waiting.run.state, waiting.run.reason) == (RunState.WAITING, "unauthorised")
        assert [line.item.state for line in waiting.lines] == [ItemState.PENDING] * 2
        assert desk.deeds()[-1] == "waits"

        desk.desk.admin("kim")
        desk.resume("kim")
        await desk.runner.run_all()

        assert desk.report(run_id).run.state is RunState.DONE
        assert len(desk.titles()) == 2

    async def test_without_authorisation_nothing_is_decided(self, desk: SyncDesk) -> None:
        desk.canvas.revoke_admin(ROOT, desk.dana)
        with pytest.raises(LmsUnauthorised):
            await desk.start()


class TestSteering:
    async def test_a_stopped_run_does_nothing_more(self, desk: SyncDesk) -> None:
        run_id = await desk.start()
        assert run_id is not None
        desk.stop(STEWARD, run_id)
        await desk.runner.run_all()
        assert (desk.report(run_id).run.state, desk.titles()) == (RunState.STOPPED, {})

        assert desk.retry(STEWARD, run_id) == 2
        await desk.runner.run_all()

        assert len(desk.titles()) == 2

    async def test_a_run_under_way_is_not_retried(self, desk: SyncDesk) -> None:
        run_id = await desk.start()
        assert run_id is not None
        with pytest.raises(Conflict):
            desk.retry(COMMAND_LINE, run_id)


class TestForAnAssessment:
    async def test_its_rows_go_to_the_course_as_the_teacher(self, desk: SyncDesk) -> None:

        rows = [builders.a_criterion(key, slo_ids=(SloId(f"slo-{key}"),)) for key in desk.slos]
        with desk.units() as unit:
            held = unit.assessments.get(builders.an_assessment().id)
            unit.assessments.save(
                replace(
                    held, rubric=replace(held.rubric, criteria=(*rows, builders.a_criterion("x")))
                )
            )
            unit.commit()
        scope = desk.work_scope()
        tess = Viewer(TEACHER, Role.FACULTY)
        report = await desk.sync(scope=scope, viewer=tess)
        course = OutcomePlace(PlaceKind.COURSE, scope.course_ref)
        stem = f"attain:{ROOT}:use:{scope.work_id}:{scope.course_ref}"
        assert set(desk.titles(course)) == {f"{stem}:slo-thesis", f"{stem}:slo-evidence"}
        assert report.folders[0].title == "Essay"
        assert ids(desk.slos) == {one.slo_id for one in desk.publications()}
        assert await desk.start(scope=scope, viewer=tess) is None


class TestAwayOrDead:
    async def test_an_lms_that_is_away_for_a_moment_is_asked_again(self, desk: SyncDesk) -> None:
        run_id = await desk.start()
        assert run_id is not None
        desk.lms.failures = [LmsUnavailable("away", retry_after=7.0), LmsUnavailable("away")]
        await desk.runner.run_all()
        assert (desk.report(run_id).failed, desk.naps[0]) == (0, 7.0)

    async def test_one_that_stays_away_fails_what_is_left_by_name(self, desk: SyncDesk) -> None:
        run_id = await desk.start()
        assert run_id is not None
        desk.lms.failures = [LmsUnavailable("away") for _ in range(5)]
        await desk.runner.run_all()
        assert reasons(desk.report(run_id)) == dict.fromkeys(desk.slos, "unavailable")

    @pytest.mark.parametrize("moment", range(1, 41))
    @pytest.mark.parametrize("slos", [("thesis", "evidence"), MANY], ids=["few", "many"])
    async def test_a_run_killed_at_any_moment_ends_as_if_nothing_had_been(
        self,
        memory_units: MemoryUnits,
        memory_jobs: MemoryJobs,
        clock: FixedClock,
        slos: tuple[str, ...],
        moment: int,
    ) -> None:
        desk = SyncDesk(memory_units, memory_jobs, clock, slos)
        run_id = await desk.start()
        assert run_id is not None
        desk.mortality = Mortality(dies_at=moment)
        try:
            await desk.runner.run_all()
        except Killed:
            await desk.runner.run_all()

        report = desk.report(run_id)
        assert (report.run.state, report.settled, report.failed) == (RunState.DONE, len(slos), 0)
        assert sorted(desk.titles()) == sorted(guid(key) for key in slos)
        assert desk.live() == {guid(key) for key in slos}
        # An upload whose answer was lost is made again, which changes nothing.
        assert len(desk.lms.state.uploads.jobs) in ({0} if len(slos) <= FEW else {1, 2})
