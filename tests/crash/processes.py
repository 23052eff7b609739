"""Processes of the product: started, watched, killed, and waited for."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tests.crash.dying import dying
from tests.forked import Output, completed, forked

PATIENCE = 90.0
"""Seconds. The machine may be busy; nothing here says that it takes so long."""
_PAUSE = 0.2

Child = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Processes:
    """Starts commands of `attain` in one environment; everything they say goes to one log."""

    environment: dict[str, str]
    log: Path

    @contextmanager
    def running(self, *words: str) -> Iterator[Child]:
        """`attain WORDS` as anybody starts it, killed at the end if it still runs."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "entrypoints.cli", *words]
            child = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        try:
            yield child
        finally:
            child.kill()
            child.wait()

    @contextmanager
    def working(self) -> Iterator[None]:
        """`attain worker`, killed at the end."""
        child = forked(("worker",), self.environment, self._output)
        try:
            yield
        finally:
            child.kill()
            child.join()

    def dies(self, point: str, *words: str) -> None:
        """Run `attain WORDS` in a process that kills itself at this point, and see it dead."""
        child = dying(point, words, self.environment, self._output)
        child.join(PATIENCE)
        child.kill()
        assert child.exitcode == -9, self.said()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return completed(words, self.environment)

    @property
    def _output(self) -> Output:
        return Output(self.log, self.log)

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


def until(so: Callable[[], object], hint: Callable[[], object] = lambda: "") -> None:
    """Wait for something that another process brings about, by asking again and again."""
    for _ in range(int(PATIENCE / _PAUSE)):
        if so():
            return
        Event().wait(_PAUSE)
    raise AssertionError(f"This did not come about in {PATIENCE:g} s. {hint()}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A process as it was seen: the number alone may be another's by now."""

    pid: int
    born: str
    command: str

    @property
    def is_gone(self) -> bool:
        now = _seen(self.pid)
        return now is None or now.born != self.born


def children_of(pid: int) -> list[Seen]:
    """All processes under this one, their own children too; those that ended are left out."""
    parents = {
        int(folder.name): int(fields[1])
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and (fields := _stat(int(folder.name)))
    }
    found, level = list[int](), {pid}
    while level:
        level = {child for child, parent in parents.items() if parent in level}
        found += sorted(level)
    return [seen for child in found if (seen := _seen(child))]


def _seen(pid: int) -> Seen | None:
    fields = _stat(pid)
    if not fields or fields[0] == "Z":
        return None
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return None
    return Seen(pid, fields[19], command.strip())


def _stat(pid: int) -> list[str]:
    """Fields of proc(5) from the third on: state, parent, ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
