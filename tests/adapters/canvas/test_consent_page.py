"""The consent page looked at by nobody: what Canvas says of the developer key."""

from datetime import UTC, datetime

import httpx
import pytest
import respx

from adapters.outbound.canvas.scopes import SCOPES
from application.errors import LmsUnavailable
from application.ports.lms_plugin import ConsentPage, ConsentRefusal
from tests.adapters.canvas.desk import ORIGIN, SITE, opened

PAGE = f"{ORIGIN}/login/oauth2/auth"
BACK = "https://attain.test/integrations/canvas/callback"
LACKING = ("url:GET|/api/v1/users/:id", "url:POST|/api/v1/courses/:course_id/rubrics")
NOT_GRANTED = "The following scopes were requested, but not granted: " + " ".join(LACKING)


async def looked_at(respx_mock: respx.MockRouter, answer: httpx.Response) -> ConsentPage:
    respx_mock.get(PAGE).mock(return_value=answer)
    async with opened() as desk:
        return await desk.lms.consent_page(SITE, redirect_uri=BACK)


def sent_to(address: str, **params: str) -> httpx.Response:
    url = httpx.URL(address).copy_merge_params(params)
    return httpx.Response(302, headers={"Location": str(url)})


@pytest.mark.parametrize(
    ("answer", "refusal", "lacking"),
    [
        (sent_to(f"{ORIGIN}/login"), None, ()),
        (httpx.Response(200, text="<html>"), None, ()),
        (sent_to(BACK, error="login_required"), None, ()),
        (sent_to(BACK, code="of-a-trusted-key"), None, ()),
        (httpx.Response(401, json={"error": "invalid_client"}), ConsentRefusal.CLIENT, ()),
        (httpx.Response(400, json={"error": "invalid_request"}), ConsentRefusal.REDIRECT, ()),
        (httpx.Response(404), ConsentRefusal.OTHER, ()),
        (sent_to(BACK, error="unauthorized_client"), ConsentRefusal.CLIENT, ()),
        (sent_to(BACK, error="unsupported_response_type"), ConsentRefusal.OTHER, ()),
        (
            sent_to(BACK, error="invalid_scope", error_description=NOT_GRANTED),
            ConsentRefusal.SCOPES,
            LACKING,
        ),
    ],
)
async def test_each_answer_is_told_apart(
    respx_mock: respx.MockRouter,
    answer: httpx.Response,
    refusal: ConsentRefusal | None,
    lacking: tuple[str, ...],
) -> None:
    assert await looked_at(respx_mock, answer) == ConsentPage(refusal, lacking, None)


async def test_all_scopes_are_asked_for_and_no_token_is_shown(
    respx_mock: respx.MockRouter,
) -> None:
    await looked_at(respx_mock, sent_to(f"{ORIGIN}/login"))
    asked = respx_mock.calls.last.request
    assert asked.url.params["scope"].split() == list(SCOPES)
    assert asked.url.params["redirect_uri"] == BACK
    assert "Authorization" not in asked.headers


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        ("Mon, 02 Feb 2026 10:00:05 GMT", datetime(2026, 2, 2, 10, 0, 5, tzinfo=UTC)),
        ("noon", None),
    ],
)
async def test_the_time_there_is_read_from_the_answer(
    respx_mock: respx.MockRouter, date: str, clock: datetime | None
) -> None:
    answer = httpx.Response(302, headers={"Location": f"{ORIGIN}/login", "Date": date})
    assert (await looked_at(respx_mock, answer)).clock == clock


async def test_a_site_that_fails_says_nothing_of_the_key(respx_mock: respx.MockRouter) -> None:
    with pytest.raises(LmsUnavailable):
        await looked_at(respx_mock, httpx.Response(502))
