"""The public client `canvasapi` is content with every endpoint there is."""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import canvasapi
import pytest
from canvasapi.exceptions import InvalidAccessToken, RateLimitExceeded, ResourceDoesNotExist
from canvasapi.external_tool import ExternalTool
from canvasapi.progress import Progress
from canvasapi.section import Section
from canvasapi.util import combine_kwargs
from litestar.routes import HTTPRoute

from sandbox.canvas.routes import API
from sandbox.canvas.serving import running
from tests.sandbox.canvasapi_outcomes import OUTCOME_CALLS
from tests.sandbox.canvasapi_rubrics import RUBRIC_CALLS
from tests.sandbox.college import (
    ADMIN,
    ARTS,
    BEN,
    COURSE,
    ESSAY,
    ROOT,
    SECTION,
    TEACHER,
    TOOL,
    Practice,
)


class Client:
    """canvasapi on a real port, as a teacher and as an admin."""

    def __init__(self, practice: Practice, url: str) -> None:
        self.practice = practice
        self.teacher = _canvas(url, practice.canvas.token_for(TEACHER))
        self.admin = _canvas(url, practice.canvas.token_for(ADMIN))
        self.wrong = _canvas(url, "wrong")
        self.course = self.teacher.get_course(COURSE)
        self.assignment = self.course.get_assignment(ESSAY)
        self.account = self.admin.get_account(ROOT)
        requester = self.course._requester
        self.section = Section(requester, {"id": SECTION, "course_id": COURSE})
        self.tool = ExternalTool(requester, {"id": TOOL, "course_id": COURSE})

    def graded(self, progress: Any) -> Any:
        """The progress after its job has run."""
        self.practice.canvas.run_jobs()
        return progress.query()


