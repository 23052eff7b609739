"""Who holds a worker slot: a process, named so that its death can be seen."""

import os
import socket
import uuid
from pathlib import Path


def this_process() -> str:
    """Text that no other living process has: place, process id, time of birth."""
    return f"{_place()} {os.getpid()} {_born(os.getpid())}"


def is_alive(holder: str) -> bool | None:
    """Whether that process lives; None when it cannot be told from here."""
    place, pid, born = holder.rsplit(" ", 2)
    if place != _place() or os.name != "posix":
        return None
    return _exists(int(pid)) and _born(int(pid)) == born


def pid_of(holder: str) -> str:
    return holder.rsplit(" ", 2)[1]


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def _place() -> str:
    """Host, boot and process namespace: within it, a process id means one process."""
    boot = _read("/proc/sys/kernel/random/boot_id") or f"{uuid.getnode():x}"
    return f"{socket.gethostname()}/{boot}/{_namespace()}"


def _namespace() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return "-"


def _state(pid: int) -> str:
    """The letter of proc(5): Z is a process that ended and was not yet waited for."""
    return (_stat(pid) or ["-"])[0]


def _born(pid: int) -> str:
    """Start time in clock ticks since boot, field 22 of proc(5); "-" where there is none."""
    fields = _stat(pid)
    return fields[19] if fields else "-"


def _stat(pid: int) -> list[str]:
    """Fields from the third on; the second, the name, may hold blanks and brackets."""
    return _read(f"/proc/{pid}/stat").rpartition(")")[2].split()


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""
