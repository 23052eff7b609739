"""One line in the log for each request: route, status, duration, reference; no addresses."""

from dataclasses import dataclass
from time import perf_counter

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from adapters.inbound.http.counters import Counters
from adapters.inbound.http.visit import STATE_KEY, Visit

_log = structlog.get_logger("attain.http")


@dataclass(frozen=True, slots=True)
class RequestLog:
    """Logs the route's template, never the path: paths hold tokens, codes and ids."""

    app: ASGIApp
    counters: Counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        statuses = [500]

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses[0] = message["status"]
            await send(message)

        began = perf_counter()
        try:
            await self.app(scope, receive, noting)
        finally:
            self._note(scope, statuses[0], perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = str(scope.get("path_template") or "none")
        method = str(scope.get("method", ""))
        self.counters.request(method, route, status)
        visit = scope["state"].get(STATE_KEY)
        reference = visit.reference if isinstance(visit, Visit) else ""
        _log.info(
            "request",
            method=method,
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            reference=reference,
        )
