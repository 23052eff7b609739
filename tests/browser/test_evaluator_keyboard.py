"""An evaluator in a frame, with the keyboard alone: score without names, go on, reflect."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.furnished import Furnished, furnished
from tests.browser.furnished_evaluation import EVAN
from tests.browser.scoring_server import WORK

pytestmark = pytest.mark.browser

_FRAME = """path => {
    const frame = document.createElement('iframe');
    frame.name = 'tool'; frame.width = 1100; frame.height = 700; frame.src = path;
    document.body.replaceChildren(frame);
}"""


@pytest.fixture(scope="module")
def attain() -> Iterator[Furnished]:
    with furnished() as running:
        yield running


@pytest.fixture
def frame(attain: Furnished, browser: Browser) -> Iterator[Frame]:
    """The rubric in a frame; our own page stands around it, as the LMS would."""
    context = browser.new_context(bypass_csp=True)
    cookie = attain.cookie_of("evan")
    context.add_cookies([{"name": "attain", "value": cookie, "url": attain.url}])
    page = context.new_page()
    page.goto(f"{attain.url}/scoring")
    page.evaluate(_FRAME, f"/works/{WORK}/rubric")
    page.frame_locator("iframe").locator("html[data-ready]").wait_for()
    found = page.frame("tool")
    assert found is not None
    yield found
    context.close()


def tab_to(page: Page, frame: Frame, wanted: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if frame.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_scores_and_reflects(attain: Furnished, frame: Frame) -> None:
    page = frame.page
    before = _second_scores(attain)

    expect(frame.locator("h2.who")).to_contain_text("Student ")
    tab_to(page, frame, "table.rubric input[type=radio]")
    page.keyboard.press("ArrowRight")
    expect(frame.locator("#save")).to_have_text("1 score saved")
    tab_to(page, frame, "button[value=reflection]")
    page.keyboard.press("Enter")
    frame.locator("html[data-ready] form[data-keep]").wait_for()

    tab_to(page, frame, "form[data-keep] textarea")
    page.keyboard.type("Agree on what counts as evidence.")
    tab_to(page, frame, "form[data-keep] button[value=submit]")
    page.keyboard.press("Enter")

    expect(frame.get_by_text("Reflection submitted")).to_be_visible()
    assert _second_scores(attain) != before
    with attain.house.units(write=False) as unit:
        written = unit.assessments.reflection(WORK, EVAN)
    assert written is not None
    assert written.submitted_at is not None


def test_text_stays_when_the_server_cannot_be_reached(attain: Furnished, frame: Frame) -> None:
    page = frame.page
    frame.goto(f"{attain.url}/works/{WORK}/reflection")
    frame.locator("textarea").fill("Not to be lost.")
    page.route("**/reflection", lambda route: route.abort())

    frame.locator("form[data-keep] button").first.click()

    expect(frame.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(frame.locator("textarea")).to_have_value("Not to be lost.")


def _second_scores(attain: Furnished) -> list[object]:
    with attain.house.units(write=False) as unit:
        return list(unit.evaluations.of_scorer(WORK, EVAN))
