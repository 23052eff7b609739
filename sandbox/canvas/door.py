"""The door of the practice Canvas: every request passes its throttle, faults and headers."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from litestar.enums import ScopeType
from litestar.types import (
    ASGIApp,
    HTTPReceiveMessage,
    HTTPRequestEvent,
    HTTPScope,
    Message,
    Receive,
    Scope,
    Send,
)

from sandbox.canvas.faults import Fault, Faults
from sandbox.canvas.state import State
from sandbox.canvas.throttle import Throttle, caller_of

TOKEN_PATH = "/login/oauth2/token"  # noqa: S105 - a path
TOKEN_COST = 200.0
"""What the token endpoint adds to its caller's cost."""


class ConnectionCut(Exception):
    """Raised to make the server drop the connection in the middle of an answer."""


@dataclass(slots=True)
class Answer:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def add(self, name: str, value: str) -> None:
        self.headers.append((name.lower().encode(), value.encode()))


@dataclass(slots=True)
class _Collected:
    """The messages of the application, held back until the real cost is known."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message["headers"])
        elif message["type"] == "http.response.body":
            self.chunks.append(message["body"])


class Door:
    """ASGI middleware around the whole application."""

    def __init__(
        self, app: ASGIApp, state: State, throttle: Throttle, faults: Faults, latency: float
    ) -> None:
        self._app = app
        self._state = state
        self._throttle = throttle
        self._faults = faults
        self._latency = latency
        self._reports = 500

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        path = scope["path"]
        fault = None if path.startswith("/_practice") else self._faults.take(scope["method"], path)
        answer = await self._answer(scope, body, fault)
        answer.add("X-Request-Context-Id", self._state.chance.hexadecimal(32))
        await _deliver(answer, fault, send)

    async def _answer(self, scope: HTTPScope, body: bytes, fault: Fault | None) -> Answer:
        caller = _caller(scope, body)
        if caller is None:
            return await self._work(scope, body, fault)
        entered = self._throttle.enter(caller)
        answer: Answer | None = None
        cost = 0.0
        try:
            if entered:
                answer = await self._work(scope, body, fault)
                cost = _cost(scope["path"], answer)
        finally:
            remaining = self._throttle.leave(caller, cost)
        if answer is None:
            return throttled(self._state.switches.throttle_status)
        if not any(name == b"x-rate-limit-remaining" for name, _ in answer.headers):
            answer.add("X-Request-Cost", str(cost))
            answer.add("X-Rate-Limit-Remaining", str(remaining))
        return answer

    async def _work(self, scope: HTTPScope, body: bytes, fault: Fault | None) -> Answer:
        wait = self._latency + (fault.seconds if fault else 0.0)
        if wait and scope["path"].startswith(("/api/", TOKEN_PATH)):
            await asyncio.sleep(wait)
        wrong = None if fault is None else self._wrong(fault)
        if fault is None or fault.executed or fault.kind in {"slow", "half_body"}:
            answer = await self._run(scope, body)
            return wrong or answer
        return wrong or _json(200, b"[]")

    async def _run(self, scope: HTTPScope, body: bytes) -> Answer:
        collected = _Collected()

        async def receive() -> HTTPReceiveMessage:
            return HTTPRequestEvent(type="http.request", body=body, more_body=False)

        await self._app(scope, receive, collected.send)
        return Answer(collected.status, collected.headers, b"".join(collected.chunks))

    def _wrong(self, fault: Fault) -> Answer | None:
        match fault.kind:
            case "throttled":
                return throttled(fault.status or self._state.switches.throttle_status)
            case "unauthorized":
                return _json(
                    401,
                    b'{"errors":[{"message":"Invalid access token."}]}',
                    ("WWW-Authenticate", 'Bearer realm="canvas-lms"'),
                )
            case "not_permitted":
                return _json(
                    fault.status or 401,
                    b'{"status":"unauthorized","errors":[{"message":'
                    b'"user not authorized to perform that action"}]}',
                )
            case "server_error":
                return self._server_error(fault.status or 500)
            case _:
                return None

    def _server_error(self, status: int) -> Answer:
        self._reports += 1
        body = (
            b'{"errors":[{"message":"An error occurred.","error_code":"internal_server_error"}],'
            b'"error_report_id":%d}' % self._reports
        )
        return _json(status, body)


def _json(status: int, body: bytes, *headers: tuple[str, str]) -> Answer:
    answer = Answer(status, [(b"content-type", b"application/json; charset=utf-8")], body)
    for name, value in headers:
        answer.add(name, value)
    return answer


def throttled(status: int) -> Answer:
    """The refusal of a full bucket: plain text, and no word of when to come again."""
    reason = "403 Forbidden" if status == 403 else "429 Too Many Requests"
    answer = Answer(status, [], f"{reason} (Rate Limit Exceeded)\n".encode())
    answer.add("Content-Type", "text/plain; charset=utf-8")
    answer.add("X-Rate-Limit-Remaining", "0.0")
    return answer


def _cost(path: str, answer: Answer) -> float:
    """A cost like that of a small Canvas: some fixed work, and some for each byte."""
    cost = round(0.03 + len(answer.body) / 250_000, 6)
    return cost + TOKEN_COST if path == TOKEN_PATH else cost


def _caller(scope: HTTPScope, body: bytes) -> str | None:
    """Whose bucket a request fills. Pages of a browser session are not throttled.

    The token endpoint has no token to go by: its caller is known by the grant it presents.
    """
    path = scope["path"]
    headers = dict(scope["headers"])
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer" and path.startswith(("/api/", TOKEN_PATH)):
        return caller_of(token.strip())
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if path.startswith("/api/"):
        return caller_of(query["access_token"][0]) if "access_token" in query else None
    if path != TOKEN_PATH:
        return None
    form = query | parse_qs(body.decode("utf-8", "replace"))
    grant = form.get("refresh_token") or form.get("code") or ["nothing"]
    return caller_of(f"grant:{grant[0]}")


async def _read(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(chunks)
        chunks.append(message["body"])
        if not message["more_body"]:
            return b"".join(chunks)


async def _deliver(answer: Answer, fault: Fault | None, send: Send) -> None:
    kind = fault.kind if fault else None
    headers = [pair for pair in answer.headers if pair[0].lower() != b"content-length"]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if kind in {"half_body", "cut"}:
        # A server sends its head with the first byte, so that even a cut needs one.
        part = answer.body[: len(answer.body) // 2] if kind == "half_body" else answer.body[:1]
        await send({"type": "http.response.body", "body": part, "more_body": True})
        raise ConnectionCut
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
