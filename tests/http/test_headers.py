"""What stands on every answer, whatever became of the request."""

from pathlib import Path

import pytest
from litestar import get

from adapters.inbound.http import static_files
from adapters.inbound.http.static_files import files, static
from domain.access import Right, Role
from tests.http.foundation import FOUNDATION
from tests.http.support import PLAIN, Backstage, Browser, a_web_app, browsing


@get("/breaks", right=Right.OPEN_TO_ALL, sync_to_thread=False)
def breaks() -> None:
    raise RuntimeError("a name of somebody")


ANSWERS = {
    "/sign-in": 200,
    "/settings/lti": 401,
    "/nowhere": 404,
    "/start/x": 401,
    "/health/live": 200,
    "/breaks": 500,
    "/static/x/attain.css": 200,
}


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_is_guarded(backstage: Backstage, path: str) -> None:
    with browsing(a_web_app(backstage, routes=(*FOUNDATION, breaks))) as browser:
        answer = browser.get(path)

    assert answer.status_code == ANSWERS[path]
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self' https://lms.test" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "x-frame-options" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert len(answer.headers["x-request-id"]) == 9


def test_personal_pages_are_kept_by_no_cache(browser: Browser, backstage: Backstage) -> None:
    browser.signed_in(backstage.signed_in("stew", Role.DATA_STEWARD))

    assert browser.get("/settings/lti").headers["cache-control"] == "no-store"


def test_plain_http_promises_no_https(backstage: Backstage) -> None:
    with browsing(a_web_app(backstage, base_url=PLAIN), PLAIN) as browser:
        assert "strict-transport-security" not in browser.get("/sign-in").headers


class TestStaticFiles:
    def test_are_kept_for_good_under_their_hash(self, browser: Browser) -> None:
        answer = browser.get(static("attain.css"))

        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"] == "text/css; charset=utf-8"

    def test_of_another_version_are_not_kept(self, browser: Browser) -> None:
        assert browser.get("/static/old/frame.js").headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("name", ["nothing.css", "..%2Fapp.py"])
    def test_that_are_not_there_are_not_found(self, browser: Browser, name: str) -> None:
        assert browser.get(f"/static/x/{name}").status_code == 404

    def test_hold_no_inline_work_for_other_sites(self) -> None:
        scripts = [text for name, text in files().items() if name.endswith((".js", ".css"))]
        assert scripts
        assert not any(b"https://" in text or b"url(http" in text for text in scripts)


class TestTheSheetOfEveryPage:
    def test_holds_all_its_parts_however_many_they_are(self) -> None:
        parts = list((Path(static_files.__file__).parent / "static" / "attain").iterdir())
        assert len(parts) > 1
        assert all(part.read_bytes() in files()["attain.css"] for part in parts)

    def test_says_first_in_which_order_layers_count(self) -> None:
        assert files()["attain.css"].startswith(b"@layer reset, tokens, base, layout, components")
