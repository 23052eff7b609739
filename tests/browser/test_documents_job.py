"""Rubric and scorecard as files, as a teacher does it inside the practice Canvas (F16)."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Locator, Page, expect

from entrypoints.demo import Demo
from tests.browser.college import Job, Visitor, course_taught_by, teacher_for
from tests.browser.exchange import Work

pytestmark = pytest.mark.browser


def test_a_teacher_downloads_fills_in_and_uploads_a_scorecard(
    demo: Demo, context: BrowserContext, page: Page, tmp_path: Path
) -> None:
    login = teacher_for(demo, Job.DOCUMENTS)
    course = course_taught_by(demo, login)
    assignment = course["assignments"][0]
    visitor, work = Visitor(demo, context, page), Work(page, framed=True)
    visitor.sign_in(login)
    visitor.open(course["id"], assignment["id"])
    visitor.tool.get_by_role("button", name="Not now").click()
    visitor.link(assignment["name"])
    work.open("Downloads")
    tool = visitor.tool

    rubric = saved(page, tool.get_by_role("link", name="PDF of the blank rubric"), tmp_path)
    assert rubric.read_bytes().startswith(b"%PDF")
    one = saved(page, tool.get_by_role("button", name="PDF of this student's rubric"), tmp_path)
    assert one.read_bytes().startswith(b"%PDF")
    blank = tool.get_by_role("link", name="XLSX of the blank scorecard")
    filled, tech_id = filled_in(saved(page, blank, tmp_path))

    tool.get_by_role("link", name="Upload a filled scorecard").click()
    tool.get_by_label("Filled scorecard").set_input_files(filled)
    tool.get_by_role("button", name="Show what it changes").click()
    expect(tool.get_by_role("heading", name="1 score changes")).to_be_visible()
    tool.get_by_role("button", name="Save these scores").click()
    expect(tool.get_by_text("One score saved")).to_be_visible()

    assert list(work.scorecard()) == [tech_id]


def saved(page: Page, control: Locator, folder: Path) -> Path:
    with page.expect_download() as caught:
        control.click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def filled_in(file: Path) -> tuple[Path, str]:
    """The first student's first SLO gets a 3; the file, and whose score it is."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    firsts = [row[0].value for row in sheet.iter_rows()]
    line = firsts.index("Tech ID") + 2
    sheet.cell(line, 3, 3)
    book.save(file)
    return file, str(firsts[line - 1])
