"""Every error has its row, and its page says what happened without giving anything away."""

from collections.abc import Iterator

import pytest
from litestar import get
from structlog.testing import capture_logs

import application.errors
import domain.errors
from adapters.inbound.http.problem_table import PROBLEMS, problem_of
from application.errors import ApplicationError, Conflict, LaunchRejected
from domain.access import Right, Role
from domain.errors import DomainError
from tests.http.foundation import FOUNDATION
from tests.http.support import Backstage, Browser, a_web_app, browsing

SLUGS_OF_DESIGN = {
    "lti-disabled": 403,
    "launch-malformed": 400,
    "launch-version-unsupported": 400,
    "launch-message-unsupported": 400,
    "launch-key-unknown": 401,
    "launch-signature-invalid": 401,
    "launch-expired": 401,
    "launch-replayed": 401,
    "person-unmatched": 403,
    "person-ambiguous": 403,
    "section-unmatched": 409,
    "not-signed-in": 401,
    "forbidden": 403,
    "not-found": 404,
    "conflict": 409,
    "invalid": 422,
    "lms-unauthorised": 409,
    "lms-refused": 502,
    "lms-unavailable": 503,
    "rate-limited": 429,
}


def family(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for child in root.__subclasses__():
        yield from family(child)


def errors() -> list[type[Exception]]:
    modules = {application.errors.__name__, domain.errors.__name__}
    found = [*family(ApplicationError), *family(DomainError)]
    return [one for one in found if one.__module__ in modules]


@pytest.mark.parametrize("error", errors(), ids=lambda one: one.__name__)
def test_every_error_class_has_a_row(error: type[ApplicationError | DomainError]) -> None:
    assert error.slug in PROBLEMS


def test_slugs_answer_as_designed() -> None:
    assert {slug: PROBLEMS[slug].status for slug in SLUGS_OF_DESIGN} == SLUGS_OF_DESIGN


def test_a_refused_launch_is_shown_by_its_own_slug_and_reference() -> None:
    refused = LaunchRejected("launch-replayed", "This launch was used before.", reference="K7Q2")

    problem = problem_of(refused, "OWN-REF")

    assert (problem.slug, problem.status, problem.reference) == ("launch-replayed", 401, "K7Q2")


@get("/conflict", right=Right.OPEN_TO_ALL, sync_to_thread=False)
def conflicting() -> None:
    raise Conflict("The score was changed meanwhile.")


@get("/breaks", right=Right.OPEN_TO_ALL, sync_to_thread=False)
def breaks() -> None:
    raise RuntimeError("Ana Ortiz, token 123")


@pytest.fixture
def troubled(backstage: Backstage) -> Iterator[Browser]:
    with browsing(a_web_app(backstage, routes=(*FOUNDATION, conflicting, breaks))) as opened:
        yield opened


class TestAnswers:
    def test_people_get_a_page(self, troubled: Browser) -> None:
        answer = troubled.get("/conflict")

        assert answer.status_code == 409
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        for words in ("The score was changed meanwhile.", "What is still safe", "What to do"):
            assert words in answer.text
        assert answer.headers["x-request-id"] in answer.text

    @pytest.mark.parametrize("accept", ["application/json", "application/problem+json"])
    def test_programs_get_problem_details(self, troubled: Browser, accept: str) -> None:
        answer = troubled.get("/conflict", accept=accept)

        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert body["type"].endswith(":conflict")
        assert body["status"] == answer.status_code == 409
        assert body["detail"] == "The score was changed meanwhile."

    def test_our_own_fault_is_logged_under_its_reference_without_its_words(
        self, troubled: Browser
    ) -> None:
        with capture_logs() as lines:
            answer = troubled.get("/breaks")

        assert answer.status_code == 500
        assert "Ana" not in answer.text
        [failed] = [line for line in lines if line["event"] == "failed"]
        assert failed["reference"] == answer.headers["x-request-id"]
        assert failed["error"] == "builtins.RuntimeError"
        assert any("breaks" in frame for frame in failed["at"])
        assert "Ana" not in str(lines)

    def test_unknown_addresses_and_methods(self, troubled: Browser) -> None:
        assert troubled.get("/nowhere").status_code == 404
        assert troubled.post("/health/live").status_code == 405


class TestRequestLog:
    def test_names_the_route_but_no_code_token_or_person(
        self, browser: Browser, backstage: Backstage
    ) -> None:
        started = backstage.signed_in("stew", Role.DATA_STEWARD)
        with capture_logs() as lines:
            way = browser.get(f"/start/{started.code}", site="cross-site")
            browser.get(way.headers["location"], site="cross-site")

        assert [line["route"] for line in lines] == ["/start/{code}", "/"]
        token = way.headers["location"].split("/")[1]
        for secret in (started.code, started.cookie, token.removeprefix("~"), "Ortiz"):
            assert secret not in str(lines)

    def test_counts_by_route_and_status(self, browser: Browser) -> None:
        browser.get("/sign-in")

        text = browser.get("/metrics").text

        line = 'attain_requests_total{method="GET",route="/sign-in",status="200"} 1'
        assert line in text.splitlines()


class TestHealth:
    def test_ready(self, browser: Browser) -> None:
        assert browser.get("/health/ready").text == "ready\n"

    def test_says_what_hinders(self, backstage: Backstage) -> None:
        with browsing(a_web_app(backstage, hindrances=("The schema is old.",))) as browser:
            answer = browser.get("/health/ready")

        assert (answer.status_code, answer.text) == (503, "The schema is old.\n")
