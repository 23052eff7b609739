"""Pages of a list: the cursor that names the place, and the address of the next page."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Response
from litestar.params import QueryParameter

from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.visit import AnyRequest, visit_of
from application.errors import Invalid
from application.ports.listings import Key, Page, Turn

R = TypeVar("R")
S = TypeVar("S")
MOST, USUAL = 200, 50
_KEY = msgspec.json.Decoder(tuple[str, ...])

CursorAsked = Annotated[
    str | None, QueryParameter(name="cursor", description="Comes with `next` of the page before.")
]
LimitAsked = Annotated[
    int, QueryParameter(name="limit", ge=1, le=MOST, description="Records on one page.")
]


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Which page of a list is asked for, and of which address."""

    turn: Turn
    url: str
    query: tuple[tuple[str, str], ...]

    def answer(self, page: Page[R], shape: Callable[[R], S]) -> Response[Listed[S]]:
        following = self._following(page.after)
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        return Response(Listed([shape(one) for one in page.records], following), headers=headers)

    def _following(self, after: Key | None) -> str | None:
        if after is None:
            return None
        kept = [(name, value) for name, value in self.query if name != "cursor"]
        return f"{self.url}?{urlencode([*kept, ('cursor', cursor_of(after))])}"


def provide_page_asked(
    request: AnyRequest, cursor: CursorAsked = None, limit: LimitAsked = USUAL
) -> PageAsked:
    """Raises Invalid for a cursor that we did not make."""
    turn = Turn(limit, key_of(cursor) if cursor is not None else None)
    query = parse_qsl(request.scope["query_string"].decode("latin-1"))
    return PageAsked(turn, visit_of(request).house.url(request.scope["path"]), tuple(query))


def cursor_of(key: Key) -> str:
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def key_of(cursor: str) -> Key:
    try:
        written = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key = _KEY.decode(written)
    except (ValueError, msgspec.MsgspecError):
        raise Invalid("cursor", "give the one that came with the page before.") from None
    if any("\x00" in part for part in key):
        raise Invalid("cursor", "give the one that came with the page before.")
    return key
