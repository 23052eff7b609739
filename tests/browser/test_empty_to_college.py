"""From an empty database to a working college, by pages alone."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from adapters.outbound.jobs.schema import migrate
from sandbox.college import STEWARD, College, sample_college, write_college
from sandbox.college_slos import slo_codes
from tests.browser.serving import HOST, free_port
from tests.crash.processes import Processes, until

pytestmark = pytest.mark.browser

COURSE, ASSESSMENT, CANVAS = "ENGL 101", "Argument essay", "https://canvas.cedarvalley.example"
TOOL_KEY = "of-the-developer-key-5c1e"
DEEDS = (
    ("made", "data-steward"),
    ("made a sign-in link for", "person:"),
    ("signed in", "sign-in link"),
    ("loaded roster", "roster.zip"),
    ("imported SLOs", "slos.json"),
    ("created assessment", "edition 1"),
    ("planned assessment", "2 sections"),
    ("granted a role to", "coordinator in cvc-hum"),
    ("made", "consumer-key:"),
    ("showed the secret of", "consumer-key:"),
    ("enabled", "lti.enabled"),
    ("configured", CANVAS),
)
"""What the audit trail says in the end, from the first deed on."""


@pytest.fixture
def invitation(sqlite_url: str, tmp_path: Path) -> Iterator[str]:
    """The sign-in link of the first Data Steward, at a served Attain that holds nothing else."""
    port = free_port()
    address = f"http://{HOST}:{port}"
    inherited = {name: value for name, value in os.environ.items() if "ATTAIN_" not in name}
    settings = {
        "ATTAIN_DATA_DIR": str(tmp_path),
        "ATTAIN_DATABASE_URL": sqlite_url,
        "ATTAIN_BASE_URL": address,
        "ATTAIN_JOB_POLL_SECONDS": "0.2",
    }
    migrate(sqlite_url)
    attain = Processes({**inherited, **settings}, tmp_path / "log")
    with attain.running("serve", "--port", str(port)) as server:
        link = _first_steward(attain)
        until(lambda: _answers(address), attain.said)
        yield link
        server.terminate()
        server.wait()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What a college brings: its roster as one zip, and its SLOs."""
    folder = tmp_path / "brought"
    write_college(folder, _today())
    shutil.make_archive(str(folder / "roster"), "zip", folder / "oneroster")
    return folder


@pytest.fixture
def college() -> College:
    return sample_college(_today())


def test_a_data_steward_makes_a_working_college_by_pages_alone(
    page: Page, invitation: str, files: Path, college: College
) -> None:
    _sign_in(page, invitation)
    _load_the_roster(page, files / "roster.zip", college)
    _import_the_slos(page, files / "slos.json", college)
    _find_a_default_scale(page)
    _define_an_assessment(page)
    _plan_it(page, college)
    _grant_a_role(page, college)
    _make_a_consumer_key(page)
    _enable_lti(page)
    _configure_canvas_by_keyboard(page)
    _see_the_calendar(page, college)
    _read_the_audit_trail(page)


def _sign_in(page: Page, invitation: str) -> None:
    page.goto(invitation)
    _titled(page, "Sign in to Attain")
    _press(page, "Sign in")
    expect(page.get_by_role("banner")).to_contain_text(STEWARD.name)
    expect(page.get_by_role("banner")).to_contain_text("Data Steward")


def _load_the_roster(page: Page, roster: Path, college: College) -> None:
    _go(page, "Rosters", "Loads", "Loads")
    expect(page.get_by_text("No roster was loaded yet")).to_be_visible()
    page.get_by_role("link", name="New load").click()
    page.get_by_role("radio", name="OneRoster").check()
    page.get_by_label("Zip file").set_input_files(roster)
    _press(page, "Send and compare")
    _titled(page, "Preview of a load")
    expect(page.get_by_text("Nothing is stored yet.")).to_be_visible()
    _counts(page, college)

    _press(page, "Load")
    _titled(page, "Roster loaded")
    expect(page.get_by_role("status")).to_contain_text("Loaded")
    _counts(page, college)


