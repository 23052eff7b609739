"""Child processes seen from outside: their processor time and memory, as Linux counts them."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from time import perf_counter

from tests.benchmark.figures import NotMeasurable

HOST = "127.0.0.1"
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_UTIME, _STIME, _PARENT = 11, 12, 1
_STOP_SECONDS = 30
_POLL_SECONDS = 0.005
_PATIENCE_SECONDS = 60

Child = subprocess.Popen[bytes]


@contextmanager
def child(
    module: str, *arguments: str, environment: Mapping[str, str], log: Path
) -> Iterator[Child]:
    """`python -m module ...` with its output in a file; stopped at the end, by force if it must."""
    command = [sys.executable, "-m", module, *arguments]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def first_answer(port: int, path: str, process: Child) -> float:
    """Seconds from now until GET `path` is answered with 200. Raises NotMeasurable."""
    began = perf_counter()
    while perf_counter() - began < _PATIENCE_SECONDS and process.poll() is None:
        if _answers(port, path):
            return perf_counter() - began
        Event().wait(_POLL_SECONDS)
    raise NotMeasurable(f"the server did not answer {path}")


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    with suppress(OSError):
        connection.request("GET", path)
        return connection.getresponse().status == 200
    connection.close()
    return False


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    if not _PROC.is_dir():
        raise NotMeasurable("processor time and memory of other processes are read from /proc")
    parents = {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal() and (stat := _stat(int(entry.name))):
            parents[int(entry.name)] = int(stat[_PARENT])
    found = [pid]
    for one in found:
        found.extend(each for each, parent in parents.items() if parent == one)
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its descendants, threads that ended included."""
    stats = [stat for stat in map(_stat, family(pid)) if stat]
    return sum(int(stat[_UTIME]) + int(stat[_STIME]) for stat in stats) / _TICKS


def command_of(pid: int) -> str:
    return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def resident_mb(pid: int) -> float:
    """Memory of one process that is in RAM, shared pages counted in full; 1 MB = 10^6 bytes."""
    return _memory_mb(pid, "VmRSS:")


def peak_mb(pid: int) -> float:
    """The most that `resident_mb` ever was."""
    return _memory_mb(pid, "VmHWM:")


def _memory_mb(pid: int, name: str) -> float:
    for line in (_PROC / str(pid) / "status").read_text("utf-8").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024 / 1e6
    raise NotMeasurable(f"{name} is missing in /proc")


def _stat(pid: int) -> list[str]:
    """The fields behind the name, from the state on; empty when the process is gone."""
    with suppress(OSError):
        return (_PROC / str(pid) / "stat").read_text("utf-8").rpartition(")")[2].split()
    return []
