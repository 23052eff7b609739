"""Running handlers as steps that dbos remembers."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar
from weakref import WeakValueDictionary

from dbos import DBOS, DBOSConfiguredInstance, PortableWorkflowError

from adapters.outbound.jobs.attempts import attempted
from adapters.outbound.jobs.failures import JobFailure, StepFailure, revive, sentence_of
from adapters.outbound.jobs.handlers import handler_of
from adapters.outbound.jobs.names import CLASS, INSTANCE, PROGRESS, WORKFLOW
from application.ports.jobs import JobContext, JobHandler, Payload
from domain.ids import JobId

T = TypeVar("T")

_WRITING_SECONDS = 2.0


class JobHost:
    """The jobs that run in this process, and the asking of them to stop."""

    def __init__(self, handlers: Mapping[str, JobHandler], *, first_pause: float) -> None:
        self.first_pause = first_pause
        self._handlers = handlers
        self._stopping = False
        self._tasks: set[asyncio.Task[object]] = set()
        self._bodies: set[asyncio.Future[None]] = set()
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def run(self, job_id: JobId, kind: str, payload: Payload, lane: str) -> None:
        """One execution of a job. A failure is raised with the sentence that is shown."""
        with self._counted():
            # dbos frees the lane when a job is cancelled, while its last step may still run.
            async with self._lanes.setdefault(lane, asyncio.Lock()):
                self.go_on()
                await self._handle(job_id, kind, payload)

    def go_on(self) -> None:
        """Passed before each step; ends the execution here when the worker is stopping.

        dbos leaves a job whose task was cancelled as running, for the next worker.
        """
        if self._stopping:
            raise asyncio.CancelledError

    async def drain(self, grace_seconds: float) -> None:
        """Let steps that run come to their end, within the grace; then cut them off."""
        self._stopping = True
        if self._bodies:
            await asyncio.wait(self._bodies, timeout=grace_seconds)
        if self._tasks:  # dbos writes outcomes after the handler has ended
            await asyncio.wait(self._tasks, timeout=min(grace_seconds, _WRITING_SECONDS))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _handle(self, job_id: JobId, kind: str, payload: Payload) -> None:
        try:
            await handler_of(kind, self._handlers)(DbosContext(self, job_id), payload)
        except Exception as error:
            raise JobFailure(sentence_of(error)) from error

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Keep the handler's end and dbos' task in sight of `drain`."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        body: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._bodies.add(body)
        try:
            yield
        finally:
            body.set_result(None)
            self._bodies.discard(body)


class DbosContext(JobContext):
    def __init__(self, host: JobHost, job_id: JobId) -> None:
        self._host = host
        self._job_id = job_id

    @property
    def job_id(self) -> JobId:
        return self._job_id

    async def step(self, name: str, work: Callable[[], Awaitable[T]], *, attempts: int = 5) -> T:
        self._host.go_on()

        async def once() -> T:
            try:
                return await attempted(work, attempts=attempts, first_pause=self._host.first_pause)
            except Exception as error:
                raise StepFailure(error) from error

        try:
            return await DBOS.run_step_async({"name": name}, once)
        except StepFailure as failure:
            raise failure.error from None
        except PortableWorkflowError as recorded:
            if not isinstance(recorded.data, dict):
                raise
            raise revive(recorded.data) from None

    async def progress(self, done: int, total: int) -> None:
        self._host.go_on()
        await DBOS.set_event_async(PROGRESS, [done, total])


def register(host: JobHost) -> None:
    """Make the one workflow known to dbos under its stored names, running on this host."""

    @DBOS.dbos_class(CLASS)
    class Entry(DBOSConfiguredInstance):
        @DBOS.workflow(name=WORKFLOW)
        async def job(self, kind: str, payload: dict[str, str], lane: str) -> None:
            await host.run(JobId(DBOS.workflow_id or ""), kind, payload, lane)

    Entry(INSTANCE)
