"""Every page of the product: its route, who opens it where, and the states worth a look."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.furnished import DONE, EMPTY_WORK, RUNNING, WAITING
from tests.browser.scoring_server import CRITERIA_WORK, WORK

NO_PAGES = {
    "/health/live": "for machines",
    "/health/ready": "for machines",
    "/metrics": "for machines",
    "/static/{asked:str}/{name:str}": "files",
    "/lti/config.xml": "XML for the LMS",
    "/authorise/state": "JSON for the page that waits",
    "/sends/{send_id:str}/state": "JSON for the page that polls",
    "/sends/{send_id:str}/events": "an event stream",
    "/sign-in/canvas/{name:str}": "goes on to the LMS",
    "/integrations/canvas/callback": "goes on, or answers with the page of /authorise/done",
}
"""GET routes that show no page of their own, with the reason."""

Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page in one state; `act` brings it there once it is open."""

    route: str
    path: str
    who: str = "tess"
    state: str = "normal"
    act: Act | None = None

    @property
    def overlaid(self) -> bool:
        """Something stands before the page, which axe takes for a hidden background."""
        return self.state in {"dialog", "popover"}

    @property
    def name(self) -> str:
        return f"{self.path.partition('?')[0]} {self.state}"


def press(name: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("button", name=name).first.click()

    return act


def ask(name: str) -> Act:
    """Press a button that asks in a dialog first."""

    def act(page: Page) -> None:
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        press(name)(page)
        page.get_by_role("dialog").wait_for()

    return act


def submit_wrong(button: str, **typed: str) -> Act:
    """Send a form as a browser without its checks would."""

    def act(page: Page) -> None:
        page.evaluate("for (const one of document.forms) one.noValidate = true")
        for name, text in typed.items():
            page.locator(f"[name={name}]").first.fill(text)
        press(button)(page)
        page.locator("[role=alert], .error").first.wait_for()

    return act


def open_list(page: Page) -> None:
    page.locator("[data-scorecard][data-ready]").wait_for()
    page.locator("table.grid tbody td").first.click()
    page.locator("[data-levels]").wait_for()


def open_shortcuts(page: Page) -> None:
    page.locator("[data-scorecard][data-ready]").wait_for()
    press("Keyboard shortcuts")(page)
    page.get_by_role("dialog").wait_for()


def choose_for_the_lms(page: Page) -> None:
    page.get_by_role("radio").first.check()
    press("Link this Assessment")(page)
    page.get_by_role("button", name="Return to Canvas").wait_for()


RUBRIC, SCORECARD, SEND = (
    f"/works/{{work_id:str}}/{view}" for view in ("rubric", "scorecard", "send")
)
REFLECTION, MY_WORK = "/works/{work_id:str}/reflection", "/works/{work_id:str}/mine"
SENT = "/sends/{send_id:str}"

PAGES: tuple[Shown, ...] = (
    Shown("/start/{code:str}", "/start/used-before", "stranger", "error"),
    Shown("/window/{code:str}", "/window/a-code"),
    Shown("/sign-in", "/sign-in", "stranger"),
    Shown("/sign-in", "/sign-in?out=true", "stranger", "signed out"),
    Shown("/sign-in/link/{code:str}", "/sign-in/link/a-code", "stranger"),
    Shown("/", "/", "rita"),
    Shown("", "/nowhere", "tess", "not found"),
    Shown("", "/assessments", "stranger", "not signed in"),
    Shown("/settings/assessment", "/settings/assessment", "stew"),
    Shown("/settings/lti", "/settings/lti", "stew"),
    Shown("/settings/lti", "/settings/lti", "stew", "dialog", ask("Revoke this key")),
    Shown("/settings/lti", "/settings/lti", "stew", "secret", press("Show Shared Secret")),
    Shown("/settings/canvas", "/settings/canvas", "stew"),
    Shown("/settings/canvas", "/settings/canvas", "stew", "error",
          submit_wrong("Save", name="x", url="nonsense")),
    Shown("/settings/canvas", "/settings/canvas?site=main", "stew", "known site"),
    Shown("/settings/matching", "/settings/matching", "stew"),
    Shown("/settings/matching", "/settings/matching", "stew", "error",
          submit_wrong("Save rule", lti_param="no such")),
    Shown("/launches", "/launches", "stew"),
    Shown("/launches", "/launches", "stew", "error", submit_wrong("Decide", tech_id="nobody")),
    Shown("/authorise", "/authorise", "tom"),
    Shown("/authorise", "/authorise", "tess", "stands"),
    Shown("/authorise", "/authorise", "tess", "dialog", ask("Revoke")),
    Shown("/authorise", "/authorise", "nora", "empty"),
    Shown("/authorise/done", "/authorise/done"),
    Shown("/assessments", "/assessments"),
    Shown("/assessments", "/assessments?term=none", "tess", "empty"),
    Shown("/assessments", "/assessments?choose=one", "tess", "error"),
    Shown("", "/assessments", "selecting", "chosen for the LMS", choose_for_the_lms),
    Shown("/assessments/new", "/assessments/new"),
    Shown("/assessments/new", "/assessments/new", "tess", "error", submit_wrong("Add Assessment")),
    Shown("/assessments/find", "/assessments/find"),
    Shown("/assessments/find", "/assessments/find?q=nothing", "tess", "empty"),
    Shown("/links", "/links"),
    Shown("/links", "/links", "tess", "dialog", ask("Unlink")),
    Shown("/links", "/links?said=changed", "sol", "forbidden"),
    Shown(RUBRIC, f"/works/{WORK}/rubric"),
    Shown(RUBRIC, f"/works/{CRITERIA_WORK}/rubric", "tess", "criteria"),
    Shown(RUBRIC, f"/works/{EMPTY_WORK}/rubric", "nora", "empty"),
    Shown(RUBRIC, f"/works/{WORK}/rubric", "tess", "error", submit_wrong("Save", own="much")),
    Shown(SCORECARD, f"/works/{WORK}/scorecard"),
    Shown(SCORECARD, f"/works/{WORK}/scorecard", "tess", "popover", open_list),
    Shown(SCORECARD, f"/works/{WORK}/scorecard", "tess", "dialog", open_shortcuts),
    Shown(SCORECARD, f"/works/{EMPTY_WORK}/scorecard", "nora", "empty"),
    Shown(REFLECTION, f"/works/{WORK}/reflection"),
    Shown(SEND, f"/works/{WORK}/send"),
    Shown(SEND, f"/works/{WORK}/send", "tom", "unauthorised"),
    Shown(SEND, f"/works/{EMPTY_WORK}/send", "nora", "empty"),
    Shown(SENT, f"/sends/{DONE}", "tess", "done with failures"),
    Shown(SENT, f"/sends/{RUNNING}", "tess", "running"),
    Shown(SENT, f"/sends/{WAITING}", "tess", "waiting"),
    Shown("/mine", "/mine", "s000"),
    Shown("/mine", "/mine", "sol", "empty"),
    Shown(MY_WORK, f"/works/{WORK}/mine", "s000", "not released"),
    Shown(MY_WORK, f"/works/{CRITERIA_WORK}/mine", "s000", "released"),
    Shown("/authorise/window/{site_id:str}", "/authorise/window/site-main", "tess",
          "without script"),
)  # fmt: skip
