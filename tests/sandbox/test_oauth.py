"""The OAuth2 provider: each rule of authorising, exchanging, refreshing and ending."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.sandbox.college import HOST, KEY, REDIRECT, TEACHER, Practice, run, shown

ASKED = {
    "client_id": str(KEY),
    "response_type": "code",
    "redirect_uri": REDIRECT,
    "state": "st4te",
}
TOKEN = "/login/oauth2/token"
ME = "url:GET|/api/v1/users/:id"


def browse(practice: Practice, *steps: tuple[str, str, dict[str, str]]) -> list[httpx.Response]:
    """The answers to the steps of one browser, which follows no redirect by itself."""

    async def go() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=practice.canvas.app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as browser:
            answers: list[httpx.Response] = []
            for method, path, form in steps:
                target = path or answers[-1].headers["location"]
                kind = {"params": form} if method == "GET" and form else {"data": form}
                answers.append(await browser.request(method, target, **kind))  # type: ignore[arg-type]
            return answers

    return run(go())


SIGN_IN = ("POST", "/login", {"user_id": str(TEACHER)})


def ask(**changes: str | None) -> tuple[str, str, dict[str, str]]:
    asked: dict[str, str | None] = {**ASKED, **changes}
    kept = {name: value for name, value in asked.items() if value is not None}
    return "GET", "/login/oauth2/auth", kept


def answered(location: str) -> dict[str, str]:
    assert location.startswith(REDIRECT)
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def code_of(practice: Practice, **changes: str | None) -> str:
    """Go through the pages as a person who presses Authorize."""
    *_, confirm = browse(practice, SIGN_IN, ask(**changes))
    path = confirm.headers["location"]
    decided = browse_signed(practice, confirm, ("POST", path, {"answer": "authorize"}))
    return answered(decided.headers["location"])["code"]


def browse_signed(
    practice: Practice, before: httpx.Response, step: tuple[str, str, dict[str, str]]
) -> httpx.Response:
    cookie = before.request.headers["cookie"]
    method, path, form = step
    return practice.call(None, method, path, data=form, headers={"Cookie": cookie})


def exchange(practice: Practice, **form: str) -> httpx.Response:
    body = {"client_id": str(KEY), "client_secret": "key-secret", **form}
    return practice.call(None, "POST", TOKEN, data=body)


def tokens(practice: Practice, **changes: str | None) -> dict[str, Any]:
    code = code_of(practice, **changes)
    answer: dict[str, Any] = shown(exchange(practice, grant_type="authorization_code", code=code))
    return answer


class TestAuthorise:
    def test_unknown_client_is_no_redirect(self, practice: Practice) -> None:
        for client in ("12", "abc", ""):
            (answer,) = browse(practice, ask(client_id=client))
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Canvas OAuth 2.0"
            assert answer.json() == {
                "error": "invalid_client",
                "error_description": "unknown client",
            }

    def test_a_foreign_redirect_uri_is_no_redirect(self, practice: Practice) -> None:
        (answer,) = browse(practice, ask(redirect_uri="https://evil.test/"))
        assert answer.status_code == 400
        assert answer.json()["error_description"] == "redirect_uri does not match client settings"

    def test_a_wrong_response_type(self, practice: Practice) -> None:
        (answer,) = browse(practice, ask(response_type="token"))
        got = answered(answer.headers["location"])
        assert (got["error"], got["state"]) == ("unsupported_response_type", "st4te")

    def test_a_key_that_the_account_does_not_let_in(self, practice: Practice) -> None:
        (answer,) = browse(practice.with_key(enabled=False), ask())
        got = answered(answer.headers["location"])
        assert (got["error"], got["state"]) == ("unauthorized_client", "st4te")

    @pytest.mark.parametrize("scope", [None, "url:GET|/api/v1/accounts"])
    def test_a_scope_not_on_the_key_loses_the_state(
        self, practice: Practice, scope: str | None
    ) -> None:
        (answer,) = browse(practice.with_key(scopes=[ME]), ask(scope=scope))
        got = answered(answer.headers["location"])
        assert got["error"] == "invalid_scope"
        assert "state" not in got

    def test_silent_authorising_needs_a_session_and_consent(self, practice: Practice) -> None:
        (answer,) = browse(practice, ask(prompt="none"))
        assert answered(answer.headers["location"])["error"] == "login_required"
        *_, answer = browse(practice, SIGN_IN, ask(prompt="none"))
        assert answered(answer.headers["location"])["error"] == "interaction_required"

    def test_another_prompt_is_refused(self, practice: Practice) -> None:
        (answer,) = browse(practice, ask(prompt="login"))
        assert answered(answer.headers["location"])["error"] == "unsupported_prompt_type"

    def test_a_trusted_key_asks_nobody(self, practice: Practice) -> None:
        *_, answer = browse(practice.with_key(trusted=True), SIGN_IN, ask(prompt="none"))
        assert len(answered(answer.headers["location"])["code"]) == 128

    def test_without_a_session_it_signs_in_first_and_comes_back(self, practice: Practice) -> None:
        asked, sign_in = browse(practice, ask(), ("GET", "", {}))
        assert asked.headers["location"].startswith("/login?return_to=")
        assert "Sign in as anyone" in sign_in.text
        back = re.search(r'name="return_to" value="([^"]+)"', sign_in.text)
        assert back is not None
        assert back[1].startswith("/login/oauth2/auth?client_id=")

    def test_its_pages_refuse_frames(self, practice: Practice) -> None:
        *_, confirm = browse(practice, SIGN_IN, ask(), ("GET", "", {}))
        assert "frame-ancestors 'none'" in confirm.headers["content-security-policy"]
        assert "asks for access" in confirm.text

    def test_cancel_is_access_denied(self, practice: Practice) -> None:
        *_, confirm = browse(practice, SIGN_IN, ask())
        path = confirm.headers["location"]
        decided = browse_signed(practice, confirm, ("POST", path, {"answer": "cancel"}))
        got = answered(decided.headers["location"])
        assert got == {"error": "access_denied", "state": "st4te"}

    def test_authorize_sends_code_and_state(self, practice: Practice) -> None:
        assert re.fullmatch("[0-9a-f]{128}", code_of(practice))


class TestTokens:
    def test_first_answer_has_exactly_canvas_keys(self, practice: Practice) -> None:
        answer = tokens(practice)
        assert set(answer) == {
            "access_token",
            "refresh_token",
            "user",
            "expires_in",
            "token_type",
            "canvas_region",
        }
        assert answer["user"] == {
            "id": TEACHER,
            "name": "Ada Byron",
            "global_id": "10000000000010",
            "effective_locale": "en",
        }
        assert shown(practice.get(answer["access_token"], "/users/self"))["id"] == TEACHER

    def test_a_refresh_has_no_refresh_token_and_kills_the_old_access_token(
        self, practice: Practice
    ) -> None:
        first = tokens(practice)
        refreshed = shown(
            exchange(practice, grant_type="refresh_token", refresh_token=first["refresh_token"])
        )
        assert "refresh_token" not in refreshed
        assert practice.get(refreshed["access_token"], "/users/self").status_code == 200
        dead = practice.get(first["access_token"], "/users/self")
        assert (dead.status_code, dead.json()["errors"][0]["message"]) == (
            401,
            "Invalid access token.",
        )

    def test_an_access_token_lives_an_hour(self, practice: Practice) -> None:
        first = tokens(practice)
        practice.clock.advance(3599)
        assert practice.get(first["access_token"], "/users/self").status_code == 200
        practice.clock.advance(2)
        expired = practice.get(first["access_token"], "/users/self")
        assert expired.headers["www-authenticate"] == 'Bearer realm="canvas-lms"'

    def test_a_code_works_once(self, practice: Practice) -> None:
        code = code_of(practice)
        shown(exchange(practice, code=code))
        again = exchange(practice, code=code)
        assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")

    def test_a_code_lives_ten_minutes(self, practice: Practice) -> None:
        code = code_of(practice)
        practice.clock.advance(601)
        answer = exchange(practice, code=code)
        assert answer.json()["error_description"] == "authorization_code not found"

    def test_a_code_of_another_client(self, practice: Practice) -> None:
        code = code_of(practice)
        practice.state.codes[code].client_id = 5
        answer = exchange(practice, code=code)
        assert answer.json() == {"error": "invalid_grant", "error_description": "incorrect client"}

    def test_basic_authentication_serves_as_well(self, practice: Practice) -> None:
        answer = run(_basic(practice, code_of(practice)))
        assert answer.status_code == 200

    def test_a_wrong_secret(self, practice: Practice) -> None:
        answer = exchange(practice, code="x", client_secret="wrong")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Canvas OAuth 2.0"
        assert answer.json()["error_description"] == "invalid client"

    def test_a_missing_code(self, practice: Practice) -> None:
        answer = exchange(practice, grant_type="authorization_code")
        assert answer.json()["error_description"] == (
            "You must provide the code parameter when using the authorization_code grant type"
        )

    def test_another_grant_type(self, practice: Practice) -> None:
        assert exchange(practice, grant_type="password").json() == {
            "error": "unsupported_grant_type",
            "error_description": "The grant_type you requested is not currently supported",
        }

    def test_an_error_is_a_redirect_when_a_redirect_uri_was_sent(self, practice: Practice) -> None:
        answer = exchange(practice, code="nope", redirect_uri=REDIRECT)
        assert answer.status_code == 302
        assert answered(answer.headers["location"])["error"] == "invalid_grant"
        practice.switches.no_redirect_on_oauth_token_method = True
        assert exchange(practice, code="nope", redirect_uri=REDIRECT).status_code == 400

    def test_replace_tokens_ends_the_others_of_this_key(self, practice: Practice) -> None:
        first = tokens(practice)
        shown(exchange(practice, code=code_of(practice), replace_tokens="1"))
        assert practice.get(first["access_token"], "/users/self").status_code == 401

    def test_delete_ends_access_and_refresh(self, practice: Practice) -> None:
        first = tokens(practice)
        assert shown(practice.call(first["access_token"], "DELETE", TOKEN)) == {}
        assert practice.get(first["access_token"], "/users/self").status_code == 401
        refused = exchange(
            practice, grant_type="refresh_token", refresh_token=first["refresh_token"]
        )
        assert refused.json()["error_description"] == "refresh_token not found"

    def test_delete_without_a_token(self, practice: Practice) -> None:
        answer = practice.call(None, "DELETE", TOKEN)
        assert answer.status_code == 400
        assert answer.json()["message"].startswith("can't delete OAuth access token")

    def test_there_is_nothing_to_get(self, practice: Practice) -> None:
        assert practice.call(None, "GET", TOKEN).status_code == 405

    def test_a_deleted_person_is_refreshed_but_every_call_fails(self, practice: Practice) -> None:
        first = tokens(practice)
        practice.state.users[TEACHER].deleted = True
        refreshed = shown(
            exchange(practice, grant_type="refresh_token", refresh_token=first["refresh_token"])
        )
        assert practice.get(refreshed["access_token"], "/users/self").status_code == 401

    def test_a_refreshed_token_keeps_its_scopes(self, practice: Practice) -> None:
        scoped = practice.with_key(scopes=[ME, "url:GET|/api/v1/courses"])
        first = tokens(scoped, scope=ME)
        refreshed = shown(
            exchange(scoped, grant_type="refresh_token", refresh_token=first["refresh_token"])
        )
        access = refreshed["access_token"]
        assert scoped.get(access, "/users/self").status_code == 200
        assert scoped.get(access, "/courses").status_code == 401


async def _basic(practice: Practice, code: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=practice.canvas.app)
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
        return await client.post(TOKEN, data={"code": code}, auth=(str(KEY), "key-secret"))
