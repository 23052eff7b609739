"""What the contract of jobs is tried on: units that enqueue, a view, and something that works."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import anyio

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryRunner
from adapters.outbound.jobs.worker import run_worker
from application.ports.jobs import JobHandler, Jobs, JobState, JobView
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.ids import JobId

Handlers = Mapping[str, JobHandler]

PATIENCE = 40.0
"""Seconds after which a wait has failed; no test depends on how long it took."""


@dataclass(frozen=True, slots=True)
class JobsBench:
    """`working` runs handlers until it is left, and then cuts off what still runs."""

    units: UnitOfWorkFactory
    jobs: Jobs
    working: Callable[[Handlers], AbstractAsyncContextManager[None]]

    def enqueue(self, kind: str, key: str, *, lane: str = "course-1") -> JobId:
        with self.units() as unit:
            job_id = unit.jobs.enqueue(kind, {"of": key}, key=key, lane=lane)
            unit.commit()
        return job_id

    def seen(self, job_id: JobId) -> JobView:
        view = self.jobs.view(job_id)
        assert view is not None
        return view

    async def reached(self, job_id: JobId, state: JobState) -> JobView:
        await eventually(lambda: self.seen(job_id).state is state)
        return self.seen(job_id)


async def eventually(so: Callable[[], bool]) -> None:
    """Wait for a condition by asking again and again."""
    with anyio.fail_after(PATIENCE):
        while not so():  # noqa: ASYNC110 another process brings it about
            await anyio.sleep(0.01)


def memory_working(jobs: MemoryJobs) -> Callable[[Handlers], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def working(handlers: Handlers) -> AsyncIterator[None]:
        runner = MemoryRunner(jobs, handlers)

        async def run() -> None:
            while True:
                await runner.run_all()
                await anyio.sleep(0.001)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(run)
            try:
                yield
            finally:
                tasks.cancel_scope.cancel()

    return working


def dbos_working(url: str) -> Callable[[Handlers], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def working(handlers: Handlers) -> AsyncIterator[None]:
        stop = anyio.Event()

        async def run() -> None:
            await run_worker(
                url, handlers, stop=stop, poll_seconds=0.02, grace_seconds=0.0, first_pause=0.0
            )

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(run)
            try:
                yield
            finally:
                stop.set()

    return working
