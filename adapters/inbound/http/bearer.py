"""The guard in front of every API route: a bearer token, and nothing else, says who calls.

Cookies are never read there, so no page of another site can borrow a session, and no form
token is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from litestar.connection import Request
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler

from adapters.inbound.http.caller import Caller, caller_of, note_caller
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.visit import AnyConnection, AnyRequest
from application.errors import Forbidden, Invalid, NotSignedIn
from application.ports.runtime import Transact
from application.use_cases.access.use_token import UseToken

JSON = "application/json"
VERSIONED = "application/vnd.attain.v1+json"
_ANSWERS = (JSON, VERSIONED, "application/problem+json")
_READING = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class BearerGuard:
    use_token: Callable[[], object]
    transact: Transact
    failures: FailureLimit
    proxies: TrustedProxies

    async def __call__(self, connection: AnyConnection, handler: BaseRouteHandler) -> None:
        """Raises NotSignedIn, Forbidden, RateLimited; and where the media are not ours."""
        if not handler.opt.get("bearer"):
            return
        _refuse_nul(connection)
        await self._know(connection)
        if isinstance(connection, Request):
            _check_media(connection, handler)
            _check_scope(connection)

    async def _know(self, connection: AnyConnection) -> None:
        source = f"api {self.proxies.source_of(connection)}"
        self.failures.check(source)
        text = _token(connection)
        if not text:
            caller_of(connection)
        use_token = cast("UseToken", self.use_token())  # by its name in the container
        try:
            bearer = await self.transact(lambda: use_token(text))
        except NotSignedIn:
            self.failures.failed(source)
            raise
        note_caller(connection, Caller(bearer))


def _token(connection: AnyConnection) -> str:
    scheme, _, text = connection.headers.get("authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def _check_media(request: AnyRequest, handler: BaseRouteHandler) -> None:
    """A stored file goes out as what it is, whatever is asked for."""
    picky = request.headers.get("accept") and not handler.opt.get("file")
    if picky and request.accept.best_match(list(_ANSWERS)) is None:
        raise HTTPException(status_code=406)
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    taken = {"multipart/form-data"} if handler.opt.get("form") else {JSON, VERSIONED}
    if request.method not in _READING and sent not in {*taken, ""}:
        raise HTTPException(status_code=415)


def _check_scope(request: AnyRequest) -> None:
    if request.method not in _READING and not caller_of(request).bearer.token.may_write:
        raise Forbidden("This token may only read. Make one with the scope `write`.")


def _refuse_nul(connection: AnyConnection) -> None:
    """No database of ours keeps a NUL in text, and PostgreSQL fails on being asked for one."""
    if b"%00" in connection.scope["query_string"] or "\x00" in connection.scope["path"]:
        raise Invalid("address", "it holds a NUL character, which nothing here does.")
