"""Orgs, terms, courses and sections as pages: a small college made by hand."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.runtime.chance import new_secret
from application.use_cases.access.session_starts import StartSessionCommand
from application.use_cases.access.sessions import StartSession
from domain.access import Role
from domain.ids import PersonId, SectionId
from tests.builders import College, a_person, a_role_grant
from tests.exchange_builders import an_org_pairing
from tests.http.support import Browser, browsing
from tests.http.whole import WholeHouse, under
from tests.stand_ins import FixedClock


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> WholeHouse:
    with memory_units() as unit:
        unit.roster.put_people([a_person("stew", family_name="Boss")])
        unit.roster.grant(a_role_grant("stew", role=Role.DATA_STEWARD))
        unit.commit()
    return WholeHouse(memory_units, memory_jobs, clock)


@pytest.fixture
def steward(house: WholeHouse) -> Iterator[Browser]:
    start = StartSession(house.units, house.clock, new_secret)
    command = StartSessionCommand(PersonId("person-stew"), Role.DATA_STEWARD, {}, "", "/")
    with browsing(house.app(routes=under("/terms", "/orgs", "/courses", "/sections"))) as opened:
        yield opened.signed_in(start(command))


def made(browser: Browser, path: str, **form: str) -> str:
    """The address that a form leads to."""
    answer = browser.post(path, form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def college(browser: Browser) -> str:
    """The address of its one section."""
    top = made(browser, "/orgs/new", code="COLL", name="College", kind="college", parent="")
    top_id = top.removeprefix("/orgs/").partition("?")[0]
    org = made(browser, "/orgs/new", code="BIO", name="Biology", kind="department", parent=top_id)
    org_id = org.removeprefix("/orgs/").partition("?")[0]
    made(browser, "/terms/new", name="Fall 2026", kind="semester", starts_on="2026-08-20",
         ends_on="2026-12-20")  # fmt: skip
    (term,) = re.findall(r'href="/terms/([\w-]{20,})"', browser.get("/terms").text)
    made(browser, "/courses/new", code="BIO 1", title="Cells", org=org_id)
    return made(browser, "/sections/new", title="BIO1-01", code="", course="BIO 1", term=term)


def test_empty_registers_say_what_comes_next(steward: Browser) -> None:
    for path in ("/orgs", "/terms", "/courses", "/sections"):
        text = steward.get(path).text
        assert f'href="{path}/new"' in text
        assert "yet" in text


def test_a_small_college_is_made_by_pages_alone(steward: Browser, house: WholeHouse) -> None:
    section = college(steward)

    enrolled = made(steward, f"{section}/people", tech_id="Cstew", role="teacher")

    text = steward.get(enrolled).text
    assert "Enrolled" in text
    assert "Boss, Stew" in text
    assert "Fall 2026" in text
    assert "BIO1-01" in steward.get("/sections?q=bio1").text
    assert "current" in steward.get("/terms").text
    assert "BIO 1" in steward.get("/courses?q=cell").text
    assert "&emsp;<a" in steward.get("/orgs").text.replace("\u2003", "&emsp;")
    ended = steward.post(f"{section}/people/end", {"person": "person-stew", "role": "teacher"})
    assert ended.status_code == 303
    assert "Ended enrolments" in steward.get(section).text


def test_a_form_that_cannot_be_keeps_what_was_typed(steward: Browser) -> None:
    section = college(steward)

    for path, form, told in (
        ("/orgs/new", {"code": "BIO", "name": "Kept", "kind": "unit"}, "another active org"),
        ("/terms/new", {"name": "Kept", "kind": "year", "starts_on": "x"}, "Give a date"),
        ("/courses/new", {"code": "", "title": "Kept", "org": "x"}, "needed"),
        ("/sections/new", {"title": "Kept", "course": "NO"}, "make a term first"),
    ):
        answer = steward.post(path, form)
        assert (answer.status_code, told.lower() in answer.text.lower()) == (422, True), path
        assert 'value="Kept"' in answer.text
    wrong = steward.post(f"{section}/people", {"tech_id": "nobody"})
    assert (wrong.status_code, "Make the person first" in wrong.text) == (422, True)


def test_what_something_hangs_on_does_not_end(steward: Browser) -> None:
    college(steward)
    (path,) = re.findall(r'href="(/courses/[\w-]{20,})"', steward.get("/courses").text)
    (org,) = re.findall(r'value="([\w-]{36})" selected', steward.get(path).text)

    form = {"code": "BIO 1", "title": "Cells", "org": org, "standing": "ended"}
    answer = steward.post(path, form)

    assert answer.status_code == 422
    assert "1 active sections belong to it" in answer.text


def test_records_of_a_roster_say_that_it_writes_again(steward: Browser, house: WholeHouse) -> None:
    with house.units() as unit:
        College().store(unit)
        unit.pairings.pair_org(an_org_pairing("english"))
        unit.commit()

    assert "A roster brings this record" in steward.get("/orgs/org-english/edit").text
    assert "A roster brings this record" in steward.get("/courses/course-engl101").text
    assert "paired" in steward.get("/orgs").text
    org = steward.get("/orgs/org-english")
    assert "paired" in org.text
    for path in ("/orgs/x", "/terms/x", "/courses/x", "/sections/x"):
        assert steward.get(path).status_code == 404


def test_what_a_roster_tells_of_a_section_is_shown_and_stays_when_it_is_edited(
    house: WholeHouse, steward: Browser
) -> None:
    address = college(steward)
    section_id = SectionId(address.removeprefix("/sections/").partition("?")[0])
    with house.units() as unit:
        told = replace(
            unit.roster.section(section_id),
            mode="hybrid", location="Room 1", ends_on=date(2026, 10, 16),
        )  # fmt: skip
        unit.roster.put_sections([told])
        unit.commit()

    page = steward.get(f"/sections/{section_id}").text
    assert "20 Aug 2026 to 16 Oct 2026" in re.sub(r"<[^>]+>", "", page)
    assert "hybrid" in page
    form = {"title": "BIO1-02", "code": told.code, "course": "BIO 1", "active": "yes"}
    made(steward, f"/sections/{section_id}/edit", **form, term=told.term_id)

    with house.units(write=False) as unit:
        after = unit.roster.section(section_id)
    assert after == replace(told, title="BIO1-02")
