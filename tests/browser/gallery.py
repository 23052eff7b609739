"""`make gallery`: a picture of every page at two widths, and the page of the docs that shows them.

Another folder and a part of an address may be named to look at some pages only:
`python -m tests.browser.gallery FOLDER /audit`, then in each of their states.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Page,
    ViewportSize,
    sync_playwright,
)

from tests.browser.conftest import FLAGS, PATIENCE, chromium
from tests.browser.furnished import Furnished, furnished
from tests.browser.pages import PAGES, Shown

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "pictures" / "pages"
SHRUNK = {1280: 0.65, 390: 0.9}
"""Widths in pixels of CSS, each with the scale of its pictures: all of them stay small in sum."""
_HEIGHT = 800
_TALLEST = 2000
_QUALITY = 50


def main(folder: Path, part: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [shown for shown in PAGES if part in shown.path]
    if folder == FOLDER:
        chosen = [*{shown.route: shown for shown in reversed(chosen) if shown.route}.values()][::-1]
    with furnished() as attain, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for width in SHRUNK:
            _take(browser, attain, chosen, folder, width)
        browser.close()
    if folder == FOLDER:
        (DOCS / "pages.md").write_text(gallery(chosen), encoding="utf-8")


def _take(
    browser: Browser, attain: Furnished, chosen: Iterable[Shown], folder: Path, width: int
) -> None:
    contexts: dict[str, BrowserContext] = {}
    for shown in chosen:
        context = contexts.get(shown.who) or visitor(
            browser, attain, shown.who, width, scale=SHRUNK[width]
        )
        contexts[shown.who] = context
        page = context.new_page()
        page.goto(attain.url + shown.path)
        page.locator("html[data-ready]").wait_for()
        if shown.act:
            shown.act(page)
            page.locator("html[data-ready]").wait_for()
        page.screenshot(
            path=folder / picture(shown, width), type="jpeg", quality=_QUALITY,
            clip=FloatRect(x=0, y=0, width=width, height=_height(page, shown)),
            full_page=not shown.overlaid, animations="disabled",
        )  # fmt: skip
        page.close()
    for context in contexts.values():
        context.close()


def _height(page: Page, shown: Shown) -> float:
    """What stands before the page belongs to the window; else as far down as is worth a look."""
    whole: int = page.evaluate("document.documentElement.scrollHeight")
    return _HEIGHT if shown.overlaid else min(whole, _TALLEST)


def visitor(
    browser: Browser,
    attain: Furnished,
    name: str,
    width: int,
    height: int = _HEIGHT,
    scale: float = 1,
) -> BrowserContext:
    """Windows of a guest of the house."""
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=height), device_scale_factor=scale
    )
    context.set_default_timeout(PATIENCE)
    context.route("**/onward.js", lambda route: route.fulfill(body=""))
    if cookie := attain.cookie_of(name):
        context.add_cookies([{"name": "attain", "value": cookie, "url": attain.url}])
    return context


def picture(shown: Shown, width: int) -> str:
    """The file of a page in a state: its address, who looks and the state, in plain letters."""
    words = f"{shown.path} {shown.who} {shown.state}"
    return f"{re.sub('[^a-z0-9]+', '-', words.lower()).strip('-')}-{width}.jpg"


def gallery(chosen: Iterable[Shown]) -> str:
    """The page of the docs that shows them."""
    parts = [
        "# Every page\n",
        "Each page in one state of those that the tests look at, 1280 and 390 pixels wide.\n",
        "Tall pages are cut off below.\n",
        "The data is made up. `make gallery` takes the pictures anew.\n",
    ]
    for shown in chosen:
        wide, narrow = (f"pictures/pages/{picture(shown, width)}" for width in SHRUNK)
        parts.append(f"## `{shown.path}`, {shown.state}\n\n![]({wide})\n\n![]({narrow})\n")
    return "\n".join(parts)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else FOLDER, given[1] if len(given) > 1 else "")
