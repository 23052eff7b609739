"""What a job worker does beside its jobs."""

import asyncio
from datetime import datetime
from pathlib import Path
from threading import Event

import anyio.to_thread
import pytest
from dependency_injector import providers

from application.errors import StorageUnavailable
from entrypoints import worker
from entrypoints.bootstrap import opened, upgrade_schema
from entrypoints.settings import load_settings


class BusyAtFirst:
    """A nonce ledger that the database refuses once."""

    def __init__(self) -> None:
        self.refused, self.answered = Event(), Event()

    def forget_expired(self, now: datetime) -> None:
        assert now.tzinfo
        if not self.refused.is_set():
            self.refused.set()
            raise StorageUnavailable("The database is busy.")
        self.answered.set()


async def test_tidying_goes_on_after_a_busy_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_HOUR", 0.0)
    settings = load_settings({"ATTAIN_DATA_DIR": str(tmp_path)})
    upgrade_schema(settings)
    nonces = BusyAtFirst()
    with opened(settings) as house:
        house.use_cases.nonces.override(providers.Object(nonces))

        tidying = asyncio.create_task(worker._tidy(house))
        heard = await anyio.to_thread.run_sync(nonces.answered.wait, 30)
        tidying.cancel()
        ended = (await asyncio.gather(tidying, return_exceptions=True))[0]

    assert heard
    assert isinstance(ended, asyncio.CancelledError)
