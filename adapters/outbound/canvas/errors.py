"""Canvas' refusals in our words: status and body become an `LmsError`.

Canvas writes errors in a dozen shapes and partly in the language of the account. So the
status decides what kind of error it is, and a text only refines the reason.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import msgspec

from adapters.outbound.canvas.throttle import LONGEST_WAIT, is_throttled, retry_after
from application.errors import (
    LmsError,
    LmsForbidden,
    LmsRateLimited,
    LmsRecordMissing,
    LmsRefused,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
)

_REASONS = (
    ("still unpublished", "unpublished"),
    ("being moderated", "moderated"),
    ("provisional_grade", "moderated"),
    ("max_graders_reached", "moderated"),
    ("closed grading period", "closed-period"),
    ("not applicable to this student", "not-applicable"),
    ("must be enrolled", "not-active"),
    ("have permission to manage grades", "no-right"),
    ("insufficient scopes", "no-scope"),
    ("last link to an aligned outcome", "aligned"),
)
"""What a text contains, in lower case, and the reason of `application.refusals`."""

_SPEAKING = ("message", "error", "error_code", "error_description", "errors")


def error_from(response: httpx.Response) -> LmsError:
    """The error that an answer other than success stands for; never quotes the answer."""
    if is_throttled(response):
        said = retry_after(response)
        return LmsRateLimited(
            f"Canvas asks us to slow down ({place(response)}).",
            retry_after=LONGEST_WAIT if said is None else said,
        )
    if token_refused(response):
        return LmsUnauthorised("Canvas asks for your authorization again.")
    if not response.is_client_error or response.status_code == httpx.codes.REQUEST_TIMEOUT:
        return _broken(response)
    return _refused(response)


def _broken(response: httpx.Response) -> LmsError:
    status, where = response.status_code, place(response)
    if status < httpx.codes.BAD_REQUEST:
        return LmsSpokeNonsense(f"Canvas answered {status} where data was due ({where}).")
    said = retry_after(response)
    return LmsUnavailable(f"Canvas failed with {status} ({where}).", retry_after=said)


def _refused(response: httpx.Response) -> LmsError:
    status, where = response.status_code, place(response)
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        return _forbidden(response)
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return LmsRecordMissing(f"Canvas has no such record ({where}).")
    return LmsRefused(f"Canvas refused with {status} ({where}).", reason=_reason(response))


def token_refused(response: httpx.Response) -> bool:
    """Only a 401 with this header speaks of the token; without it, of a right or a scope."""
    asks = "WWW-Authenticate" in response.headers
    return response.status_code == httpx.codes.UNAUTHORIZED and asks


def place(response: httpx.Response) -> str:
    """Method, path and Canvas' own reference: enough to find the call in both logs."""
    request = response.request
    reference = response.headers.get("X-Request-Context-Id", "")
    suffix = f", reference {reference[:64]}" if reference else ""
    return f"{request.method} {request.url.path}{suffix}"


def _forbidden(response: httpx.Response) -> LmsError:
    where, reason = place(response), _reason(response)
    if _speaks_of_scales(response):
        return LmsRefused(f"Canvas refused ({where}).", reason="mastery-scales")
    if reason in {"unpublished", "moderated", "closed-period", "not-applicable", "not-active"}:
        return LmsRefused(f"Canvas refused ({where}).", reason=reason)
    if reason == "no-scope" or _speaks_of_scopes(response):
        return LmsForbidden(
            f"The developer key lacks a scope that this needs ({where}).", reason="no-scope"
        )
    return LmsForbidden(f"The person lacks the right in Canvas ({where}).", reason="no-right")


def _speaks_of_scopes(response: httpx.Response) -> bool:
    """A missing right carries `status` in every language, a missing scope never does."""
    body = _body(response)
    listed = isinstance(body, dict) and isinstance(body.get("errors"), list)
    return response.status_code == httpx.codes.UNAUTHORIZED and listed and "status" not in body


def _speaks_of_scales(response: httpx.Response) -> bool:
    """An outcome's own scale is refused with a lone `error`, a missing right never is."""
    body = _body(response)
    alone = isinstance(body, dict) and body.keys() == {"error"}
    outcome = "/outcomes/" in response.request.url.path
    return response.status_code == httpx.codes.FORBIDDEN and alone and outcome


def _reason(response: httpx.Response) -> str:
    said = " ".join(_texts(_body(response))).lower()
    return next((reason for text, reason in _REASONS if text in said), "refused")


def _body(response: httpx.Response) -> Any:  # noqa: ANN401 - whatever Canvas wrote
    try:
        return msgspec.json.decode(response.content)
    except msgspec.DecodeError:
        return response.text


def _texts(body: object) -> Iterator[str]:
    """Every text of a body of any family: lists, wrapped, by attribute, or a bare string."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for item in body:
            yield from _texts(item)
    elif isinstance(body, dict):
        spoken = [body[name] for name in _SPEAKING if name in body]
        for item in spoken or body.values():
            yield from _texts(item)
