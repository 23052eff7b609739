"""The ASGI layer around routing: strips a path token, loads the session, names the request.

Routing and handlers know nothing of path tokens; they find a `Visit` and write links with
`visit.link(...)`.
"""

import re
from dataclasses import dataclass
from secrets import choice

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.visit import STATE_KEY, AnyConnection, House, Visit
from application.ports.runtime import Transact
from application.use_cases.access.sessions import ContinueSession, ContinueSessionCommand, SignedIn

_TOKEN_PATH = re.compile(r"/~([A-Za-z0-9_-]{20,128})(/.*)?")
_NEVER_SIGNED_IN = (
    "/static/",
    "/health/",
    "/metrics",
    "/lti/",
    "/start/",
    "/favicon.ico",
    "/api/",
    "/schema",
    "/p/",
    "/credentials/",
)
_LEGIBLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class SessionLayer:
    app: ASGIApp
    house: House
    cookies: SessionCookies
    transact: Transact
    continue_session: ContinueSession

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            token = _strip_token(scope)
            connection: AnyConnection = ASGIConnection(scope)
            scope["state"][STATE_KEY] = await self._visit(connection, token)
        await self.app(scope, receive, send)

    async def _visit(self, connection: AnyConnection, token: str | None) -> Visit:
        command = self._asked(connection, token)
        found: SignedIn | None = None
        failure: Exception | None = None
        if command is not None:
            try:
                found = await self.transact(lambda: self.continue_session(command))
            except Exception as error:  # noqa: BLE001 raised again where it becomes a page
                failure = error
        return Visit(
            house=self.house,
            reference=new_reference(),
            path=connection.scope["path"],
            address=_address(connection),
            framed=connection.headers.get("sec-fetch-dest") in {"iframe", "frame"},
            signed_in=found,
            prefix=f"/~{token}" if found and token else "",
            lost=found is None and (token is not None or command is not None),
            failure=failure,
        )

    def _asked(self, connection: AnyConnection, token: str | None) -> ContinueSessionCommand | None:
        """What to look up, or None where no session can be or may be used."""
        if connection.scope["path"].startswith(_NEVER_SIGNED_IN):
            return None
        if token is not None:
            return _by_token(token, connection.headers.get("sec-fetch-site"))
        secrets = self.cookies.read(connection.cookies)
        return ContinueSessionCommand(cookies=secrets) if secrets else None


def _address(connection: AnyConnection) -> str:
    scope = connection.scope
    if scope.get("method") != "GET":
        return "/"
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def _by_token(token: str, site: str | None) -> ContinueSessionCommand | None:
    """A path token counts from our own pages, and once as the landing after its code.

    `none` is a pasted or mailed address; no header is a browser that cannot tell.
    """
    if site == "same-origin":
        return ContinueSessionCommand(token=token)
    if site in {"cross-site", "same-site"}:
        return ContinueSessionCommand(token=token, landing=True)
    return None


def _strip_token(scope: Scope) -> str | None:
    match = _TOKEN_PATH.fullmatch(scope["path"])
    if match is None:
        return None
    token = match[1]
    scope["root_path"] = f"/~{token}"
    scope["path"] = match[2] or "/"
    scope["raw_path"] = scope["raw_path"].removeprefix(f"/~{token}".encode()) or b"/"
    return token


def new_reference() -> str:
    """Eight legible characters that a person can read out to the help desk."""
    letters = [choice(_LEGIBLE) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
