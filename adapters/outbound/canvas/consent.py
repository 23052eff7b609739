"""What Canvas' consent page says of the developer key, before anybody signs in.

Canvas looks at the key, then at the redirect URI, then at the scopes, and only then asks who it
is (`Oauth2ProviderController#auth`). Of key and URI it speaks in an answer of its own; all else
it sends to the redirect URI.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from adapters.outbound.canvas.errors import error_from
from application.ports.lms_plugin import ConsentPage, ConsentRefusal

NOBODY = "attain-doctor"
"""A state that no session has: should Canvas send it back, nobody is signed in by it."""
_NAMED_SCOPE = re.compile(r"url:[A-Z]+\|\S+")
_ANSWERED = {
    httpx.codes.UNAUTHORIZED: ConsentRefusal.CLIENT,
    httpx.codes.BAD_REQUEST: ConsentRefusal.REDIRECT,
}
_SENT_BACK = {
    "invalid_scope": ConsentRefusal.SCOPES,
    "unauthorized_client": ConsentRefusal.CLIENT,
}
_WOULD_ASK = frozenset({"login_required", "interaction_required"})


def page_behind(response: httpx.Response, redirect_uri: str) -> ConsentPage:
    """Raises: LmsUnavailable when Canvas failed instead of answering."""
    refusal, lacking = _refusal(response, redirect_uri)
    return ConsentPage(refusal, lacking, _clock(response))


def _refusal(
    response: httpx.Response, redirect_uri: str
) -> tuple[ConsentRefusal | None, tuple[str, ...]]:
    if response.is_server_error:
        raise error_from(response)
    if response.is_client_error:
        return _ANSWERED.get(httpx.codes(response.status_code), ConsentRefusal.OTHER), ()
    location = response.headers.get("Location", "")
    if not location.startswith(redirect_uri):
        return None, ()
    told = httpx.URL(location).params
    error = str(told.get("error", ""))
    if not error or error in _WOULD_ASK:
        return None, ()
    refusal = _SENT_BACK.get(error, ConsentRefusal.OTHER)
    return refusal, tuple(_NAMED_SCOPE.findall(str(told.get("error_description", ""))))


def _clock(response: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return None
