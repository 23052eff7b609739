"""The authorise pages: sign in if need be, then Authorize or Cancel."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas.access_records import DeveloperKey
from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.errors import CLIENT
from sandbox.canvas.oauth.grants import OAuthRefusal, find_key, new_code
from sandbox.canvas.state import State
from sandbox.canvas.web.pages import page, see_other
from sandbox.canvas.web.session import Session, Sessions

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
_SCOPES_REFUSED = (
    "A requested scope is invalid, unknown, malformed, or exceeds the scope granted by the "
    "resource owner. The following scopes were requested, but not granted: "
)


def _refused(status: int, error: str, description: str) -> Response[Any]:
    """An error that cannot be sent to the client, for want of an address to trust."""
    body = msgspec.json.encode({"error": error, "error_description": description})
    headers = CLIENT if status == 401 else {}
    return Response(body, status_code=status, headers=headers, media_type="application/json")


def _redirect(asked: dict[str, str], **values: str) -> Response[Any]:
    """Back to the client; `state` goes along unless the values leave it out on purpose."""
    target = asked["redirect_uri"]
    mark = "&" if "?" in target else "?"
    return Response(
        b"", status_code=302, headers={"Location": f"{target}{mark}{urlencode(values)}"}
    )


def _with_state(asked: dict[str, str], **values: str) -> Response[Any]:
    return _redirect(asked, **values, **({"state": asked["state"]} if "state" in asked else {}))


@get("/login/oauth2/auth")
async def ask(
    request: Request[Any, Any, Any], site: Injected[State], sessions: Injected[Sessions]
) -> Response[Any]:
    asked = {name: str(value) for name, value in (await read_params(request)).items()}
    try:
        key = find_key(site, asked.get("client_id", ""))
    except OAuthRefusal as refusal:
        return _refused(refusal.status, refusal.error, refusal.description)
    if asked.get("redirect_uri") not in [*key.redirect_uris, OUT_OF_BAND]:
        text = "redirect_uri does not match client settings"
        return _refused(400, "invalid_request", text)
    wrong = _wrong_request(key, asked)
    return wrong or _continue(request, site, sessions, key, asked)


def _wrong_request(key: DeveloperKey, asked: dict[str, str]) -> Response[Any] | None:
    if asked.get("response_type") != "code":
        text = "Only response_type=code is permitted"
        return _with_state(asked, error="unsupported_response_type", error_description=text)
    if not key.enabled:
        text = "Client does not have access to the specified Canvas account."
        return _with_state(asked, error="unauthorized_client", error_description=text)
    refused = _scopes_refused(key, asked)
    if refused is not None:
        # Canvas forgets the state on this one error.
        return _redirect(asked, error="invalid_scope", error_description=_SCOPES_REFUSED + refused)
    if asked.get("prompt", "none") != "none":
        text = 'prompt must be "none" or omitted'
        return _with_state(asked, error="unsupported_prompt_type", error_description=text)
    return None


def _scopes_asked(asked: dict[str, str]) -> list[str]:
    return (asked.get("scope") or asked.get("scopes") or "").split()


def _scopes_refused(key: DeveloperKey, asked: dict[str, str]) -> str | None:
    """The scopes that the key does not have; an empty text when none was named but must be."""
    if key.scopes is None:
        return None
    wanted = _scopes_asked(asked)
    refused = [scope for scope in wanted if scope not in key.scopes]
    return " ".join(refused) if refused or not wanted else None


def _continue(
    request: Request[Any, Any, Any],
    state: State,
    sessions: Sessions,
    key: DeveloperKey,
    asked: dict[str, str],
) -> Response[Any]:
    session = sessions.of(request)
    silent = asked.get("prompt") == "none"
    if session is None and silent:
        return _with_state(asked, error="login_required")
    if session is None or asked.get("force_login"):
        kept = {name: value for name, value in asked.items() if name != "force_login"}
        back = f"/login/oauth2/auth?{urlencode(kept)}"
        query = {"return_to": back, "q": asked.get("unique_id", "")}
        return see_other(f"/login?{urlencode(query)}")
    if key.trusted:
        return _granted(state, session, key, asked)
    if silent:
        return _with_state(asked, error="interaction_required")
    number = state.chance.hexadecimal(32)
    session.authorising[number] = asked
    return see_other(f"/login/oauth2/confirm/{number}")


@get("/login/oauth2/confirm/{number:str}")
async def confirm(
    request: Request[Any, Any, Any],
    site: Injected[State],
    sessions: Injected[Sessions],
    number: FromPath[str],
) -> Response[Any]:
    session = sessions.of(request)
    asked = session.authorising.get(number) if session else None
    if session is None or asked is None:
        return see_other("/")
    key = find_key(site, asked["client_id"])
    user = site.users[session.user_id]
    return page(
        "authorise.html",
        framed=False,
        key=key,
        user=user,
        number=number,
        purpose=asked.get("purpose"),
        scopes=_scopes_asked(asked) if key.scopes is not None else [],
    )


@post("/login/oauth2/confirm/{number:str}", status_code=200)
async def decide(
    request: Request[Any, Any, Any],
    site: Injected[State],
    sessions: Injected[Sessions],
    number: FromPath[str],
) -> Response[Any]:
    form = await read_params(request)
    session = sessions.of(request)
    asked = session.authorising.pop(number, None) if session else None
    if session is None or asked is None:
        return see_other("/")
    if form.get("answer") != "authorize":
        return _with_state(asked, error="access_denied")
    return _granted(site, session, find_key(site, asked["client_id"]), asked)


def _granted(
    state: State, session: Session, key: DeveloperKey, asked: dict[str, str]
) -> Response[Any]:
    scopes = None if key.scopes is None else _scopes_asked(asked)
    code = new_code(state, key, session.user_id, scopes)
    if asked["redirect_uri"] == OUT_OF_BAND:
        return see_other(f"/login/oauth2/code?{urlencode({'code': code.text})}")
    return _with_state(asked, code=code.text)


@get("/login/oauth2/code")
async def show_code(request: Request[Any, Any, Any]) -> Response[Any]:
    """Where a program without an address of its own reads its code."""
    return page("code.html", framed=False, code=request.query_params.get("code", ""))
