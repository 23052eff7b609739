"""Codes and tokens: how they are made, exchanged, refreshed and ended."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox.canvas.access_records import AccessToken, Code, DeveloperKey
from sandbox.canvas.ids import SHARD, global_id
from sandbox.canvas.state import State

CODE_LIFETIME = timedelta(minutes=10)
TOKEN_LIFETIME = timedelta(seconds=3600)
_WORDS = {"authorization_code": "code", "refresh_token": "refresh_token"}


@dataclass(frozen=True, slots=True)
class OAuthRefusal(Exception):
    """An error of the token endpoint; `client` ones carry a `WWW-Authenticate`."""

    status: int
    error: str
    description: str

    def body(self) -> dict[str, str]:
        return {"error": self.error, "error_description": self.description}


def find_key(state: State, client_id: str) -> DeveloperKey:
    number = int(client_id) if _digits(client_id) else 0
    keys = state.keys
    key = keys.get(number) or keys.get(number - SHARD) or keys.get(number + SHARD)
    if key is None or not key.active:
        raise OAuthRefusal(401, "invalid_client", "unknown client")
    return key


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def new_code(state: State, key: DeveloperKey, user_id: int, scopes: list[str] | None) -> Code:
    code = Code(state.chance.hexadecimal(128), key.id, user_id, scopes, state.clock())
    state.codes[code.text] = code
    return code


def exchange(state: State, key: DeveloperKey, form: dict[str, Any]) -> dict[str, Any]:
    """Answer a grant; `code` without a grant type counts as an authorisation code."""
    kind = str(form.get("grant_type") or ("authorization_code" if form.get("code") else ""))
    if kind not in _WORDS:
        raise OAuthRefusal(
            400, "unsupported_grant_type", "The grant_type you requested is not currently supported"
        )
    name = _WORDS[kind]
    value = str(form.get(name) or "")
    if not value:
        text = f"You must provide the {name} parameter when using the {kind} grant type"
        raise OAuthRefusal(400, "invalid_request", text)
    if kind == "refresh_token":
        return _refreshed(state, key, value)
    return _first(state, key, value, replace=str(form.get("replace_tokens") or "") == "1")


def _first(state: State, key: DeveloperKey, text: str, *, replace: bool) -> dict[str, Any]:
    code = state.codes.get(text)
    if code is None or state.clock() - code.made_at > CODE_LIFETIME:
        raise OAuthRefusal(400, "invalid_grant", "authorization_code not found")
    if code.client_id != key.id:
        raise OAuthRefusal(400, "invalid_grant", "incorrect client")
    del state.codes[text]
    if replace:
        _end_tokens(state, key, code.user_id)
    token = AccessToken(
        id=state.next_id("tokens"),
        user_id=code.user_id,
        access=_secret(state),
        key_id=key.id,
        refresh=_secret(state),
        expires_at=state.clock() + TOKEN_LIFETIME,
        scopes=code.scopes,
    )
    state.tokens[token.id] = token
    return _answer(state, token) | {"refresh_token": token.refresh}


def _end_tokens(state: State, key: DeveloperKey, user_id: int) -> None:
    for token in state.tokens.values():
        if token.key_id == key.id and token.user_id == user_id:
            token.deleted = True


def _refreshed(state: State, key: DeveloperKey, text: str) -> dict[str, Any]:
    """A new access token on the same row: the one before dies at once, the refresh token stays.

    The person is not looked at, so a refresh may succeed for somebody whose every call fails.
    """
    token = next(
        (row for row in state.tokens.values() if row.refresh == text and not row.deleted), None
    )
    if token is None:
        raise OAuthRefusal(400, "invalid_request", "refresh_token not found")
    if token.key_id != key.id:
        raise OAuthRefusal(400, "invalid_grant", "incorrect client")
    token.access = _secret(state)
    token.expires_at = state.clock() + TOKEN_LIFETIME
    return _answer(state, token)


def _secret(state: State) -> str:
    return f"1234~{state.chance.letters(64)}"


def _answer(state: State, token: AccessToken) -> dict[str, Any]:
    user = state.users[token.user_id]
    return {
        "access_token": token.access,
        "token_type": "Bearer",
        "user": {
            "id": user.id,
            "name": user.name,
            "global_id": global_id(user.id),
            "effective_locale": user.locale or state.switches.locale,
        },
        "canvas_region": state.switches.canvas_region,
        "expires_in": int(TOKEN_LIFETIME.total_seconds()),
    }
