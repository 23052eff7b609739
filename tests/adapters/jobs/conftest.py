"""Worker processes to be killed, and a database that they share with the test."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.outbound.jobs.dbos_jobs import DbosJobs
from adapters.outbound.jobs.dbos_queue import DbosQueues
from adapters.outbound.jobs.schema import migrate
from adapters.outbound.jobs.slots import Slots
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from tests.contract.jobs_bench import JobsBench, dbos_working

PROGRAM = Path(__file__).with_name("worker_process.py")

Worker = subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Plant:
    """A database with workers on it, the log that they write, and their gate."""

    url: str
    folder: Path
    bench: JobsBench
    start: Callable[..., Worker]

    def lines(self, verb: str) -> list[str]:
        """Names of steps in the order of the log."""
        return [line.split()[1] for line in self._log() if line.startswith(verb)]

    def workers_of(self, step: str) -> list[int]:
        """Process ids that ended this step."""
        return [int(line.split()[2]) for line in self._log() if line.startswith(f"end {step} ")]

    def open_gate(self) -> None:
        (self.folder / "go").touch()

    def held_slots(self) -> int:
        return len(Slots(self.url, lease_seconds=30).rows())

    def _log(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def plant(migrated_url: str, tmp_path: Path) -> Iterator[Plant]:
    yield from _plant(migrated_url, tmp_path)


@pytest.fixture
def sqlite_plant(sqlite_url: str, tmp_path: Path) -> Iterator[Plant]:
    yield from _plant(sqlite_url, tmp_path)


@pytest.fixture
def postgres_plant(postgres_url: str, tmp_path: Path) -> Iterator[Plant]:
    yield from _plant(postgres_url, tmp_path)


def _plant(url: str, folder: Path) -> Iterator[Plant]:
    migrate(url)
    with ExitStack() as opened:
        engines = opened.enter_context(closing(open_engines(url)))
        jobs = opened.enter_context(closing(DbosJobs(url)))
        bench = JobsBench(SqlUnits(engines, DbosQueues(engines.writer)), jobs, dbos_working(url))

        def start(*, lease: float = 300.0) -> Worker:
            command = [sys.executable, str(PROGRAM), url, str(folder), str(lease)]
            worker = opened.enter_context(
                subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            )
            opened.callback(worker.kill)
            return worker

        yield Plant(url, folder, bench, start)
