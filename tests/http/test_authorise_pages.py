"""Consent in Canvas, asked for on our pages and finished at our callback."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.lms import LmsAccount
from application.ports.secrets import authorisation_row, site_row
from domain.access import Role
from domain.ids import PersonId
from domain.lms_site import Authorisation, AuthorisationState
from tests import builders
from tests.http.support import CROSS, SECURE, browsing
from tests.http.whole import LMS, Launching, WholeHouse, under
from tests.stand_ins import FixedClock

TESS = PersonId("person-tess")
SITE = builders.a_site()
CALLBACK = "/integrations/canvas/callback"


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> WholeHouse:
    """Tess teaches; the Canvas that she launches from is configured."""
    house = WholeHouse(memory_units, memory_jobs, clock)
    with memory_units() as unit:
        builders.College().store(unit)
        unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
        stored = unit.sites.get(SITE.id)
        sealed = house.keyring.seal("client secret", site_row(SITE.id))
        unit.sites.save(builders.a_site(client_secret=sealed, version=stored.version))
        unit.commit()
    house.registered()
    return house


@pytest.fixture
def canvas(house: WholeHouse) -> Iterator[Launching]:
    with browsing(house.app(routes=under("/assessments", "/links", "/sign-in"))) as browser:
        yield Launching(house, browser)


@pytest.fixture
def tess(house: WholeHouse) -> LmsAccount:
    """Her account in Canvas."""
    return house.lms.state.given_account(sis_id="Ctess", login="tess")


def asked(canvas: Launching, then: str = "/links") -> str:
    """The state that goes to Canvas when *Authorize* is pressed."""
    answer = canvas.browser.post("/authorise", {"site_id": SITE.id, "then": then})
    assert answer.status_code == 303
    return state_of(answer)


def state_of(answer: Response) -> str:
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return query["state"][0]


def came_back(canvas: Launching, state: str, account: LmsAccount | None = None, **more: str) -> (
    Response
):  # fmt: skip
    """Canvas sends the browser back, with a code where somebody consented."""
    code = {"code": canvas.house.lms.given_code(account.ref)} if account else {}
    query = "&".join(f"{n}={quote(v)}" for n, v in {"state": state, **code, **more}.items())
    return canvas.browser.get(f"{CALLBACK}?{query}", site=CROSS)


def held(house: WholeHouse) -> Authorisation | None:
    with house.units(write=False) as unit:
        return unit.sites.authorisation(SITE.id, TESS)


def authorised(canvas: Launching, account: LmsAccount) -> None:
    canvas.enter()
    assert came_back(canvas, asked(canvas), account).status_code == 303


class TestConsent:
    def test_is_asked_for_at_the_first_launch(self, canvas: Launching) -> None:
        landing = canvas.enter()

        page = canvas.browser.get(landing).text
        assert landing == "/authorise?then=%2Fassessments"
        assert (LMS in page, "Not now" in page) == (True, True)

    def test_goes_to_canvas_with_our_callbacks_site(self, canvas: Launching) -> None:
        canvas.enter()

        answer = canvas.browser.post("/authorise", {"site_id": SITE.id, "then": "/links"})

        assert answer.headers["location"].startswith(f"{LMS}/consent?")
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["redirect_uri"] == [f"{SECURE}{CALLBACK}"]
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-attain-consent=")
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()

    def test_given_is_stored_sealed_and_goes_on(
        self, canvas: Launching, house: WholeHouse, tess: LmsAccount
    ) -> None:
        canvas.enter()

        answer = came_back(canvas, asked(canvas), tess)

        stored = held(house)
        assert stored is not None
        assert (answer.status_code, answer.headers["location"]) == (303, "/links")
        assert (stored.state, stored.user_ref) == (AuthorisationState.ACTIVE, tess.ref)
        opened = house.keyring.open(stored.access_token, authorisation_row(stored.id))
        assert house.lms.user_behind(opened) == tess.ref
        assert opened.encode() not in stored.access_token
        assert canvas.enter() == "/assessments"

    def test_stands_where_the_frame_asks_for_it(self, canvas: Launching, tess: LmsAccount) -> None:
        canvas.enter()
        before = canvas.browser.get("/authorise/state").json()
        came_back(canvas, asked(canvas), tess)

        assert (before, canvas.browser.get("/authorise/state").json()) == (
            {"authorised": False},
            {"authorised": True},
        )

    def test_refused_in_canvas_changes_nothing(self, canvas: Launching, house: WholeHouse) -> None:
        canvas.enter()

        answer = came_back(canvas, asked(canvas), error="access_denied")

        assert (answer.status_code, "Nothing was changed" in answer.text) == (409, True)
        assert held(house) is None

    def test_of_a_switched_off_site_is_not_there(
        self, canvas: Launching, house: WholeHouse
    ) -> None:
        canvas.enter()
        with house.units() as unit:
            site = unit.sites.get(SITE.id)
            unit.sites.save(builders.a_site(active=False, version=site.version))
            unit.commit()

        assert canvas.browser.post("/authorise", {"site_id": SITE.id}).status_code == 404


class TestState:
    def test_works_once(self, canvas: Launching, tess: LmsAccount) -> None:
        canvas.enter()
        state = asked(canvas)
        came_back(canvas, state, tess)

        assert came_back(canvas, state, tess).status_code == 409

    def test_is_used_up_by_a_refusal_too(self, canvas: Launching, tess: LmsAccount) -> None:
        canvas.enter()
        state = asked(canvas)
        came_back(canvas, state, error="access_denied")

        assert came_back(canvas, state, tess).status_code == 409

    def test_is_good_for_ten_minutes(
        self, canvas: Launching, house: WholeHouse, tess: LmsAccount
    ) -> None:
        canvas.enter()
        state = asked(canvas)
        house.clock.at += timedelta(minutes=10)

        assert came_back(canvas, state, tess).status_code == 409
        assert held(house) is None

    @pytest.mark.parametrize("state", ["", "made-up"])
    def test_must_be_ours(self, canvas: Launching, tess: LmsAccount, state: str) -> None:
        canvas.enter()

        assert came_back(canvas, state, tess).status_code == 409


class TestOtherPeople:
    def test_a_strangers_canvas_account_is_refused(
        self, canvas: Launching, house: WholeHouse
    ) -> None:
        stranger = house.lms.state.given_account(sis_id="Ctom", login="tom")
        canvas.enter()

        answer = came_back(canvas, asked(canvas), stranger)

        assert (answer.status_code, "somebody else" in answer.text) == (409, True)
        assert held(house) is None

    def test_an_account_that_names_nobody_will_do_in_the_same_browser(
        self, canvas: Launching, house: WholeHouse
    ) -> None:
        canvas.enter()

        came_back(canvas, asked(canvas), house.lms.state.given_account())

        assert held(house) is not None

    def test_but_not_in_another_browser(self, canvas: Launching, house: WholeHouse) -> None:
        canvas.enter()
        state = asked(canvas)
        canvas.browser.client.cookies.clear()

        answer = came_back(canvas, state, house.lms.state.given_account())

        assert answer.status_code == 409
        assert held(house) is None

    def test_in_another_browser_the_persons_own_account_stores_and_signs_nobody_in(
        self, canvas: Launching, house: WholeHouse, tess: LmsAccount
    ) -> None:
        canvas.enter()
        state = asked(canvas)
        canvas.browser.client.cookies.clear()

        answer = came_back(canvas, state, tess)

        assert (answer.status_code, "You can close this window" in answer.text) == (200, True)
        assert "__Host-attain=" not in answer.headers.get("set-cookie", "")
        assert held(house) is not None


class TestNotNow:
    def test_goes_on_without(self, canvas: Launching, house: WholeHouse) -> None:
        canvas.enter()

        answer = canvas.browser.post("/authorise/not-now", {"then": "/assessments"})

        assert (answer.status_code, answer.headers["location"]) == (303, "/assessments")
        assert canvas.browser.get("/assessments").status_code == 200
        assert held(house) is None

    @pytest.mark.parametrize(
        "elsewhere", ["//evil.test", "https://evil.test/", "/\\evil.test", "/~token/x", "evil", ""]
    )
    def test_never_leads_to_another_site(self, canvas: Launching, elsewhere: str) -> None:
        canvas.enter()

        put_off = canvas.browser.post("/authorise/not-now", {"then": elsewhere})
        shown = canvas.browser.get(f"/authorise?then={quote(elsewhere, safe='')}").text

        assert put_off.headers["location"] == "/"
        assert "evil" not in shown

    def test_neither_does_the_callback(self, canvas: Launching, tess: LmsAccount) -> None:
        canvas.enter()

        answer = came_back(canvas, asked(canvas, then="//evil.test/"), tess)

        assert answer.headers["location"] == "/"


class TestRevoking:
    def test_forgets_the_tokens_here_and_gives_them_back(
        self, canvas: Launching, house: WholeHouse, tess: LmsAccount
    ) -> None:
        authorised(canvas, tess)
        stored = held(house)
        assert stored is not None
        token = house.keyring.open(stored.access_token, authorisation_row(stored.id))

        answer = canvas.browser.post("/authorise/revoke", {"site_id": SITE.id})

        after = held(house)
        assert after is not None
        assert (answer.headers["location"], after.state) == (
            "/authorise",
            AuthorisationState.REVOKED,
        )
        assert house.lms.user_behind(token) is None
        assert canvas.browser.get("/authorise/state").json() == {"authorised": False}

    def test_what_was_never_given_is_not_there(self, canvas: Launching) -> None:
        canvas.enter()

        assert canvas.browser.post("/authorise/revoke", {"site_id": SITE.id}).status_code == 404

    def test_can_be_given_again(
        self, canvas: Launching, house: WholeHouse, tess: LmsAccount
    ) -> None:
        authorised(canvas, tess)
        canvas.browser.post("/authorise/revoke", {"site_id": SITE.id})

        came_back(canvas, asked(canvas), tess)

        stored = held(house)
        assert stored is not None
        assert stored.state is AuthorisationState.ACTIVE


class TestSignInWithCanvas:
    def begun(self, canvas: Launching) -> str:
        return state_of(canvas.browser.get(f"/sign-in/canvas/{SITE.name}", site=CROSS))

    def test_signs_in_who_canvas_vouches_for(self, canvas: Launching, tess: LmsAccount) -> None:
        answer = came_back(canvas, self.begun(canvas), tess)

        assert answer.status_code == 303
        onward = canvas.browser.get(answer.headers["location"])
        assert (onward.status_code, onward.headers["location"]) == (303, "/")

    def test_in_another_browser_nobody_is_signed_in(
        self, canvas: Launching, tess: LmsAccount
    ) -> None:
        state = self.begun(canvas)
        canvas.browser.client.cookies.clear()

        answer = came_back(canvas, state, tess)

        assert answer.status_code == 409
        assert "set-cookie" not in answer.headers

    def test_stores_no_authorisation(
        self, canvas: Launching, house: WholeHouse, tess: LmsAccount
    ) -> None:
        came_back(canvas, self.begun(canvas), tess)

        assert held(house) is None

    def test_an_account_that_fits_nobody_is_refused(
        self, canvas: Launching, house: WholeHouse
    ) -> None:
        account = house.lms.state.given_account(sis_id="Cnobody", login="tess")

        answer = came_back(canvas, self.begun(canvas), account)

        assert (answer.status_code, "fits nobody here" in answer.text) == (403, True)

    def test_who_has_no_role_here_is_refused(self, canvas: Launching, house: WholeHouse) -> None:
        account = house.lms.state.given_account(sis_id="Cnew")
        with house.units() as unit:
            unit.roster.put_people([builders.a_person("new")])
            unit.commit()

        assert came_back(canvas, self.begun(canvas), account).status_code == 403

    def test_a_site_of_no_such_name_is_not_there(self, canvas: Launching) -> None:
        assert canvas.browser.get("/sign-in/canvas/other").status_code == 404
