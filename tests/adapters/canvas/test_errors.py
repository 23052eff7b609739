"""Every family of Canvas' error bodies, and every refusal text, finds its error."""

from collections.abc import Callable

import httpx
import pytest

from adapters.outbound.canvas.errors import error_from
from application.errors import (
    LmsError,
    LmsForbidden,
    LmsRateLimited,
    LmsRecordMissing,
    LmsRefused,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
)
from application.refusals import REFUSALS

REQUEST = httpx.Request("PUT", "https://canvas.college.edu/api/v1/courses/1?secret=x")
NOT_NOW = "Cannot grade this submission at this time: "


def said(text: str) -> object:
    return {"errors": [{"message": text}]}


def error_of(status: int, body: object, **headers: str) -> LmsError:
    response = httpx.Response(status, json=body, headers=headers, request=REQUEST)
    return error_from(response)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Student must be enrolled in the course as a student to be graded", "not-active"),
        (NOT_NOW + "This assignment is still unpublished", "unpublished"),
        (NOT_NOW + "You don't have permission to manage grades for this course", "no-right"),
        (
            NOT_NOW + "This assignment is in a closed grading period for this student",
            "closed-period",
        ),
        (NOT_NOW + "This assignment is not applicable to this student", "not-applicable"),
        (NOT_NOW + "This assignment is currently being moderated", "moderated"),
        ("Cannot simultaneously grade and excuse an assignment", "refused"),
        ("Link is the last link to an aligned outcome. Remove the alignment first", "aligned"),
        ("No se puede calificar este envío", "refused"),
    ],
)
@pytest.mark.parametrize(
    "family",
    [
        lambda text: {"errors": [{"message": text}]},
        lambda text: {"errors": [{"field": "grade", "message": text, "error_code": "invalid"}]},
        lambda text: {"errors": {"grade": [{"attribute": "grade", "type": "x", "message": text}]}},
        lambda text: {"message": text},
        lambda text: {"error": text},
        lambda text: {"status": "bad_request", "message": text},
        lambda text: text,
        lambda text: {"errors": text},
    ],
)
def test_a_refusal_text_is_found_in_every_family(
    family: Callable[[str], object], text: str, reason: str
) -> None:
    error = error_of(400, family(text))
    assert type(error) is LmsRefused
    assert error.reason == reason
    assert reason in REFUSALS


@pytest.mark.parametrize("code", ["PROVISIONAL_GRADE_MODIFY_SELECTED", "MAX_GRADERS_REACHED"])
def test_codes_of_moderated_grading(code: str) -> None:
    error = error_of(400, {"errors": {"base": "zu viele"}, "error_code": code})
    assert isinstance(error, LmsRefused)
    assert error.reason == "moderated"


@pytest.mark.parametrize(
    ("status", "body", "kind", "reason"),
    [
        (
            401,
            {"errors": [{"message": "Insufficient scopes on access token."}]},
            LmsForbidden,
            "no-scope",
        ),
        (401, {"errors": [{"message": "Ámbitos insuficientes."}]}, LmsForbidden, "no-scope"),
        (401, {"status": "no autorizado", "errors": [{"message": "x"}]}, LmsForbidden, "no-right"),
        (403, {"status": "unauthorized", "errors": [{"message": "x"}]}, LmsForbidden, "no-right"),
        (403, {"errors": [{"message": "x"}]}, LmsForbidden, "no-right"),
        (401, {"status": "unverified", "errors": [{"message": "x"}]}, LmsForbidden, "no-right"),
        (401, {"errors": "Invalid as_user_id"}, LmsForbidden, "no-right"),
        (404, {"errors": [{"message": "El recurso no existe"}]}, LmsRecordMissing, "refused"),
        (410, {}, LmsRecordMissing, "refused"),
        (422, {"errors": [{"field": "x", "message": "y"}]}, LmsRefused, "refused"),
        (400, "'grade_data' parameter required", LmsRefused, "refused"),
    ],
)
def test_the_status_decides_the_kind(
    status: int, body: object, kind: type[LmsRefused], reason: str
) -> None:
    error = error_of(status, body)
    assert type(error) is kind
    assert isinstance(error, LmsRefused)
    assert error.reason == reason


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (500, LmsUnavailable),
        (502, LmsUnavailable),
        (408, LmsUnavailable),
        (429, LmsRateLimited),
        (302, LmsSpokeNonsense),
        (204, LmsSpokeNonsense),
    ],
)
def test_failures_are_no_refusals(status: int, kind: type[LmsError]) -> None:
    assert type(error_of(status, {"error_report_id": 519})) is kind


def test_only_the_header_makes_a_401_speak_of_the_token() -> None:
    body = {"errors": [{"message": "Invalid access token."}]}
    assert isinstance(error_of(401, body, **{"WWW-Authenticate": "Bearer"}), LmsUnauthorised)
    assert not isinstance(error_of(401, body), LmsUnauthorised)


def test_an_error_names_the_call_and_canvas_reference_without_the_query() -> None:
    error = error_of(404, {}, **{"X-Request-Context-Id": "5f1c"})
    assert str(error) == "Canvas has no such record (PUT /api/v1/courses/1, reference 5f1c)."


def test_a_body_that_is_no_json_is_read_as_text() -> None:
    response = httpx.Response(400, text="<h1>still unpublished</h1>", request=REQUEST)
    error = error_from(response)
    assert isinstance(error, LmsRefused)
    assert error.reason == "unpublished"
