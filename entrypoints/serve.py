"""The server: web workers by granian, and one job worker beside them, kept alive."""

import os
import signal
import subprocess
import sys
from threading import Event, Thread

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from entrypoints.bootstrap import require_current_schema
from entrypoints.lifeline import leave_with_parent
from entrypoints.ports import free_port
from entrypoints.settings import Settings

_RESPAWN_SECONDS = 1.0
_REQUEST_SECONDS = 6
"""How long a stop waits for answers under way; the live report of a send would be a minute's."""
_STOP_SECONDS = 25


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    workers: int,
    with_jobs: bool = True,
    follow_parent: int | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; either is harmless twice.

    Raises:
        PortTaken, SchemaOutdated: nothing was started.
    """
    require_current_schema(settings)
    chosen = free_port(host, port)
    if follow_parent is not None:
        leave_with_parent(follow_parent)
    os.register_at_fork(after_in_child=_heed_signals)
    jobs = JobWorker() if with_jobs else None
    try:
        Granian(
            "entrypoints.http:create",
            address=host,
            port=chosen,
            interface=Interfaces.ASGI,
            workers=workers,
            factory=True,
            respawn_failed_workers=True,
            workers_kill_timeout=_REQUEST_SECONDS,
            log_access=False,
            log_level=_granian_level(settings),
            websockets=False,
        ).serve()
    finally:
        if jobs:
            jobs.stop()


def _heed_signals() -> None:
    """A web worker that is only starting inherits granian's handlers, which do nothing there."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)


class JobWorker:
    """A child process that executes jobs, started again whenever it ends by itself."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._child = self._start()
        self._keeper = Thread(target=self._keep, daemon=True, name="job worker keeper")
        self._keeper.start()

    def stop(self) -> None:
        """Let it finish its step, then make sure that it is gone."""
        self._stopping.set()
        self._keeper.join()
        self._child.terminate()
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _keep(self) -> None:
        while not self._stopping.wait(_RESPAWN_SECONDS):
            if self._child.poll() is not None:
                self._child = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        follow = ["--follow-parent", str(os.getpid())]
        command = [sys.executable, "-m", "entrypoints.cli", "worker", *follow]
        return subprocess.Popen(command, env=os.environ)  # noqa: S603 our own program


def _granian_level(settings: Settings) -> LogLevels:
    return LogLevels.debug if settings.log_level == "debug" else LogLevels.warning