def _counts(page: Page, college: College) -> None:
    """Each kind of record is all new, and no row is left out."""
    kinds = {
        "Orgs": college.orgs, "Terms": college.terms, "Courses": college.courses,
        "Sections": college.sections, "People": college.people,
        "Enrolments": college.enrolments,
    }  # fmt: skip
    for kind, records in kinds.items():
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=kind))
        expect(row.get_by_role("cell")).to_have_text([str(len(records)), "0", "0", "0", "0"])


def _import_the_slos(page: Page, slos: Path, college: College) -> None:
    listed: dict[str, Any] = college.slos
    brought, scales = len(listed["slos"]), len(listed["scales"])
    _go(page, "Outcomes", "SLOs", "SLOs")
    expect(page.get_by_text("There is no SLO yet")).to_be_visible()
    page.get_by_role("link", name="Import").first.click()
    page.get_by_label("File", exact=True).set_input_files(slos)
    _press(page, "Show what would change")
    preview = page.get_by_role("region", name="Preview of slos.json")
    expect(preview).to_contain_text(f"{brought} added")
    expect(preview).to_contain_text("Nothing is stored yet.")
    _press(page, "Import")
    _titled(page, "SLOs imported")
    expect(page.get_by_role("status")).to_contain_text(f"{brought} added")
    expect(page.get_by_role("status")).to_contain_text(f"{scales} scales")
    page.get_by_role("link", name="Show the SLOs").click()
    expect(page.get_by_text(f"{brought} SLOs")).to_be_visible()


def _find_a_default_scale(page: Page) -> None:
    _go(page, "Outcomes", "Scales", "Scales")
    default = page.get_by_role("region", name="Levels 0 to 4").first
    expect(default).to_contain_text("default")
    expect(default.get_by_role("rowheader")).to_have_count(5)


def _define_an_assessment(page: Page) -> None:
    _go(page, "Assessments", "Library", "Assessment library")
    expect(page.get_by_text("The library is empty.")).to_be_visible()
    page.get_by_role("link", name="Define an assessment").first.click()
    page.get_by_label("Offer the SLOs of course").fill(COURSE)
    _press(page, "Offer its SLOs")
    page.get_by_label("Name", exact=False).first.fill(ASSESSMENT)
    page.get_by_role("radio", name="Outcomes-Oriented").check()
    offered = page.get_by_role("group", name="SLOs of this assessment")
    for code in slo_codes(COURSE):
        offered.get_by_role("checkbox", name=code).check()
    _press(page, "Define")
    _titled(page, ASSESSMENT)
    expect(page.get_by_text("The assessment is in the library.")).to_be_visible()
    rubric = page.get_by_role("region", name="Rubric")
    expect(rubric.get_by_role("rowheader")).to_have_count(len(slo_codes(COURSE)))
    expect(page.get_by_text("It is not planned yet.")).to_be_visible()


def _plan_it(page: Page, college: College) -> None:
    titles = _sections_of_the_course(college)
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_label("Term").select_option(label=college.current.name)
    page.get_by_role("radio", name="All sections of the courses named below").check()
    page.get_by_label("Course codes or Section Titles").fill(COURSE)
    page.get_by_label("Due").fill(str(college.current.ends_on + timedelta(days=1)))
    _press(page, "Show what would happen")
    preview = page.get_by_role("region", name="What would happen")
    expect(preview).to_contain_text(f"{len(titles)} get it")
    for title in titles:
        expect(preview).to_contain_text(title)
    _press(page, f"Plan for {len(titles)} sections")
    expect(page.get_by_text("The assessment is planned.")).to_be_visible()
    plans = page.get_by_role("region", name="Plans")
    expect(plans).to_contain_text(COURSE)


def _grant_a_role(page: Page, college: College) -> None:
    teacher = next(person for person in college.people if person.role == "teacher")
    org = next(org for org in college.orgs if org.parent)
    _go(page, "Rosters", "People", "People")
    page.get_by_label("Name, login, Tech ID or e-mail begins with").fill(teacher.login)
    _press(page, "Apply filters")
    page.get_by_role("link", name=teacher.family).click()
    _titled(page, f"{teacher.given} {teacher.family}")
    page.get_by_label("Role", exact=True).select_option(label="Coordinator")
    page.get_by_label("Org", exact=True).select_option(value=_option(page, "Org", org.name))
    _press(page, "Grant role")
    granted = page.get_by_role("row").filter(has_text="Coordinator")
    expect(granted).to_contain_text(org.name)
    expect(granted).to_contain_text(STEWARD.name)


