"""What brings a page into the state that is worth a look."""

from collections.abc import Callable
from typing import Literal

from playwright.sync_api import FilePayload, Page

Act = Callable[[Page], None]


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


def give_wrong_role(page: Page) -> None:
    """Let a word of the roster give a role that it cannot."""
    page.locator("[name=grants-word]").last.fill("student")
    page.locator("[name=grants-role]").last.select_option("reader")
    press("Save")(page)
    page.get_by_role("alert").wait_for()


def say_why(page: Page) -> None:
    """Give a reason for looking at a student's results."""
    page.get_by_label("Why you look").fill("Asked by the student")
    press("Show the results")(page)
    page.get_by_role("status").wait_for()


def unfold(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def unfolded(then: Act) -> Act:
    """Open what is folded first."""

    def act(page: Page) -> None:
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        then(page)

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


def choose_course(code: str) -> Act:
    """Another Canvas course than the preselected one."""

    def act(page: Page) -> None:
        page.get_by_text("Change", exact=True).click()
        courses = page.get_by_label("Canvas course", exact=True)
        courses.select_option(courses.locator("option", has_text=code).get_attribute("value"))
        press("Use this course")(page)
        page.wait_for_url("**course=**")

    return act


def put_rubric_on(assignment: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("radio", name=assignment).check()
        press("Put the rubric on the assignment")(page)
        page.locator(".notice").first.wait_for()

    return act


def import_of_nothing(page: Page) -> None:
    """Press Import as a page would that lost its assignments."""
    held = "document.querySelectorAll('[type=hidden][name=assignment]')"
    page.evaluate(f"for (const one of {held}) one.remove()")
    press("Import these Scores")(page)
    page.get_by_role("alert").wait_for()


def compare(page: Page) -> None:
    """Everything that is folded stands open."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def send_no_zip(page: Page) -> None:
    """Send a file of another kind than the browser would offer."""
    table = FilePayload(name="users.csv", mimeType="text/csv", buffer=b"sourcedId,name")
    page.get_by_label("Zip file").set_input_files(table)
    press("Send and compare")(page)
    page.get_by_role("alert").wait_for()


def upload_slos(content: str) -> Act:
    """Choose a file of SLOs and look at what it would change."""
    return _upload("slos.csv", content, "Show what would change", "table")


def upload_scores(content: str, seen: Literal["alert", "table"] = "table") -> Act:
    """Choose a filled scorecard and look at what it changes."""
    return _upload("scorecard.csv", content, "Show what it changes", seen)


def _upload(name: str, content: str, button: str, seen: Literal["alert", "table"]) -> Act:
    def act(page: Page) -> None:
        file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
        page.locator("#file").set_input_files(file)
        press(button)(page)
        page.get_by_role(seen).wait_for()

    return act


def hand_in(page: Page) -> None:
    """A student writes a text and hands it in."""
    page.get_by_label("Your text").fill("The second axis shows time.")
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_text("What you handed in").wait_for()


def leave_undecided(page: Page) -> None:
    """A student submits with a row that is not decided."""
    page.get_by_label("Not decided yet").first.check()
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("alert").wait_for()


def count_wrong(page: Page) -> None:
    """A row that does not add up."""
    page.locator("input.count").last.fill("999")
    press("Save")(page)
    page.locator("[role=alert]").wait_for()
