"""Chromium, and the whole product on real ports: Attain, its worker, the practice Canvas."""

import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from entrypoints.demo import Demo, running_demo

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure tells what stood in the windows: a locator that was not there says too little."""
    report = yield
    browser = getattr(item, "funcargs", {}).get("browser")
    if report.when == "call" and report.failed and isinstance(browser, Browser):
        report.sections.append(("Windows", "\n".join(_standing(browser))))
    return report


def _standing(browser: Browser) -> Iterator[str]:
    """Headings, messages and what has the focus in every frame: a press that was heard is seen."""
    frames = (frame for one in browser.contexts for page in one.pages for frame in page.frames)
    for frame in frames:
        with suppress(Error):
            yield " | ".join(
                frame.locator("h1, [role=alert], [role=status], :focus").all_inner_texts()
            )


def chromium() -> str:
    """The browser's path; without one the tests say so and are skipped."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("no Chromium here: install the package chromium, or name one in $CHROMIUM")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its module: while Playwright is open, no other event loop can run here."""
    path = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, third-party cookies blocked as headless Chromium does."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """`attain demo` with its children, once for all tests of a worker."""
    with running_demo(0) as running:
        yield running
