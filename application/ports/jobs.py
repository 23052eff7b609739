"""Durable background work: enqueued in the transaction that decides it, run by workers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from domain.ids import JobId

T = TypeVar("T")

Payload = Mapping[str, str]
"""Plain text by name: ids and small settings; records are read when the job runs."""


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class JobView:
    id: JobId
    kind: str
    state: JobState
    done: int
    total: int
    created_at: datetime
    error: str


class JobQueue(Protocol):
    """Part of a unit of work: what is enqueued appears when the unit commits, or never."""

    def enqueue(self, kind: str, payload: Payload, *, key: str, lane: str) -> JobId:
        """Ask for a job once. The same `key` again is the same job and changes nothing.

        `lane` groups jobs that must not run side by side (one LMS course, say).
        """


class Jobs(Protocol):
    """Looking at jobs and steering them, from any process; never executes them."""

    def view(self, job_id: JobId) -> JobView | None: ...

    def recent(self, limit: int = 50) -> list[JobView]:
        """Newest first."""

    def cancel(self, job_id: JobId) -> None:
        """Stop at the next step boundary. A finished job stays as it is.

        Raises: NotFound when there is no such job.
        """

    def retry(self, job_id: JobId) -> None:
        """Run a failed or cancelled job again from its last finished step.

        A job in another state stays as it is. Raises: NotFound when there is no such job.
        """


class JobContext(Protocol):
    """What a running job may do. Finished steps are remembered over a crash."""

    @property
    def job_id(self) -> JobId: ...

    async def step(self, name: str, work: Callable[[], Awaitable[T]], *, attempts: int = 5) -> T:
        """Run `work` once and remember its plain JSON result; replayed after a crash.

        Work in flight at a crash runs again, so it must be safe to repeat. Raises what
        `work` raised last when all attempts failed.
        """

    async def progress(self, done: int, total: int) -> None: ...


JobHandler = Callable[[JobContext, Payload], Awaitable[None]]
"""A use case that runs as a job, registered by kind in `entrypoints`."""
