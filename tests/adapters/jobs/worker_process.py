"""A worker in a process of its own, which tests kill: worker_process.py URL FOLDER LEASE.

Its one kind of job writes a line to FOLDER/log before and after each step. Before it ends
step HELD it waits for the file FOLDER/go.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from adapters.outbound.jobs.slots import SlotTaken
from adapters.outbound.jobs.worker import run_worker
from application.ports.jobs import JobContext, Payload

STEPS = 6
HELD = 3
REFUSED = 3
"""The exit code when another worker is at work."""


class Writing:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def __call__(self, context: JobContext, payload: Payload) -> None:
        for number in range(STEPS):

            async def work(name: str = f"{payload['of']}-{number}", number: int = number) -> None:
                self._log(f"begin {name}")
                # The test opens the gate from another process.
                while number == HELD and not (self._folder / "go").exists():  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                self._log(f"end {name}")

            await context.step(f"step-{number}", work)
            await context.progress(number + 1, STEPS)

    def _log(self, line: str) -> None:
        with (self._folder / "log").open("a") as log:
            log.write(f"{line} {os.getpid()}\n")


async def main(url: str, folder: str, lease: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    handlers = {"write": Writing(Path(folder))}
    await run_worker(url, handlers, stop=stop, poll_seconds=0.05, lease_seconds=float(lease))


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except SlotTaken as taken:
        sys.stderr.write(f"{taken}\n")
        sys.exit(REFUSED)
