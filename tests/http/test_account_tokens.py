"""The page on which people make and revoke their own tokens."""

import re
from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.ids import ApiTokenId, PersonId
from tests.http.api_house import ROLES, ApiHouse, Program, api_house
from tests.http.support import Backstage, Browser, browsing
from tests.http.whole import under
from tests.stand_ins import FixedClock

PATH = "/account/tokens"


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    return api_house(memory_units, memory_jobs, clock)


@pytest.fixture
def browser(house: ApiHouse) -> Iterator[Browser]:
    with browsing(house.house.app(routes=under("/account", "/api"))) as opened:
        yield opened


def signed_in(browser: Browser, house: ApiHouse, key: str) -> Browser:
    whole = house.house
    started = Backstage(whole.units, whole.clock, whole.keyring).launched(
        PersonId(f"person-{key}"), ROLES[key]
    )
    return browser.signed_in(started)


def shown_token(html: str) -> str:
    found = re.search(r'id="made-token">(attain_[\w-]+)<', html)
    assert found
    return found[1]


def test_a_token_is_shown_once_and_works(browser: Browser, house: ApiHouse) -> None:
    signed_in(browser, house, "tess")
    assert "no token yet" in browser.get(PATH).text

    made = browser.post(PATH, {"label": "Grades", "scope": "write", "days": "30"})

    assert made.status_code == 200
    text = shown_token(made.text)
    again = browser.get(PATH).text
    assert "Grades" in again
    assert text not in again
    me = Program(browser.client, text).get("/me").json()
    assert (me["role"], me["scope"], me["person"]["id"]) == (Role.FACULTY, "write", "person-tess")


def test_a_coordinator_narrows_one_to_an_org(browser: Browser, house: ApiHouse) -> None:
    signed_in(browser, house, "cora")
    typed = {"scope": "read", "days": "30", "org": "org-english"}

    text = shown_token(browser.post(PATH, typed).text)

    assert "Coordinator in English, reads" in browser.get(PATH).text
    assert Program(browser.client, text).get("/me").json()["orgId"] == "org-english"
    refused = browser.post(PATH, {**typed, "org": "org-history", "label": "Kept"})
    assert refused.status_code == 422
    assert "does not hold this role in that org" in refused.text
    assert 'value="Kept"' in refused.text


def test_roles_that_reach_no_orgs_are_offered_none(browser: Browser, house: ApiHouse) -> None:
    signed_in(browser, house, "tess")
    assert 'name="org"' not in browser.get(PATH).text


def test_a_wrong_label_keeps_what_was_typed(browser: Browser, house: ApiHouse) -> None:
    signed_in(browser, house, "tess")

    answer = browser.post(PATH, {"label": "x" * 101, "scope": "write", "days": "365"})

    assert answer.status_code == 422
    assert "x" * 101 in answer.text
    assert '<option value="write" selected>' in answer.text
    assert house.house.use_cases.list_tokens()(PersonId("person-tess")) == []


def test_a_choice_that_is_not_offered_is_refused(browser: Browser, house: ApiHouse) -> None:
    signed_in(browser, house, "tess")

    assert browser.post(PATH, {"scope": "all", "days": "30"}).status_code == 422
    assert browser.post(PATH, {"scope": "read", "days": "9999"}).status_code == 422


def test_one_is_revoked_for_good(browser: Browser, house: ApiHouse) -> None:
    signed_in(browser, house, "tess")
    text = shown_token(browser.post(PATH, {"scope": "read", "days": "30"}).text)
    (line,) = house.house.use_cases.list_tokens()(PersonId("person-tess"))

    answer = browser.post(f"{PATH}/revoke", {"id": line.token.id})

    assert answer.status_code == 303
    assert "is revoked" in browser.get(answer.headers["location"]).text
    assert Program(browser.client, text).get("/me").status_code == 401


def test_those_of_others_are_not_there(browser: Browser, house: ApiHouse) -> None:
    house.token("cora")
    (line,) = house.house.use_cases.list_tokens()(PersonId("person-cora"))
    signed_in(browser, house, "tess")

    answer = browser.post(f"{PATH}/revoke", {"id": ApiTokenId(line.token.id)})

    assert answer.status_code == 404
    assert Program(browser.client, house.token("cora")).get("/me").status_code == 200


def test_it_is_not_for_students(browser: Browser, house: ApiHouse) -> None:
    assert signed_in(browser, house, "ana").get(PATH).status_code == 403