def _make_a_consumer_key(page: Page) -> None:
    _go(page, "Integrations", "LTI keys", "LTI keys")
    expect(page.get_by_text("LTI is switched off")).to_be_visible()
    page.get_by_label("Label").fill("Our Canvas")
    _press(page, "New Consumer key")
    keys = page.get_by_role("region", name="Consumer keys")
    expect(keys.get_by_role("row").filter(has_text="Our Canvas")).to_contain_text("active")
    _press(page, "Show Shared Secret of Our Canvas")
    shown = page.get_by_role("region", name="Shared secret")
    expect(shown.get_by_role("button", name="Copy")).to_have_count(2)


def _enable_lti(page: Page) -> None:
    _go(page, "System", "Assessment settings", "Assessment settings")
    page.get_by_label("Enable LTI functionality").check()
    _press(page, "Apply")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_label("Enable LTI functionality")).to_be_checked()


def _configure_canvas_by_keyboard(page: Page) -> None:
    _go(page, "Integrations", "Canvas", "Canvas")
    keys = page.keyboard
    page.get_by_role("link", name="Doctor").focus()
    keys.press("Tab")
    for typed in ("main", CANVAS, "10000000000007", TOOL_KEY, "1"):
        keys.type(typed)
        keys.press("Tab")
    expect(page.get_by_label("This is a test instance of Canvas")).to_be_focused()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Tab")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    keys.press("Enter")
    site = page.get_by_role("region", name="Sites").get_by_role("row").filter(has_text=CANVAS)
    expect(site).to_contain_text("in use")
    expect(site).to_contain_text("Test Canvas")
    expect(page.get_by_text(TOOL_KEY)).to_have_count(0)


def _see_the_calendar(page: Page, college: College) -> None:
    _go(page, "Assessments", "Calendar", "Distribution calendar")
    for title in _sections_of_the_course(college):
        row = page.get_by_role("row").filter(has_text=title)
        expect(row).to_contain_text(ASSESSMENT)
        expect(row).to_contain_text("Assigned")


def _read_the_audit_trail(page: Page) -> None:
    _go(page, "System", "Audit trail", "Audit trail")
    entries = page.get_by_role("region", name="Entries").get_by_role("row")
    expect(entries).to_have_count(len(DEEDS) + 1)
    for line, (did, told) in enumerate(reversed(DEEDS), start=1):
        who = "Command line" if line > len(DEEDS) - 2 else STEWARD.name
        expect(entries.nth(line)).to_contain_text(who)
        expect(entries.nth(line)).to_contain_text(did)
        expect(entries.nth(line)).to_contain_text(told)
    expect(page.get_by_text(TOOL_KEY)).to_have_count(0)


def _go(page: Page, group: str, place: str, title: str) -> None:
    """By the two rows of navigation, as a person finds the way."""
    page.get_by_role("navigation", name="Places").get_by_role("link", name=group).click()
    around = page.get_by_role("navigation", name="Pages of this place")
    link = around.get_by_role("link", name=place, exact=True)
    if link.get_attribute("aria-current") != "page":
        link.click()
    _titled(page, title)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _titled(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _option(page: Page, label: str, text: str) -> str:
    """The value of the option that holds this text."""
    option: Locator = page.get_by_label(label, exact=True).locator("option", has_text=text)
    return option.get_attribute("value") or ""


def _sections_of_the_course(college: College) -> list[str]:
    now = (one for one in college.sections if one.term == college.current.source_id)
    return [one.title for one in now if one.title.startswith(COURSE)]


def _first_steward(attain: Processes) -> str:
    """The only commands of the way: the first person has nobody who could let them in."""
    made = attain.run(
        "person", "new", "--tech-id", STEWARD.tech_id, "--login", STEWARD.login,
        "--email", STEWARD.email, "--name", STEWARD.name, "--role", "data-steward",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return attain.run("person", "sign-in-link", STEWARD.tech_id).stdout.split()[0]


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready", timeout=10).is_success
    except httpx.TransportError:
        return False


def _today() -> date:
    return datetime.now(UTC).date()
