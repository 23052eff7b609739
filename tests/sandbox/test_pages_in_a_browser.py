"""The pages in Chromium: what axe says, small screens, frames, and the selection dialog."""

import os
import shutil
import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qsl

import msgspec
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sandbox.canvas.moments import system_clock
from sandbox.canvas.serving import running
from tests.browser.axe import problems
from tests.sandbox.college import (
    ADMIN,
    BEN,
    COURSE,
    ESSAY,
    KEY,
    MEI,
    OMAR,
    PASS_FAIL,
    REDIRECT,
    ROOT,
    TEACHER,
    TOOL,
    Practice,
    a_seed,
)
from tests.sandbox.rubric_calls import essay_rubric

pytestmark = pytest.mark.browser
NARROW = 390
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ASKED = f"client_id={KEY}&response_type=code&redirect_uri={REDIRECT}&state=s"
PAGES = {
    "dashboard": "/",
    "course": f"/courses/{COURSE}",
    "people": f"/courses/{COURSE}/users",
    "gradebook": f"/courses/{COURSE}/grades",
    "assignment": f"/courses/{COURSE}/assignments/{ESSAY}",
    "new assignment": f"/courses/{COURSE}/assignments/new",
    "outcomes": f"/courses/{COURSE}/outcomes",
    "find outcomes": f"/courses/{COURSE}/outcomes/find",
    "rubrics": f"/courses/{COURSE}/rubrics",
    "new rubric": f"/courses/{COURSE}/rubrics/new",
    "rubric": f"/courses/{COURSE}/rubrics/88",
    "speed grader": f"/courses/{COURSE}/gradebook/speed_grader?assignment_id={ESSAY}",
    "navigation": f"/courses/{COURSE}/external_tools/{TOOL}",
    "account": f"/accounts/{ROOT}",
    "account tool": f"/accounts/{ROOT}/external_tools/{TOOL}",
    "authorise": f"/login/oauth2/auth?{ASKED}",
    "denied": "/courses/9999999",
    "back": f"/courses/{COURSE}/external_content/success/external_tool_redirect?lti_errormsg=No",
}


class ATool(BaseHTTPRequestHandler):
    """A tool that greets, grows its frame, and offers one link."""

    LINK: ClassVar[dict[str, str]] = {
        "@type": "LtiLinkItem",
        "mediaType": "application/vnd.ims.lti.v1.ltilink",
        "title": "Essay rubric",
    }

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        choosing = form["lti_message_type"] == "ContentItemSelectionRequest"
        body = self.offer(form) if choosing else self.greeting(form)
        page = f'<!doctype html><html lang="en"><title>A tool</title><main>{body}</main></html>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def greeting(self, form: dict[str, str]) -> str:
        resize = "parent.postMessage({subject: 'lti.frameResize', height: 1234}, '*')"
        name = escape(form["lis_person_name_full"])
        top = "parent.postMessage({subject: 'lti.scrollToTop'}, '*')"
        button = f'<button onclick="{top}">To the top</button>'
        return f"<h1>Hello <bdi>{name}</bdi></h1><script>{resize}</script>{button}"

    def offer(self, given: dict[str, str]) -> str:
        item = {**self.LINK, "url": f"http://{self.headers['Host']}/lti/launch?link=9"}
        values = {
            "lti_message_type": "ContentItemSelection",
            "data": given["data"],
            "content_items": msgspec.json.encode({"@graph": [item]}).decode(),
        }
        fields = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in values.items()
        )
        action = escape(given["content_item_return_url"])
        form = f'<form method="post" action="{action}">{fields}<button>Take it</button></form>'
        return f"<h1>Offer</h1>{form}"

    def log_message(self, *_: object) -> None:
        """Nothing: a test prints nothing of its own."""


