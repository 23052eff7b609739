"""Self-assessment by keyboard, release, a DLA to acceptance, a reflection, an ePortfolio.

Teacher and student each sit before a browser of their own, in the frame of the practice Canvas.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from entrypoints.demo import Demo
from tests.browser.college import Job, Visitor, course_taught_by, teacher_for
from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.browser

FAR = 80
"""So many times Tab is pressed at most on the way to something."""


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A window of somebody who is no one's student or teacher."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def visitors(demo: Demo, browser: Browser) -> Iterator[tuple[Visitor, Visitor]]:
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(PATIENCE)
    teacher, student = (Visitor(demo, one, one.new_page()) for one in contexts)
    yield teacher, student
    for context in contexts:
        context.close()


def a_student_of(demo: Demo, course_id: int) -> str:
    """The login of somebody in the Canvas course whom Attain knows."""
    ids = {
        one["user_id"]
        for one in demo.seed["enrollments"]
        if one["course_id"] == course_id and one["type"] == "StudentEnrollment"
    }
    users = (one for one in demo.seed["users"] if one["id"] in ids and one["sis_user_id"])
    return str(min(one["login_id"] for one in users))


def name_of(demo: Demo, login: str) -> str:
    return next(str(one["sortable_name"]) for one in demo.seed["users"] if one["login_id"] == login)


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(FAR):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {wanted}")


def assess_by_keyboard(student: Visitor) -> int:
    """From the page that the launch opened to the submitted form; how many rows there were."""
    tool, keys = student.tool, student.page.keyboard
    tool.locator("#content").focus()
    tab_to(student.page, tool.get_by_role("link", name="Assess yourself"))
    keys.press("Enter")
    expect(tool.get_by_role("heading", level=1)).to_contain_text("Self-assessment")
    rows = tool.locator("fieldset")
    tool.locator("#content").focus()
    count = rows.count()
    for number in range(count):
        tab_to(student.page, rows.nth(number).get_by_label("Not decided yet"))
        keys.press("ArrowDown")  # From the last choice on to the first: the highest level.
        expect(rows.nth(number).get_by_role("radio").first).to_be_checked()
    tab_to(student.page, tool.get_by_role("button", name="Submit"))
    keys.press("Enter")
    expect(tool.get_by_text("Your teacher sees it beside your scores")).to_be_visible()
    return count


def score_lowest(teacher: Visitor, login: str, rows: int) -> None:
    """On the rubric, the lowest level for this student on every row, then what both say."""
    tool = teacher.tool
    tool.get_by_role("link", name="Rubric", exact=True).click()
    name = name_of(teacher.demo, login)
    label = tool.locator("#student option", has_text=name).inner_text()
    tool.locator("#student").select_option(label)
    tool.get_by_role("button", name="Show", exact=True).click()
    expect(tool.locator("h2.who")).to_contain_text(name.partition(", ")[2])
    expect(tool.get_by_text("Student\N{RIGHT SINGLE QUOTATION MARK}s own level")).to_have_count(0)
    for row in tool.locator("table.rubric tbody tr").all():
        row.locator("td:not(.other) input[type=radio]").last.check()
    tool.get_by_role("button", name="Save", exact=True).click()
    expect(tool.get_by_text("Student\N{RIGHT SINGLE QUOTATION MARK}s own level")).to_have_count(
        rows
    )


def test_a_student_assesses_themself_and_does_what_the_teacher_assigns(
    demo: Demo, visitors: tuple[Visitor, Visitor], elsewhere: Page
) -> None:
    teacher, student = visitors
    login = teacher_for(demo, Job.STUDENT_WORK)
    course = course_taught_by(demo, login)
    assignment = course["assignments"][0]
    teacher.sign_in(login)
    teacher.open(course["id"], assignment["id"])
    teacher.tool.get_by_role("button", name="Not now").click()
    teacher.link(assignment["name"])
    learner = a_student_of(demo, course["id"])
    student.sign_in(learner)
    student.open(course["id"], assignment["id"])

    rows = assess_by_keyboard(student)
    score_lowest(teacher, learner, rows)
    student.open(course["id"], assignment["id"])
    expect(student.tool.get_by_text("You said:")).to_have_count(rows)
    expect(student.tool.get_by_text("Your level:")).to_have_count(0)

    desk = teacher.tool
    desk.get_by_role("link", name="Release", exact=True).click()
    desk.get_by_role("button", name="Release results to students").click()
    desk.get_by_role("dialog").get_by_role("button", name="Release results").click()
    expect(desk.get_by_text("Students see their own levels")).to_be_visible()
    student.open(course["id"], assignment["id"])
    expect(student.tool.get_by_text("Your level:")).to_have_count(rows)
    expect(student.tool.get_by_text("You said:")).to_have_count(rows)

    _assign_to_those_below(teacher, assignment["name"], name_of(demo, learner))
    student.open(course["id"], assignment["id"])
    student.tool.get_by_role("link", name="Practise it").click()
    student.tool.get_by_label("Your text").fill("I wrote it anew.")
    student.tool.get_by_role("button", name="Hand in").click()
    expect(student.tool.get_by_text("Handed in. Your teacher accepts it")).to_be_visible()

    desk.get_by_role("link", name="DLAs", exact=True).first.click()
    desk.get_by_role("checkbox").first.check()
    desk.get_by_role("button", name="Accept the chosen").click()
    expect(desk.get_by_role("status").filter(has_text="1 accepted.")).to_be_visible()
    student.tool.get_by_role("link", name="My DLAs").first.click()
    expect(student.tool.get_by_role("row", name="Practise it")).to_contain_text("Accepted")

    teacher.open(course["id"], assignment["id"])
    reflect_by_keyboard(teacher)
    share_and_revoke(student, elsewhere)


def reflect_by_keyboard(teacher: Visitor) -> None:
    """*Save and Continue to Reflection* on the rubric, then answer and submit."""
    tool, keys = teacher.tool, teacher.page.keyboard
    tool.locator("#content").focus()
    tab_to(teacher.page, tool.get_by_role("link", name="Rubric", exact=True))
    keys.press("Enter")
    expect(tool.locator("[data-rubric]")).to_be_attached()
    tool.locator("#content").focus()
    tab_to(teacher.page, tool.get_by_role("button", name="Save and Continue to Reflection"))
    keys.press("Enter")
    tab_to(teacher.page, tool.get_by_role("textbox").first)
    keys.type("Sources come first next time.")
    tab_to(teacher.page, tool.get_by_role("button", name="Submit", exact=True))
    keys.press("Enter")
    expect(tool.get_by_text("Reflection submitted")).to_be_visible()


def share_and_revoke(student: Visitor, elsewhere: Page) -> None:
    """A collection of what was released, read elsewhere without a sign-in until it is revoked."""
    tool = student.tool
    tool.get_by_role("link", name="ePortfolio", exact=True).first.click()
    tool.get_by_label("Title").fill("For my interview")
    tool.get_by_label("Title").press("Enter")
    tool.get_by_role("checkbox").first.check()
    tool.get_by_label("About this collection").fill("What I can do.")
    tool.get_by_role("button", name="Add", exact=True).click()
    expect(tool.get_by_role("status")).to_contain_text("added at the end")
    tool.get_by_label("My words").fill("The thesis was my idea.")
    tool.get_by_role("button", name="Save").last.click()
    expect(tool.get_by_role("status")).to_have_text("Saved.")
    tool.get_by_role("link", name="Share", exact=True).click()
    tool.get_by_label("For whom").fill("The interview")
    tool.get_by_role("button", name="Share", exact=True).click()

    elsewhere.goto(tool.locator("#share-address").inner_text())
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("For my interview")
    expect(elsewhere.get_by_text("The thesis was my idea.")).to_be_visible()
    expect(elsewhere.get_by_role("link", name="Signed record")).to_have_count(0)  # below threshold

    tool.get_by_role("link", name="Hide").click()
    tool.get_by_role("button", name="Revoke").click()
    tool.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(tool.get_by_role("status")).to_contain_text("The share is revoked")
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text(
        "This ePortfolio is not shared any more"
    )


def _assign_to_those_below(teacher: Visitor, assessment: str, name: str) -> None:
    """Make a DLA, then assign it to one of those whom the filter ticks."""
    desk = teacher.tool
    desk.get_by_role("link", name="Assign DLAs").click()
    desk.get_by_role("link", name="Make one first").click()
    desk.get_by_label("Title").fill("Practise it")
    desk.get_by_label("What the student does").fill("Read it again, then write it anew.")
    desk.get_by_role("button", name="Make DLA").click()
    desk.get_by_role("link", name="Assign Practise it").click()
    desk.get_by_label("Section").select_option(index=1)
    desk.get_by_role("button", name="Show students").click()
    desk.get_by_label("By results of").select_option(assessment)
    desk.get_by_role("button", name="Show students").click()
    desk.get_by_label("Below threshold on").select_option(index=1)
    desk.get_by_role("button", name="Show students").click()
    expect(desk.get_by_role("checkbox", name=name, checked=True)).to_be_visible()
    for one in reversed(desk.get_by_role("checkbox", checked=True).all()):
        one.uncheck()
    desk.get_by_role("checkbox", name=name).check()
    desk.get_by_role("button", name="Assign to the chosen").click()
    expect(desk.get_by_text("Assigned to 1 student.")).to_be_visible()
