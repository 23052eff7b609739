"""The token endpoint. There is no GET: it creates and ends tokens, and reads none."""

import base64
import binascii
import hmac
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, delete, post

from sandbox.canvas.access_records import DeveloperKey
from sandbox.canvas.call import Injected, authenticate, read_params, token_in
from sandbox.canvas.errors import CLIENT, Refusal
from sandbox.canvas.oauth.grants import OAuthRefusal, exchange, find_key
from sandbox.canvas.state import State

JSON = "application/json; charset=utf-8"


@post("/login/oauth2/token", status_code=200)
async def make_token(request: Request[Any, Any, Any], site: Injected[State]) -> Response[bytes]:
    form = await read_params(request)
    try:
        key = _client(site, request, form)
        return Response(msgspec.json.encode(exchange(site, key, form)), media_type=JSON)
    except OAuthRefusal as refusal:
        return _refused(site, refusal, form)


def _client(state: State, request: Request[Any, Any, Any], form: dict[str, Any]) -> DeveloperKey:
    """The key of the request, by parameters or HTTP Basic, with its secret proven."""
    client_id, secret = _basic(request.headers.get("authorization", ""))
    client_id = str(form.get("client_id") or client_id)
    secret = str(form.get("client_secret") or secret)
    key = find_key(state, client_id)
    if not hmac.compare_digest(key.secret.encode(), secret.encode()):
        raise OAuthRefusal(401, "invalid_client", "invalid client")
    return key


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return client_id, secret


def _refused(state: State, refusal: OAuthRefusal, form: dict[str, Any]) -> Response[bytes]:
    """JSON, or a redirect when the request carried a `redirect_uri`: Canvas' old behaviour."""
    target = form.get("redirect_uri")
    if target and not state.switches.no_redirect_on_oauth_token_method:
        location = f"{target}?{urlencode(refusal.body())}"
        return Response(b"", status_code=302, headers={"Location": location})
    headers = CLIENT if refusal.status == 401 else {}
    content = msgspec.json.encode(refusal.body())
    return Response(content, status_code=refusal.status, headers=headers, media_type=JSON)


@delete("/login/oauth2/token", status_code=200)
async def end_token(request: Request[Any, Any, Any], site: Injected[State]) -> Response[bytes]:
    """End the token of the call: access and refresh token die together."""
    text = token_in(request.headers, {})
    if text is None:
        message = "can't delete OAuth access token when not using an OAuth access token"
        raise Refusal(400, {"message": message})
    authenticate(site, text).deleted = True
    return Response(b"{}", media_type=JSON)
