"""The object that the entry point `attain.lms: canvas` names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from adapters.outbound.canvas.lms import CanvasLms
from adapters.outbound.canvas.settings import CanvasSettings
from adapters.outbound.canvas.throttle import Pacing
from adapters.outbound.canvas.transport import make_wire, open_http
from application.ports.lms_plugin import Lms, LmsPlugin, LmsRuntime


class CanvasPlugin(LmsPlugin[CanvasSettings]):
    name = "canvas"
    settings = CanvasSettings

    @asynccontextmanager
    async def open(
        self,
        settings: CanvasSettings,
        runtime: LmsRuntime,
        transport: httpx.AsyncBaseTransport | None = None,
        pacing: Pacing | None = None,
    ) -> AsyncIterator[Lms]:
        """Tests hand in a transport, for instance `httpx.ASGITransport`, and a pacing."""
        async with open_http(settings, runtime.user_agent, transport) as http:
            wire = make_wire(http, settings, pacing or Pacing(), resolving=transport is None)
            yield CanvasLms(wire, runtime.clock)


plugin = CanvasPlugin()
