"""People, one person, one's own account, and signing in by password, as pages."""

import re
from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import OrgId, PersonId
from tests.builders import College, a_person, a_role_grant, an_org
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock

TESS = "/people/person-tess"
GOOD = "correct horse battery"

PAGES = under("/people", "/account", "/sign-in")


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> WholeHouse:
    with memory_units() as unit:
        College().store(unit)
        unit.roster.put_orgs([an_org("history")])
        unit.roster.put_people([a_person("stew", family_name="Boss")])
        unit.roster.grant(a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.commit()
    return WholeHouse(memory_units, memory_jobs, clock)


@pytest.fixture
def browser(house: WholeHouse) -> Iterator[Browser]:
    with browsing(house.app(routes=PAGES)) as opened:
        yield opened


def enter(house: WholeHouse, browser: Browser, key: str, role: Role) -> Browser:
    start = StartSession(house.units, house.clock, new_secret)
    command = StartSessionCommand(PersonId(f"person-{key}"), role, {}, "", "/")
    return browser.signed_in(start(command))


@pytest.fixture
def steward(house: WholeHouse, browser: Browser) -> Browser:
    return enter(house, browser, "stew", Role.DATA_STEWARD)


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*><bdi>([^<]*)</bdi>', html)


class TestRegister:
    def test_lists_by_name_and_finds(self, steward: Browser) -> None:
        assert names(steward.get("/people").text) == [
            "Boss, Stew", "Ortiz, Ana", "Ortiz, Ben", "Ortiz, Tess",
        ]  # fmt: skip
        assert names(steward.get("/people?q=ana").text) == ["Ortiz, Ana"]
        assert names(steward.get("/people?role=faculty").text) == ["Ortiz, Tess"]
        nothing = steward.get("/people?q=<x>").text
        assert "Nobody fits" in nothing
        assert 'value="&lt;x&gt;"' in nothing

    def test_takes_any_address_for_what_it_can(self, steward: Browser) -> None:
        answer = steward.get("/people?role=boss&standing=odd&org=&page_number=99")

        assert answer.status_code == 200
        assert len(names(answer.text)) == 4

    def test_is_paged_at_a_hundred(self, steward: Browser, house: WholeHouse) -> None:
        with house.units() as unit:
            unit.roster.put_people(
                a_person(f"{n:03}", family_name=f"Zed{n:03}") for n in range(150)
            )
            unit.commit()

        first, second = (steward.get(f"/people?q=zed&page_number={n}").text for n in (1, 2))

        assert (len(names(first)), len(names(second))) == (100, 50)
        assert "page_number=2" in first
        assert "q=zed&amp;page_number=1" in second


KIM = {"tech_id": "T9", "login": "kim", "email": "kim@x.edu", "name": "Roe, Kim",
       "role": "coordinator", "org": "HIST"}  # fmt: skip


class TestNewPerson:
    def test_is_made_with_a_role(self, steward: Browser) -> None:
        answer = steward.post("/people/new", KIM)

        assert answer.status_code == 303
        text = steward.get(answer.headers["location"]).text
        assert "The person is made" in text
        assert "History" in text

    def test_keeps_what_was_typed(self, steward: Browser) -> None:
        answer = steward.post("/people/new", {**KIM, "email": "", "role": "data-steward"})

        assert answer.status_code == 422
        assert 'value="Roe, Kim"' in answer.text
        assert 'href="#email"' in answer.text
        wrong = steward.post("/people/new", {**KIM, "role": "data-steward"})
        assert "leave the org out" in wrong.text


class TestRoles:
    def test_are_granted_and_revoked(self, steward: Browser, house: WholeHouse) -> None:
        form = {"role": "coordinator", "org": "org-history"}

        assert steward.post(f"{TESS}/roles", form).status_code == 303
        with house.units(write=False) as unit:
            (grant,) = unit.roster.roles_of(PersonId("person-tess"))
        assert (grant.org_id, grant.granted_by) == (OrgId("org-history"), "person-stew")
        assert "Stew Boss" in steward.get(TESS).text

        assert steward.post(f"{TESS}/roles/revoke", form).status_code == 303
        assert steward.post(f"{TESS}/roles/revoke", form).status_code == 404

    def test_the_last_steward_is_told_why(self, steward: Browser) -> None:
        answer = steward.post("/people/person-stew/roles/revoke", {"role": "data-steward"})

        assert answer.status_code == 422
        assert "This is the last data steward" in answer.text

    def test_a_revoked_role_opens_nothing_any_more(
        self, steward: Browser, house: WholeHouse
    ) -> None:
        with house.units() as unit:
            unit.roster.grant(a_role_grant("tess", role=Role.DATA_STEWARD))
            unit.commit()
        with browsing(house.app(routes=PAGES, own=True)) as other:
            enter(house, other, "tess", Role.DATA_STEWARD)
            assert other.get("/people").status_code == 200

            steward.post(f"{TESS}/roles/revoke", {"role": "data-steward"})

            assert other.get("/people").status_code == 401


class TestSignIn:
    def test_a_link_is_shown_once_and_noted(self, steward: Browser, house: WholeHouse) -> None:
        shown = steward.post(f"{TESS}/sign-in-link")

        assert shown.status_code == 200
        (url,) = re.findall(r"https://tool.test(/sign-in/link/[\w-]+)", shown.text)
        assert "/sign-in/link/" not in steward.get(TESS).text
        with browsing(house.app(routes=PAGES, own=True)) as other:
            assert other.post(url).status_code == 303

    def test_a_password_lets_in_and_out(self, steward: Browser, house: WholeHouse) -> None:
        assert "local password" not in steward.get("/sign-in").text
        assert steward.post(f"{TESS}/password", {"password": "short"}).status_code == 422
        assert steward.post(f"{TESS}/password", {"password": GOOD}).status_code == 303

        with browsing(house.app(routes=PAGES, own=True)) as other:
            assert "local password" in other.get("/sign-in").text
            form = {"login": "tess", "password": GOOD}
            assert other.post("/sign-in/password", form).status_code == 303

        steward.post(f"{TESS}/password/remove")
        with browsing(house.app(routes=PAGES, own=True)) as other:
            assert other.post("/sign-in/password", form).status_code == 422

    def test_a_wrong_one_answers_like_an_unknown_login(
        self, steward: Browser, house: WholeHouse
    ) -> None:
        steward.post(f"{TESS}/password", {"password": GOOD})
        with browsing(house.app(routes=PAGES, own=True)) as other:
            answers = [
                other.post("/sign-in/password", {"login": login, "password": "x" * 12})
                for login in ("tess", "nobody")
            ]

        assert [answer.status_code for answer in answers] == [422, 422]
        said = [answer.text.replace('value="nobody"', 'value="tess"') for answer in answers]
        assert said[0] == said[1]

    def test_guessing_at_one_login_is_stopped_for_a_while(
        self, steward: Browser, house: WholeHouse
    ) -> None:
        steward.post(f"{TESS}/password", {"password": GOOD})
        with browsing(house.app(routes=PAGES, own=True)) as other:
            for _ in range(10):
                other.post("/sign-in/password", {"login": "TESS ", "password": "x" * 12})
            right = {"login": "tess", "password": GOOD}

            assert other.post("/sign-in/password", right).status_code == 429
            wrong = {"login": "ana", "password": GOOD}
            assert other.post("/sign-in/password", wrong).status_code == 422
            house.clock.advance(minutes=5, seconds=1)
            assert other.post("/sign-in/password", right).status_code == 303


class TestSessions:
    def test_of_a_person_are_ended_by_a_steward(self, steward: Browser, house: WholeHouse) -> None:
        with browsing(house.app(routes=PAGES, own=True)) as other:
            enter(house, other, "tess", Role.FACULTY)
            (handle,) = re.findall(r'name="session" value="(\w+)"', steward.get(TESS).text)

            answer = steward.post(f"{TESS}/sessions/end", {"session": handle})

            assert answer.status_code == 303
            assert other.get("/account").status_code == 401

    def test_signing_out_everywhere_leaves_the_steward(
        self, steward: Browser, house: WholeHouse
    ) -> None:
        with browsing(house.app(routes=PAGES, own=True)) as other:
            enter(house, other, "stew", Role.DATA_STEWARD)

            steward.post("/people/person-stew/sign-out")

            assert other.get("/people").status_code == 401
        assert steward.get("/people").status_code == 200


class TestAccount:
    def test_shows_what_is_ones_own(self, house: WholeHouse, browser: Browser) -> None:
        text = enter(house, browser, "ana", Role.STUDENT).get("/account").text

        assert "Ana Ortiz" in text
        assert "this one" in text
        assert "New password" not in text

    def test_ends_other_sessions_of_ones_own_only(
        self, house: WholeHouse, browser: Browser
    ) -> None:
        with browsing(house.app(routes=PAGES, own=True)) as other:
            enter(house, other, "ana", Role.STUDENT)
            enter(house, browser, "ana", Role.STUDENT)
            (handle,) = re.findall(r'name="session" value="(\w+)"', browser.get("/account").text)

            assert browser.post("/account/sessions/end", {"session": handle}).status_code == 303
            assert browser.post("/account/sessions/end", {"session": handle}).status_code == 404
            assert other.get("/account").status_code == 401

    def test_changes_the_password(self, steward: Browser, house: WholeHouse) -> None:
        steward.post(f"{TESS}/password", {"password": GOOD})
        with browsing(house.app(routes=PAGES, own=True)) as own:
            enter(house, own, "tess", Role.FACULTY)
            form = {"present": GOOD, "password": "a longer sentence", "again": "a longer sentence"}

            assert own.post("/account/password", {**form, "again": "x"}).status_code == 422
            assert own.post("/account/password", {**form, "present": "x"}).status_code == 422
            assert own.post("/account/password", form).status_code == 303
            assert own.get("/account").status_code == 200
