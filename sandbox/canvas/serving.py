"""Serving a practice Canvas on a port: for good, or in a thread for the length of a test."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

from sandbox.canvas.app import Canvas

PARENT_WATCH_SECONDS = 1.0


class PortTaken(Exception):
    """The address cannot be bound; granian itself would start and stay silent."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} of {host} is in use. Choose another one with --port.")


def free_port(host: str, port: int = 0) -> int:
    """The port if it can be bound, else PortTaken; 0 finds a free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(host, port) from error
        return int(probe.getsockname()[1])


def server_of(canvas: Canvas, host: str, port: int) -> Server:
    return Server(
        canvas.app,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
    )


async def serve(canvas: Canvas, host: str, port: int, parent_pid: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM, or until the parent is gone."""
    server = server_of(canvas, host, port)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    watch = None if parent_pid is None else loop.create_task(_until_gone(parent_pid, server.stop))
    await server.serve()
    if watch is not None:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def _until_gone(parent_pid: int, then: Callable[[], None]) -> None:
    ours = os.getppid() == parent_pid
    while _alive(parent_pid) and (not ours or os.getppid() == parent_pid):  # noqa: ASYNC110 - a process has no event
        await asyncio.sleep(PARENT_WATCH_SECONDS)
    then()


def _alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and only waits to be reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    stat = Path(f"/proc/{pid}/stat")
    with suppress(OSError):
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    return True


@contextmanager
def running(canvas: Canvas, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve in a thread; the value is the base URL. Ready on entry, stopped on exit."""
    port = free_port(host, port)
    server = server_of(canvas, host, port)
    loops: list[asyncio.AbstractEventLoop] = []
    ready = threading.Event()

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        asyncio.get_running_loop().call_soon(ready.set)
        await server.serve()

    thread = threading.Thread(target=asyncio.run, args=(main(),), name="practice-canvas")
    thread.start()
    try:
        ready.wait()
        until_listening(host, port)
        yield f"http://{host}:{port}"
    finally:
        loops[0].call_soon_threadsafe(server.stop)
        thread.join()
        _until_closed(host, port)


def until_listening(host: str, port: int, attempts: int = 1000) -> None:
    """Wait until the port answers; TimeoutError after so many attempts."""
    for _ in range(attempts):
        if _listening(host, port):
            return
        threading.Event().wait(0.02)
    raise TimeoutError


def _until_closed(host: str, port: int, attempts: int = 100) -> None:
    for _ in range(attempts):
        if not _listening(host, port):
            return
        threading.Event().wait(0.02)


def _listening(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
