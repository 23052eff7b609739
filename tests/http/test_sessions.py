"""From a launch into a session: by cookie, by path token, or in a window of one's own."""

import re

import pytest

from application.use_cases.access.sign_in import NewSignInLink, NewSignInLinkCommand
from domain.access import Role
from tests.http.support import (
    CROSS,
    LAUNCH_COOKIE,
    PLAIN,
    SAME,
    WINDOW_COOKIE,
    Backstage,
    Browser,
    a_web_app,
    addresses,
    browsing,
)


def landed(browser: Browser, backstage: Backstage, target: str = "/settings/lti") -> str:
    """A launch without cookies: the address with its path token that the start code leads to."""
    person = backstage.person("stew", Role.DATA_STEWARD)
    started = backstage.launched(person, Role.DATA_STEWARD, target=target)
    browser.session_id = started.session_id
    answer = browser.get(f"/start/{started.code}", site=CROSS)
    assert answer.status_code == 303
    return answer.headers["location"]


class TestStartCode:
    def test_with_the_cookie_back_goes_on_to_plain_addresses(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        person = backstage.person("stew", Role.DATA_STEWARD)
        started = backstage.launched(person, Role.DATA_STEWARD, target="/settings/lti")
        browser.signed_in(started)

        answer = browser.get(f"/start/{started.code}", site=CROSS)

        assert (answer.status_code, answer.headers["location"]) == (303, "/settings/lti")
        assert browser.get("/settings/lti").status_code == 200

    def test_without_the_cookie_goes_on_to_a_path_token(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        location = landed(browser, backstage)

        assert re.fullmatch(r"/~[\w-]{40,}/settings/lti", location)
        assert browser.get(location, site=CROSS).status_code == 200

    def test_works_once(self, browser: Browser, backstage: Backstage) -> None:
        started = backstage.signed_in("stew", Role.DATA_STEWARD)
        browser.get(f"/start/{started.code}", site=CROSS)

        again = browser.get(f"/start/{started.code}", site=CROSS)

        assert again.status_code == 401
        assert "Open it again from your LMS" in again.text

    def test_is_over_after_a_minute(self, browser: Browser, backstage: Backstage) -> None:
        started = backstage.signed_in("stew", Role.DATA_STEWARD)
        backstage.clock.advance(seconds=60)

        assert browser.get(f"/start/{started.code}", site=CROSS).status_code == 401

    def test_in_a_browser_that_names_no_origin_offers_a_window_of_its_own(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        started = backstage.signed_in("stew", Role.DATA_STEWARD)

        answer = browser.get(f"/start/{started.code}", site=None)

        assert answer.status_code == 200
        [way] = [one for one in addresses(answer.text) if one.startswith("/start/")]
        assert 'target="_blank" rel="noopener"' in answer.text
        assert browser.get(way, site=None).status_code == 303


class TestLostSession:
    def test_in_a_frame_offers_a_window_of_its_own(self, browser: Browser) -> None:
        headers = {"sec-fetch-site": CROSS, "sec-fetch-dest": "iframe"}

        answer = browser.client.get(f"/~{'x' * 43}/settings/lti?done=made", headers=headers)

        assert answer.status_code == 401
        assert 'href="/settings/lti?done=made" target="_blank" rel="noopener"' in answer.text

    def test_in_a_window_offers_to_sign_in(self, browser: Browser) -> None:
        assert 'href="/sign-in"' in browser.get("/settings/lti").text


class TestPathToken:
    def test_lands_once_from_another_site(self, browser: Browser, backstage: Backstage) -> None:
        location = landed(browser, backstage)
        browser.get(location, site=CROSS)

        again = browser.get(location, site=CROSS)

        assert again.status_code == 401
        assert "/~" not in again.text

    @pytest.mark.parametrize("site", ["none", None])
    def test_pasted_or_from_an_old_browser_is_refused(
        self, browser: Browser, backstage: Backstage, site: str | None
    ) -> None:
        location = landed(browser, backstage)

        answer = browser.get(location, site=site)

        assert answer.status_code == 401
        assert "Open it again from your LMS" in answer.text

    def test_counts_from_our_own_pages(self, browser: Browser, backstage: Backstage) -> None:
        location = landed(browser, backstage)

        assert browser.get(location, site=SAME).status_code == 200

    def test_unknown_is_refused_even_beside_a_good_cookie(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))

        assert browser.get(f"/~{'x' * 43}/settings/lti", site=SAME).status_code == 401

    def test_stays_in_front_of_redirects(self, browser: Browser, backstage: Backstage) -> None:
        prefix = landed(browser, backstage).removesuffix("/settings/lti")

        answer = browser.post(f"{prefix}/settings/assessment/lti", {"enabled": "yes"})

        assert answer.headers["location"] == f"{prefix}/settings/assessment?done=switched"


class TestSession:
    def test_ends_after_half_an_hour_without_a_request(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
        backstage.clock.advance(minutes=30)

        assert browser.get("/settings/lti").status_code == 401

    def test_goes_on_while_it_is_used_but_eight_hours_at_most(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
        for _ in range(23):
            backstage.clock.advance(minutes=20)
            assert browser.get("/settings/lti").status_code == 200
        backstage.clock.advance(minutes=20)

        assert browser.get("/settings/lti").status_code == 401

    def test_is_over_for_a_person_who_became_inactive(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
        backstage.person("stew", active=False)

        assert browser.get("/settings/lti").status_code == 401

    def test_ends_with_signing_out(self, browser: Browser, backstage: Backstage) -> None:
        started = backstage.signed_in("stew", Role.DATA_STEWARD)
        browser.signed_in(started)

        answer = browser.post("/sign-out")

        assert answer.headers["location"] == "/sign-in?out=true"
        browser.signed_in(started)
        assert browser.get("/settings/lti").status_code == 401


def window_start(browser: Browser, target: str) -> str:
    """The link of a window of one's own, as the page shows it in the frame."""
    opened = browser.post("/window", {"target": target})
    shown = browser.get(opened.headers["location"])
    return next(one for one in addresses(shown.text) if one.startswith("/start/"))


class TestOwnWindow:
    def test_gets_a_session_and_a_cookie_of_its_own(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        first = backstage.signed_in("stew", Role.DATA_STEWARD)
        browser.signed_in(first)
        answer = browser.get(window_start(browser, "/settings/lti"))

        cookies = answer.headers.get_list("set-cookie")
        [window] = [one for one in cookies if one.startswith(f"{WINDOW_COOKIE}=")]
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(window.split("; "))
        assert first.cookie not in window
        on = browser.get(answer.headers["location"])
        assert on.headers["location"] == "/settings/lti"
        assert browser.get("/settings/lti").status_code == 200

    @pytest.mark.parametrize("target", ["//evil.test", "https://evil.test", "/~x/y", "/\\evil"])
    def test_opens_pages_of_ours_only(
        self, browser: Browser, backstage: Backstage, target: str
    ) -> None:
        browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
        second = browser.get(window_start(browser, target))

        assert browser.get(second.headers["location"]).headers["location"] == "/"


class TestSignInLink:
    def test_signs_in_by_its_button_and_once(self, browser: Browser, backstage: Backstage) -> None:
        path = a_sign_in_link(backstage)
        assert browser.get(path, site="none").status_code == 200

        answer = browser.post(path)

        assert answer.status_code == 303
        names = [one.split("=")[0] for one in answer.headers.get_list("set-cookie")]
        assert set(names) == {LAUNCH_COOKIE, WINDOW_COOKIE}
        on = browser.get(answer.headers["location"])
        assert on.headers["location"] == "/"
        assert browser.get("/").headers["location"] == "/loads"
        browser.client.cookies.clear()
        assert browser.post(path).status_code == 404

    def test_cannot_be_spent_as_a_start_code(self, browser: Browser, backstage: Backstage) -> None:
        path = a_sign_in_link(backstage)

        assert browser.get(path.replace("/sign-in/link/", "/start/")).status_code == 401
        assert browser.post(path).status_code == 303

    def test_wrong_ones_are_limited_but_not_the_class_beside(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        for _ in range(30):
            assert browser.post("/sign-in/link/wrong").status_code == 404

        assert browser.post("/sign-in/link/wrong").status_code == 429

        backstage.clock.advance(minutes=5)
        assert browser.post(a_sign_in_link(backstage)).status_code == 303


class TestRole:
    def test_can_be_changed_among_those_held(self, browser: Browser, backstage: Backstage) -> None:
        path = a_sign_in_link(backstage, Role.DATA_STEWARD, Role.FACULTY)
        start = browser.post(path).headers["location"]
        browser.get(start)
        shown = browser.get("/settings/lti")
        [token] = set(re.findall(r'name="csrf" content="([^"]+)"', shown.text))
        assert 'value="faculty"' in shown.text

        answer = browser.post("/role", {"role": "faculty"}, token=token)

        assert answer.status_code == 303
        assert browser.get("/settings/lti").status_code == 403

    def test_of_a_launch_stays_that_of_the_launch(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        person = backstage.person("both", Role.DATA_STEWARD, Role.FACULTY)
        browser.signed_in(backstage.launched(person, Role.FACULTY))

        assert browser.post("/role", {"role": "data-steward"}).status_code == 403


class TestPlainHttp:
    def test_takes_cookies_that_a_browser_accepts_there(self, backstage: Backstage) -> None:
        with browsing(a_web_app(backstage, base_url=PLAIN), PLAIN) as browser:
            answer = browser.post(a_sign_in_link(backstage))

        cookies = answer.headers.get_list("set-cookie")
        assert {one.split("=")[0] for one in cookies} == {"attain", "attain-window"}
        assert not any("Secure" in one or "Partitioned" in one for one in cookies)


def a_sign_in_link(backstage: Backstage, *roles: Role) -> str:
    backstage.person("stew", *(roles or (Role.DATA_STEWARD,)))
    new_link = backstage.providers()["new_sign_in_link"]()
    assert isinstance(new_link, NewSignInLink)
    return new_link(NewSignInLinkCommand("command line", "Cstew")).path
