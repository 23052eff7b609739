"""`make pictures`: the README's pictures, taken from the running product."""

from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from entrypoints.demo import Demo, running_demo
from tests.browser.college import Job, Visitor, course_taught_by, teacher_for
from tests.browser.conftest import FLAGS, PATIENCE, chromium
from tests.browser.exchange import Work, synchronised
from tests.browser.furnished import furnished
from tests.browser.furnished_portfolio import FULL
from tests.browser.gallery import visitor
from tests.browser.practice_course import PracticeCourse

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZE: ViewportSize = {"width": 1280, "height": 1000}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with running_demo(0) as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        _take(demo, browser)
        _take_exchange(demo, browser)
        _take_furnished(browser)
        browser.close()


def _take(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(viewport=SIZE)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    visitor = Visitor(demo, context, page)
    login = teacher_for(demo, Job.MAIN)
    course = course_taught_by(demo, login)
    assignment = course["assignments"][0]
    visitor.sign_in(login)
    visitor.open(course["id"], assignment["id"])
    visitor.authorise()
    visitor.tool.get_by_role("button", name="Save and go").wait_for()
    _shoot(page, "list")
    visitor.link(assignment["name"])
    _shoot(page, "rubric")
    visitor.tool.get_by_role("link", name="Scorecard", exact=True).click()
    visitor.score_by_keyboard(rows=8, columns=3, key="3")
    visitor.score_by_keyboard(rows=3, columns=2, key="4")
    page.evaluate("scrollTo(0, 0)")
    _shoot(page, "scorecard")
    visitor.tool.get_by_role("link", name="Send scores", exact=True).click()
    visitor.tool.get_by_role("button", name="Send Scores to LMS").wait_for()
    page.evaluate("scrollTo(0, 0)")
    _shoot(page, "send")
    visitor.tool.get_by_role("button", name="Send Scores to LMS").click()
    visitor.tool.get_by_text("grades are in the Canvas gradebook").wait_for()
    page.evaluate("scrollTo(0, 0)")
    _shoot(page, "sent")


def _take_exchange(demo: Demo, browser: Browser) -> None:
    """Outcomes to Canvas, and what was rated there back."""
    with synchronised(
        demo, browser, before_sending=lambda page: _shoot(page, "outcome-plan")
    ) as it:
        _shoot(it.page, "outcome-run")
        context = browser.new_context(viewport=SIZE)
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(demo, context, context.new_page())
        login = teacher_for(demo, Job.LATER_LAUNCH)
        course = course_taught_by(demo, login)
        visitor.sign_in(login)
        visitor.open(course["id"], course["assignments"][0]["id"])
        visitor.authorise()
        visitor.link(course["assignments"][0]["name"])
        work = Work(visitor.page, framed=True)
        beside = PracticeCourse(demo, context.new_page(), course["id"])
        beside.make_assignment("Reading journal")
        work.open("Outcomes in Canvas")
        work.send_outcomes(2)
        work.put_rubric_on("Reading journal")
        beside.grade("Reading journal", [(3, 1), (2, 4), (1, None), (4, 3)])
        work.read_scores()
        _shoot(visitor.page, "import")


def _take_furnished(browser: Browser) -> None:
    """What takes terms to grow: a report over three of them, a student's ePortfolio."""
    shown = {"report": ("rita", "/reports/slo"), "portfolio": ("s000", f"/portfolio/{FULL}")}
    with furnished() as attain:
        for name, (who, path) in shown.items():
            context = visitor(browser, attain, who, **SIZE)
            page = context.new_page()
            page.goto(attain.url + path)
            page.locator("html[data-ready]").wait_for()
            _shoot(page, name)
            context.close()


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
