"""Every answer has the keys and JSON types of the recorded examples; more keys are welcome."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from sandbox.canvas.records import LatePolicy
from tests.sandbox.college import (
    ADMIN,
    ARTS,
    BARRED_COURSE,
    BEN,
    COURSE,
    ESSAY,
    MEI,
    NOON,
    OMAR,
    REDIRECT,
    ROOT,
    TEACHER,
    Practice,
)
from tests.sandbox.rubric_calls import assess, post_rubric, rubric_body, with_outcomes
from tests.sandbox.test_oauth import code_of, exchange, tokens

EXAMPLES = Path(__file__).parent / "examples"
NOT_ASKED_FOR = {
    "task": "a custom field of the example's own tool",
}
Ask = Callable[[Practice], httpx.Response]


def kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    return type(value).__name__


def differences(example: Any, answer: Any, place: str = "$") -> list[str]:
    """Where the answer lacks a key of the example, or has another type; null fits everything."""
    if "null" in {kind(example), kind(answer)} and place != "$":
        return []
    if kind(example) != kind(answer):
        return [f"{place}: {kind(example)} is {kind(answer)}"]
    if isinstance(example, dict):
        return [
            found
            for name, value in example.items()
            if name not in NOT_ASKED_FOR
            for found in (
                differences(value, answer[name], f"{place}.{name}")
                if name in answer
                else [f"{place}.{name} is missing"]
            )
        ]
    if isinstance(example, list) and example:
        return (
            differences(example[0], answer[0], f"{place}[0]") if answer else [f"{place} is empty"]
        )
    return []


def at(who: int | None, path: str, **more: Any) -> Ask:
    return lambda practice: practice.get(who, path, **more)


def handed_in(practice: Practice) -> None:
    """Something that the tool submitted, in a course with a late policy."""
    row = practice.state.submission(ESSAY, BEN)
    row.submission_type, row.url = "basic_lti_launch", "https://tool.test/r/1"
    row.submitted_at, row.attempt = NOON, 1
    practice.state.courses[COURSE].late_policy = LatePolicy(10.0, 86400, 0.0)


def graded(practice: Practice) -> httpx.Response:
    handed_in(practice)
    return practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")


def after_grading(path: str) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        graded(practice)
        return practice.get(TEACHER, path)

    return ask


def with_rubric(practice: Practice) -> httpx.Response:
    handed_in(practice)
    with_outcomes(practice)
    return post_rubric(practice, rubric_body())


def after_assessing(path: str) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        with_rubric(practice)
        assess(practice, BEN, {"_8027": {"points": 5, "comments": "Clear"}, "_9131": {"points": 3}})
        return practice.get(TEACHER, path)

    return ask


def wrongly_assessed(practice: Practice) -> httpx.Response:
    with_rubric(practice)
    return assess(practice, BEN, {"gone": {"points": 5}})


def progress_after(data: dict[str, Any]) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        number = practice.update_grades(TEACHER, ESSAY, data).json()["id"]
        practice.canvas.run_jobs()
        return practice.get(TEACHER, f"/progress/{number}")

    return ask


def queued(practice: Practice) -> httpx.Response:
    return practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "8"}})


def token_state(*, expired: bool) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        access = practice.canvas.token_for(TEACHER)
        row = practice.state.tokens[1]
        practice.switches.splits_token_errors = True
        row.deleted = not expired
        row.permanent_expires_at = NOON - timedelta(days=1)
        return practice.get(access, "/users/self")

    return ask


def insufficient(practice: Practice) -> httpx.Response:
    scope = "url:GET|/api/v1/courses"
    scoped = practice.with_key(scopes=[scope])
    return scoped.get(scoped.canvas.token_for(TEACHER, scopes=[scope]), "/accounts")


def forbidden(practice: Practice) -> httpx.Response:
    practice.switches.api_auth_error_updates = True
    return practice.get(TEACHER, "/accounts/1/courses")


def throttled(status: int) -> Ask:
    def ask(practice: Practice) -> httpx.Response:
        practice.canvas.faults.add("throttled", status=status)
        return practice.get(TEACHER, "/courses")

    return ask


def broken(practice: Practice) -> httpx.Response:
    practice.canvas.faults.add("server_error")
    return practice.get(TEACHER, f"/courses/{COURSE}")


def first_tokens(practice: Practice) -> httpx.Response:
    return exchange(practice, code=code_of(practice))


def refreshed(practice: Practice) -> httpx.Response:
    refresh = tokens(practice)["refresh_token"]
    return exchange(practice, grant_type="refresh_token", refresh_token=refresh)


def ended(practice: Practice) -> httpx.Response:
    return practice.call(tokens(practice)["access_token"], "DELETE", "/login/oauth2/token")


def posted(path: str, body: object) -> Ask:
    return lambda practice: practice.call(TEACHER, "POST", path, body)


ESSAYS = f"/courses/{COURSE}/assignments/{ESSAY}/submissions"
STUDENTS = f"/courses/{COURSE}/students/submissions?student_ids[]={BEN}&assignment_ids[]={ESSAY}"
RIGHTS = (
    "permissions[]=manage_outcomes&permissions[]=import_outcomes"
    "&permissions[]=manage_proficiency_scales&permissions[]=read_sis"
)
ASKS: dict[str, Ask] = {
    "users_self": at(TEACHER, "/users/self"),
    "users_self_admin": at(ADMIN, "/users/self"),
    "users_self_profile": at(TEACHER, "/users/self/profile"),
    "users_logins": at(ADMIN, f"/users/{TEACHER}/logins"),
    "string_ids": at(
        TEACHER, "/users/self", headers={"Accept": "application/json+canvas-string-ids"}
    ),
    "accounts": at(ADMIN, "/accounts"),
    "accounts_id": at(ADMIN, f"/accounts/{ARTS}"),
    "accounts_permissions": at(ADMIN, f"/accounts/{ARTS}/permissions?{RIGHTS}"),
    "accounts_sub_accounts": at(ADMIN, f"/accounts/{ROOT}/sub_accounts?recursive=true"),
    "courses": at(TEACHER, "/courses?state[]=available&include[]=term&include[]=sections"),
    "courses_id": at(TEACHER, f"/courses/{COURSE}"),
    "courses_permissions": at(
        TEACHER, f"/courses/{COURSE}/permissions?permissions[]=manage_grades"
    ),
    "courses_sections": at(TEACHER, f"/courses/{COURSE}/sections"),
    "courses_users": at(
        TEACHER, f"/courses/{COURSE}/users?enrollment_type[]=student&include[]=email"
    ),
    "courses_enrollments": at(TEACHER, f"/courses/{COURSE}/enrollments?type[]=StudentEnrollment"),
    "courses_assignments": after_assessing(f"/courses/{COURSE}/assignments"),
    "courses_assignments_submissions": after_assessing(
        f"{ESSAYS}?include[]=user&include[]=rubric_assessment"
    ),
    "courses_assignments_submissions_put": graded,
    "courses_students_submissions": after_grading(STUDENTS),
    "courses_students_submissions_grouped": after_grading(f"{STUDENTS}&grouped=1"),
    "submissions_update_grades": queued,
    "progress_completed": progress_after({str(BEN): {"posted_grade": "8"}}),
    "progress_failed_missing_users": progress_after({"99": {"posted_grade": "8"}}),
    "progress_failed_exception": progress_after({str(MEI): {"posted_grade": "8", "excuse": True}}),
    "courses_assignments_id_with_rubric": after_assessing(f"/courses/{COURSE}/assignments/{ESSAY}"),
    "courses_assignments_submissions_id_full_rubric": after_assessing(
        f"{ESSAYS}/{BEN}?include[]=full_rubric_assessment"
    ),
    "courses_rubrics": after_assessing(f"/courses/{COURSE}/rubrics"),
    "courses_rubrics_id": after_assessing(
        f"/courses/{COURSE}/rubrics/88?include[]=assignment_associations"
    ),
    "courses_rubrics_post": with_rubric,
    "error_400_invalid_rubric_assessment": wrongly_assessed,
    "error_400_assignment": posted(
        f"/courses/{COURSE}/assignments", {"assignment": {"submission_types": ["telepathy"]}}
    ),
    "error_400_param_missing": posted(f"/courses/{COURSE}/assignments", {}),
    "error_400_submission_grade": lambda practice: practice.grade(
        TEACHER, ESSAY, OMAR, posted_grade="8", excuse=True
    ),
    "error_400_update_grades_empty": posted(f"{ESSAYS}/update_grades", {}),
    "error_401_no_token": at(None, "/users/self"),
    "error_401_invalid_token": lambda practice: practice.get("wrong", "/users/self"),
    "error_401_revoked_token": token_state(expired=False),
    "error_401_expired_token": token_state(expired=True),
    "error_401_scope": insufficient,
    "error_401_not_permitted": at(TEACHER, "/accounts/1/courses"),
    "error_403_not_permitted": forbidden,
    "error_403_throttled": throttled(403),
    "error_429_throttled": throttled(429),
    "error_404": at(TEACHER, "/courses/sis_course_id:NOPE"),
    "error_500": broken,
    "login_oauth2_token_authorization_code": first_tokens,
    "login_oauth2_token_refresh": refreshed,
    "login_oauth2_token_delete": ended,
    "login_oauth2_token_error_bad_code": lambda practice: exchange(practice, code="x"),
    "login_oauth2_token_error_bad_secret": lambda practice: exchange(
        practice, code="x", client_secret="wrong"
    ),
    "login_oauth2_token_error_unknown_client": lambda practice: exchange(
        practice, code="x", client_id="5"
    ),
    "login_oauth2_token_error_refresh_revoked": lambda practice: exchange(
        practice, grant_type="refresh_token", refresh_token="gone"
    ),
    "login_oauth2_token_error_redirect": lambda practice: exchange(
        practice, code="x", redirect_uri=REDIRECT
    ),
}
EXACT = [name for name in ASKS if name.startswith(("error_", "login_oauth2_token_error"))]
OWN_TEXT = {"error_401_expired_token", "error_500", "login_oauth2_token_error_redirect"}


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode((EXAMPLES / f"{name}.json").read_bytes())
    return found


def decoded(answer: httpx.Response) -> Any:
    plain = answer.headers.get("content-type", "").startswith("text/plain")
    if plain or not answer.content:
        return answer.text or None
    return msgspec.json.decode(answer.content)


def test_every_example_is_asked_for() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.json")} == set(ASKS)


@pytest.mark.parametrize("name", ASKS)
def test_an_answer_has_the_shape_of_its_example(practice: Practice, name: str) -> None:
    recorded = example(name)

    answer = ASKS[name](practice)

    assert answer.status_code == recorded["_meta"]["status"]
    assert differences(recorded["body"], decoded(answer)) == []


@pytest.mark.parametrize("name", sorted(set(EXACT) - OWN_TEXT))
def test_an_error_says_exactly_what_canvas_says(practice: Practice, name: str) -> None:
    assert decoded(ASKS[name](practice)) == example(name)["body"]


@pytest.mark.parametrize(
    "name", [name for name in ASKS if "_401_" in name or "token_error" in name]
)
def test_www_authenticate_is_there_exactly_when_canvas_sends_it(
    practice: Practice, name: str
) -> None:
    expected = example(name)["_meta"].get("headers", {}).get("WWW-Authenticate")
    assert ASKS[name](practice).headers.get("www-authenticate") == expected


def test_a_date_barred_course_has_two_keys(practice: Practice) -> None:
    rows = practice.get(BEN, "/courses").json()
    stub = next(row for row in rows if row["id"] == BARRED_COURSE)
    assert stub.keys() == example("courses")["body"][1].keys()
