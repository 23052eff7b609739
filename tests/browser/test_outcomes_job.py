"""The exchange by launches from Canvas, and one SLO that goes to three places in two shapes."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from entrypoints.demo import Demo, running_demo
from sandbox.college import ready_people
from tests.browser.college import Visitor, course_taught_by
from tests.browser.exchange import Stewardship, Work, synchronised
from tests.browser.exchange_job import Enter, ExchangeJob
from tests.browser.practice_course import PracticeCourse

pytestmark = pytest.mark.browser
SCIENCES = "accounts/3"


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
    @pytest.fixture
    def colleague(self, visitor: Visitor, browser: Browser) -> Iterator[Visitor]:
        """Somebody else, at a browser of their own."""
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        yield Visitor(visitor.demo, context, context.new_page())
        context.close()

    def test_one_slo_stands_in_the_account_and_in_two_courses_with_two_rubrics(
        self, demo: Demo, visitor: Visitor, colleague: Visitor
    ) -> None:
        first, report_course = launched(visitor, "psokolov")
        report_course.make_assignment("Lab notebook")
        first.open("Outcomes in Canvas")
        first.send_outcomes(3)
        first.put_rubric_on("Lab notebook")
        reports = report_course.grade("Lab notebook", [(4, 0, 2), (1, 3, 4)])

        second, bench_course = launched(colleague, "ibjornstad")
        second.add_assessment("Bench check", "BIOL 110-1", "Clinical skill check")
        bench_course.make_assignment("At the bench")
        second.open("Outcomes in Canvas")
        second.send_outcomes(1)
        second.put_rubric_on("At the bench")
        benches = bench_course.grade("At the bench", [(1,), (3,)])

        second.import_scores(2)
        assert second.scorecard() == benches
        first.import_scores(6)
        assert first.scorecard() == reports
        places = (SCIENCES, f"courses/{report_course.id}", f"courses/{bench_course.id}")
        shown = [ratings_of(demo, place, "BIOL 110-1") for place in places]
        assert shown == [[4, 3, 2, 1, 0], [4, 3, 2, 1, 0], [3, 2, 1]]


def ratings_of(demo: Demo, place: str, code: str) -> list[float]:
    """Points of the only outcome there of this SLO, as the administrator reads it."""
    admin = ready_people(demo.college)[0]
    links = httpx.get(
        f"{demo.canvas}/api/v1/{place}/outcome_group_links",
        params={"outcome_style": "full", "per_page": "100"},
        headers={"Authorization": f"Bearer {admin['canvas_token']}"},
    ).json()
    found = [one["outcome"] for one in links if one["outcome"]["title"].startswith(code)]
    (outcome,) = found
    return [rating["points"] for rating in outcome["ratings"]]
