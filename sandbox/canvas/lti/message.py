"""The parameters of a basic launch, in the set that Canvas sends at each privacy level."""

from sandbox.canvas.lti.launch import Launch, name_parts
from sandbox.canvas.lti.roles import (
    current_enrolments,
    enrollment_state,
    ext_roles,
    observed_user_ids,
    roles,
)
from sandbox.canvas.lti.variables import assignment_points, custom_fields
from sandbox.canvas.records import Account, Course
from sandbox.canvas.state import STUDENT_TYPES

PRODUCT = {
    "tool_consumer_info_product_family_code": "canvas",
    "tool_consumer_info_version": "cloud",
    "tool_consumer_instance_contact_email": "notifications@practice.example",
}


def basic_launch(launch: Launch) -> dict[str, str]:
    """All parameters but the OAuth ones. Custom fields of the tool never replace Canvas' own."""
    own = {
        **_message(launch),
        **_person(launch),
        **_context(launch),
        **_assignment(launch),
        **consumer(launch),
    }
    return custom_fields(launch) | own


def consumer(launch: Launch) -> dict[str, str]:
    return {
        **PRODUCT,
        "tool_consumer_instance_guid": launch.state.lti_guid,
        "tool_consumer_instance_name": launch.state.root.name,
    }


def _message(launch: Launch) -> dict[str, str]:
    return {
        "lti_message_type": "basic-lti-launch-request",
        "lti_version": "LTI-1p0",
        "oauth_callback": "about:blank",
        "resource_link_id": launch.resource_link_id,
        "resource_link_title": launch.assignment.name if launch.assignment else launch.tool.name,
        "launch_presentation_locale": launch.locale,
        "launch_presentation_document_target": "iframe",
        "launch_presentation_return_url": return_url(launch),
    }


def return_url(launch: Launch) -> str:
    if launch.new_tab and launch.course:
        return f"{launch.base}/courses/{launch.course.id}/assignments"
    kind = "courses" if launch.course else "accounts"
    where = f"{launch.base}/{kind}/{launch.context.id}"
    return f"{where}/external_content/success/external_tool_redirect"


def _person(launch: Launch) -> dict[str, str]:
    state, user, context = launch.state, launch.user, launch.context
    given, family = name_parts(user)
    shown = {
        "user_id": launch.lti_user_id,
        "roles": roles(state, user.id, context),
        "ext_roles": ext_roles(state, user.id, context),
        "custom_canvas_enrollment_state": _enrollment_state(launch),
    }
    if launch.shows_names:
        shown |= {
            "lis_person_name_given": given,
            "lis_person_name_family": family,
            "lis_person_name_full": user.name,
        }
    if launch.shows_email:
        shown["lis_person_contact_email_primary"] = user.email or ""
    return shown | (_public_person(launch) if launch.is_public else {})


def _enrollment_state(launch: Launch) -> str:
    """Outside a course the variable is not expanded."""
    found = enrollment_state(launch.state, launch.user.id, launch.context)
    return "$Canvas.enrollment.enrollmentState" if found is None else found


def _public_person(launch: Launch) -> dict[str, str]:
    login = launch.state.login_of(launch.user.id)
    shown = {
        "user_image": f"{launch.base}/images/messages/avatar-50.png",
        "custom_canvas_user_id": str(launch.user.id),
        "custom_canvas_user_login_id": login.unique_id if login else "$Canvas.user.loginId",
    }
    if login is not None and login.sis_user_id is not None:
        shown["lis_person_sourcedid"] = login.sis_user_id
    rows = current_enrolments(launch.state, launch.user.id, launch.context)
    if any(row.type == "ObserverEnrollment" for row in rows):
        observed = observed_user_ids(launch.state, launch.user.id, launch.context)
        shown["role_scope_mentor"] = ",".join(
            launch.state.opaque.hexadecimal("user", user_id) for user_id in observed
        )
    return shown


def _context(launch: Launch) -> dict[str, str]:
    shown = {"context_id": launch.context_id, "context_title": launch.context.name}
    if isinstance(launch.context, Course):
        shown["context_label"] = launch.context.course_code
    if not launch.is_public:
        return shown
    shown["custom_canvas_api_domain"] = launch.api_domain
    if isinstance(launch.context, Account):
        return shown | _public_account(launch.context)
    return shown | _public_course(launch.context)


def _public_account(account: Account) -> dict[str, str]:
    return {
        "custom_canvas_account_id": str(account.id),
        "custom_canvas_account_sis_id": account.sis_account_id or "",
    }


def _public_course(course: Course) -> dict[str, str]:
    shown = {
        "custom_canvas_course_id": str(course.id),
        "custom_canvas_workflow_state": course.workflow_state,
    }
    if course.sis_course_id is not None:
        shown["lis_course_offering_sourcedid"] = course.sis_course_id
    return shown


def _assignment(launch: Launch) -> dict[str, str]:
    """What only an assignment launch carries; a learner's has the result id besides."""
    assignment = launch.assignment
    if assignment is None:
        return {}
    tools = f"{launch.base}/api/lti/v1"
    shown = {
        "ext_lti_assignment_id": launch.state.opaque.uuid("assignment", assignment.id),
        "ext_outcome_data_values_accepted": "url,text",
        "ext_outcome_result_total_score_accepted": "true",
        "ext_outcome_submission_submitted_at_accepted": "true",
        "ext_outcome_submission_needs_additional_review_accepted": "true",
        "ext_outcome_submission_prioritize_non_tool_grade_accepted": "true",
        "ext_ims_lis_basic_outcome_url": f"{tools}/tools/{launch.tool.id}/ext_grade_passback",
        "ext_outcomes_tool_placement_url": (
            f"{tools}/turnitin/outcomes_placement/{launch.tool.id}"
        ),
        "lis_outcome_service_url": f"{tools}/tools/{launch.tool.id}/grade_passback",
        "custom_canvas_assignment_title": assignment.name,
        "custom_canvas_assignment_points_possible": assignment_points(launch) or "",
    }
    if launch.is_public:
        shown |= {
            "custom_canvas_assignment_id": str(assignment.id),
            "custom_canvas_module_id": "$Canvas.module.id",
            "custom_canvas_module_item_id": str(880_000 + assignment.id),
        }
    rows = current_enrolments(launch.state, launch.user.id, launch.context)
    if any(row.type in STUDENT_TYPES for row in rows):
        shown["lis_result_sourcedid"] = _result_sourcedid(launch, assignment.id)
    return shown


def _result_sourcedid(launch: Launch, assignment_id: int) -> str:
    parts = (launch.tool.id, launch.context.id, assignment_id, launch.user.id)
    signature = launch.state.opaque.hexadecimal("sourcedid", *parts)
    return "-".join([*(str(part) for part in parts), signature])
