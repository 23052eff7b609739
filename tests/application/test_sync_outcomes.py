"""Send Outcomes, from the plan to outcomes read back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.outcomes.sync_plan import Step
from domain.outcomes.sync_run import RunState
from domain.slo import SloState
from tests import builders
from tests.application.syncing import MANY, STEWARD, SyncDesk, guid, reasons, steps
from tests.exchange_builders import an_outcome_content
from tests.stand_ins import FixedClock


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    return SyncDesk(memory_units, memory_jobs, clock)


@pytest.fixture
def large(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> SyncDesk:
    return SyncDesk(memory_units, memory_jobs, clock, MANY)


class TestFew:
    async def test_they_arrive_in_the_folder_of_their_course(self, desk: SyncDesk) -> None:
        report = await desk.sync()

        assert report.run.state is RunState.DONE
        assert (report.settled, report.failed, report.done(Step.ADD)) == (2, 0, 2)
        assert desk.titles() == {
            guid("evidence"): "EVIDENCE Write: evidence",
            guid("thesis"): "THESIS Write: thesis",
        }
        assert [one.title for one in desk.folders()] == ["ENGL101 Course engl101"]
        assert not desk.lms.state.uploads.jobs

    async def test_what_was_read_back_is_kept(self, desk: SyncDesk) -> None:
        await desk.sync()
        kept = {one.guid: one for one in desk.publications()}[guid("thesis")]
        assert (kept.live, kept.place, kept.outcome_ref) == (True, desk.place, desk.ref("thesis"))
        assert kept.content == desk.canvas.outcomes[desk.ref("thesis")].content

    async def test_again_there_is_nothing_to_do(self, desk: SyncDesk) -> None:
        await desk.sync()
        assert await desk.start() is None

    async def test_only_those_chosen_are_sent(self, desk: SyncDesk) -> None:
        await desk.sync("thesis")
        assert set(desk.titles()) == {guid("thesis")}

    async def test_fractions_never_go_by_upload(self, large: SyncDesk) -> None:
        scale = builders.a_scale()
        half = replace(scale.levels[0], points=Decimal("0.5"))
        with large.units() as unit:
            unit.outcomes.put_scales([replace(scale, levels=(half, *scale.levels[1:]))])
            unit.commit()
        report = await large.sync()
        assert (report.failed, len(large.titles())) == (0, 7)
        assert not large.lms.state.uploads.jobs


class TestMany:
    async def test_go_by_one_upload(self, large: SyncDesk) -> None:
        report = await large.sync()
        assert (report.done(Step.ADD), report.failed) == (7, 0)
        assert len(large.lms.state.uploads.jobs) == 1
        assert len(large.live()) == 7

    async def test_are_polled_with_growing_patience(self, large: SyncDesk) -> None:
        large.lms.state.hold_bulk = True
        report = await large.sync()
        assert (report.failed, large.naps) == (0, [1.0])

    async def test_stay_where_teachers_put_them(self, large: SyncDesk) -> None:
        await large.sync()
        elsewhere = large.canvas.given_folder(large.place, "Favourites")
        large.canvas.given_link(elsewhere, large.ref("a"))
        for key in MANY:
            large.change(key, title=f"New {key}")
        report = await large.sync()
        assert report.done(Step.CHANGE) == 7
        assert elsewhere in large.canvas.links_in(large.place, large.ref("a"))
        assert len(large.canvas.outcomes) == 7

    async def test_a_refused_row_loses_nothing_else(self, large: SyncDesk) -> None:
        other = large.canvas.given_unit(name="Elsewhere")
        large.canvas.given_outcome(
            replace(large.place, ref=other), an_outcome_content(title="Theirs"), guid=guid("c")
        )
        report = await large.sync()
        assert reasons(report) == {key: "row-refused" if key == "c" else "" for key in MANY}
        refused = report.lines[2]
        assert refused.sentence.endswith(f"Canvas says: {refused.lms_words}")
        assert len(large.live()) == 6

    async def test_a_broken_upload_is_seen_by_reading_back(self, large: SyncDesk) -> None:
        large.lms.state.uploads.breaks = True
        report = await large.sync()
        assert set(reasons(report).values()) == {"not-arrived"}
        large.lms.state.uploads.breaks = False

        assert large.retry(STEWARD, report.run.id) == 7
        await large.runner.run_all()

        assert large.report(report.run.id).failed == 0


class TestChanges:
    async def test_a_renamed_slo_changes_and_never_doubles(self, desk: SyncDesk) -> None:
        await desk.sync()
        before = desk.ref("thesis")
        desk.change("thesis", title="Argue")
        report = await desk.sync()
        assert [line.item.step for line in report.lines] == [Step.CHANGE]
        assert (desk.ref("thesis"), desk.titles()[guid("thesis")]) == (before, "THESIS Argue")

    async def test_a_renamed_course_renames_its_folder(self, desk: SyncDesk) -> None:
        await desk.sync()
        with desk.units() as unit:
            unit.roster.put_courses([builders.a_course(title="Composition")])
            unit.commit()
        report = await desk.sync()
        assert report.failed == 0
        assert [one.title for one in desk.folders()] == ["ENGL101 Composition"]
        assert await desk.start() is None

    async def test_what_changed_there_waits_for_confirmation(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.edited_there("thesis", "Theirs")
        assert steps(await desk.plan())["thesis"] is Step.CONFIRM
        assert await desk.start() is None

        await desk.sync(overwrite=["thesis"])

        assert desk.titles()[guid("thesis")] == "THESIS Write: thesis"

    async def test_what_changed_there_since_the_plan_is_left_alone(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.change("thesis", title="Argue")
        run_id = await desk.start()
        desk.edited_there("thesis", "Theirs")
        await desk.runner.run_all()
        assert run_id is not None
        assert reasons(desk.report(run_id)) == {"thesis": "changed-there"}
        assert desk.titles()[guid("thesis")] == "Theirs"

    async def test_a_new_version_of_an_assessed_slo_is_a_new_outcome(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.align(desk.ref("thesis"), assessed=True)
        desk.change("thesis", version=2, title="Argue")
        report = await desk.sync()
        assert report.done(Step.REPLACE) == 1
        assert desk.titles()[guid("thesis")] == "THESIS Write: thesis"
        assert desk.titles()[guid("thesis", 2)] == "THESIS Argue"
        assert desk.live() == {guid("evidence"), guid("thesis", 2)}

        desk.lms.state.rubrics.take_off(desk.desk.room.assignment)
        await desk.sync()

        assert guid("thesis") not in desk.titles()
        assert await desk.start() is None

    async def test_a_retired_slo_is_taken_away(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.change("thesis", state=SloState.RETIRED)
        report = await desk.sync()
        assert report.done(Step.REMOVE) == 1
        assert (set(desk.titles()), desk.live()) == ({guid("evidence")}, {guid("evidence")})

    async def test_a_retired_slo_in_use_is_listed_with_the_reason(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.align(desk.ref("thesis"))
        desk.change("thesis", state=SloState.RETIRED)
        line = (await desk.plan()).lines[1]
        assert (line.step, line.reason) == (Step.BLOCKED, "aligned")
        assert await desk.start() is None

    async def test_one_that_came_into_use_since_the_plan_fails_alone(self, desk: SyncDesk) -> None:
        await desk.sync()
        desk.change("thesis", state=SloState.RETIRED)
        desk.change("evidence", title="Cite")
        run_id = await desk.start()
        desk.align(desk.ref("thesis"))
        await desk.runner.run_all()
        assert run_id is not None
        assert reasons(desk.report(run_id)) == {"thesis": "aligned", "evidence": ""}
