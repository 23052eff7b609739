"""axe over every page and state (WCAG 2.2 AA and best practice), at two widths and directions."""

from collections.abc import Iterator

import pytest
from litestar.handlers import HTTPRouteHandler
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize

from adapters.inbound.http.routes import ROUTES
from tests.browser.furnished import GUESTS, Furnished, furnished
from tests.browser.pages import NO_PAGES, PAGES, Shown
from tests.browser.scoring_desk import problems

pytestmark = pytest.mark.browser

WIDE = ViewportSize(width=1280, height=860)
NARROW = ViewportSize(width=390, height=860)


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
    assert problems(page, overlaid=True) == []


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
