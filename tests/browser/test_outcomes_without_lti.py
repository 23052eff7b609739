"""The exchange with LTI switched off and no consumer key: everybody signs in with Canvas."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from entrypoints.demo import Demo, running_demo
from tests.attain_command import without_lti
from tests.browser.college import Visitor, course_taught_by
from tests.browser.exchange import Stewardship, Work, synchronised
from tests.browser.exchange_job import Enter, ExchangeJob
from tests.browser.practice_course import PracticeCourse

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with running_demo(0) as running:
        without_lti(running)
        yield running


@pytest.fixture(scope="module")
def steward(demo: Demo, browser: Browser) -> Iterator[Stewardship]:
    with synchronised(demo, browser) as steward:
        yield steward


def signed_in(visitor: Visitor, login: str) -> tuple[Work, PracticeCourse]:
    """In a window of Attain's own, with consent given where it is first needed."""
    course = course_taught_by(visitor.demo, login)
    page = visitor.page
    visitor.sign_in(login)
    page.goto(f"{visitor.demo.attain}/sign-in")
    page.get_by_role("link", name="Sign in with Canvas").click()
    page.get_by_role("button", name="Authorize").click()
    page.get_by_role("link", name=course["assignments"][0]["name"], exact=True).click()
    work = Work(page, framed=False)
    work.open("Outcomes in Canvas")
    page.get_by_role("link", name="Authorize").click()
    page.get_by_role("button", name="Authorize").click()
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("button", name="Send Outcomes")).to_be_visible()
    return work, PracticeCourse(visitor.demo, visitor.context.new_page(), course["id"])


@pytest.fixture
def enter() -> Enter:
    return signed_in


class TestWithoutLti(ExchangeJob):
    def test_a_launch_is_refused_politely(self, demo: Demo, visitor: Visitor) -> None:
        course = course_taught_by(demo, "gtanaka")
        visitor.sign_in("gtanaka")
        visitor.open(course["id"], course["assignments"][0]["id"])
        expect(visitor.tool.get_by_role("heading", level=1)).to_contain_text("switched off")
