"""The scorecard as a person uses it: keys, undo, paste, conflicts, a lost connection."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.ids import RowId
from domain.score_import.import_run import ImportState
from tests.browser.axe import problems
from tests.browser.scoring_desk import (
    Desk,
    cell,
    is_saved,
    scoring_desk,
    start,
)
from tests.builders import a_score
from tests.exchange_builders import a_score_import, a_score_source
from tests.stand_ins import NOON, FixedClock

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(browser: Browser, memory_units: MemoryUnits, clock: FixedClock) -> Iterator[Desk]:
    with scoring_desk(browser, memory_units, clock) as opened:
        yield opened


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const paste = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        text,
    )


def test_a_column_is_scored_by_digits_alone(desk: Desk) -> None:
    page = desk.open()

    start(page)
    page.keyboard.type("43n0")
    page.keyboard.press("Delete")

    is_saved(page)
    expect(page.locator("#save")).to_have_text("4 scores saved")
    expect(cell(page, 3, 0)).to_have_accessible_name("0, No evidence")
    expect(cell(page, 4, 0)).to_be_focused()
    given = desk.stored()
    assert given["person-s000", "slo-s0"] == "4"
    assert sorted(given.values()) == ["0", "3", "4", "NA"]


def test_keys_move_as_the_map_says(desk: Desk) -> None:
    page = desk.open()
    start(page)

    for key, student, column in (
        ("ArrowRight", 0, 1),
        ("ArrowDown", 1, 1),
        ("End", 1, 3),
        ("Home", 1, 0),
        ("Control+End", 11, 3),
        ("Control+Home", 0, 0),
        ("PageDown", 10, 0),
    ):
        page.keyboard.press(key)
        expect(cell(page, student, column)).to_be_focused()

    page.keyboard.press("ArrowLeft")
    expect(page.locator("table.grid tbody tr").nth(10).locator("a")).to_be_focused()
    expect(page.locator("table.grid [tabindex='0']")).to_have_count(1)


def test_the_list_shows_descriptors_and_gives_focus_back(desk: Desk) -> None:
    page = desk.open()
    start(page)
    page.keyboard.press("ArrowRight")

    page.keyboard.press("Enter")
    listed = page.locator(".levels").get_by_role("option")
    expect(listed).to_have_count(7)
    expect(listed.nth(1)).to_contain_text("Explains the result with evidence from the experiment.")
    page.keyboard.press("Escape")
    expect(cell(page, 0, 1)).to_be_focused()

    page.keyboard.press("F2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    is_saved(page)
    expect(cell(page, 0, 1)).to_have_accessible_name("3, Meets")


def test_undo_and_redo(desk: Desk) -> None:
    page = desk.open()
    start(page)
    page.keyboard.type("42")

    page.keyboard.press("Control+z")
    expect(cell(page, 1, 0)).to_have_accessible_name("Not scored")
    expect(cell(page, 1, 0)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, 0, 0)).to_have_accessible_name("Not scored")
    page.keyboard.press("Control+y")

    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds")
    is_saved(page)
    assert desk.stored()["person-s000", "slo-s0"] == "4"


def test_a_pasted_block_names_what_it_does_not_know(desk: Desk) -> None:
    page = desk.open()
    start(page)

    paste(page, "4\t3\nN/A\tgood\n\t9\r\n2\t0\n")

    expect(page.locator("[data-said]")).to_contain_text("2 not understood: “good”, “9”.")
    is_saved(page)
    assert sorted(desk.stored().values()) == ["0", "2", "3", "4", "NA"]
    page.keyboard.press("Control+z")
    expect(cell(page, 0, 0)).to_have_accessible_name("Not scored")


def test_two_people_in_one_cell_are_asked(desk: Desk) -> None:
    mine, theirs = desk.open(), desk.open(key="tom")
    start(theirs)
    theirs.keyboard.type("1")
    is_saved(theirs)

    start(mine)
    mine.keyboard.type("4")
    dialog = mine.get_by_role("dialog", name="Somebody else changed this score")
    expect(dialog).to_contain_text("Tomás Ruiz")
    expect(dialog).to_contain_text("1, Beginning")
    expect(dialog).to_contain_text("4, Exceeds")
    dialog.get_by_role("button", name="Keep mine").click()

    is_saved(mine)
    assert desk.stored()["person-s000", "slo-s0"] == "4"


def test_the_other_value_can_be_taken(desk: Desk) -> None:
    mine, theirs = desk.open(), desk.open(key="tom")
    start(theirs)
    theirs.keyboard.type("1")
    is_saved(theirs)
    start(mine)
    mine.keyboard.type("4")

    mine.get_by_role("button", name="Take theirs").click()

    is_saved(mine)
    expect(cell(mine, 0, 0)).to_have_accessible_name("1, Beginning")
    assert desk.stored()["person-s000", "slo-s0"] == "1"


def test_a_lost_connection_is_said_and_made_good(desk: Desk) -> None:
    page = desk.open()
    start(page)
    page.context.set_offline(True)

    page.keyboard.type("43")
    expect(page.locator("#save[data-s=error]")).to_contain_text("Not saved: 2 scores")
    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds, not saved yet")
    page.context.set_offline(False)

    is_saved(page)
    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds")
    assert sorted(desk.stored().values()) == ["3", "4"]


def test_the_score_follows_when_a_row_is_complete(desk: Desk) -> None:
    page = desk.open()
    page.get_by_label("After a score").select_option("along")
    start(page)

    page.keyboard.type("43n")
    expect(cell(page, 0, 4)).to_have_text("3 of 4")
    page.keyboard.type("2")

    expect(cell(page, 0, 4)).to_have_text("15.00 / 20")


def test_blanks_of_a_column_are_filled_and_taken_back(desk: Desk) -> None:
    page = desk.open()
    start(page)
    page.keyboard.type("1")

    page.get_by_role("button", name="SLO 1").click()
    page.locator(".levels").get_by_role("option", name="Meets").click()
    expect(page.locator("td.met")).to_have_count(11)
    expect(page.locator("tfoot td").first).to_contain_text("91% met")

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("tbody td.met")).to_have_count(0)


def test_find_and_only_incomplete(desk: Desk) -> None:
    page = desk.open()

    page.get_by_label("Find a student").fill("elodie")
    expect(page.locator("[data-count]")).to_have_text("1 of 12 students")
    page.get_by_label("Find a student").fill("")
    start(page)
    page.keyboard.press("Shift+End")
    page.keyboard.type("3")
    page.get_by_label("Only incomplete").check()

    expect(page.locator("[data-count]")).to_have_text("11 of 12 students")


def test_an_imported_score_says_so_until_it_is_changed(desk: Desk) -> None:
    with desk.site.backstage.units() as unit:
        unit.scores.save(a_score("s000", row_id=RowId("slo-s0")))
        unit.imports.save(a_score_import(state=ImportState.APPLIED, applied_at=NOON))
        unit.imports.put_sources([a_score_source("s000", row_id=RowId("slo-s0"))])
        unit.commit()
    page = desk.open()
    start(page)
    expect(cell(page, 0, 0)).to_have_accessible_name("3, Meets, imported")

    page.keyboard.press("Enter")
    expect(page.locator(".levels")).to_contain_text("Imported from Essay 501 on 14 Sep 2026")
    assert problems(page, overlaid=True) == []
    page.keyboard.press("4")

    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".levels")).not_to_contain_text("Imported from")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("state", ["plain", "list", "shortcuts", "rtl"])
def test_no_accessibility_problem(desk: Desk, state: str, width: int) -> None:
    desk.score_some()
    page = desk.open(width=width)
    if state == "rtl":
        page.evaluate("document.documentElement.dir = 'rtl'")
    if state == "list":
        start(page)
        page.keyboard.press("Enter")
    if state == "shortcuts":
        page.get_by_role("button", name="Keyboard shortcuts").click()

    assert problems(page, overlaid=state in {"list", "shortcuts"}) == []


def test_every_cell_is_in_the_accessibility_tree(desk: Desk) -> None:
    page = desk.open()

    assert page.get_by_role("gridcell").count() == (12 + 1) * 5


def test_without_script_a_name_leads_to_the_rubric(desk: Desk) -> None:
    page = desk.open(script=False)

    page.get_by_role("link", name="Adeyemi, Chloé").click()
    page.get_by_role("row", name="SLO 1").get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Next student").click()

    expect(page.get_by_role("heading", level=2)).to_contain_text("Brown, Élodie")
    assert desk.stored() == {("person-s000", "slo-s0"): "3"}


def test_the_heading_is_reached_from_the_first_row_and_left_again(desk: Desk) -> None:
    page = desk.open()
    start(page)

    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="SLO 1")).to_be_focused()
    page.keyboard.press("ArrowDown")

    expect(cell(page, 0, 0)).to_be_focused()


def test_the_student_above_is_repeated(desk: Desk) -> None:
    page = desk.open()
    start(page)
    page.keyboard.type("4")

    page.keyboard.press("Control+d")

    expect(cell(page, 1, 0)).to_have_accessible_name("4, Exceeds")
    expect(cell(page, 2, 0)).to_be_focused()
    is_saved(page)


def test_arrows_are_mirrored_from_right_to_left(desk: Desk) -> None:
    page = desk.open()
    page.route("**/scorecard", lambda route: route.fulfill(
        response=(got := route.fetch()), body=got.text().replace('dir="ltr"', 'dir="rtl"')
    ))  # fmt: skip
    page.reload()
    page.locator("[data-scorecard][data-ready]").wait_for()
    start(page)

    page.keyboard.press("ArrowLeft")

    expect(cell(page, 0, 1)).to_be_focused()


def test_leaving_with_unsaved_scores_asks(desk: Desk) -> None:
    page = desk.open()
    start(page)
    page.context.set_offline(True)
    page.keyboard.type("4")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)

    page.close(run_before_unload=True)
    expect(page.locator("#save[data-s=error]")).to_have_count(1)

    assert asked == ["beforeunload"]
