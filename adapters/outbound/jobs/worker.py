"""The process that executes jobs: it holds a slot, runs dbos, and sweeps after the dead."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Protocol

import anyio
import anyio.to_thread
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy.exc import DBAPIError

from adapters.outbound.jobs.client import client_at
from adapters.outbound.jobs.janitor import sweep
from adapters.outbound.jobs.names import APPLICATION, QUEUE, SCHEMA, VERSION, executor_of
from adapters.outbound.jobs.runner import JobHost, register
from adapters.outbound.jobs.slots import SlotLost, Slots
from adapters.outbound.jobs.urls import plain_url
from application.ports.jobs import JobHandler


class Stop(Protocol):
    """An event of asyncio or anyio."""

    async def wait(self) -> object: ...


async def run_worker(
    url: str,
    handlers: Mapping[str, JobHandler],
    *,
    stop: Stop,
    concurrency: int = 4,
    poll_seconds: float = 1.0,
    lease_seconds: float = 30.0,
    grace_seconds: float = 20.0,
    first_pause: float = 1.0,
) -> None:
    """Execute jobs until `stop` is set; steps that run then come to their end first.

    Jobs that have not finished stay as they are, for the next worker. `concurrency` is
    the most jobs at once in this process, each of another lane; `first_pause` the seconds
    before a failed step is tried again. Handlers run on the calling event loop.

    Raises:
        SlotTaken: SQLite, and another worker is at work.
        SlotLost: this worker fell silent and another took its place.
    """
    slots = Slots(url, lease_seconds=lease_seconds)
    slot = await slots.claim()
    try:
        host = JobHost(handlers, first_pause=first_pause)
        async with _client(url) as client:
            await _register_queue(client, concurrency, poll_seconds)
            async with _launched(url, host, slot, poll_seconds):
                await _work(host, slots, slot, client, stop, grace_seconds)
    finally:
        # A slot that could not be given up is free when its lease has run out.
        with anyio.CancelScope(shield=True), suppress(DBAPIError):
            await anyio.to_thread.run_sync(slots.release, slot)


async def _work(
    host: JobHost, slots: Slots, slot: int, client: DBOSClient, stop: Stop, grace_seconds: float
) -> None:
    ended = asyncio.Event()
    lost = False

    async def keep() -> None:
        nonlocal lost
        await slots.keep(slot)
        lost = True
        ended.set()

    async def until_stopped() -> None:
        await stop.wait()
        ended.set()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(keep)
        tasks.start_soon(until_stopped)
        tasks.start_soon(_sweep_for_ever, client, slots, slot)
        try:
            await ended.wait()
            await host.drain(0 if lost else grace_seconds)
        finally:
            with anyio.CancelScope(shield=True):
                await host.drain(0)
            tasks.cancel_scope.cancel()
    if lost:
        raise SlotLost(slot)


async def _sweep_for_ever(client: DBOSClient, slots: Slots, slot: int) -> None:
    while True:
        # Without its database the worker has nothing to sweep, and its lease decides its end.
        with suppress(DBAPIError):
            await anyio.to_thread.run_sync(sweep, client, slots, executor_of(slot))
        await anyio.sleep(slots.lease_seconds / 3)


@asynccontextmanager
async def _client(url: str) -> AsyncIterator[DBOSClient]:
    client = client_at(plain_url(url))
    try:
        yield client
    finally:
        client.destroy()


async def _register_queue(client: DBOSClient, concurrency: int, poll_seconds: float) -> None:
    """Before the launch, since a launched dbos notices a new queue a second late."""
    await client.register_queue_async(
        QUEUE,
        partition_concurrency=1,
        worker_concurrency=concurrency,
        polling_interval_sec=poll_seconds,
    )


@asynccontextmanager
async def _launched(url: str, host: JobHost, slot: int, poll_seconds: float) -> AsyncIterator[None]:
    """Have dbos run in this process. Its launch binds workflows to the running loop."""
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": plain_url(url),
        "dbos_system_schema": SCHEMA,
        "application_version": VERSION,
        "executor_id": executor_of(slot),
        "serializer": DBOSPortableJSONSerializer(),
        "run_migrations": False,
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": poll_seconds,
    }
    DBOS(config=config)
    register(host)
    try:
        DBOS.launch()
        yield
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(_destroy)
        # dbos made its own threads the loop's default ones, and has just shut them down.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())


def _destroy() -> None:
    DBOS.destroy(destroy_registry=True)
