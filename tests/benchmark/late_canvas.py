"""A practice Canvas that answers after so many seconds, and works for each answer only once.

So what is measured is waiting and the reader, not how quick the practice Canvas is. The
throttle, which is Canvas' own, and the waiting apply to every call.
"""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.canvas.app import Canvas
from sandbox.canvas.door import Door
from sandbox.canvas.faults import Faults
from sandbox.canvas.throttle import Throttle

_OF_THE_CALL = frozenset({b"x-request-cost", b"x-rate-limit-remaining", b"content-length"})
_AMPLE = 1e12


def make_late(canvas: Canvas, latency: float) -> None:
    """From now on reads are answered from memory, where they were asked before."""
    outer = Throttle(canvas.clock)
    canvas.throttle.high_water_mark = canvas.throttle.maximum = _AMPLE
    remembered = _Remembered(canvas.app)
    canvas.app = Door(remembered, canvas.state, outer, Faults(), latency)


class _Remembered:
    """Answers of an application by path, query and form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._answers: dict[tuple[str, bytes, bytes], list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accept = dict(scope["headers"]).get(b"accept", b"")
        key = (scope["path"], scope["query_string"], accept)
        if key not in self._answers:
            self._answers[key] = await self._answered(scope, receive)
        for message in self._answers[key]:
            await send(message)

    async def _answered(self, scope: Scope, receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                message["headers"] = [pair for pair in headers if pair[0] not in _OF_THE_CALL]
            messages.append(message)

        await self._app(scope, receive, keep)
        return messages
