"""Browsers of several people over one running Attain."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from adapters.outbound.memory.unit_of_work import MemoryUnits
from adapters.outbound.secrets.keyring import Keyring
from domain.access import Role
from domain.score import value_as_text
from tests.browser.scoring_server import LAUNCH, WORK, ScoringSite, fill, score_some, serving
from tests.http.support import KEYS, Backstage
from tests.stand_ins import FixedClock

SCORECARD = f"/works/{WORK}/scorecard"
RUBRIC = f"/works/{WORK}/rubric"


@dataclass(slots=True)
class Desk:
    site: ScoringSite
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self,
        path: str = SCORECARD,
        key: str = "tess",
        role: Role = Role.FACULTY,
        *,
        width: int = 1280,
        script: bool = True,
        context: Mapping[str, str] = LAUNCH,
    ) -> Page:
        """A page of a person, in a browser of that person's own."""
        made = self.browser.new_context(
            viewport={"width": width, "height": 860}, java_script_enabled=script
        )
        self.contexts.append(made)
        cookie = self.site.sign_in(key, role, context).cookie
        made.add_cookies([{"name": "attain", "value": cookie, "url": self.site.url}])
        page = made.new_page()
        page.goto(self.site.url + path)
        if path == SCORECARD and script:
            page.locator("[data-scorecard][data-ready]").wait_for()
        return page

    def score_some(self) -> None:
        with self.site.backstage.units() as unit:
            score_some(unit)
            unit.commit()

    def stored(self) -> dict[tuple[str, str], str]:
        """All scores by student and row, as they are written."""
        with self.site.backstage.units(write=False) as unit:
            scores = unit.scores.of_work(WORK)
        return {(score.student_id, score.row_id): value_as_text(score.value) for score in scores}


@contextmanager
def scoring_desk(browser: Browser, units: MemoryUnits, clock: FixedClock) -> Iterator[Desk]:
    with units() as unit:
        fill(unit)
        unit.commit()
    with serving(Backstage(units, clock, Keyring(KEYS))) as site:
        desk = Desk(site, browser)
        yield desk
        for context in desk.contexts:
            context.close()


def cell(page: Page, student: int, column: int) -> Locator:
    """A cell of the grid; both count from 0 as shown."""
    return page.locator("table.grid tbody tr").nth(student).locator("td").nth(column)


def start(page: Page) -> None:
    """Focus on the first cell that can be scored."""
    page.locator("table.grid [tabindex='0']").focus()
    page.keyboard.press("Control+Home")


def is_saved(page: Page) -> None:
    expect(page.locator("#save[data-s=saved]")).to_have_count(1)
