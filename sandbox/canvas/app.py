"""The practice Canvas as one object, and as an ASGI application."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from litestar import Litestar, Request
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router

from sandbox.canvas import practice
from sandbox.canvas.api import (
    accounts,
    assignments,
    bulk_grades,
    courses,
    external_tools,
    people,
    progress,
    student_submissions,
    submissions,
    users,
)
from sandbox.canvas.call import provide_call
from sandbox.canvas.door import Door
from sandbox.canvas.errors import Refusal, answer_failure, answer_http_error
from sandbox.canvas.faults import Faults
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.lti.launch import Launch
from sandbox.canvas.lti.matching import tool_for_url
from sandbox.canvas.lti.signing import LaunchForm, content_item_form, launch_form
from sandbox.canvas.moments import Chance, Clock, JobsMode, system_clock
from sandbox.canvas.oauth import authorise, token
from sandbox.canvas.planting import state_from_seed
from sandbox.canvas.records import AccessToken, Account, Course
from sandbox.canvas.seed import Seed
from sandbox.canvas.state import State
from sandbox.canvas.throttle import Throttle
from sandbox.canvas.web import assignments as assignment_pages
from sandbox.canvas.web import courses as course_pages
from sandbox.canvas.web import gradebook, sign_in, tools
from sandbox.canvas.web.pages import STATIC
from sandbox.canvas.web.session import Sessions
from sandbox.canvas.web.viewer import (
    Forbidden,
    NotSignedIn,
    answer_forbidden,
    answer_not_signed_in,
    answer_refusal_of_page,
    provide_viewer,
)

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]
_PARTS = "practice_canvas"

API: Sequence[Any] = (
    users.show_user,
    users.show_profile,
    users.list_logins,
    accounts.list_accounts,
    accounts.show_account,
    accounts.list_sub_accounts,
    accounts.account_permissions,
    accounts.account_courses,
    courses.list_courses,
    courses.show_course,
    courses.course_permissions,
    people.list_sections,
    people.list_users,
    people.list_enrollments,
    people.list_section_enrollments,
    assignments.list_assignments,
    assignments.show_assignment,
    assignments.create_assignment,
    assignments.change_assignment,
    assignments.delete_assignment,
    submissions.list_submissions,
    submissions.list_section_submissions,
    submissions.show_submission,
    submissions.grade_submission,
    student_submissions.list_student_submissions,
    student_submissions.list_section_student_submissions,
    bulk_grades.grade_assignment,
    bulk_grades.grade_course,
    bulk_grades.grade_section_assignment,
    bulk_grades.grade_section,
    progress.show_progress,
    external_tools.sessionless_launch,
)
OAUTH: Sequence[Any] = (
    authorise.ask,
    authorise.confirm,
    authorise.decide,
    authorise.show_code,
    token.make_token,
    token.end_token,
)
PAGES: Sequence[Any] = (
    sign_in.sign_in_page,
    sign_in.sign_in,
    sign_in.sign_out,
    course_pages.dashboard,
    course_pages.account_page,
    course_pages.course_page,
    course_pages.people_page,
    course_pages.enter_student_view,
    course_pages.reset_student_view,
    course_pages.leave_student_view,
    gradebook.grades_page,
    assignment_pages.new_assignment,
    assignment_pages.make_assignment,
    assignment_pages.assignment_page,
    assignment_pages.publish,
    tools.course_navigation,
    tools.account_navigation,
    tools.resource_selection,
    tools.selected,
    tools.returned,
    tools.sessionless,
)
PRACTICE: Sequence[Any] = (
    practice.show_state,
    practice.ask_for_fault,
    practice.show_faults,
    practice.forget_faults,
    practice.run_jobs,
    practice.change_switches,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the handlers of one practice Canvas share; each is a dependency by its name."""

    site: State
    faults: Faults
    jobs: Jobs
    sessions: Sessions
    verifiers: external_tools.Verifiers


def _part(name: str) -> Provide:
    def provide(request: Request[Any, Any, Any]) -> object:
        return getattr(request.scope["state"][_PARTS], name)

    return Provide(provide, sync_to_thread=False)


