"""The refusals of Canvas: its several families of error bodies, with status and headers."""

import logging
from collections.abc import Iterable
from typing import Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException

from sandbox.canvas.records import Switches

_log = logging.getLogger(__name__)
BEARER = {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
CLIENT = {"WWW-Authenticate": "Canvas OAuth 2.0"}
_UNAUTHORIZED = {
    "en": ("unauthorized", "user not authorized to perform that action"),
    "es": ("no autorizado", "el usuario no tiene permiso para realizar esa acción"),
    "de": ("nicht autorisiert", "Benutzer ist zu dieser Aktion nicht berechtigt"),
}


class Refusal(Exception):
    """An answer other than success: status, JSON body and further headers."""

    def __init__(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{status}")
        self.status = status
        self.body = body
        self.headers = headers or {}


def messages(*texts: str) -> dict[str, Any]:
    return {"errors": [{"message": text} for text in texts]}


def not_found() -> Refusal:
    return Refusal(404, messages("The specified resource does not exist."))


def invalid_token() -> Refusal:
    return Refusal(401, messages("Invalid access token."), BEARER)


def revoked_token() -> Refusal:
    return Refusal(401, messages("Revoked access token."), BEARER)


def expired_token(expired_at: str) -> Refusal:
    error = {"message": "Expired access token.", "expired_at": expired_at}
    return Refusal(401, {"errors": [error]}, BEARER)


def no_token() -> Refusal:
    body = {"status": "unauthenticated", **messages("user authorization required")}
    return Refusal(401, body, BEARER)


def insufficient_scopes() -> Refusal:
    return Refusal(401, messages("Insufficient scopes on access token."))


def right_lacking(switches: Switches) -> Refusal:
    """A valid token without the right: 401 or, by a site flag, 403; never `WWW-Authenticate`.

    While the flag is off the texts are in the language of the account.
    """
    locale = "en" if switches.api_auth_error_updates else switches.locale
    status, message = _UNAUTHORIZED.get(locale, _UNAUTHORIZED["en"])
    code = 403 if switches.api_auth_error_updates else 401
    return Refusal(code, {"status": status, **messages(message)})


def param_missing(name: str) -> Refusal:
    return Refusal(400, messages(f"{name} is missing"))


def model_error(attribute: str, message: str, status: int = 400) -> Refusal:
    """The body of `render json: model.errors`."""
    return model_errors([(attribute, message)], status)


def model_errors(wrong: Iterable[tuple[str, str]], status: int = 400) -> Refusal:
    """The same body for several (attribute, message)."""
    errors: dict[str, list[dict[str, str]]] = {}
    for attribute, message in wrong:
        error = {"attribute": attribute, "type": message, "message": message}
        errors.setdefault(attribute, []).append(error)
    return Refusal(status, {"errors": errors})


def field_error(field: str, code: str, message: str) -> Refusal:
    error = {"field": field, "code": code, "message": message}
    return Refusal(400, {"errors": [error]})


def stumbled(report_id: int) -> Refusal:
    """Canvas' 500 for input that its own code cannot digest."""
    problem = {"message": "An error occurred.", "error_code": "internal_server_error"}
    return Refusal(500, {"errors": [problem], "error_report_id": report_id})


def plain_error(message: str) -> Refusal:
    """The `{"error": ...}` of submissions."""
    return Refusal(400, {"error": message})


def answer_refusal(_: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
    content = msgspec.json.encode(refusal.body)
    media = "application/json; charset=utf-8"
    return Response(content, status_code=refusal.status, headers=refusal.headers, media_type=media)


def answer_http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework refuses: an unknown path, a body that is no JSON."""
    if not request.url.path.startswith("/api/"):
        text = f"{error.status_code} {error.detail}"
        return Response(text, status_code=error.status_code, media_type=MediaType.TEXT)
    if error.status_code in {404, 405}:
        return answer_refusal(request, not_found())
    return answer_refusal(request, Refusal(error.status_code, messages(error.detail)))


def answer_failure(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A mistake of the practice Canvas itself, in the form of Canvas' own 500."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return answer_refusal(request, stumbled(1))
