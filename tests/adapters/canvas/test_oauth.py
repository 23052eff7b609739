"""Canvas' OAuth2, with its habits on errors."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode

import httpx
import pytest
import respx

from application.errors import LmsError, LmsSpokeNonsense, LmsUnauthorised, LmsUnavailable
from tests.adapters.canvas.desk import API, NOON, ORIGIN, SITE, bad_token, opened

TOKEN = f"{ORIGIN}/login/oauth2/token"
BACK = "https://attain.test/integrations/canvas/callback"
USER = {"id": 4211, "name": "Ada Byron", "global_id": "10000000004211"}
GIVEN = {"access_token": "1234~access", "token_type": "Bearer", "user": USER, "expires_in": 3600}


def form_of(route: respx.Route) -> dict[str, list[str]]:
    return parse_qs(route.calls.last.request.content.decode())


def known_account(respx_mock: respx.MockRouter) -> None:
    profile = {"id": "4211", "primary_email": "ada@college.edu", "login_id": "abyron"}
    respx_mock.get(f"{API}/users/self").mock(return_value=httpx.Response(200, json={"id": "4211"}))
    respx_mock.get(f"{API}/users/self/profile").mock(return_value=httpx.Response(200, json=profile))


async def test_a_code_becomes_tokens_and_the_account_behind_them(
    respx_mock: respx.MockRouter,
) -> None:
    answer = httpx.Response(200, json={**GIVEN, "refresh_token": "1234~refresh"})
    route = respx_mock.post(TOKEN).mock(return_value=answer)
    known_account(respx_mock)
    async with opened() as desk:
        grant = await desk.lms.redeem(SITE, code="c0de", redirect_uri=BACK)
    assert (grant.access_token, grant.refresh_token) == ("1234~access", "1234~refresh")
    assert grant.expires_at == NOON + timedelta(hours=1)
    account = grant.account
    assert (account.ref, account.login, account.email) == ("4211", "abyron", "ada@college.edu")
    assert form_of(route) == {
        "grant_type": ["authorization_code"],
        "code": ["c0de"],
        "redirect_uri": [BACK],
        "client_id": ["10001"],
        "client_secret": ["developer-key-secret"],
    }
    asked = respx_mock.calls.last.request.headers["Authorization"]
    assert asked == "Bearer 1234~access"


async def test_tokens_stand_although_the_account_cannot_be_asked_for(
    respx_mock: respx.MockRouter,
) -> None:
    respx_mock.post(TOKEN).mock(return_value=httpx.Response(200, json=GIVEN))
    respx_mock.get(f"{API}/users/self").mock(return_value=bad_token())
    async with opened() as desk:
        grant = await desk.lms.redeem(SITE, code="c0de", redirect_uri=BACK)
    assert (grant.account.ref, grant.account.login) == ("4211", None)


async def test_a_refresh_keeps_the_refresh_token_one_has(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(TOKEN).mock(return_value=httpx.Response(200, json=GIVEN))
    async with opened() as desk:
        grant = await desk.lms.refresh(SITE, refresh_token="1234~refresh")
    assert grant.refresh_token is None
    assert form_of(route)["grant_type"] == ["refresh_token"]
    assert "redirect_uri" not in form_of(route)


async def test_a_token_without_an_end_has_none(respx_mock: respx.MockRouter) -> None:
    answer = {name: value for name, value in GIVEN.items() if name != "expires_in"}
    respx_mock.post(TOKEN).mock(return_value=httpx.Response(200, json=answer))
    async with opened() as desk:
        assert (await desk.lms.refresh(SITE, refresh_token="r")).expires_at is None


ERRORS = [
    (401, "invalid_client", "unknown client", LmsUnavailable),
    (401, "invalid_client", "invalid client", LmsUnavailable),
    (400, "invalid_grant", "authorization_code not found", LmsUnauthorised),
    (400, "invalid_grant", "incorrect client", LmsUnauthorised),
    (400, "invalid_request", "refresh_token not found", LmsUnauthorised),
    (400, "invalid_grant", "refresh_token not found", LmsUnauthorised),
    (400, "unsupported_grant_type", "not currently supported", LmsUnavailable),
]


@pytest.mark.parametrize(("status", "error", "description", "kind"), ERRORS)
async def test_a_refusal_tells_lost_consent_from_a_wrong_key(
    respx_mock: respx.MockRouter, status: int, error: str, description: str, kind: type[LmsError]
) -> None:
    body = {"error": error, "error_description": description}
    headers = {"WWW-Authenticate": "Canvas OAuth 2.0"} if status == 401 else {}
    respx_mock.post(TOKEN).mock(return_value=httpx.Response(status, json=body, headers=headers))
    async with opened() as desk:
        with pytest.raises(kind) as caught:
            await desk.lms.refresh(SITE, refresh_token="1234~refresh")
    _hides(caught.value)


@pytest.mark.parametrize(("_status", "error", "description", "kind"), ERRORS)
async def test_a_redirect_is_read_as_the_error_and_never_followed(
    respx_mock: respx.MockRouter, _status: int, error: str, description: str, kind: type[LmsError]
) -> None:
    query = urlencode({"error": error, "error_description": description})
    answer = httpx.Response(302, headers={"Location": f"{BACK}?{query}"})
    respx_mock.post(TOKEN).mock(return_value=answer)
    async with opened() as desk:
        with pytest.raises(kind) as caught:
            await desk.lms.redeem(SITE, code="c0de", redirect_uri=BACK)
    assert respx_mock.calls.call_count == 1
    _hides(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(302, headers={"Location": "https://elsewhere.example/"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"access_token": "1234~access"}),
    ],
)
async def test_anything_else_is_nonsense(
    respx_mock: respx.MockRouter, answer: httpx.Response
) -> None:
    respx_mock.post(TOKEN).mock(return_value=answer)
    async with opened() as desk:
        with pytest.raises(LmsSpokeNonsense) as caught:
            await desk.lms.redeem(SITE, code="c0de", redirect_uri=BACK)
    _hides(caught.value)


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(500), httpx.Response(400, text="proxy"), httpx.ConnectTimeout("slow")],
)
async def test_a_failing_canvas_costs_no_consent(
    respx_mock: respx.MockRouter, answer: httpx.Response | Exception
) -> None:
    route = respx_mock.post(TOKEN).mock(side_effect=[answer] * 5)
    async with opened() as desk:
        with pytest.raises(LmsUnavailable):
            await desk.lms.refresh(SITE, refresh_token="1234~refresh")
    assert route.call_count == 1


@pytest.mark.parametrize("answer", [httpx.Response(200, json={}), bad_token()])
async def test_a_token_is_given_back_dead_or_alive(
    respx_mock: respx.MockRouter, answer: httpx.Response
) -> None:
    route = respx_mock.delete(TOKEN).mock(return_value=answer)
    async with opened() as desk:
        await desk.lms.revoke(SITE, access_token="1234~access")
    assert route.calls.last.request.headers["Authorization"] == "Bearer 1234~access"


async def test_a_token_that_cannot_be_given_back_is_said_so(
    respx_mock: respx.MockRouter,
) -> None:
    respx_mock.delete(TOKEN).mock(return_value=httpx.Response(503))
    async with opened() as desk:
        with pytest.raises(LmsUnavailable):
            await desk.lms.revoke(SITE, access_token="1234~access")


async def test_the_page_of_consent() -> None:
    async with opened(purpose="Attain test") as desk:
        url = httpx.URL(desk.lms.consent_url(SITE, redirect_uri=BACK, state="a&b=c"))
    asked = url.params
    assert (url.host, url.path) == ("canvas.college.edu", "/login/oauth2/auth")
    assert (asked["client_id"], asked["response_type"]) == ("10001", "code")
    assert (asked["redirect_uri"], asked["state"]) == (BACK, "a&b=c")
    assert asked["purpose"] == "Attain test"
    assert "url:GET|/api/v1/users/:id" in asked["scope"].split(" ")


async def test_scopes_need_not_be_asked_for() -> None:
    async with opened(ask_scopes=False) as desk:
        url = desk.lms.consent_url(SITE, redirect_uri=BACK, state="s")
    assert "scope" not in httpx.URL(url).params


def _hides(error: BaseException) -> None:
    shown = f"{error} {error!r} {error.__cause__}"
    for secret in ("developer-key-secret", "1234~", "c0de"):
        assert secret not in shown
