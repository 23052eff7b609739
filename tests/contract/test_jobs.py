"""The promises of `application/ports/jobs.py`, kept by every implementation."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, closing

import anyio
import anyio.lowlevel
import pytest

from adapters.outbound.jobs.dbos_jobs import DbosJobs
from adapters.outbound.jobs.dbos_queue import DbosQueues
from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.jobs.schema import migrate
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.errors import LmsRefused, LmsUnavailable, NotFound
from application.ports.jobs import JobContext, JobState, Payload
from domain.ids import JobId
from tests.contract.jobs_bench import JobsBench, dbos_working, memory_working


@pytest.fixture
def memory_bench(memory_units: MemoryUnits, memory_jobs: MemoryJobs) -> JobsBench:
    return JobsBench(memory_units, memory_jobs, memory_working(memory_jobs))


@pytest.fixture
def sqlite_bench(sqlite_url: str) -> Iterator[JobsBench]:
    yield from dbos_bench(sqlite_url)


@pytest.fixture
def postgres_bench(postgres_url: str) -> Iterator[JobsBench]:
    yield from dbos_bench(postgres_url)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def bench(request: pytest.FixtureRequest) -> JobsBench:
    made: JobsBench = request.getfixturevalue(f"{request.param}_bench")
    return made


def dbos_bench(url: str) -> Iterator[JobsBench]:
    migrate(url)
    with ExitStack() as opened:
        engines = opened.enter_context(closing(open_engines(url)))
        jobs = opened.enter_context(closing(DbosJobs(url)))
        yield JobsBench(SqlUnits(engines, DbosQueues(engines.writer)), jobs, dbos_working(url))


class Steps:
    """A handler of numbered steps that keeps count of what it truly did."""

    def __init__(self, total: int = 5) -> None:
        self.total = total
        self.did: Counter[str] = Counter()
        self.reached = anyio.Event()
        self.before: dict[int, Callable[[], Awaitable[None]]] = {}

    async def __call__(self, context: JobContext, payload: Payload) -> None:
        for number in range(self.total):
            await context.step(f"step-{number}", self._work(payload["of"], number))
            await context.progress(number + 1, self.total)

    def _work(self, of: str, number: int) -> Callable[[], Awaitable[str]]:
        async def work() -> str:
            if number in self.before:
                self.reached.set()
                await self.before[number]()
            self.did[f"{of}-{number}"] += 1
            return f"{of}-{number}"

        return work

    def once_each(self, of: str) -> bool:
        return self.did == Counter(f"{of}-{number}" for number in range(self.total))


async def raise_busy() -> None:
    raise LmsUnavailable("The LMS is busy.")


async def raise_refusal() -> None:
    raise LmsRefused("The course is closed.", reason="closed-period")


class TestEnqueueing:
    def test_a_rollback_leaves_no_job(self, bench: JobsBench) -> None:
        with bench.units() as unit:
            job_id = unit.jobs.enqueue("steps", {}, key="send-1", lane="course-1")
        assert bench.jobs.view(job_id) is None
        assert bench.jobs.recent() == []

    def test_a_job_appears_with_the_commit(self, bench: JobsBench) -> None:
        with bench.units() as unit:
            job_id = unit.jobs.enqueue("steps", {}, key="send-1", lane="course-1")
            assert bench.jobs.view(job_id) is None
            unit.commit()
        view = bench.seen(job_id)
        assert (view.id, view.kind, view.state) == ("send-1", "steps", JobState.QUEUED)
        assert view.created_at.tzinfo is not None

    async def test_the_same_key_is_the_same_job(self, bench: JobsBench) -> None:
        steps = Steps()
        first = bench.enqueue("steps", "send-1")
        assert bench.enqueue("steps", "send-1") == first
        async with bench.working({"steps": steps}):
            await bench.reached(first, JobState.DONE)
            assert bench.enqueue("steps", "send-1") == first
            await bench.reached(bench.enqueue("steps", "send-2"), JobState.DONE)
        assert steps.did == Counter(f"send-{job}-{n}" for job in (1, 2) for n in range(5))
        assert len(bench.jobs.recent()) == 2

    def test_recent_jobs_come_newest_first_and_no_more_than_asked(self, bench: JobsBench) -> None:
        ids = {bench.enqueue("steps", f"send-{number}") for number in range(4)}
        recent = bench.jobs.recent()
        assert {view.id for view in recent} == ids
        times = [view.created_at for view in recent]
        assert times == sorted(times, reverse=True)
        assert len(bench.jobs.recent(limit=3)) == 3


class TestRunning:
    async def test_progress_can_be_seen(self, bench: JobsBench) -> None:
        steps = Steps()
        steps.before[2] = anyio.sleep_forever
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": steps}):
            await steps.reached.wait()
            view = bench.seen(job_id)
        assert (view.state, view.done, view.total) == (JobState.RUNNING, 2, 5)

    async def test_finished_steps_are_not_repeated_after_a_crash(self, bench: JobsBench) -> None:
        steps = Steps()
        steps.before[3] = anyio.sleep_forever
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": steps}):
            await steps.reached.wait()
        steps.before.clear()
        async with bench.working({"steps": steps}):
            view = await bench.reached(job_id, JobState.DONE)
        assert steps.once_each("send-1")
        assert (view.done, view.total) == (5, 5)

    async def test_a_caught_failure_is_the_same_failure_after_a_crash(
        self, bench: JobsBench
    ) -> None:
        reasons: list[str] = []
        held, hold = anyio.Event(), [anyio.sleep_forever]

        async def wait() -> None:
            held.set()
            for held_by in hold:
                await held_by()

        async def handler(context: JobContext, _payload: Payload) -> None:
            try:
                await context.step("refused", raise_refusal)
            except LmsRefused as refusal:
                reasons.append(f"{refusal.reason}: {refusal}")
            await context.step("wait", wait)

        job_id = bench.enqueue("refused", "send-1")
        async with bench.working({"refused": handler}):
            await held.wait()
        hold.clear()
        async with bench.working({"refused": handler}):
            await bench.reached(job_id, JobState.DONE)
        assert reasons == ["closed-period: The course is closed."] * 2

    async def test_jobs_of_one_lane_never_run_side_by_side(self, bench: JobsBench) -> None:
        running: Counter[str] = Counter()
        most: Counter[str] = Counter()

        async def handler(context: JobContext, payload: Payload) -> None:
            lane = payload["of"].partition("/")[0]

            async def work() -> None:
                running[lane] += 1
                most[lane] = max(most[lane], running[lane])
                for _ in range(20):
                    await anyio.lowlevel.checkpoint()
                running[lane] -= 1

            for number in range(3):
                await context.step(f"step-{number}", work)

        jobs = [
            bench.enqueue("lane", f"{lane}/{number}", lane=lane)
            for number in range(3)
            for lane in ("course-1", "course-2")
        ]
        async with bench.working({"lane": handler}):
            for job_id in jobs:
                await bench.reached(job_id, JobState.DONE)
        assert most == {"course-1": 1, "course-2": 1}

    async def test_a_step_answers_what_a_replay_will_answer(self, bench: JobsBench) -> None:
        answers: list[object] = []

        async def pair() -> object:
            return ("a", {"b": (1, 2)})

        async def handler(context: JobContext, _payload: Payload) -> None:
            answers.append(await context.step("pair", pair))

        job_id = bench.enqueue("pair", "send-1")
        async with bench.working({"pair": handler}):
            await bench.reached(job_id, JobState.DONE)
        assert answers == [["a", {"b": [1, 2]}]]


class TestFailing:
    async def test_a_failing_step_is_tried_again_and_then_fails_the_job(
        self, bench: JobsBench
    ) -> None:
        tries: list[int] = []

        async def busy() -> None:
            tries.append(1)
            await raise_busy()

        async def handler(context: JobContext, _payload: Payload) -> None:
            await context.step("busy", busy, attempts=3)

        job_id = bench.enqueue("busy", "send-1")
        async with bench.working({"busy": handler}):
            view = await bench.reached(job_id, JobState.FAILED)
        assert view.error == "The LMS is busy."
        assert len(tries) == 3

    async def test_a_refusal_is_not_asked_for_again(self, bench: JobsBench) -> None:
        tries: list[int] = []

        async def refused() -> None:
            tries.append(1)
            await raise_refusal()

        async def handler(context: JobContext, _payload: Payload) -> None:
            await context.step("refused", refused)

        job_id = bench.enqueue("refused", "send-1")
        async with bench.working({"refused": handler}):
            view = await bench.reached(job_id, JobState.FAILED)
        assert view.error == "The course is closed."
        assert len(tries) == 1

    async def test_a_foreign_error_does_not_show_its_text(self, bench: JobsBench) -> None:
        async def broken() -> None:
            raise KeyError("a name that nobody may read")

        async def handler(context: JobContext, _payload: Payload) -> None:
            await context.step("broken", broken, attempts=1)

        job_id = bench.enqueue("broken", "send-1")
        async with bench.working({"broken": handler}):
            view = await bench.reached(job_id, JobState.FAILED)
        assert view.error == "Unexpected KeyError; the worker's log has the rest."

    async def test_a_result_that_cannot_be_kept_fails_the_job(self, bench: JobsBench) -> None:
        async def odd() -> object:
            return object()

        async def handler(context: JobContext, _payload: Payload) -> None:
            await context.step("odd", odd)

        job_id = bench.enqueue("odd", "send-1")
        async with bench.working({"odd": handler}):
            view = await bench.reached(job_id, JobState.FAILED)
        assert "UnstorableResult" in view.error

    async def test_a_job_of_an_unknown_kind_fails_with_its_cure(self, bench: JobsBench) -> None:
        job_id = bench.enqueue("unheard-of", "send-1")
        async with bench.working({}):
            view = await bench.reached(job_id, JobState.FAILED)
        assert "no handler for jobs of kind 'unheard-of'" in view.error


class TestSteering:
    async def test_a_cancelled_job_stops_before_its_next_step(self, bench: JobsBench) -> None:
        steps = Steps()
        go_on = anyio.Event()
        steps.before[2] = go_on.wait
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": steps}):
            await steps.reached.wait()
            bench.jobs.cancel(job_id)
            go_on.set()
            other = bench.enqueue("steps", "send-2")
            await bench.reached(other, JobState.DONE)
        assert bench.seen(job_id).state is JobState.CANCELLED
        assert {name for name in steps.did if name.startswith("send-1")} == {
            "send-1-0",
            "send-1-1",
            "send-1-2",
        }

    async def test_a_cancelled_waiting_job_never_runs(self, bench: JobsBench) -> None:
        steps = Steps()
        job_id = bench.enqueue("steps", "send-1")
        bench.jobs.cancel(job_id)
        async with bench.working({"steps": steps}):
            await bench.reached(bench.enqueue("steps", "send-2"), JobState.DONE)
        assert bench.seen(job_id).state is JobState.CANCELLED
        assert steps.once_each("send-2")

    async def test_a_finished_job_cannot_be_cancelled(self, bench: JobsBench) -> None:
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": Steps()}):
            await bench.reached(job_id, JobState.DONE)
        bench.jobs.cancel(job_id)
        assert bench.seen(job_id).state is JobState.DONE

    async def test_a_retry_goes_on_after_the_last_finished_step(self, bench: JobsBench) -> None:
        steps = Steps()
        steps.before[3] = raise_refusal
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": steps}):
            await bench.reached(job_id, JobState.FAILED)
            steps.before.clear()
            bench.jobs.retry(job_id)
            view = await bench.reached(job_id, JobState.DONE)
        assert steps.once_each("send-1")
        assert (view.done, view.total, view.error) == (5, 5, "")

    async def test_a_retry_of_a_cancelled_job_goes_on_too(self, bench: JobsBench) -> None:
        steps = Steps()
        steps.before[2] = anyio.sleep_forever
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": steps}):
            await steps.reached.wait()
            bench.jobs.cancel(job_id)
        steps.before.clear()
        bench.jobs.retry(job_id)
        async with bench.working({"steps": steps}):
            await bench.reached(job_id, JobState.DONE)
        assert steps.once_each("send-1")

    async def test_a_retry_of_a_finished_job_does_nothing(self, bench: JobsBench) -> None:
        steps = Steps()
        job_id = bench.enqueue("steps", "send-1")
        async with bench.working({"steps": steps}):
            await bench.reached(job_id, JobState.DONE)
            bench.jobs.retry(job_id)
            await bench.reached(bench.enqueue("steps", "send-2"), JobState.DONE)
        assert steps.did["send-1-0"] == 1

    def test_a_job_that_is_not_there(self, bench: JobsBench) -> None:
        assert bench.jobs.view(JobId("nothing")) is None
        for steer in (bench.jobs.cancel, bench.jobs.retry):
            with pytest.raises(NotFound, match="Job nothing is not there"):
                steer(JobId("nothing"))