def _with_parts(app: AsgiApp, parts: Parts) -> AsgiApp:
    """The routes are the same for every practice Canvas; a request brings the rest along."""

    async def with_parts(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await app({**scope, "state": {**scope.get("state", {}), _PARTS: parts}}, receive, send)

    return with_parts


@cache
def application() -> Litestar:
    """The routes, built once for all practice Canvases of a process."""
    static = create_static_files_router("/practice-static", [STATIC])
    return Litestar(
        route_handlers=[*API, *OAUTH, *PAGES, *PRACTICE, static],
        dependencies={
            **{part.name: _part(part.name) for part in fields(Parts)},
            "call": Provide(provide_call),
            "viewer": Provide(provide_viewer, sync_to_thread=False),
        },
        exception_handlers={
            Refusal: answer_refusal_of_page,
            HTTPException: answer_http_error,
            NotSignedIn: answer_not_signed_in,
            Forbidden: answer_forbidden,
            Exception: answer_failure,
        },
        openapi_config=None,
        logging_config=None,
    )


class Canvas:
    """One practice Canvas: its state, its faults, its jobs, and `app`, which serves it.

    With a `seed_chance` its tokens, codes and nonces are the same each time. `latency` holds
    every API call up by so many seconds.
    """

    def __init__(
        self,
        seed: Seed,
        *,
        clock: Clock = system_clock,
        jobs: JobsMode = "auto",
        seed_chance: int | None = None,
        latency: float = 0.0,
    ) -> None:
        self.clock = clock
        self.state = state_from_seed(seed, self._now, Chance(seed_chance))
        self.faults = Faults()
        self.jobs = Jobs(self.state, jobs)
        self.throttle = Throttle(self._now)
        self.litestar = application()
        parts = Parts(
            self.state, self.faults, self.jobs, Sessions(self.state), external_tools.Verifiers()
        )
        door = Door(self.litestar, self.state, self.throttle, self.faults, latency)
        self.app = _with_parts(door, parts)

    def _now(self) -> datetime:
        """The moment by whatever clock the object has by then."""
        return self.clock()

    def run_jobs(self) -> int:
        """Run all queued bulk jobs at once; how many that were."""
        return self.jobs.run()

    def token_for(self, user_id: int, *, scopes: list[str] | None = None) -> str:
        """A ready API token; with scopes it belongs to the first developer key."""
        if scopes is None:
            for row in self.state.tokens.values():
                if row.user_id == user_id and row.key_id is None and not row.deleted:
                    return row.access
        number = self.state.next_id("tokens")
        key_id = None if scopes is None else next(iter(self.state.keys))
        access = f"1234~{self.state.chance.letters(64)}"
        row = AccessToken(number, user_id, access, key_id=key_id, scopes=scopes)
        self.state.tokens[number] = row
        return access

    def launch_form(
        self,
        user_id: int,
        *,
        course_id: int | None = None,
        assignment_id: int | None = None,
        account_id: int | None = None,
        tool_id: int | None = None,
    ) -> LaunchForm:
        """The signed form of a launch as the person's page would post it.

        An assignment brings its course and tool; else name the tool and where it is opened.
        """
        return launch_form(self._launch(user_id, course_id, assignment_id, account_id, tool_id))

    def content_item_form(self, user_id: int, course_id: int, tool_id: int) -> LaunchForm:
        """The signed ContentItemSelectionRequest of the assignment dialog."""
        return content_item_form(self._launch(user_id, course_id, None, None, tool_id))

    def _launch(
        self,
        user_id: int,
        course_id: int | None,
        assignment_id: int | None,
        account_id: int | None,
        tool_id: int | None,
    ) -> Launch:
        state = self.state
        assignment = None if assignment_id is None else state.assignments[assignment_id]
        context: Course | Account
        if assignment is not None:
            context = state.courses[assignment.course_id]
        elif course_id is not None:
            context = state.courses[course_id]
        else:
            context = state.accounts[account_id or state.root_id]
        tool = state.tools[tool_id or next(iter(state.tools))]
        if assignment is not None and assignment.tool is not None and isinstance(context, Course):
            tool = tool_for_url(state, context, assignment.tool.url) or tool
        return Launch(state, state.host, state.users[user_id], context, tool, assignment)