@pytest.fixture(scope="module")
def tool_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), ATool) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/lti/launch"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def site(tool_url: str) -> Iterator[str]:
    seed = a_seed()
    seed.tools[0].launch_url, seed.tools[0].domain = tool_url, "127.0.0.1"
    seed.courses[0].assignments[0].external_tool_url = tool_url
    practice = Practice(seed=seed)
    practice.canvas.clock = system_clock
    practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")
    practice.grade(TEACHER, PASS_FAIL, MEI, posted_grade="pass")
    practice.grade(TEACHER, ESSAY, OMAR, excuse=True)
    essay_rubric(practice)
    with running(practice.canvas) as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here: install the package chromium, or name one in $CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def signed_in(browser: Browser, site: str, who: int, width: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.request.post(f"{site}/login", form={"user_id": str(who)}, max_redirects=0)
    return context.new_page()


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.mark.parametrize("width", [1280, NARROW])
def test_no_page_has_a_barrier_or_is_too_wide(chromium: Browser, site: str, width: int) -> None:
    page = signed_in(chromium, site, TEACHER, width)
    admin = signed_in(chromium, site, ADMIN, width)
    found = {}
    for name, path in PAGES.items():
        seen = admin if name.startswith("account") else page
        seen.goto(site + path)
        found[name] = (problems(seen, overlaid=width == NARROW), overflow(seen))
    assert found == dict.fromkeys(PAGES, ([], 0))
    page.context.clear_cookies()
    page.goto(f"{site}/login")
    assert (problems(page), overflow(page)) == ([], 0)
    for one in (page, admin):
        one.context.close()


def test_student_view_and_own_grades_have_no_barrier(chromium: Browser, site: str) -> None:
    page = signed_in(chromium, site, TEACHER, NARROW)
    page.goto(f"{site}/courses/{COURSE}")
    page.get_by_role("button", name="Student View").click()
    page.get_by_text("You are in Student View").wait_for()
    assert (problems(page, overlaid=True), overflow(page)) == ([], 0)
    page.goto(f"{site}/courses/{COURSE}/grades")
    assert problems(page, overlaid=True) == []
    page.get_by_role("button", name="Leave Student View").click()
    page.get_by_role("button", name="Student View", exact=True).wait_for()
    page.context.close()


def test_an_assignment_loads_its_tool_in_a_frame_that_it_may_size(
    chromium: Browser, site: str
) -> None:
    page = signed_in(chromium, site, OMAR, 1280)
    page.goto(f"{site}/courses/{COURSE}/assignments/{ESSAY}")
    page.frame_locator("#tool_content").get_by_text("عمر حداد").wait_for()
    page.locator('#tool_content[height="1234"]').wait_for()
    page.context.close()


def test_a_tool_may_scroll_the_page_to_its_own_top(chromium: Browser, site: str) -> None:
    page = signed_in(chromium, site, OMAR, 1280)
    page.goto(f"{site}/courses/{COURSE}/assignments/{ESSAY}")
    page.locator('#tool_content[height="1234"]').wait_for()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    button = page.frame_locator("#tool_content").get_by_role("button", name="To the top")
    button.evaluate("button => button.click()")
    top = "document.querySelector('#tool_content').getBoundingClientRect().top"
    page.wait_for_function(f"Math.round({top}) === 0")
    page.context.close()


def test_the_same_tool_opens_in_a_window(chromium: Browser, site: str) -> None:
    page = signed_in(chromium, site, BEN, 1280)
    page.goto(f"{site}/courses/{COURSE}/assignments/{ESSAY}")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="in a new window").click()
    opened.value.get_by_text("Hello Ben Okri").wait_for()
    page.context.close()


def test_a_new_assignment_takes_what_the_tool_offers(
    chromium: Browser, site: str, tool_url: str
) -> None:
    page = signed_in(chromium, site, TEACHER, 1280)
    page.goto(f"{site}/courses/{COURSE}/assignments/new")
    page.get_by_role("button", name="Find Attain").click()
    assert problems(page) == []
    page.frame_locator("dialog iframe").get_by_role("button", name="Take it").click()
    page.get_by_text("Chosen: Essay rubric").wait_for()
    assert page.get_by_label("Tool address").input_value() == f"{tool_url}?link=9"
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Essay rubric").wait_for()
    page.frame_locator("#tool_content").get_by_text("Hello Ada Byron").wait_for()
    page.context.close()


def test_a_teacher_brings_outcomes_in_puts_them_on_a_rubric_and_grades(
    chromium: Browser, site: str
) -> None:
    page = signed_in(chromium, site, TEACHER, 1280)
    page.goto(f"{site}/courses/{COURSE}")
    page.get_by_role("link", name="Outcomes", exact=True).click()
    page.get_by_role("link", name="Find").click()
    page.get_by_role("link", name="Example District").click()
    assert (problems(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="Import folder Writing").click()
    page.get_by_role("heading", name="Intro to Argument › Writing").wait_for()  # noqa: RUF001
    page.get_by_role("link", name="Rubrics").click()
    page.get_by_role("link", name="New rubric").click()
    page.get_by_label("Title").fill("Lab rubric")
    page.get_by_role("group", name="Outcomes").get_by_label("Style").check()
    page.get_by_role("button", name="Create rubric").click()
    page.get_by_label("Assignment", exact=True).select_option("Lab")
    page.get_by_label("Use this rubric for grading").check()
    page.get_by_role("button", name="Add rubric").click()
    page.get_by_text("It is used for grading.").wait_for()
    page.get_by_role("link", name="SpeedGrader").click()
    page.get_by_role("link", name="Next student").click()
    page.get_by_role("group", name="Style").get_by_role("radio", name="Meets 3 points").check()
    page.get_by_role("group", name="Style").get_by_label("Comment").fill("Well put")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("status").wait_for()
    assert page.get_by_role("radio", name="Meets 3 points").is_checked()
    page.get_by_text("Grade: 3 / 5").wait_for()
    page.get_by_role("link", name="Previous student").click()
    page.get_by_role("radio", name="Not rated").wait_for()
    assert page.get_by_role("radio", name="Not rated").is_checked()
    page.context.close()
