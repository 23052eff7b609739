"""The scorecard as a person uses it: keys, undo, paste, conflicts, a lost connection."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from domain.ids import PersonId, RowId
from domain.score import value_as_text
from tests.browser.scoring_server import WORK, ScoringSite, fill, score_some, serving
from tests.http.support import KEYS, Backstage
from tests.stand_ins import FixedClock

pytestmark = pytest.mark.browser

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; install it or set CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def site(memory_units: MemoryUnits, clock: FixedClock) -> Iterator[ScoringSite]:
    with memory_units() as unit:
        fill(unit)
        unit.commit()
    with serving(Backstage(memory_units, clock, Keyring(KEYS))) as opened:
        yield opened


@pytest.fixture
def open_as(chromium: Browser, site: ScoringSite) -> Iterator[OpenPage]:
    """Opens a path of Attain as one of the teachers, each in a browser of their own."""
    contexts = []

    def open_page(
        key: str = "tess", path: str = f"/work/{WORK}/scorecard", width: int = 1280
    ) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 860})
        contexts.append(context)
        context.set_default_timeout(8_000)
        cookie = site.sign_in(key).cookie
        context.add_cookies([{"name": "attain", "value": cookie, "url": site.url}])
        page = context.new_page()
        page.goto(site.url + path)
        page.locator("[data-scorecard][data-ready]").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def cell(page: Page, student: int, column: int) -> Locator:
    """A cell of the grid; both count from 0 as shown."""
    return page.locator("table.grid tbody tr").nth(student).locator("td").nth(column)


def is_saved(page: Page) -> None:
    expect(page.locator("#save[data-s=saved]")).to_have_count(1)


def stored(site: ScoringSite) -> dict[tuple[str, str], str]:
    with site.backstage.units(write=False) as unit:
        scores = unit.scores.of_work(WORK)
    return {(score.student_id, score.row_id): value_as_text(score.value) for score in scores}


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


def test_a_column_is_scored_by_digits_alone(open_as: OpenPage, site: ScoringSite) -> None:
    page = open_as()

    cell(page, 0, 0).focus()
    page.keyboard.type("43n0")
    page.keyboard.press("Delete")

    is_saved(page)
    expect(page.locator("#save")).to_have_text("4 scores saved")
    expect(cell(page, 3, 0)).to_have_accessible_name("0, No evidence")
    expect(cell(page, 4, 0)).to_be_focused()
    given = stored(site)
    assert given["person-s000", "slo-s0"] == "4"
    assert sorted(given.values()) == ["0", "3", "4", "NA"]


def test_keys_move_as_the_map_says(open_as: OpenPage) -> None:
    page = open_as()
    cell(page, 0, 0).focus()

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


def test_the_list_shows_descriptors_and_gives_focus_back(open_as: OpenPage) -> None:
    page = open_as()
    cell(page, 0, 0).focus()
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


def test_undo_and_redo(open_as: OpenPage, site: ScoringSite) -> None:
    page = open_as()
    cell(page, 0, 0).focus()
    page.keyboard.type("42")

    page.keyboard.press("Control+z")
    expect(cell(page, 1, 0)).to_have_accessible_name("Not scored")
    expect(cell(page, 1, 0)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, 0, 0)).to_have_accessible_name("Not scored")
    page.keyboard.press("Control+y")

    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds")
    is_saved(page)
    assert stored(site)["person-s000", "slo-s0"] == "4"


def test_a_pasted_block_names_what_it_does_not_know(open_as: OpenPage, site: ScoringSite) -> None:
    page = open_as()
    cell(page, 0, 0).focus()

    paste(page, "4\t3\nN/A\tgood\n\t9\r\n2\t0\n")

    expect(page.locator("[data-said]")).to_contain_text("2 not understood: “good”, “9”.")
    is_saved(page)
    assert sorted(stored(site).values()) == ["0", "2", "3", "4", "NA"]
    page.keyboard.press("Control+z")
    expect(cell(page, 0, 0)).to_have_accessible_name("Not scored")


def test_two_people_in_one_cell_are_asked(open_as: OpenPage, site: ScoringSite) -> None:
    mine, theirs = open_as("tess"), open_as("tom")
    cell(theirs, 0, 0).focus()
    theirs.keyboard.type("1")
    is_saved(theirs)

    cell(mine, 0, 0).focus()
    mine.keyboard.type("4")
    dialog = mine.get_by_role("dialog", name="Somebody else changed this score")
    expect(dialog).to_contain_text("Tomás Ruiz")
    expect(dialog).to_contain_text("1, Beginning")
    expect(dialog).to_contain_text("4, Exceeds")
    dialog.get_by_role("button", name="Keep mine").click()

    is_saved(mine)
    assert stored(site)["person-s000", "slo-s0"] == "4"


def test_the_other_value_can_be_taken(open_as: OpenPage, site: ScoringSite) -> None:
    mine, theirs = open_as("tess"), open_as("tom")
    cell(theirs, 0, 0).focus()
    theirs.keyboard.type("1")
    is_saved(theirs)
    cell(mine, 0, 0).focus()
    mine.keyboard.type("4")

    mine.get_by_role("button", name="Take theirs").click()

    is_saved(mine)
    expect(cell(mine, 0, 0)).to_have_accessible_name("1, Beginning")
    assert stored(site)["person-s000", "slo-s0"] == "1"


def test_a_lost_connection_is_said_and_made_good(open_as: OpenPage, site: ScoringSite) -> None:
    page = open_as()
    cell(page, 0, 0).focus()
    page.context.set_offline(True)

    page.keyboard.type("43")
    expect(page.locator("#save[data-s=error]")).to_contain_text("Not saved: 2 scores")
    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds, not saved yet")
    page.context.set_offline(False)

    is_saved(page)
    expect(cell(page, 0, 0)).to_have_accessible_name("4, Exceeds")
    assert sorted(stored(site).values()) == ["3", "4"]


def test_the_score_follows_when_a_row_is_complete(open_as: OpenPage) -> None:
    page = open_as()
    page.get_by_label("After a score").select_option("along")
    cell(page, 0, 0).focus()

    page.keyboard.type("43n")
    expect(cell(page, 0, 4)).to_have_text("3 of 4")
    page.keyboard.type("2")

    expect(cell(page, 0, 4)).to_have_text("15.00 / 20")


def test_blanks_of_a_column_are_filled_and_taken_back(open_as: OpenPage) -> None:
    page = open_as()
    cell(page, 0, 0).focus()
    page.keyboard.type("1")

    page.get_by_role("button", name="SLO 1").click()
    page.locator(".levels").get_by_role("option", name="Meets").click()
    expect(page.locator("td.met")).to_have_count(11)
    expect(page.locator("tfoot td").first).to_contain_text("91% met")

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("tbody td.met")).to_have_count(0)


def test_find_and_only_incomplete(open_as: OpenPage) -> None:
    page = open_as()

    page.get_by_label("Find a student").fill("elodie")
    expect(page.locator("[data-count]")).to_have_text("1 of 12 students")
    page.get_by_label("Find a student").fill("")
    page.locator("table.grid [tabindex='0']").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+End")
    page.keyboard.type("3")
    page.get_by_label("Only incomplete").check()

    expect(page.locator("[data-count]")).to_have_text("11 of 12 students")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("state", ["plain", "list", "shortcuts", "rtl"])
def test_no_accessibility_problem(
    open_as: OpenPage, site: ScoringSite, state: str, width: int
) -> None:
    with site.backstage.units() as unit:
        score_some(unit)
        unit.commit()
    page = open_as(width=width)
    if state == "rtl":
        page.evaluate("document.documentElement.dir = 'rtl'")
    if state == "list":
        cell(page, 0, 0).focus()
        page.keyboard.press("Enter")
    if state == "shortcuts":
        page.get_by_role("button", name="Keyboard shortcuts").click()

    assert problems(page, overlaid=state in {"list", "shortcuts"}) == []


UNJUDGED = {
    "shortTextContent": "the number of a cell; its colours are checked as tokens",
    "bgGradient": "the hatch behind N/A, whose lines are 5:1 against the text",
}


def problems(page: Page, *, overlaid: bool = False) -> list[str]:
    """Violations, and contrast that axe could not judge for another reason than those above.

    Through what lies over the page axe still sees the page, and judges no text of two lines.
    """
    found = Axe().run(page, options=AXE).response
    excused = {*UNJUDGED, *(["elmPartiallyObscuring"] if overlaid else [])}
    seen = [(rule["id"], node["html"]) for rule in found["violations"] for node in rule["nodes"]]
    unsure = [
        (check["data"].get("messageKey"), node["html"])
        for rule in found["incomplete"]
        if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        for check in node["any"]
        if check["data"].get("messageKey") not in excused
    ]
    return [f"{rule}: {html}" for rule, html in (*seen, *unsure)]


def test_every_cell_is_in_the_accessibility_tree(open_as: OpenPage) -> None:
    page = open_as()

    assert page.get_by_role("gridcell").count() == (12 + 1) * 5


def test_without_script_a_name_leads_to_the_rubric(chromium: Browser, site: ScoringSite) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.set_default_timeout(8_000)
    context.add_cookies([{"name": "attain", "value": site.sign_in("tess").cookie, "url": site.url}])
    page = context.new_page()
    page.goto(f"{site.url}/work/{WORK}/scorecard")

    page.get_by_role("link", name="Adeyemi, Chloé").click()
    page.get_by_role("row", name="SLO 1").get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Next student").click()

    expect(page.get_by_role("heading", level=2)).to_contain_text("Brown, Élodie")
    assert stored(site) == {(PersonId("person-s000"), RowId("slo-s0")): "3"}
    context.close()
