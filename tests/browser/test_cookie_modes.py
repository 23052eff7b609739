"""Attain in a frame of another site over https, in each way that browsers treat cookies.

Chromium keeps a partitioned cookie also where it blocks those of third parties, so a path
token is needed only where all cookies are off, and for a second tab beside the cookie's.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    BrowserContext,
    Frame,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.secrets import site_row
from domain.access import Role
from domain.rostering import EnrolmentRole
from domain.score import value_as_text
from tests import builders
from tests.browser.conftest import FLAGS, PATIENCE, chromium
from tests.browser.outside import Town, a_form, a_town, tool_address
from tests.http.whole import WholeHouse
from tests.stand_ins import FixedClock

pytestmark = pytest.mark.browser

WORK = builders.a_section_assessment().id
SITE = builders.a_site()
QUIZ = builders.a_section_assessment("quiz").id
MODES: dict[str, dict[str, Any]] = {
    "third-party blocked": {"cookie_controls_mode": 1, "block_third_party_cookies": True},
    "allowed": {"cookie_controls_mode": 0, "block_third_party_cookies": False},
    "all blocked": {"default_content_setting_values": {"cookies": 2}},
}
FOR_TOWN = ("--host-resolver-rules=MAP *.test 127.0.0.1", "--ignore-certificate-errors")

OpenBrowser = Callable[[str], BrowserContext]


@pytest.fixture(scope="module")
def engine() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def open_browser(engine: Playwright, tmp_path: Path) -> Iterator[OpenBrowser]:
    """A browser of its own whose profile treats cookies as named."""
    opened: list[BrowserContext] = []

    def opening(mode: str) -> BrowserContext:
        profile = tmp_path / f"profile-{len(opened)}"
        (profile / "Default").mkdir(parents=True)
        preferences = json.dumps({"profile": MODES[mode]})
        (profile / "Default" / "Preferences").write_text(preferences, encoding="utf-8")
        context = engine.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=[*FLAGS, *FOR_TOWN]
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield opening
    for context in opened:
        context.close()


@pytest.fixture
def town(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> Iterator[Town]:
    """Tess teaches a section with an essay and a quiz; nothing is linked yet."""
    with memory_units() as unit:
        builders.College().store(unit)
        unit.roster.grant(builders.a_role_grant("tess", role=Role.FACULTY))
        unit.assessments.save(builders.an_assessment("quiz"))
        unit.assessments.save_work(builders.a_section_assessment("quiz"))
        unit.commit()
    house = WholeHouse(memory_units, memory_jobs, clock, base_url=tool_address())
    house.registered()
    with a_town(house, tmp_path) as opened:
        yield opened


def launch(context: BrowserContext, address: str) -> tuple[Page, Frame]:
    """A tab of the LMS, and Attain inside it."""
    page = context.new_page()
    page.goto(address)
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    frame = page.frame("tool")
    assert frame is not None
    return page, frame


def link(frame: Frame, assessment: str) -> None:
    frame.get_by_role("radio", name=f"Choose {assessment},").check()
    frame.get_by_role("button", name="Save and go").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text(assessment)


def score(frame: Frame) -> None:
    """The highest level of the first row, which saves itself."""
    frame.locator("table.rubric tbody tr").first.get_by_role("radio").first.check()
    expect(frame.locator("#save")).to_have_text("1 score saved")


def asks_for_consent(town: Town) -> None:
    """The LMS of the launches is a configured site, whose permission page has one link."""
    house = town.house
    tess = house.lms.state.given_account(sis_id="Ctess", login="tess")
    consent = town.neighbours.put(
        "lms.test",
        "/consent",
        '<a id="agree">Agree</a><script>const asked = new URLSearchParams(location.search);'
        'document.getElementById("agree").href = asked.get("redirect_uri") + '
        f'"?code={house.lms.given_code(tess.ref)}&state=" + asked.get("state")</script>',
    )
    sealed = house.keyring.seal("client secret", site_row(SITE.id))
    with house.units() as unit:
        version = unit.sites.get(SITE.id).version
        url = consent.removesuffix("/consent")
        unit.sites.save(builders.a_site(url=url, client_secret=sealed, version=version))
        unit.commit()


def links_of(town: Town) -> dict[str, str]:
    """Which assignment opens which assessment."""
    with town.house.units(write=False) as unit:
        found = unit.links.in_sections([builders.a_section().id])
    return {one.placement.resource_link_id: one.section_assessment_id
            for one in found}  # fmt: skip


def scores_of(town: Town) -> list[str]:
    with town.house.units(write=False) as unit:
        return [value_as_text(one.value) for one in unit.scores.of_work(WORK)]


@pytest.mark.parametrize("mode", MODES)
def test_a_launch_in_a_frame_links_scores_and_opens_its_own_window(
    town: Town, open_browser: OpenBrowser, mode: str
) -> None:
    context = open_browser(mode)
    complaints: list[str] = []
    context.on("console", lambda said: complaints.append(said.text))
    start = f"{town.attain}/~" if mode == "all blocked" else f"{town.attain}/assessments"

    page, frame = launch(context, town.launching())
    assert frame.url.startswith(start)
    link(frame, "Essay")
    score(frame)
    frame.get_by_role("link", name="Scorecard", exact=True).click()
    expect(frame.locator("[data-scorecard][data-ready]")).to_be_attached()
    frame.get_by_role("button", name="Keyboard shortcuts").click()
    frame.get_by_role("button", name="Close").click()
    assert links_of(town) == {"resource-essay": WORK}
    assert scores_of(town) == ["4"]

    with context.expect_page() as opened:
        frame.get_by_role("button", name="Open in its own window").click()
    window = opened.value
    expect(window.locator("[data-scorecard][data-ready]")).to_be_attached()
    expect(window.get_by_role("button", name="Sign out")).to_be_visible()
    assert ("/~" in window.url) is (mode == "all blocked")
    page.close()
    window.get_by_role("link", name="Rubric", exact=True).click()
    window.locator("table.rubric tbody tr").nth(1).get_by_role("radio").first.check()
    expect(window.locator("#save")).to_have_text("1 score saved")
    assert scores_of(town) == ["4", "4"]
    assert complaints == []


@pytest.mark.parametrize("mode", ["third-party blocked", "all blocked"])
def test_authorising_from_the_frame_happens_in_a_window_and_the_frame_goes_on(
    town: Town, open_browser: OpenBrowser, mode: str
) -> None:
    asks_for_consent(town)
    _, frame = launch(open_browser(mode), town.launching())

    with frame.page.expect_popup() as opened:
        frame.get_by_role("button", name="Authorize").click()
    window = opened.value
    window.get_by_role("link", name="Agree").click()

    expect(window.get_by_role("heading", level=1)).to_have_text("Authorized")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Assessments")


@pytest.mark.parametrize("mode", MODES)
def test_two_launches_in_two_tabs_keep_their_assignments_apart(
    town: Town, open_browser: OpenBrowser, mode: str
) -> None:
    context = open_browser(mode)
    _, essay = launch(context, town.launching())
    _, quiz = launch(context, town.launching(resource_link_id="resource-quiz"))

    link(essay, "Essay")
    link(quiz, "Quiz")
    score(essay)
    score(quiz)

    assert links_of(town) == {"resource-essay": WORK, "resource-quiz": QUIZ}
    assert ("/~" in essay.url, "/~" in quiz.url) == (mode == "all blocked", True)


def test_somebody_else_at_the_same_browser_takes_its_cookie_over(
    town: Town, open_browser: OpenBrowser
) -> None:
    with town.house.units() as unit:
        unit.roster.put_people([builders.a_person("tom", given_name="Tom")])
        unit.roster.put_enrolments([builders.an_enrolment("tom", role=EnrolmentRole.TEACHER)])
        unit.roster.grant(builders.a_role_grant("tom", role=Role.FACULTY))
        unit.commit()
    context = open_browser("allowed")
    _, first = launch(context, town.launching())
    first.get_by_role("radio", name="Choose Essay,").check()

    launch(context, town.launching("tom"))
    first.get_by_role("button", name="Save and go").click()

    expect(first.get_by_role("heading", level=1)).to_have_text("This is not yours to open")
    assert links_of(town) == {}


def test_another_frame_of_the_lms_cannot_post_with_our_cookie(
    town: Town, open_browser: OpenBrowser
) -> None:
    context = open_browser("allowed")
    page, _ = launch(context, town.launching())
    forged = a_form("forged", f"{town.attain}/links", {"work_id": WORK, "go": "yes"})
    evil = town.neighbours.put("other.test", "/evil", forged)
    course = town.neighbours.put("lms.test", "/course", f'<iframe src="{evil}"></iframe>')

    def is_forged(request: Request) -> bool:
        return request.method == "POST" and request.url.endswith("/links")

    with page.expect_request(is_forged) as posted:
        page.goto(course)
    answer = posted.value.response()

    assert "__Host-attain=" in posted.value.all_headers()["cookie"]
    assert answer is not None
    assert answer.status == 403
    assert links_of(town) == {}


def test_a_copied_link_with_a_path_token_opens_nothing(
    town: Town, open_browser: OpenBrowser
) -> None:
    context = open_browser("all blocked")
    _, frame = launch(context, town.launching())

    pasted = context.new_page()
    answer = pasted.goto(frame.url)

    assert answer is not None
    assert answer.status == 401
    expect(pasted.get_by_role("heading", level=1)).to_have_text("Please open this page again")
    expect(pasted.get_by_text("Open it again from your LMS.")).to_be_visible()


def test_a_site_that_is_not_the_lms_cannot_frame_us(town: Town, open_browser: OpenBrowser) -> None:
    context = open_browser("allowed")
    page = context.new_page()
    stolen = town.neighbours.pages["lms.test", town.launching().rpartition("test:")[2][5:]]
    address = town.neighbours.put("other.test", "/thief", stolen)

    with page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")):
        page.goto(address)
