"""What a person does in the practice Canvas, as far as tests need it."""

from dataclasses import dataclass
from enum import IntEnum, unique
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from entrypoints.demo import Demo
from sandbox.college import ready_people


@unique
class Job(IntEnum):
    """What tests do as a teacher, by that teacher's place among the ready people.

    One demo serves all modules of a worker, so each job has a teacher, and where it scores a
    course, of its own: whoever has authorised once is not asked again.
    """

    MAIN = 0
    LATER_LAUNCH = 1
    SELECTION = 2
    SIGN_IN = 3
    EVIDENCE = 4
    IMPROVEMENT = 5
    DOCUMENTS = 6
    STUDENT_WORK = 7
    """A nursing course: its first assessment asks for a reflection."""


@dataclass
class Visitor:
    """Somebody with a browser window on the practice Canvas."""

    demo: Demo
    context: BrowserContext
    page: Page

    @property
    def tool(self) -> FrameLocator:
        """Attain, inside the frame."""
        return self.page.frame_locator("iframe").first

    def sign_in(self, login: str) -> None:
        self.page.goto(f"{self.demo.canvas}/login?q={login}")
        self.page.locator("form", has=self.page.get_by_text(login, exact=True)).get_by_role(
            "button"
        ).click()

    def open(self, course_id: int, assignment_id: int) -> None:
        self.page.goto(f"{self.demo.canvas}/courses/{course_id}/assignments/{assignment_id}")

    def press(self, button: str) -> None:
        """Press a button inside the frame, by the keyboard.

        While a page there is new, the one around it sets the frame's height and scrolls. A click
        at that moment may go to the page around, which does nothing with it. Only once something
        was clicked in the frame: before, it has not the keyboard.
        """
        self.tool.get_by_role("button", name=button).press("Enter")

    def authorise(self) -> None:
        """Give consent in the window that Canvas opens, then wait to be taken on."""
        with self.context.expect_page() as opened:
            self.tool.get_by_role("button", name="Authorize").click()
        window = opened.value
        window.get_by_role("button", name="Authorize").click()
        expect(window.get_by_role("heading", name="Authorized")).to_be_visible()
        window.close()

    def link(self, assessment: str) -> None:
        row = self.tool.get_by_role("row").filter(has_text=assessment).first
        row.get_by_role("radio").check()
        self.tool.get_by_role("button", name="Save and go").click()
        expect(self.tool.get_by_role("heading", level=1)).to_have_text(assessment)

    def cell(self, row: int, column: int) -> Locator:
        """A scorecard cell, counted from 0 without the student's name."""
        line = self.tool.locator("tbody tr").nth(row)
        return line.get_by_role("gridcell").nth(column)

    def score_by_keyboard(self, rows: int, columns: int, key: str) -> None:
        """Score a block column by column; the grid moves down by itself after each key."""
        expect(self.tool.locator("[data-scorecard][data-ready]")).to_be_attached()
        self.cell(0, 0).click()
        self.page.keyboard.press("Escape")
        for column in range(columns):
            self.page.keyboard.press("Control+Home")
            for _ in range(column):
                self.page.keyboard.press("ArrowRight")
            for _ in range(rows):
                self.page.keyboard.press(key)
        expect(self.tool.locator("#save[data-s=saved]")).to_have_count(1)

    def gradebook(self, course_id: int, assignment_id: int) -> dict[str, str]:
        """Entered grades on the practice Canvas' own gradebook page, by student."""
        self.page.goto(f"{self.demo.canvas}/courses/{course_id}/grades")
        graded = self.page.locator(
            f"tr[data-user]:has(td[data-assignment='{assignment_id}'][data-entered])"
        )
        cell = f"td[data-assignment='{assignment_id}']"
        return {
            row.locator("th").inner_text(): row.locator(cell).get_attribute("data-entered") or ""
            for row in graded.all()
        }


def course_taught_by(demo: Demo, login: str) -> dict[str, Any]:
    """The seed of a current Canvas course that the person teaches, with assignments."""
    user = next(u for u in demo.seed["users"] if u["login_id"] == login)
    taught = {
        enrolment["course_id"]
        for enrolment in demo.seed["enrollments"]
        if enrolment["user_id"] == user["id"] and enrolment["type"] == "TeacherEnrollment"
    }
    course: dict[str, Any] = next(c for c in demo.seed["courses"] if c["id"] in taught)
    return course


def teacher_for(demo: Demo, job: Job) -> str:
    """The login of the teacher whom nobody but this job signs in as."""
    return [one["login"] for one in ready_people(demo.college) if one["role"] == "teacher"][job]
