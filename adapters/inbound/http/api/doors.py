"""How a route of the API is declared: its path, its right, and what it may answer."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from litestar import get, patch, post, put
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from adapters.inbound.http.api.etags import provide_if_match
from adapters.inbound.http.api.paging import provide_page_asked
from adapters.inbound.http.api.reading import provide_lists, provide_one_of
from adapters.inbound.http.caller import provide_caller
from adapters.inbound.http.uploads import LARGEST_FORM
from domain.access import Right

ROOT = "/api/v1"
Handler = Callable[..., Any]
Declare = Callable[[Handler], HTTPRouteHandler]


class WrongField(msgspec.Struct, frozen=True):
    """`field` names the input, `cure` says how to mend it."""

    field: str
    cure: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457. `type` ends in a slug that never changes; `reference` names the request."""

    type: str
    title: str
    status: int
    detail: str
    cure: str
    reference: str
    errors: tuple[WrongField, ...] = ()


DESKS = {
    "caller": Provide(provide_caller, sync_to_thread=False),
    "page_asked": Provide(provide_page_asked, sync_to_thread=False),
    "lists": Provide(provide_lists, sync_to_thread=False),
    "one_of": Provide(provide_one_of, sync_to_thread=False),
    "if_match": Provide(provide_if_match, sync_to_thread=False),
}
"""What handlers are given besides the use cases."""
_SAID = {
    400: "The body is not JSON.",
    401: "No token, or one that is not known, has expired or was revoked.",
    403: "Not for the role or the scope of the token.",
    404: "Not there, or not for the token's person to see.",
    406: "Another media type or version is asked for.",
    409: "Somebody else was first, or the record is in use.",
    412: "`If-Match` names another state than the stored one.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "A value is missing or cannot be used.",
    428: "`If-Match` is missing.",
    429: "Too many failed attempts from this address.",
    502: "The LMS refused.",
    503: "The LMS, the database or the file store does not answer.",
}
_ALWAYS = (401, 403, 406, 422, 429, 503)
_WITH_BODY = (400, 413, 415)


def reading(path: str, tag: str, right: Right, *also: int) -> Declare:
    """A GET that reads our own records; `also` are further statuses that it may answer."""
    return _declared(get, _shared(path, tag, right, *also), sync_to_thread=True)


def handing_out(path: str, tag: str, right: Right) -> Declare:
    """A GET of a stored file, of whatever media type it has."""
    shared = _shared(path, tag, right, 404)
    shared["responses"][200] = ResponseSpec(
        bytes, description="The file.", media_type="*/*", generate_examples=False
    )
    return _declared(get, shared, file=True, uncompressed=True)


def creating(
    path: str, tag: str, right: Right, *also: int, status: int = 201, network: bool = False
) -> Declare:
    """A POST. With `network` the handler is async and hops to threads by itself."""
    shared = _shared(path, tag, right, *_WITH_BODY, *also)
    in_thread = None if network else True
    return _declared(post, shared, status_code=status, sync_to_thread=in_thread)


def receiving(path: str, tag: str, right: Right) -> Declare:
    """A POST of a form with a file; the handler is async, as files stream."""
    shared = _shared(path, tag, right, *_WITH_BODY, 404, 409)
    return _declared(post, shared, status_code=201, form=True, request_max_body_size=LARGEST_FORM)


def replacing(path: str, tag: str, right: Right, *also: int) -> Declare:
    """A PUT of a whole record, which needs `If-Match`."""
    shared = _shared(path, tag, right, *_WITH_BODY, 404, 409, 412, 428, *also)
    return _declared(put, shared, sync_to_thread=True)


def moving(path: str, tag: str, right: Right) -> Declare:
    """A POST that moves a record on to its next state, which needs `If-Match`."""
    shared = _shared(path, tag, right, *_WITH_BODY, 404, 409, 412, 428)
    return _declared(post, shared, status_code=200, sync_to_thread=True)


def amending(path: str, tag: str, right: Right, *also: int) -> Declare:
    """A PATCH of many parts, each of which names the version that was seen."""
    shared = _shared(path, tag, right, *_WITH_BODY, *also)
    return _declared(patch, shared, sync_to_thread=True)


def _declared(kind: Callable[..., Declare], shared: Mapping[str, Any], **own: object) -> Declare:
    """The operation has the name of its function, so clients can be made from the schema."""

    def declare(handler: Handler) -> HTTPRouteHandler:
        return kind(**shared, **own, operation_id=handler.__name__)(handler)

    return declare


def _shared(path: str, tag: str, right: Right, *statuses: int) -> dict[str, Any]:
    refusals = {
        status: ResponseSpec(
            Problem,
            description=_SAID[status],
            media_type="application/problem+json",
            generate_examples=False,
        )
        for status in sorted({*_ALWAYS, *statuses})
    }
    return {
        "path": f"{ROOT}{path}",
        "tags": [tag],
        "right": right,
        "bearer": True,
        "include_in_schema": True,
        "dependencies": DESKS,
        "responses": refusals,
    }
