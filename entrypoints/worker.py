"""Background work in a process of its own."""

import asyncio
import signal
from contextlib import suppress

from adapters.outbound.jobs.worker import run_worker
from application.errors import Conflict, StorageUnavailable
from domain.matching_case import KEPT_FOR
from entrypoints.bootstrap import House, running
from entrypoints.lifeline import leave_with_parent
from entrypoints.logs import configure_logs
from entrypoints.settings import Settings

_HOUR = 3600.0
_MINUTE = 60.0
_FIVE_MINUTES = 300.0
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
        refreshing = asyncio.create_task(_refresh(house))
        rolling_up = asyncio.create_task(_roll_up(house))
        await run_worker(
            settings.database,
            house.handlers(),
            stop=stop,
            concurrency=settings.job_concurrency,
            poll_seconds=settings.job_poll_seconds,
            grace_seconds=_GRACE_SECONDS,
        )
        tidying.cancel()
        refreshing.cancel()
        rolling_up.cancel()


async def _tidy(house: House) -> None:
    """Once an hour: forget nonces, sessions, launches and files in time, and follow plans.

    What a busy database refuses is done the next time.
    """
    clock, transact = house.use_cases.clock(), house.use_cases.transact()
    follow = house.use_cases.follow_plans()
    shelf = house.use_cases.download_shelf()

    def forget() -> None:
        house.use_cases.nonces().forget_expired(clock.now())
        with house.use_cases.units()() as unit:
            unit.sessions.forget_expired(clock.now())
            unit.matching.forget_kept(clock.now() - KEPT_FOR)
            unit.commit()
        shelf.forget_expired(clock.now())

    while True:
        for work in (forget, follow):
            # A busy database costs one turn, not all that would come after it.
            with suppress(StorageUnavailable, Conflict):
                await transact(work)
        await asyncio.sleep(_HOUR)


async def _refresh(house: House) -> None:
    """Ask once a minute which scheduled imports are due; a busy database is asked again."""
    transact, refresh_due = house.use_cases.transact(), house.use_cases.refresh_due()
    while True:
        with suppress(StorageUnavailable):
            await transact(refresh_due)
        await asyncio.sleep(_MINUTE)


async def _roll_up(house: House) -> None:
    """Every five minutes: what reports of higher SLOs read; they find out what is outdated."""
    transact, keep_roll_ups = house.use_cases.transact(), house.use_cases.keep_roll_ups()
    while True:
        with suppress(StorageUnavailable):
            await transact(keep_roll_ups)
        await asyncio.sleep(_FIVE_MINUTES)
