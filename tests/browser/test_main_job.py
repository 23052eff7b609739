"""The main job as a person does it: launch, authorise, link, score, send, see the grades."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from entrypoints.demo import Demo
from tests.browser.college import Job, Visitor, course_taught_by, teacher_for

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(demo: Demo, context: BrowserContext, page: Page) -> Visitor:
    return Visitor(demo, context, page)


def test_a_teacher_links_scores_three_students_and_finds_three_grades_in_canvas(
    demo: Demo, visitor: Visitor
) -> None:
    login = teacher_for(demo, Job.MAIN)
    course = course_taught_by(demo, login)
    assignment = course["assignments"][0]
    visitor.sign_in(login)

    visitor.open(course["id"], assignment["id"])
    visitor.authorise()
    visitor.link(assignment["name"])
    visitor.tool.get_by_role("link", name="Scorecard", exact=True).click()
    visitor.score_by_keyboard(rows=3, columns=3, key="3")

    visitor.tool.get_by_role("link", name="Send scores", exact=True).click()
    expect(visitor.tool.get_by_text("3 to send")).to_be_visible()
    visitor.press("Send Scores to LMS")
    expect(visitor.tool.get_by_text("3 of 3 grades are in the Canvas gradebook")).to_be_visible()

    grades = visitor.gradebook(course["id"], assignment["id"])
    assert list(grades.values()) == ["15", "15", "15"]


def test_a_later_launch_goes_straight_to_the_linked_assessment(
    demo: Demo, visitor: Visitor
) -> None:
    login = teacher_for(demo, Job.LATER_LAUNCH)
    course = course_taught_by(demo, login)
    assignment = course["assignments"][0]
    visitor.sign_in(login)
    visitor.open(course["id"], assignment["id"])
    visitor.tool.get_by_role("button", name="Not now").click()
    visitor.link(assignment["name"])

    visitor.open(course["id"], assignment["id"])
    expect(visitor.tool.get_by_role("heading", level=1)).to_have_text(assignment["name"])
    expect(visitor.tool.get_by_role("link", name="Rubric", exact=True)).to_be_visible()


def test_an_assessment_chosen_while_making_an_assignment_opens_directly(
    demo: Demo, visitor: Visitor
) -> None:
    login = teacher_for(demo, Job.SELECTION)
    course = course_taught_by(demo, login)
    assessment = course["assignments"][0]["name"]
    visitor.sign_in(login)
    visitor.open(course["id"], course["assignments"][0]["id"])
    expect(visitor.tool.get_by_role("button", name="Authorize")).to_be_visible()
    page = visitor.page

    page.goto(f"{demo.canvas}/courses/{course['id']}/assignments/new")
    page.get_by_role("button", name="Find Attain").click()
    dialog = page.frame_locator("dialog iframe")
    row = dialog.get_by_role("row").filter(has_text=assessment).first
    row.get_by_role("radio").check()
    dialog.get_by_role("button", name="Save and go").click()
    page.get_by_text(f"Chosen: {assessment}").wait_for()
    page.get_by_role("button", name="Save").click()

    expect(visitor.tool.get_by_role("heading", level=1)).to_have_text(assessment)
    expect(visitor.tool.get_by_role("link", name="Rubric", exact=True)).to_be_visible()


def test_a_teacher_signs_in_with_canvas_outside_any_launch(demo: Demo, visitor: Visitor) -> None:
    visitor.sign_in(teacher_for(demo, Job.SIGN_IN))
    page = visitor.page
    page.goto(f"{demo.attain}/sign-in")
    page.get_by_role("link", name="Sign in with Canvas").click()
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Home")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{demo.attain}/assessments")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
