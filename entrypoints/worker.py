"""Background work in a process of its own."""

import asyncio
import signal

from adapters.outbound.jobs.worker import run_worker
from entrypoints.bootstrap import House, running
from entrypoints.lifeline import leave_with_parent
from entrypoints.logs import configure_logs
from entrypoints.settings import Settings

_HOUR = 3600.0
_GRACE_SECONDS = 5.0
"""How long a stop waits for steps under way; one that waits for Canvas is taken up again."""


async def work(settings: Settings, *, follow_parent: int | None = None) -> None:
    """Execute jobs until told to stop; a second signal is harmless.

    Raises:
        SlotTaken: SQLite, and another worker is at work.
    """
    configure_logs(settings.log_level)
    if follow_parent is not None:
        leave_with_parent(follow_parent)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(settings) as house:
        tidying = asyncio.create_task(_tidy(house))
        await run_worker(
            settings.database,
            house.handlers(),
            stop=stop,
            concurrency=settings.job_concurrency,
            poll_seconds=settings.job_poll_seconds,
            grace_seconds=_GRACE_SECONDS,
        )
        tidying.cancel()


async def _tidy(house: House) -> None:
    """Forget nonces and sessions whose time is over, once an hour."""
    clock, transact = house.use_cases.clock(), house.use_cases.transact()

    def forget() -> None:
        house.nonces.forget_expired(clock.now())
        with house.use_cases.units()() as unit:
            unit.sessions.forget_expired(clock.now())
            unit.commit()

    while True:
        await transact(forget)
        await asyncio.sleep(_HOUR)
