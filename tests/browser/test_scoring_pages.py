"""The rubric in a browser with script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.browser.scoring_desk import RUBRIC, Desk, is_saved, scoring_desk
from tests.browser.scoring_server import CRITERIA_WORK
from tests.stand_ins import FixedClock

pytestmark = pytest.mark.browser

CRITERIA = f"/works/{CRITERIA_WORK}/rubric"


@pytest.fixture
def desk(browser: Browser, memory_units: MemoryUnits, clock: FixedClock) -> Iterator[Desk]:
    with scoring_desk(browser, memory_units, clock) as opened:
        yield opened


def row(page: Page, number: int) -> Locator:
    return page.locator("table.rubric tbody tr").nth(number)


def choose(page: Page, number: int, level: int) -> None:
    """The nth level of a row, the highest being 0."""
    row(page, number).get_by_role("radio").nth(level).check()


def test_each_choice_saves_by_itself(desk: Desk) -> None:
    page = desk.open(RUBRIC)

    for number, level in enumerate((0, 1, 5, 2)):
        choose(page, number, level)

    expect(page.locator("[data-points]")).to_have_text("15.00")
    is_saved(page)
    assert sorted(desk.stored().values()) == ["2", "3", "4", "NA"]


def test_next_student_waits_until_the_last_choice_is_saved(desk: Desk) -> None:
    page = desk.open(RUBRIC)

    choose(page, 0, 0)
    choose(page, 0, 3)
    page.get_by_role("button", name="Next student").click()

    expect(page.get_by_role("heading", level=2)).to_contain_text("Brown, Élodie")
    assert desk.stored() == {("person-s000", "slo-s0"): "1"}


def test_two_people_on_one_row_are_asked(desk: Desk) -> None:
    mine, theirs = desk.open(RUBRIC), desk.open(RUBRIC, "tom")
    choose(theirs, 0, 4)
    expect(theirs.locator("#save")).to_have_text("1 score saved")

    choose(mine, 0, 0)
    dialog = mine.get_by_role("dialog")
    expect(dialog).to_contain_text("Tomás Ruiz")
    expect(dialog).to_contain_text("0 No evidence")
    expect(dialog).to_contain_text("4 Exceeds")
    dialog.get_by_role("button", name="Take theirs").click()

    expect(row(mine, 0).get_by_role("radio").nth(4)).to_be_checked()
    is_saved(mine)


def test_a_comment_is_saved_with_its_row(desk: Desk) -> None:
    page = desk.open(RUBRIC)
    choose(page, 0, 0)
    row(page, 0).get_by_text("Comment").click()
    page.get_by_role("textbox", name="Comment on SLO 1").fill("Well argued.")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("textbox", name="Comment on SLO 1")).to_have_value("Well argued.")


def test_the_recommended_slo_level_follows_the_criteria(desk: Desk) -> None:
    page = desk.open(CRITERIA)

    choose(page, 0, 0)
    choose(page, 1, 3)

    expect(page.locator("[data-level]")).to_have_text("3, Meets")
    expect(page.locator("[data-points]")).to_have_text("37.50")
