"""An action plan as two people do it: one asks and approves, the other answers inside Canvas."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from entrypoints.demo import Demo
from tests.attain_command import attain, told
from tests.browser.college import Job, Visitor, course_taught_by, teacher_for

pytestmark = pytest.mark.browser


@pytest.fixture
def coordinator(demo: Demo, browser: Browser) -> Iterator[Page]:
    """Signed in at a browser of their own."""
    attain(
        demo, "person", "new", "--tech-id", "COORD", "--login", "coord", "--email",
        "coord@college.test", "--name", "Cora Lindqvist", "--role", "coordinator",
    )  # fmt: skip
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(told(demo, "person", "sign-in-link", "COORD")["url"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Distribution calendar")
    yield page
    context.close()


def test_a_plan_is_asked_for_answered_in_canvas_and_approved(
    demo: Demo, coordinator: Page, context: BrowserContext, page: Page
) -> None:
    login = teacher_for(demo, Job.IMPROVEMENT)
    course = course_taught_by(demo, login)
    slos: Any = demo.college.slos["slos"]
    slo = next(one["code"] for one in slos if one["kind"] == "cslo")
    coordinator.goto(f"{demo.attain}/action-plans/new")
    coordinator.get_by_label("What it is about").fill("Read the instructions together")
    coordinator.get_by_label("Which").fill(course["course_code"])
    coordinator.get_by_label("SLOs", exact=True).fill(slo)
    coordinator.get_by_label("Why", exact=True).fill("Half of the class is below.")
    coordinator.get_by_role("button", name="Request").click()
    expect(coordinator.get_by_text("The action plan is there.")).to_be_visible()

    teacher = Visitor(demo, context, page)
    teacher.sign_in(login)
    teacher.open(course["id"], course["assignments"][0]["id"])
    tool = teacher.tool
    tool.get_by_role("button", name="Not now").click()
    tool.get_by_role("link", name="Home").click()
    tool.get_by_role("link", name="Read the instructions together").click()
    expect(tool.get_by_text("Half of the class is below.")).to_be_visible()
    tool.get_by_role("button", name="Submit").click()
    expect(tool.get_by_role("alert")).to_contain_text("Answer this before you hand it in")
    tool.get_by_label("What do the results show?").fill("They start before they have read.")
    tool.get_by_label("What will change, and how?").fill("Five minutes of reading aloud.")
    tool.get_by_label("Who carries it out").fill("Everybody who teaches the course")
    tool.get_by_label("By when").fill("2031-01-31")
    tool.get_by_role("button", name="Submit").click()
    expect(tool.get_by_text("Handed in.")).to_be_visible()

    coordinator.reload()
    expect(coordinator.get_by_text("Five minutes of reading aloud.")).to_be_visible()
    coordinator.get_by_role("button", name="Approve").click()
    expect(coordinator.get_by_text("Approved by")).to_be_visible()
