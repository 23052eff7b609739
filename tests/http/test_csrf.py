"""Unsafe requests must come from a page of ours and carry its token."""

import pytest

from adapters.inbound.http import csrf_tokens
from domain.access import Role
from domain.ids import SessionId
from tests.http.support import SECURE, Backstage, Browser

PATH, FORM = "/settings/assessment/lti", {"enabled": "yes"}


@pytest.fixture
def steward(browser: Browser, backstage: Backstage) -> Browser:
    return browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))


def switched_on(backstage: Backstage) -> bool:
    with backstage.units(write=False) as unit:
        return unit.settings.get("lti.enabled", "no") == "yes"


def test_our_own_form_passes(steward: Browser, backstage: Backstage) -> None:
    assert steward.post(PATH, FORM).status_code == 303
    assert switched_on(backstage)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_is_refused_even_with_the_token(
    steward: Browser, backstage: Backstage, site: str
) -> None:
    assert steward.post(PATH, FORM, site=site).status_code == 403
    assert not switched_on(backstage)


@pytest.mark.parametrize(
    ("origin", "status"),
    [(SECURE, 303), ("https://evil.test", 403), ("null", 403), ("", 403)],
)
def test_a_browser_that_names_no_site_is_judged_by_its_origin(
    steward: Browser, origin: str, status: int
) -> None:
    headers = {"origin": origin} if origin else {}

    assert steward.post(PATH, FORM, site=None, headers=headers).status_code == status


@pytest.mark.parametrize(
    "token",
    ["", "wrong", "d3Jvbmc=", pytest.param(csrf_tokens.issue(SessionId("other")), id="foreign")],
)
def test_a_missing_or_foreign_token_is_refused(
    steward: Browser, backstage: Backstage, token: str
) -> None:
    assert steward.post(PATH, FORM, token=token).status_code == 403
    assert not switched_on(backstage)


def test_the_token_may_come_in_a_header(steward: Browser) -> None:
    assert steward.session_id is not None
    headers = {"x-csrf-token": csrf_tokens.issue(steward.session_id)}

    assert steward.post(PATH, FORM, token="", headers=headers).status_code == 303


def test_each_answer_masks_the_token_anew(steward: Browser) -> None:
    assert steward.session_id is not None
    one, other = csrf_tokens.issue(steward.session_id), csrf_tokens.issue(steward.session_id)

    assert one != other
    assert csrf_tokens.holds(one, steward.session_id)
    assert csrf_tokens.holds(other, steward.session_id)


def test_a_post_without_a_session_still_needs_our_origin(browser: Browser) -> None:
    assert browser.post("/sign-in/link/x", site="cross-site").status_code == 403
