"""Jobs in memory, with the promises of the durable ones; for tests and examples."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from adapters.outbound.jobs.attempts import attempted
from adapters.outbound.jobs.failures import sentence_of
from adapters.outbound.jobs.handlers import handler_of
from application.errors import NotFound
from application.ports.jobs import (
    JobContext,
    JobHandler,
    JobQueue,
    Jobs,
    JobState,
    JobView,
    Payload,
)
from application.ports.runtime import Clock
from domain.ids import JobId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Finished:
    name: str
    result: object
    error: Exception | None


@dataclass(slots=True)
class _Job:
    view: JobView
    payload: Payload
    lane: str
    steps: list[_Finished] = field(default_factory=list)


class MemoryJobs(Jobs):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs: dict[JobId, _Job] = {}

    def view(self, job_id: JobId) -> JobView | None:
        job = self._jobs.get(job_id)
        return None if job is None else job.view

    def recent(self, limit: int = 50) -> list[JobView]:
        return [job.view for job in reversed(self._jobs.values())][:limit]

    def cancel(self, job_id: JobId) -> None:
        if self.known(job_id).view.state in (JobState.QUEUED, JobState.RUNNING):
            self.change(job_id, state=JobState.CANCELLED)

    def retry(self, job_id: JobId) -> None:
        job = self.known(job_id)
        if job.view.state not in (JobState.FAILED, JobState.CANCELLED):
            return
        while job.steps and job.steps[-1].error is not None:
            job.steps.pop()
        self.change(job_id, state=JobState.QUEUED, error="")

    def add(self, job_id: JobId, kind: str, payload: Payload, lane: str) -> None:
        view = JobView(job_id, kind, JobState.QUEUED, 0, 0, self._clock.now(), "")
        self._jobs.setdefault(job_id, _Job(view, payload, lane))

    def known(self, job_id: JobId) -> _Job:
        if job_id not in self._jobs:
            raise NotFound(f"Job {job_id}")
        return self._jobs[job_id]

    def change(self, job_id: JobId, **changes: Any) -> None:  # noqa: ANN401 fields of JobView
        job = self.known(job_id)
        job.view = replace(job.view, **changes)

    def waiting(self) -> list[JobId]:
        """Jobs to be run, oldest first; a running one was left by a run that was cut off."""
        open_states = (JobState.QUEUED, JobState.RUNNING)
        return [job.view.id for job in self._jobs.values() if job.view.state in open_states]


class MemoryQueue(JobQueue):
    """Holds what a unit enqueued until the unit commits and calls `publish`."""

    def __init__(self, jobs: MemoryJobs) -> None:
        self._jobs = jobs
        self._asked: list[tuple[JobId, str, Payload, str]] = []

    def enqueue(self, kind: str, payload: Payload, *, key: str, lane: str) -> JobId:
        job_id = JobId(key)
        self._asked.append((job_id, kind, dict(payload), lane))
        return job_id

    def publish(self) -> None:
        for asked in self._asked:
            self._jobs.add(*asked)
        self._asked.clear()


class _Cancelled(BaseException):
    """Ends a cancelled job at a step boundary, past every `except Exception`."""


class StepsMoved(Exception):
    """A handler asked for other steps than the last time; its order must not change."""

    def __init__(self, remembered: str, asked: str) -> None:
        super().__init__(f"Step '{remembered}' was remembered here, '{asked}' was asked for.")


class MemoryContext(JobContext):
    def __init__(self, jobs: MemoryJobs, job_id: JobId, first_pause: float) -> None:
        self._jobs = jobs
        self._job_id = job_id
        self._first_pause = first_pause
        self._next = 0

    @property
    def job_id(self) -> JobId:
        return self._job_id

    async def step(self, name: str, work: Callable[[], Awaitable[T]], *, attempts: int = 5) -> T:
        job = self._go_on()
        if self._next == len(job.steps):
            job.steps.append(await self._finish(name, work, attempts))
        finished = job.steps[self._next]
        if finished.name != name:
            raise StepsMoved(finished.name, name)
        self._next += 1
        if finished.error is not None:
            raise finished.error
        return cast(T, finished.result)  # what `work` of this step answered, now or before

    async def progress(self, done: int, total: int) -> None:
        self._go_on()
        self._jobs.change(self._job_id, done=done, total=total)

    async def _finish(
        self, name: str, work: Callable[[], Awaitable[T]], attempts: int
    ) -> _Finished:
        try:
            result = await attempted(work, attempts=attempts, first_pause=self._first_pause)
        except Exception as error:  # noqa: BLE001 remembered, and raised by the caller
            return _Finished(name, None, error)
        return _Finished(name, result, None)

    def _go_on(self) -> _Job:
        job = self._jobs.known(self._job_id)
        if job.view.state is JobState.CANCELLED:
            raise _Cancelled
        return job


class MemoryRunner:
    """Runs jobs one after the other, so no two of a lane ever meet."""

    def __init__(
        self, jobs: MemoryJobs, handlers: Mapping[str, JobHandler], *, first_pause: float = 0.0
    ) -> None:
        self._jobs = jobs
        self._handlers = handlers
        self._first_pause = first_pause

    async def run_all(self) -> None:
        """Run what waits, and what that asks for, until nothing waits."""
        while waiting := self._jobs.waiting():
            await self._run(waiting[0])

    async def _run(self, job_id: JobId) -> None:
        self._jobs.change(job_id, state=JobState.RUNNING)
        job = self._jobs.known(job_id)
        try:
            await self._handle(job)
        except _Cancelled:
            return
        except Exception as error:  # noqa: BLE001 a failed job is a state, not a crash
            self._jobs.change(job_id, state=JobState.FAILED, error=sentence_of(error))
        else:
            self._jobs.change(job_id, state=JobState.DONE)

    async def _handle(self, job: _Job) -> None:
        context = MemoryContext(self._jobs, job.view.id, self._first_pause)
        await handler_of(job.view.kind, self._handlers)(context, job.payload)
