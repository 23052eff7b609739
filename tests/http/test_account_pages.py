"""Account authorisation, pairing of orgs and the doctor, on the pages of a steward."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.lms_outcome_state import ROOT
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.secrets import site_row
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import LmsUserRef, PersonId
from domain.lms_site import AccountAuthorisation
from tests import builders
from tests.http.support import CROSS, Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import CountedIds, FixedClock

STEW = PersonId("person-stew")
SITE = builders.a_site()
CALLBACK = "/integrations/canvas/callback"


class Desk:
    """A steward in a browser, who has an account in Canvas."""

    def __init__(self, house: WholeHouse, browser: Browser) -> None:
        self.house, self.browser = house, browser
        self.canvas = house.lms.state.outcomes
        self.user: LmsUserRef = house.lms.state.given_account(sis_id="Cstew").ref

    def authorised(self) -> Response:
        """Press Authorize for the account, and consent in Canvas."""
        begun = self.browser.post("/settings/canvas/main/authorise")
        assert begun.status_code == 303
        (state,) = parse_qs(urlsplit(begun.headers["location"]).query)["state"]
        code = self.house.lms.given_code(self.user)
        return self.browser.get(f"{CALLBACK}?state={quote(state)}&code={code}", site=CROSS)

    def holders(self) -> list[AccountAuthorisation]:
        with self.house.units(write=False) as unit:
            return unit.pairings.accounts(SITE.id)

    def text(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)


@pytest.fixture
def desk(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> Iterator[Desk]:
    house = WholeHouse(memory_units, memory_jobs, clock)
    with memory_units() as unit:
        builders.College().store(unit)
        unit.roster.put_people([builders.a_person("stew", given_name="Dana")])
        unit.roster.grant(builders.a_role_grant("stew", role=Role.DATA_STEWARD))
        stored = unit.sites.get(SITE.id)
        sealed = house.keyring.seal("client secret", site_row(SITE.id))
        unit.sites.save(replace(stored, client_secret=sealed, account_ref=ROOT))
        unit.commit()
    start = StartSession(memory_units, clock, CountedIds("secret"))
    started = start(StartSessionCommand(STEW, Role.DATA_STEWARD, {}, "", "/"))
    with browsing(house.app(routes=under("/settings"))) as browser:
        yield Desk(house, browser.signed_in(started))


class TestAuthorising:
    def test_by_an_administrator_is_stored_and_told(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)

        answer = desk.authorised()

        assert answer.headers["location"] == "/settings/canvas?site=main&done=authorised"
        text = desk.text(answer.headers["location"])
        assert "may now publish outcomes" in text
        assert "Dana Ortiz" in text
        assert "Refresh Authorization" in text
        assert [one.person_id for one in desk.holders()] == [STEW]

    def test_without_the_right_names_right_account_and_cure(self, desk: Desk) -> None:
        answer = desk.authorised()

        text = unescape(answer.text)
        assert answer.status_code == 502
        assert "manage_outcomes" in text
        assert "account root" in text
        assert "Ask a Canvas administrator" in text
        assert desk.holders() == []

    def test_without_an_account_asks_for_it_next(self, desk: Desk) -> None:
        with desk.house.units() as unit:
            unit.sites.save(replace(unit.sites.get(SITE.id), account_ref=""))
            unit.commit()

        answer = desk.authorised()

        assert "Choose the account next" in desk.text(answer.headers["location"])

    def test_that_was_severed_shows_its_cure(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)
        desk.authorised()
        desk.canvas.revoke_admin(ROOT, desk.user)

        desk.text("/settings/doctor")

        text = desk.text("/settings/canvas?site=main")
        assert "severed" in text
        assert "let another administrator authorize" in text

    def test_is_given_up_by_a_steward(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)
        desk.authorised()

        answer = desk.browser.post("/settings/canvas/main/revoke", {"person": STEW})

        assert "given up" in desk.text(answer.headers["location"])
        assert [one.lost_reason for one in desk.holders()] == ["revoked"]

    def test_begins_in_a_window_of_its_own_where_framed(self, desk: Desk) -> None:
        text = desk.text("/settings/canvas/main/authorise")

        assert 'action="/settings/canvas/main/authorise"' in text
        assert SITE.url in text

    def test_at_an_unknown_site_is_not_there(self, desk: Desk) -> None:
        assert desk.browser.post("/settings/canvas/none/authorise").status_code == 404


class TestAccounts:
    def test_are_chosen_from_those_administered(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)
        below = desk.canvas.given_unit(name="Sciences")
        desk.authorised()

        answer = desk.browser.post("/settings/canvas/main/accounts", {"account_ref": below})

        text = desk.text(answer.headers["location"])
        assert f'<option value="{below}" selected>' in text
        assert "press Authorize" in text.replace("Press", "press")

    def test_that_cannot_be_read_leave_numbers_to_type(self, desk: Desk) -> None:
        text = desk.text("/settings/canvas/main/accounts")

        assert "could not be asked" in text
        assert 'name="account_ref" value="root"' in text

    def test_are_paired_and_unpaired_with_orgs(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)
        desk.authorised()
        form = {"org": "org-english", "account": ROOT}

        answer = desk.browser.post("/settings/canvas/main/pairs", form)
        assert "Practice College" in desk.text(answer.headers["location"])
        with desk.house.units(write=False) as unit:
            assert [one.paired_by for one in unit.pairings.orgs(SITE.id).values()] == [STEW]

        answer = desk.browser.post("/settings/canvas/main/pairs", {"org": "org-english"})
        assert "no account of its own" in desk.text(answer.headers["location"])

    def test_that_are_not_there_are_explained_and_kept_in_the_form(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)
        desk.authorised()

        form = {"org": "org-english", "account": "999"}
        answer = desk.browser.post("/settings/canvas/main/pairs", form)

        assert answer.status_code == 422
        assert 'value="999"' in answer.text
        assert '<a href="#account-org-english">' in answer.text

    def test_suggestions_are_accepted_together(self, desk: Desk) -> None:
        desk.canvas.given_admin(ROOT, desk.user)
        desk.canvas.given_unit(name="English")
        desk.authorised()
        assert "Accept all suggestions" in desk.text("/settings/canvas/main/accounts")

        answer = desk.browser.post("/settings/canvas/main/suggestions")

        text = desk.text(answer.headers["location"])
        assert "Accept all suggestions" not in text
        assert "paired" in text


class TestTheDoctor:
    def test_shows_each_check_with_word_and_cure(self, desk: Desk) -> None:
        text = desk.text("/settings/doctor")

        assert "Canvas main" in text
        assert ">account right</th>" in text
        assert "Run `attain lti enable`" in text
        assert "Check again" in text

    def test_is_in_the_navigation_of_stewards(self, desk: Desk) -> None:
        assert 'href="/settings/doctor"' in desk.text("/settings/lti")
