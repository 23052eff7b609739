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
    features,
    outcome_groups,
    outcome_imports,
    outcome_links,
    outcome_proficiency,
    outcomes,
    people,
    progress,
    rubric_assessments,
    rubric_associations,
    rubric_writing,
    rubrics,
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
from sandbox.canvas.web import gradebook, practice_quiz, sign_in, speed_grader, tools
from sandbox.canvas.web import outcomes as outcome_pages
from sandbox.canvas.web import rubrics as rubric_pages
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
    accounts.account_users,
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
    features.enabled_features,
    outcome_groups.root_outcome_group,
    outcome_groups.list_groups,
    outcome_groups.show_group,
    outcome_groups.change_group,
    outcome_groups.delete_outcome_group,
    outcome_groups.list_subgroups,
    outcome_groups.create_subgroup,
    outcome_groups.import_group,
    outcome_links.list_links,
    outcome_links.list_group_outcomes,
    outcome_links.create_or_link,
    outcome_links.link_outcome,
    outcome_links.unlink_outcome,
    outcomes.show_outcome,
    outcomes.update_outcome,
    outcome_imports.start_import,
    outcome_imports.start_import_into_group,
    outcome_imports.show_import,
    outcome_proficiency.show_proficiency,
    outcome_proficiency.replace_proficiency,
    rubrics.list_rubrics,
    rubrics.list_account_rubrics,
    rubrics.show_rubric,
    rubrics.show_account_rubric,
    rubric_writing.create_rubric,
    rubric_writing.change_rubric,
    rubrics.delete_rubric,
    rubric_associations.create_association,
    rubric_associations.change_association,
    rubric_associations.delete_association,
    rubric_assessments.create_assessment,
    rubric_assessments.change_assessment,
    rubric_assessments.delete_assessment,
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
    course_pages.copy,
    course_pages.enter_student_view,
    course_pages.reset_student_view,
    course_pages.leave_student_view,
    gradebook.grades_page,
    assignment_pages.new_assignment,
    assignment_pages.make_assignment,
    assignment_pages.assignment_page,
    assignment_pages.publish,
    outcome_pages.outcomes_page,
    outcome_pages.find_outcomes,
    outcome_pages.import_outcomes,
    rubric_pages.rubrics_page,
    rubric_pages.new_rubric,
    rubric_pages.make_rubric,
    rubric_pages.rubric_page,
    rubric_pages.put_on_assignment,
    speed_grader.speed_grader,
    speed_grader.submit_assessment,
    tools.course_navigation,
    tools.account_navigation,
    tools.resource_selection,
    tools.selected,
    tools.returned,
    tools.sessionless,
    practice_quiz.quiz_launch,
)
PRACTICE: Sequence[Any] = (
    practice.show_state,
    practice.ask_for_fault,
    practice.show_faults,
    practice.forget_faults,
    practice.run_jobs,
    practice.change_switches,
    practice.change_admins,
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
