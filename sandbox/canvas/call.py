"""One API call: who calls, with which parameters, and how the answer is written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar
from urllib.parse import parse_qsl

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from sandbox.canvas import ids, params, scopes
from sandbox.canvas.access_records import AccessToken, DeveloperKey
from sandbox.canvas.errors import (
    expired_token,
    insufficient_scopes,
    invalid_token,
    no_token,
    revoked_token,
    right_lacking,
)
from sandbox.canvas.moments import iso
from sandbox.canvas.paging import Page, bookmark_page, number_page
from sandbox.canvas.records import Account, Course, User
from sandbox.canvas.rights import can
from sandbox.canvas.state import State

T = TypeVar("T")
Injected: TypeAlias = NamedDependency[SkipValidation[T]]
STRING_IDS = "application/json+canvas-string-ids"
JSON_TYPE = "application/json; charset=utf-8"
Row = TypeVar("Row")


def base_url(state: State, host: str | None) -> str:
    """The scheme of the seed's host with the name and port that the caller used."""
    if not host:
        return state.host
    scheme, _, _ = state.host.partition("://")
    return f"{scheme}://{host}"


def token_in(headers: Mapping[str, str], query: dict[str, Any]) -> str | None:
    """The token of a request: from its Authorization header, else the `access_token` parameter."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value.strip():
        return value.strip()
    given = query.get("access_token")
    return given if isinstance(given, str) else None


async def read_params(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Query and body as one nested mapping; the body wins. Files, CSV among them, stay out."""
    query = _query(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if not body or kind == "text/csv":
        return query
    if kind == "multipart/form-data":
        return params.merged(query, params.nested(await _fields(request)))
    if kind == "application/json":
        data = msgspec.json.decode(body)
        return params.merged(query, data if isinstance(data, dict) else {})
    return params.merged(query, params.nested(_pairs(body.decode("utf-8", "replace"))))


async def _fields(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def _query(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return params.nested(_pairs(request.scope["query_string"].decode("latin-1")))


def _pairs(encoded: str) -> list[tuple[str, str]]:
    return parse_qsl(encoded, keep_blank_values=True)


class Call:
    """An authenticated call. Every room of the API receives one and answers through it."""

    def __init__(
        self,
        state: State,
        request: Request[Any, Any, Any],
        given: dict[str, Any],
        token: AccessToken,
    ) -> None:
        self.state = state
        self.request = request
        self.params = given
        self.token = token
        self.me: User = state.users[token.user_id]
        self.base = base_url(state, request.headers.get("host"))
        self._rights: dict[tuple[str, type, int], bool] = {}

    def includes(self, name: str) -> bool:
        return name in params.listed(self.params, "include")

    def can(self, right: str, context: Course | Account) -> bool:
        """Whether the caller holds a right; nobody's rights change in the middle of a call."""
        key = (right, type(context), context.id)
        if key not in self._rights:
            self._rights[key] = can(self.state, self.me.id, right, context)
        return self._rights[key]

    def can_any(self, context: Course | Account, *rights: str) -> bool:
        return any(self.can(right, context) for right in rights)

    def require(self, context: Course | Account, *rights: str) -> None:
        """Refuse unless the caller holds one of the rights."""
        if not self.can_any(context, *rights):
            raise self.refused()

    def refused(self) -> Exception:
        return right_lacking(self.state.switches)

    def course(self, reference: str) -> Course:
        return ids.find_course(self.state, reference)

    def answer(
        self, body: object, status: int = 200, headers: dict[str, str] | None = None
    ) -> Response[bytes]:
        """The JSON answer, with ids as text where the caller asked for it."""
        if STRING_IDS in self.request.headers.get("accept", ""):
            body = with_string_ids(body)
        content = msgspec.json.encode(body)
        return Response(content, status_code=status, headers=headers or {}, media_type=JSON_TYPE)

    def page(
        self,
        rows: Sequence[Row],
        show: Callable[[Row], dict[str, Any] | None],
        *,
        last: bool = True,
    ) -> Response[bytes]:
        """A numbered page. A row shown as None is dropped after paging: pages may be short."""
        page = number_page(rows, self._page_params(), self._link_base(), last=last)
        return self._paged(page, show)

    def bookmarked(
        self,
        rows: Sequence[Row],
        key: Callable[[Row], list[Any]],
        show: Callable[[Row], dict[str, Any] | None],
    ) -> Response[bytes]:
        """A page that continues after the sort key of its last row; never with `last`."""
        page = bookmark_page(rows, key, self._page_params(), self._link_base())
        return self._paged(page, show)

    def _paged(
        self, page: Page[Row], show: Callable[[Row], dict[str, Any] | None]
    ) -> Response[bytes]:
        shown = [item for item in map(show, page.rows) if item is not None]
        return self.answer(shown, headers={"Link": page.link})

    def _page_params(self) -> tuple[str | None, str | None, int]:
        page, per_page = params.text(self.params.get("page")), self.params.get("per_page")
        return page, params.text(per_page), self.state.switches.max_per_page

    def _link_base(self) -> tuple[str, list[tuple[str, str]]]:
        query = _pairs(self.request.scope["query_string"].decode("latin-1"))
        dropped = {"page", "per_page", "access_token", "api_key"}
        kept = [pair for pair in query if pair[0] not in dropped]
        return f"{self.base}{self.request.scope['path']}", kept


def with_string_ids(value: object) -> object:
    """Every `id`, `*_id` and `*_ids` as text."""
    if isinstance(value, list):
        return [with_string_ids(item) for item in value]
    if isinstance(value, dict):
        return {name: _string_id(name, item) for name, item in value.items()}
    return value


def _string_id(name: str, value: object) -> object:
    if name == "id" or name.endswith("_id"):
        return str(value) if isinstance(value, int) else with_string_ids(value)
    if name.endswith("_ids") and isinstance(value, list):
        return [str(item) for item in value]
    return with_string_ids(value)


async def provide_call(request: Request[Any, Any, Any], site: Injected[State]) -> Call:
    """Authenticate the request: token first, then the scopes of its key."""
    given = await read_params(request)
    token = authenticate(site, token_in(request.headers, _query(request)))
    key = None if token.key_id is None else site.keys[token.key_id]
    if key is not None and key.scopes is not None:
        if not scopes.allows(token.scopes or [], request.method, request.scope["path"]):
            raise insufficient_scopes()
        given = _without_includes(given, key)
    return Call(site, request, given, token)


def _without_includes(given: dict[str, Any], key: DeveloperKey) -> dict[str, Any]:
    """Reduce `include[]` to `uuid` unless the key allows includes; a bare `include` is dropped."""
    if key.allow_includes:
        return given
    return {
        name: ["uuid"] if isinstance(value, list) else None
        for name, value in given.items()
        if name in {"include", "includes"}
    } | {name: value for name, value in given.items() if name not in {"include", "includes"}}


def authenticate(state: State, text: str | None) -> AccessToken:
    """The live token row of a token text, or the refusal that Canvas gives."""
    if text is None:
        raise no_token()
    token = next((row for row in state.tokens.values() if row.access == text), None)
    if token is None:
        raise invalid_token()
    _refuse_dead(state, token)
    user = state.users.get(token.user_id)
    if user is None or user.deleted or not state.logins_of(user.id):
        raise invalid_token()
    return token


def _refuse_dead(state: State, token: AccessToken) -> None:
    split, now = state.switches.splits_token_errors, state.clock()
    if token.deleted:
        raise revoked_token() if split else invalid_token()
    if token.permanent_expires_at and token.permanent_expires_at <= now:
        raise expired_token(iso(token.permanent_expires_at)) if split else invalid_token()
    if token.expires_at and token.expires_at <= now:
        raise invalid_token()
    key = None if token.key_id is None else state.keys.get(token.key_id)
    if key is not None and not (key.active and key.enabled):
        raise invalid_token()
