"""A student builds and shares a collection; somebody elsewhere reads it until it is revoked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.furnished import Furnished, furnished

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def attain() -> Iterator[Furnished]:
    with furnished() as running:
        yield running


def test_built_shared_read_and_revoked(attain: Furnished, browser: Browser) -> None:
    context, elsewhere = browser.new_context(), browser.new_context()
    context.add_cookies([{"name": "attain", "value": attain.cookie_of("s000"), "url": attain.url}])
    mine, theirs = context.new_page(), elsewhere.new_page()

    mine.goto(attain.url + "/portfolio")
    mine.get_by_label("Title").fill("For my interview")
    mine.get_by_label("Title").press("Enter")
    mine.get_by_role("checkbox").first.check()
    mine.get_by_label("About this collection").fill("What I can do.")
    mine.get_by_role("button", name="Add", exact=True).click()
    expect(mine.get_by_role("status")).to_contain_text("added at the end")
    expect(mine.get_by_label("About this collection")).to_have_value("What I can do.")
    mine.get_by_label("My words").fill("The graph was my idea.")
    mine.get_by_role("button", name="Save").last.click()
    expect(mine.get_by_role("status")).to_have_text("Saved.")

    mine.get_by_role("link", name="Share", exact=True).click()
    mine.get_by_label("For whom").fill("The interview")
    mine.get_by_role("button", name="Share", exact=True).click()
    address = mine.locator("#share-address").inner_text()

    theirs.goto(address)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("For my interview")
    expect(theirs.get_by_text("The graph was my idea.")).to_be_visible()
    expect(theirs.locator("header.site")).not_to_contain_text("Adeyemi")
    with theirs.expect_download() as download:
        theirs.get_by_role("link", name="Signed record").click()
    assert download.value.path().read_text("utf-8").count(".") == 2

    mine.get_by_role("link", name="Hide").click()
    expect(mine.get_by_text("Never")).to_have_count(0)
    mine.get_by_role("button", name="Revoke").click()
    mine.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(mine.get_by_role("status")).to_contain_text("The share is revoked")

    theirs.reload()
    expect(theirs.get_by_role("heading", level=1)).to_have_text(
        "This ePortfolio is not shared any more"
    )
    for one in (context, elsewhere):
        one.close()
