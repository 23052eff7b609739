"""An app of this process on a port, over http or https, for the length of a test."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server

from tests.browser.certificate import Certificate

HOST = "127.0.0.1"


@contextmanager
def serving_app(app: Any, port: int, certificate: Certificate | None = None) -> Iterator[None]:
    """Ready on entry, stopped on exit."""
    server = Server(
        app,
        address=HOST,
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        ssl_cert=certificate.certificate if certificate else None,
        ssl_key=certificate.key if certificate else None,
    )
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_run, args=(loop, server), daemon=True)
    thread.start()
    _wait_until_open(port)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(server.stop)
        thread.join(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _run(loop: asyncio.AbstractEventLoop, server: Server) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(server.serve())
    finally:
        loop.close()


def _wait_until_open(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        threading.Event().wait(0.05)
    raise TimeoutError(port)
