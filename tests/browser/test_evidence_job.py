"""Evidence as people bring it: a student in one browser, the teacher in another."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from entrypoints.demo import Demo
from tests.browser.college import Job, Visitor, course_taught_by, teacher_for
from tests.browser.conftest import PATIENCE
from tests.evidence_files import PDF, PNG, SVG_WITH_SCRIPT

pytestmark = pytest.mark.browser


@pytest.fixture
def teacher(demo: Demo, context: BrowserContext, page: Page) -> Visitor:
    return Visitor(demo, context, page)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """What the student chooses: two that are taken, and one that is not."""
    chosen = {"draft.pdf": PDF, "logo.svg": SVG_WITH_SCRIPT, "Sơ đồ.png": PNG}
    for name, content in chosen.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in chosen]


def student_of(demo: Demo, course_id: int) -> str:
    enrolled = next(
        one["user_id"]
        for one in demo.seed["enrollments"]
        if one["course_id"] == course_id and one["type"] == "StudentEnrollment"
    )
    user = next(one for one in demo.seed["users"] if one["id"] == enrolled)
    return str(user["login_id"])


def test_a_student_brings_files_and_the_teacher_opens_them(
    demo: Demo, browser: Browser, teacher: Visitor, files: list[Path]
) -> None:
    login = teacher_for(demo, Job.EVIDENCE)
    course = course_taught_by(demo, login)
    place = (course["id"], course["assignments"][0]["id"])
    teacher.sign_in(login)
    teacher.open(*place)
    teacher.tool.get_by_role("button", name="Not now").click()
    teacher.link(course["assignments"][0]["name"])

    context = browser.new_context(viewport=ViewportSize(width=390, height=860))
    context.set_default_timeout(PATIENCE)
    student = Visitor(demo, context, context.new_page())
    student.sign_in(student_of(demo, course["id"]))
    student.open(*place)
    student.tool.get_by_role("link", name="Evidence", exact=True).click()
    brings(student, files)
    context.close()

    teacher.tool.get_by_role("link", name="Evidence", exact=True).click()
    opens(teacher)


def brings(student: Visitor, files: list[Path]) -> None:
    """By script, in the frame: each file with its own end, the list afterwards."""
    tool = student.tool
    expect(tool.get_by_text("You have added no evidence yet.")).to_be_visible()
    tool.get_by_label("Files", exact=True).set_input_files(files)
    tool.get_by_label("Description (of all these files)").fill("Week two")
    tool.get_by_role("button", name="Add files").press("Enter")
    expect(tool.get_by_role("status").filter(has_text="2 of 3 files added.")).to_be_visible()
    expect(tool.locator("ul.uploads li").filter(has_text="logo.svg")).to_contain_text(
        "this kind is not taken"
    )
    tool.get_by_role("link", name="Show the list").press("Enter")
    expect(tool.get_by_role("rowheader")).to_have_count(2)
    expect(tool.get_by_role("rowheader").filter(has_text="Week two")).to_have_count(2)

    tool.get_by_role("button", name="Remove").last.press("Enter")
    tool.get_by_role("dialog").get_by_role("button", name="Remove").press("Enter")
    expect(tool.get_by_role("rowheader")).to_have_count(1)


def opens(teacher: Visitor) -> None:
    row = teacher.tool.get_by_role("rowheader")
    expect(row).to_have_count(1)
    with teacher.page.expect_download() as saved:
        row.get_by_role("link").click()
    assert saved.value.suggested_filename == "draft.pdf"
    assert saved.value.path().read_bytes() == PDF
