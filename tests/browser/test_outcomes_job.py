"""The exchange by launches from Canvas."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from entrypoints.demo import Demo, running_demo
from tests.browser.college import Visitor, course_taught_by
from tests.browser.exchange import Stewardship, Work, synchronised
from tests.browser.exchange_job import Enter, ExchangeJob
from tests.browser.practice_course import PracticeCourse

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """One of this module's own: what is sent here stays in its Canvas."""
    with running_demo(0) as running:
        yield running


@pytest.fixture(scope="module")
def steward(demo: Demo, browser: Browser) -> Iterator[Stewardship]:
    with synchronised(demo, browser) as steward:
        yield steward


def launched(visitor: Visitor, login: str) -> tuple[Work, PracticeCourse]:
    """From the first assignment of the course, which is linked to its assessment."""
    course = course_taught_by(visitor.demo, login)
    assignment = course["assignments"][0]
    visitor.sign_in(login)
    visitor.open(course["id"], assignment["id"])
    visitor.authorise()
    visitor.link(assignment["name"])
    work = Work(visitor.page, framed=True)
    return work, PracticeCourse(visitor.demo, visitor.context.new_page(), course["id"])


@pytest.fixture
def enter() -> Enter:
    return launched


class TestByLaunches(ExchangeJob):
    """All of it, from within Canvas."""
