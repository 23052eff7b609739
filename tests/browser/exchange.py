"""What people do with outcomes and scores of the LMS on Attain's own pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, FrameLocator, Page, expect

from entrypoints.demo import Demo
from sandbox.college import STEWARD
from tests.browser.college import Visitor
from tests.browser.practice_course import Levels

BLANK = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Work:
    """The pages of one assessment: in the frame of a launch, or in a window of their own."""

    page: Page
    framed: bool

    @property
    def desk(self) -> Page | FrameLocator:
        """Chromium leaves clicks in a frame alone while another window stands before it."""
        self.page.bring_to_front()
        return self.page.frame_locator("iframe").first if self.framed else self.page

    def open(self, tab: str) -> None:
        tabs = self.desk.get_by_role("navigation", name="Views")
        tabs.get_by_role("link", name=tab, exact=True).click()

    def add_assessment(self, name: str, slo: str, scale: str) -> None:
        """An assessment of one's own with one SLO; its pages are open then."""
        self.desk.get_by_role("link", name="Assessments", exact=True).last.click()
        self.desk.get_by_role("link", name="Add Assessment").click()
        self.desk.get_by_label("Name").fill(name)
        self.desk.get_by_role("group", name="SLOs", exact=True).get_by_label(slo).check()
        choice = self.desk.get_by_label("Scale")
        named = choice.locator("option", has_text=scale)
        choice.select_option(named.get_attribute("value"))
        self.desk.get_by_role("button", name="Add Assessment").click()
        self.desk.get_by_role("link", name=name, exact=True).click()

    def send_outcomes(self, count: int) -> None:
        """From the tab *Outcomes in Canvas* until all are there."""
        self.desk.get_by_role("button", name="Send Outcomes").click()
        said = f"{count} of {count} outcomes are in Canvas"
        expect(self.desk.get_by_text(said)).to_be_visible()

    def put_rubric_on(self, assignment: str) -> None:
        """One click, once the outcomes are there."""
        self.desk.get_by_role("link", name="Put the rubric on an assignment").click()
        self.desk.get_by_role("radio", name=assignment).check()
        self.desk.get_by_role("button", name="Put the rubric on the assignment").click()
        expect(self.desk.get_by_text(f"The rubric is on “{assignment}”")).to_be_visible()

    def read_scores(self) -> None:
        """Until the preview is there."""
        self.open("Import LMS scores")
        self.desk.get_by_role("button", name="Read the scores in Canvas").click()
        expect(self.desk.get_by_role("heading", name="Preview")).to_be_visible()

    def import_scores(self, count: int) -> None:
        """Read, look at the preview, import; all of them new."""
        self.read_scores()
        expect(self.desk.get_by_text(f"{count} new, 0 changed in Canvas")).to_be_visible()
        self.desk.get_by_role("button", name="Import these Scores").click()
        expect(self.desk.get_by_role("status").get_by_text(f"{count} new")).to_be_visible()

    def scorecard(self) -> dict[str, Levels]:
        """Levels of the students who have any, by Tech ID."""
        self.open("Scorecard")
        expect(self.desk.locator("[data-scorecard][data-ready]")).to_be_attached()
        rows = self.desk.locator("tbody tr:has(small)").evaluate_all(
            "rows => rows.map(row => [row.querySelector('small').textContent,"
            " ...[...row.querySelectorAll('td:not(.total) span')].map(one => one.textContent)])"
        )
        return {
            tech_id: tuple(None if one == BLANK else int(one) for one in levels)
            for tech_id, *levels in rows
            if set(levels) != {BLANK}
        }


@dataclass(frozen=True, slots=True)
class Stewardship:
    """The Data Steward, signed in to Attain, and to the practice Canvas as its administrator."""

    demo: Demo
    page: Page

    def authorise(self) -> None:
        """For the account that the site has, and pair the orgs as Attain suggests."""
        page = self.page
        page.goto(f"{self.demo.attain}/settings/canvas?site=practice")
        page.get_by_role("button", name="Authorize").click()
        page.get_by_role("button", name="Authorize").click()
        expect(page.get_by_text("Attain may now publish outcomes")).to_be_visible()
        page.get_by_role("link", name="Accounts and orgs").click()
        page.get_by_role("button", name="Accept all suggestions").click()
        expect(page.get_by_text("All suggestions were accepted")).to_be_visible()

    def synchronise(self, before_sending: Callable[[Page], object]) -> None:
        """All CSLOs of the college."""
        self.page.get_by_role("link", name="Outcomes", exact=True).click()
        self.page.get_by_role("link", name="Outcomes in Canvas").click()
        self.page.get_by_role("link", name="CSLO Synchronization").click()
        before_sending(self.page)
        self.page.get_by_role("button", name="Send Outcomes").first.click()
        expect(self.page.get_by_text("outcomes are in Canvas")).to_be_visible()

    def states(self) -> dict[str, str]:
        """How each SLO stands in Canvas, by code."""
        self.page.goto(f"{self.demo.attain}/outcomes")
        expect(self.page.locator("tr[data-slo]").first).to_be_attached()
        rows = self.page.locator("tr[data-slo]").evaluate_all(
            "rows => rows.map(row => [row.dataset.slo, row.dataset.state])"
        )
        return dict(rows)


@contextmanager
def synchronised(
    demo: Demo, browser: Browser, before_sending: Callable[[Page], object] = Page.title
) -> Iterator[Stewardship]:
    """The steward signs in by the one-time link and sends all CSLOs; the window stays open."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    Visitor(demo, context, page).sign_in(STEWARD.login)
    page.goto(demo.sign_in)
    page.get_by_role("button", name="Sign in").click()
    steward = Stewardship(demo, page)
    steward.authorise()
    steward.synchronise(before_sending)
    yield steward
    context.close()
