"""The frame around every page: what it shows where, and links that keep the path token."""

import re
from pathlib import Path

import pytest

from adapters.inbound.http import pages
from adapters.inbound.http.places import GROUPS
from adapters.inbound.http.static_files import files
from domain.access import Role
from tests.builders import a_site
from tests.http.support import CROSS, SAME, Backstage, Browser, addresses

PLACES = [place.path for group in GROUPS for place in group.places]
PAGES = ("/", *PLACES, "/sign-in", "/nowhere")


def test_pages_in_path_mode_never_lose_the_token(browser: Browser, backstage: Backstage) -> None:
    started = backstage.signed_in("stew", Role.DATA_STEWARD)
    with backstage.units() as unit:
        unit.sites.save(a_site())
        unit.commit()
    landed = browser.get(f"/start/{started.code}", site=CROSS).headers["location"]
    prefix = landed.removesuffix("/")

    for path in PAGES:
        found = addresses(browser.get(f"{prefix}{path}", site=SAME).text)
        lost = [one for one in found if not one.startswith((f"{prefix}/", "/static/", "#"))]
        assert lost == [], path


def test_in_the_lms_no_header_is_drawn_but_a_way_out_is(
    browser: Browser, backstage: Backstage
) -> None:
    browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))
    headers = {"sec-fetch-site": SAME, "sec-fetch-dest": "iframe"}

    text = browser.client.get("/settings/lti", headers=headers).text

    assert '<header class="site">' not in text
    assert 'action="/window" data-window' in text
    assert 'data-lms="https://lms.test"' in text


def test_outside_the_lms_the_header_names_product_person_and_role(
    browser: Browser, backstage: Backstage
) -> None:
    browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))

    text = browser.get("/settings/lti").text

    for words in ("Attain", "<bdi>Stew Ortiz</bdi>", "Data Steward", "Sign out"):
        assert words in text


@pytest.mark.parametrize(("test_site", "shown"), [(True, True), (False, False)])
def test_a_test_instance_says_so_on_every_page(
    browser: Browser, backstage: Backstage, *, test_site: bool, shown: bool
) -> None:
    with backstage.units() as unit:
        unit.sites.save(a_site(url="https://lms.test", test=test_site))
        unit.commit()
    browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))

    assert ("Test instance" in browser.get("/settings/lti").text) is shown


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_and_no_inline_work(
    browser: Browser, backstage: Backstage, path: str
) -> None:
    browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))

    text = browser.client.get(path, headers={"sec-fetch-site": SAME}).text

    assert text.count("<h1>") == 1
    assert "style=" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert all("src=" in script for script in text.split("<script")[1:])


def test_a_name_is_never_markup(browser: Browser, backstage: Backstage) -> None:
    person = backstage.person("odd", Role.DATA_STEWARD, given_name="<b>Bobby</b>")
    browser.signed_in(backstage.launched(person, Role.DATA_STEWARD))

    assert "<bdi>&lt;b&gt;Bobby&lt;/b&gt; Ortiz</bdi>" in browser.get("/settings/lti").text


class TestHome:
    @pytest.mark.parametrize(
        ("role", "place"),
        [
            (Role.DATA_STEWARD, "/loads"),
            (Role.FACULTY, "/home"),
            (Role.STUDENT, "/mine"),
            (Role.COORDINATOR, "/calendar"),
            (Role.EVALUATOR, "/scoring"),
            (Role.READER, "/reports"),
        ],
    )
    def test_leads_to_the_place_of_the_role(
        self, browser: Browser, backstage: Backstage, role: Role, place: str
    ) -> None:
        browser.signed_in(backstage.signed_in("walker", role))

        assert browser.get("/").headers["location"] == place

    def test_tells_who_gives_a_role_to_those_without_any(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        """A launch lets them in as readers of nothing."""
        browser.signed_in(backstage.launched(backstage.person("nobody"), Role.READER))

        text = browser.get("/").text

        assert "You hold no role in Attain yet" in text
        assert "begins in your LMS" in text

    def test_leads_strangers_to_the_sign_in(self, browser: Browser) -> None:
        assert browser.get("/").headers["location"] == "/sign-in"


TEMPLATES = sorted((Path(pages.__file__).parent / "templates").glob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_every_address_in_a_template_goes_through_link(template: Path) -> None:
    """Also on pages that no test here opens: a bare `/path` loses the path token."""
    text = template.read_text(encoding="utf-8")

    assert re.findall(r'(?:href|src|action|formaction|data-[\w-]+)="/[^"]*"', text) == []
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", text) == []
    assert re.findall(r'<[^>]*\s(?:style|on\w+)="', text) == []
    assert "autofocus" not in text, "browsers refuse it in a frame of another site"


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".js")])
def test_no_script_knows_an_address(name: str) -> None:
    """Addresses come from the page, which wrote them with the path token."""
    text = files()[name].decode()

    assert re.findall(r"""(?:fetch|EventSource|assign|replace)\(\s*["'`]/""", text) == []
