"""The exchange of outcomes and scores as people do it, however they come into Attain."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from entrypoints.demo import Demo
from tests.browser.college import Visitor
from tests.browser.exchange import Stewardship, Work
from tests.browser.practice_course import PracticeCourse
from tests.shown_outcomes import ratings_of

Enter = Callable[[Visitor, str], tuple[Work, PracticeCourse]]
"""A teacher, by login, comes to the first assessment of a course, with Canvas beside it."""


class ExchangeJob:
    """Subclasses' modules give `demo`, `enter`, and `steward`, who has synchronised all CSLOs."""

    @pytest.fixture
    def visitor(
        self, demo: Demo, steward: Stewardship, context: BrowserContext, page: Page
    ) -> Visitor:
        return Visitor(demo, context, page)

    @pytest.fixture
    def colleague(self, visitor: Visitor, browser: Browser) -> Iterator[Visitor]:
        """Somebody else, at a browser of their own."""
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        yield Visitor(visitor.demo, context, context.new_page())
        context.close()

    def test_the_cslos_are_in_the_sub_accounts_and_a_second_run_sends_none(
        self, demo: Demo, steward: Stewardship
    ) -> None:
        states = steward.states()
        slos: Any = demo.college.slos["slos"]
        assert states == {one["code"]: "same" for one in slos if one["kind"] == "cslo"}

        steward.page.get_by_role("link", name="CSLO Synchronization").click()
        expect(steward.page.get_by_text("nothing would be sent")).to_be_visible()

    def test_levels_given_on_the_rubric_that_attain_put_there_come_back(
        self, visitor: Visitor, enter: Enter
    ) -> None:
        work, course = enter(visitor, "rpenaortiz")
        course.make_assignment("Bedside round")
        work.open("Outcomes in Canvas")
        work.send_outcomes(2)
        work.put_rubric_on("Bedside round")

        given = course.grade("Bedside round", [(3, 1), (2, None), (1, 2)])
        work.import_scores(5)

        assert work.scorecard() == given

    def test_levels_given_on_a_rubric_made_by_hand_for_another_tool_come_back(
        self, visitor: Visitor, enter: Enter
    ) -> None:
        work, course = enter(visitor, "sokonkwo")
        outcomes = ("ENGL 210-1 Close reading", "ENGL 210-2 Works in context")
        course.import_outcomes(
            "Humanities and Social Sciences", "ENGL 210 World Literature", *outcomes
        )
        course.make_rubric("Reading, by hand", *outcomes)
        course.put_on("Reading quiz")

        given = course.grade("Reading quiz", [(3, 0), (4, 2), (None, 1)])
        work.import_scores(5)

        assert work.scorecard() == given

    def test_one_slo_stands_in_the_account_and_in_two_courses_with_two_rubrics(
        self, demo: Demo, visitor: Visitor, colleague: Visitor, enter: Enter
    ) -> None:
        first, report_course = enter(visitor, "psokolov")
        report_course.make_assignment("Lab notebook")
        first.open("Outcomes in Canvas")
        first.send_outcomes(3)
        first.put_rubric_on("Lab notebook")
        reports = report_course.grade("Lab notebook", [(4, 0, 2), (1, 3, 4)])

        second, bench_course = enter(colleague, "ibjornstad")
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
        places = ("accounts/3", f"courses/{report_course.id}", f"courses/{bench_course.id}")
        shown = [ratings_of(demo, place, "BIOL 110-1") for place in places]
        assert shown == [[4, 3, 2, 1, 0], [4, 3, 2, 1, 0], [3, 2, 1]]
