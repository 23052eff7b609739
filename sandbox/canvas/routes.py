"""The routes of the practice Canvas: the same for every one, built once for a process."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
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
    enrollments,
    external_tools,
    people,
    progress,
    student_submissions,
    submissions,
    users,
)
from sandbox.canvas.call import provide_call
from sandbox.canvas.errors import Refusal, answer_failure, answer_http_error
from sandbox.canvas.faults import Faults
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.oauth import authorise, token
from sandbox.canvas.state import State
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

PARTS = "practice_canvas"
"""Where a request carries the `Parts` of its practice Canvas, in `scope["state"]`."""

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
    enrollments.list_enrollments,
    enrollments.list_section_enrollments,
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
        return getattr(request.scope["state"][PARTS], name)

    return Provide(provide, sync_to_thread=False)


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
