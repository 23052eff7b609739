"""What a teacher does with outcomes and rubrics in a course of the practice Canvas."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from entrypoints.demo import Demo

Levels = tuple[int | None, ...]
"""Points of one student, criterion by criterion; None leaves a criterion without a rating."""


@dataclass(frozen=True, slots=True)
class PracticeCourse:
    """A course in the window of somebody who is signed in to the practice Canvas."""

    demo: Demo
    page: Page
    id: int

    @property
    def _content(self) -> Locator:
        return self.page.locator("main")

    def go(self, path: str = "") -> None:
        self.page.bring_to_front()
        self.page.goto(f"{self.demo.canvas}/courses/{self.id}{path}")

    def import_outcomes(self, account: str, folder: str, *titles: str) -> None:
        """Find outcomes in the folder of an account above, and bring each into the course."""
        self.go("/outcomes")
        for title in titles:
            self._content.get_by_role("link", name="Find").click()
            self._content.get_by_role("link", name=account).click()
            self._content.get_by_role("link", name=folder).click()
            self._content.get_by_role("button", name=f"Import {title}", exact=True).click()
            expect(self._content.get_by_text(title)).to_be_visible()

    def make_rubric(self, title: str, *outcomes: str) -> None:
        """A rubric of outcomes that the course has; its page stays open."""
        self.go("/rubrics")
        self._content.get_by_role("link", name="New rubric").click()
        self.page.get_by_label("Title").fill(title)
        group = self.page.get_by_role("group", name="Outcomes")
        for outcome in outcomes:
            group.get_by_label(outcome).check()
        self.page.get_by_role("button", name="Create rubric").click()
        expect(self._content.get_by_role("heading", name=title, level=1)).to_be_visible()

    def put_on(self, assignment: str) -> None:
        """Put the rubric whose page is open on an assignment, whose page opens then."""
        self.page.get_by_label("Assignment").select_option(assignment)
        expect(self.page.get_by_label("Use this rubric for grading")).to_be_checked()
        self.page.get_by_role("button", name="Add rubric").click()
        expect(self._content.get_by_role("heading", name=assignment, level=1)).to_be_visible()

    def make_assignment(self, name: str) -> None:
        """An assignment without a tool."""
        self.go()
        self._content.get_by_role("link", name="New assignment").click()
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_role("button", name="Save").click()
        expect(self._content.get_by_role("heading", name=name, level=1)).to_be_visible()

    def grade(self, assignment: str, given: Sequence[Levels]) -> dict[str, Levels]:
        """Rate the first students of the class in SpeedGrader; what each got, by Tech ID."""
        self.go()
        self._content.get_by_role("link", name=assignment).click()
        self._content.get_by_role("link", name="SpeedGrader").click()
        ids = {person.name: person.tech_id for person in self.demo.college.people}
        graded: dict[str, Levels] = {}
        for levels in given:
            name = self._content.get_by_role("heading", level=1).inner_text()
            self._rate(levels)
            graded[ids[name]] = levels
            self._content.get_by_role("link", name="Next student").click()
        return graded

    def _rate(self, levels: Levels) -> None:
        groups = self._content.get_by_role("group").all()
        for group, points in zip(groups, levels, strict=True):
            wanted = "Not rated" if points is None else f"{points} point"
            group.locator("label", has_text=wanted).get_by_role("radio").check()
        self.page.get_by_role("button", name="Submit").click()
        expect(self._content.get_by_text("Saved.")).to_be_visible()