def _canvas(url: str, token: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # it warns of http, which is loopback here
        return canvasapi.Canvas(url, token)


def asked(thing: Any, method: str, path: str, **query: Any) -> Any:
    """What canvasapi's own requester answers, where the client has no method for a call."""
    return thing._requester.request(method, path, _kwargs=combine_kwargs(**query)).json()


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    practice = Practice()
    with running(practice.canvas) as url:
        yield Client(practice, url)


GRADES = {str(BEN): {"posted_grade": "7"}}
C, A, S = "/api/v1/courses/{course_id}", "/api/v1/accounts/{account_id}", "/api/v1/sections"
CALLS: dict[tuple[str, str], Callable[[Client], bool]] = {
    ("GET", "/api/v1/users/{user_id}"): lambda c: c.teacher.get_current_user().id == TEACHER,
    ("GET", "/api/v1/users/{user_id}/profile"): lambda c: (
        c.teacher.get_current_user().get_profile()["primary_email"] == "ada@example.edu"
    ),
    ("GET", "/api/v1/users/{user_id}/logins"): lambda c: (
        [row.unique_id for row in c.admin.get_user(BEN).get_user_logins()] == ["bokri"]
    ),
    ("GET", "/api/v1/accounts"): lambda c: [row.id for row in c.admin.get_accounts()] == [ROOT],
    ("GET", A): lambda c: c.admin.get_account(ARTS).sis_account_id == "ARTS",
    ("GET", f"{A}/sub_accounts"): lambda c: (
        len(list(c.account.get_subaccounts(recursive=True))) == 2
    ),
    ("GET", f"{A}/permissions"): lambda c: bool(
        asked(c.account, "GET", f"accounts/{ROOT}/permissions", permissions=["manage_outcomes"])[
            "manage_outcomes"
        ]
    ),
    ("GET", f"{A}/users"): lambda c: len(list(c.account.get_users(per_page=1))) > 1,
    ("GET", f"{A}/courses"): lambda c: len(list(c.account.get_courses(per_page=1))) == 4,
    ("GET", "/api/v1/courses"): lambda c: (
        COURSE in [row.id for row in c.teacher.get_courses(include=["term"])]
    ),
    ("GET", C): lambda c: c.teacher.get_course("F26-ARG101", use_sis_id=True).id == COURSE,
    ("GET", f"{C}/permissions"): lambda c: bool(
        asked(c.course, "GET", f"courses/{COURSE}/permissions", permissions=["manage_grades"])[
            "manage_grades"
        ]
    ),
    ("GET", f"{C}/sections"): lambda c: len(list(c.course.get_sections())) == 2,
    ("GET", f"{C}/users"): lambda c: (
        len(asked(c.course, "GET", f"courses/{COURSE}/users", enrollment_type=["student"])) == 3
    ),
    ("GET", f"{C}/search_users"): lambda c: (
        len(list(c.course.get_users(enrollment_type=["student"], per_page=1))) == 3
    ),
    ("GET", f"{C}/enrollments"): lambda c: (
        len(list(c.course.get_enrollments(type=["StudentEnrollment"], per_page=1))) == 4
    ),
    ("GET", f"{S}/{{section_id}}/enrollments"): lambda c: (
        len(list(c.section.get_enrollments(type=["StudentEnrollment"]))) == 3
    ),
    ("GET", f"{C}/assignments"): lambda c: ESSAY in [row.id for row in c.course.get_assignments()],
    ("POST", f"{C}/assignments"): lambda c: (
        c.course.create_assignment({"name": "From outside", "points_possible": 3}).name
        == "From outside"
    ),
    ("GET", f"{C}/assignments/{{assignment_id}}"): lambda c: (
        c.course.get_assignment(ESSAY).points_possible == 8.0
    ),
    ("PUT", f"{C}/assignments/{{assignment_id}}"): lambda c: (
        c.assignment.edit(assignment={"name": "Essay One"}).name == "Essay One"
    ),
    ("DELETE", f"{C}/assignments/{{assignment_id}}"): lambda c: (
        c.course.create_assignment({"name": "Short-lived"}).delete().name == "Short-lived"
    ),
    ("GET", f"{C}/assignments/{{assignment_id}}/submissions"): lambda c: (
        len(list(c.assignment.get_submissions(per_page=1))) == 3
    ),
    ("GET", f"{S}/{{section_id}}/assignments/{{assignment_id}}/submissions"): lambda c: (
        len(asked(c.section, "GET", f"sections/{SECTION}/assignments/{ESSAY}/submissions")) == 3
    ),
    ("GET", f"{C}/assignments/{{assignment_id}}/submissions/{{user_id}}"): lambda c: (
        c.assignment.get_submission(BEN, include=["user"]).user["name"] == "Ben Okri"
    ),
    ("PUT", f"{C}/assignments/{{assignment_id}}/submissions/{{user_id}}"): lambda c: (
        c.assignment.get_submission(BEN)
        .edit(submission={"posted_grade": "6.5"}, comment={"text_comment": "Good"})
        .score
        == 6.5
    ),
    ("GET", f"{C}/students/submissions"): lambda c: (
        {
            row.user_id
            for row in c.course.get_multiple_submissions(
                student_ids="all", assignment_ids=[ESSAY], per_page=2
            )
        }
        >= {BEN}
    ),
    ("GET", f"{S}/{{section_id}}/students/submissions"): lambda c: (
        len(list(c.section.get_multiple_submissions(student_ids=[BEN], assignment_ids=[ESSAY])))
        == 1
    ),
    ("POST", f"{C}/assignments/{{assignment_id}}/submissions/update_grades"): lambda c: (
        c.graded(c.assignment.submissions_bulk_update(grade_data=GRADES)).workflow_state
        == "completed"
    ),
    ("POST", f"{C}/submissions/update_grades"): lambda c: (
        c.graded(c.course.submissions_bulk_update(grade_data={str(ESSAY): GRADES})).workflow_state
        == "completed"
    ),
    ("POST", f"{S}/{{section_id}}/assignments/{{assignment_id}}/submissions/update_grades"): (
        lambda c: (
            asked(
                c.section,
                "POST",
                f"sections/{SECTION}/assignments/{ESSAY}/submissions/update_grades",
                grade_data=GRADES,
            )["tag"]
            == "submissions_update"
        )
    ),
    ("POST", f"{S}/{{section_id}}/submissions/update_grades"): lambda c: (
        c.graded(c.section.submissions_bulk_update(grade_data={str(ESSAY): GRADES})).completion
        == 100
    ),
    ("GET", "/api/v1/progress/{progress_id}"): lambda c: isinstance(
        c.assignment.submissions_bulk_update(grade_data=GRADES).query(), Progress
    ),
    ("GET", f"{C}/external_tools/sessionless_launch"): lambda c: (
        "verifier=" in c.tool.get_sessionless_launch_url()
    ),
    **RUBRIC_CALLS,
    **OUTCOME_CALLS,
}


def endpoints() -> set[tuple[str, str]]:
    return {
        (method, path.replace(":str", ""))
        for handler in API
        for path in handler.paths
        for method in handler.http_methods
    }


def test_every_endpoint_has_a_call() -> None:
    assert endpoints() == set(CALLS)


def test_no_other_endpoint_is_served(client: Client) -> None:
    routes = client.practice.canvas.litestar.routes
    paths = {route.path for route in routes if isinstance(route, HTTPRoute)}
    served = {path for path in paths if path.startswith("/api/")}
    assert {path.replace(":str", "") for path in served} == {path for _, path in CALLS}


@pytest.mark.parametrize("endpoint", CALLS, ids=[" ".join(endpoint) for endpoint in CALLS])
def test_canvasapi_is_content(client: Client, endpoint: tuple[str, str]) -> None:
    assert CALLS[endpoint](client)


def test_it_understands_the_refusals(client: Client) -> None:
    with pytest.raises(InvalidAccessToken):
        client.wrong.get_current_user()
    with pytest.raises(ResourceDoesNotExist):
        client.teacher.get_course(9999)
    client.practice.canvas.faults.add("throttled", status=429)
    with pytest.raises(RateLimitExceeded):
        client.teacher.get_current_user()
