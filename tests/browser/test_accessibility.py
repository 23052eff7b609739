"""axe over every page and state (WCAG 2.2 AA and best practice), at two widths and directions."""

from collections.abc import Iterator

import pytest
from litestar.handlers import HTTPRouteHandler
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from adapters.inbound.http.routes import ROUTES
from tests.browser.axe import problems
from tests.browser.furnished import GUESTS, Furnished, furnished
from tests.browser.pages import NO_PAGES, PAGES, Shown

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1280, height=860)
NARROW = ViewportSize(width=390, height=860)
FIRST = {one.route: one for one in reversed(PAGES)}
"""The state of each page whose narrow layout axe judges too: the others have the same frame."""


@pytest.fixture(scope="module")
def attain() -> Iterator[Furnished]:
    with furnished() as running:
        yield running


@pytest.fixture(scope="module")
def visitors(attain: Furnished, browser: Browser) -> Iterator[dict[str, Page]]:
    """A tab for each guest."""
    contexts = {name: _signed_in(browser, attain, name) for name in GUESTS}
    yield {name: context.new_page() for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


def _signed_in(browser: Browser, attain: Furnished, name: str) -> BrowserContext:
    context = browser.new_context(viewport=WIDE)
    context.route("**/onward.js", _stay)
    if cookie := attain.cookie_of(name):
        context.add_cookies([{"name": "attain", "value": cookie, "url": attain.url}])
    return context


def _stay(route: Route) -> None:
    """Forms that post themselves wait for their button."""
    route.fulfill(body="", content_type="text/javascript")


def test_every_page_is_registered() -> None:
    shown = {path for route in ROUTES for path in _get_paths(route)} - NO_PAGES.keys()

    assert shown == {one.route for one in PAGES} - {""}


def _get_paths(route: object) -> set[str]:
    assert isinstance(route, HTTPRouteHandler)
    read_by_people = "GET" in route.http_methods and not route.opt.get("bearer")
    return route.paths if read_by_people else set()


@pytest.mark.parametrize("shown", PAGES, ids=lambda one: one.name)
def test_a_page_has_no_accessibility_problem(
    attain: Furnished, visitors: dict[str, Page], shown: Shown
) -> None:
    page = visitors[shown.who]
    page.set_viewport_size(WIDE)
    page.goto(attain.url + shown.path)
    page.locator("html[data-ready]").wait_for()
    if shown.act:
        shown.act(page)
        page.locator("html[data-ready]").wait_for()

    assert problems(page, overlaid=shown.overlaid) == []
    assert blind_links(page) == []

    page.set_viewport_size(NARROW)
    assert fits(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert fits(page)
    if shown is FIRST[shown.route]:
        assert problems(page, overlaid=True) == []


def test_views_in_groups_are_folded_on_a_phone(
    attain: Furnished, visitors: dict[str, Page]
) -> None:
    page = visitors["tess"]
    page.set_viewport_size(NARROW)
    page.goto(f"{attain.url}/works/work-essay/evidence")
    views = page.get_by_role("navigation", name="Views")
    expect(views.get_by_role("link")).to_have_count(0)
    expect(views.locator("summary")).to_have_text("View: Evidence All views")
    folded = views.bounding_box()
    assert folded
    assert folded["height"] < NARROW["height"] / 10

    views.locator("summary").press("Enter")
    expect(views.get_by_role("link", name="Scorecard")).to_be_visible()
    assert problems(page) == []
    assert fits(page)

    page.set_viewport_size(WIDE)
    page.reload()
    expect(views.locator("summary")).to_be_hidden()
    views.get_by_role("link", name="Rubric").click()
    expect(page).to_have_url(f"{attain.url}/works/work-essay/rubric")


def test_what_was_added_has_the_focus_and_the_forms_are_near(
    attain: Furnished, visitors: dict[str, Page]
) -> None:
    page = visitors["tess"]
    page.set_viewport_size(WIDE)
    page.goto(f"{attain.url}/works/work-essay/evidence?added=1")
    expect(page.get_by_role("status").filter(has_text="Added.")).to_be_focused()

    page.get_by_role("link", name="Add a link").press("Enter")
    expect(page.get_by_role("heading", name="Add a link")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Web address")).to_be_focused()


def test_a_section_title_breaks_only_where_it_is_longer_than_a_line(
    attain: Furnished, visitors: dict[str, Page]
) -> None:
    page = visitors["tess"]
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.goto(f"{attain.url}/assessments")
        title = page.locator("table .whole").filter(has_text="BIOL 101-03").first
        lines: int = title.evaluate(
            "(one) => { const all = document.createRange(); all.selectNodeContents(one);"
            " return all.getClientRects().length }"
        )
        assert lines == 1


def blind_links(page: Page) -> list[str]:
    """Links of an error summary to what takes no focus, so that the next key starts anywhere."""
    found: list[str] = page.evaluate("""() =>
        [...document.querySelectorAll('.notice a[href^="#"]')].map((a) => a.hash.slice(1)).filter(
            (id) => !document.getElementById(decodeURIComponent(id))
                ?.matches('a[href], button, input, select, textarea, summary, [tabindex]'))""")
    return found


def fits(page: Page) -> bool:
    """Nothing but tables in their own boxes has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
