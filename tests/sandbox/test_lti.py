"""Launches: signed as Canvas signs, with the parameters that Canvas sends."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from oauthlib.common import Request
from oauthlib.oauth1.rfc5849 import signature

from sandbox.canvas.course_copies import copy_course
from sandbox.canvas.lti.signing import LaunchForm
from sandbox.canvas.records import Login
from sandbox.canvas.student_view import leave_test_student
from sandbox.canvas.student_view import test_student as make_test_student
from tests.sandbox.college import (
    ADMIN,
    BEN,
    COURSE,
    DESIGNER,
    ENGLISH,
    ESSAY,
    LATE_LEO,
    MEI,
    OBSERVER,
    OMAR,
    OUTSIDER,
    PAST_COURSE,
    ROOT,
    SECTION,
    TA,
    TEACHER,
    TOOL,
    TOOL_URL,
    Practice,
)

SECRET = "s&cret é"
PERSON = {
    "lis_person_name_full",
    "lis_person_name_given",
    "lis_person_name_family",
    "lis_person_contact_email_primary",
    "lis_person_sourcedid",
    "custom_canvas_user_id",
    "custom_canvas_user_login_id",
    "user_image",
}


def verifies(form: LaunchForm, url: str, *, query: bool = False) -> bool:
    """Whether oauthlib agrees with the signature, over the given address."""
    fields = [pair for pair in form.fields if pair[0] != "oauth_signature"]
    if query:
        fields += parse_qsl(urlsplit(url).query, keep_blank_values=True)
    request = Request(url.partition("?")[0], http_method="POST")
    request.params = fields
    request.signature = form.values["oauth_signature"]
    return bool(signature.verify_hmac_sha1(request, client_secret=SECRET))


def launch(practice: Practice, who: int, **where: Any) -> dict[str, str]:
    where = where or {"assignment_id": ESSAY}
    return practice.canvas.launch_form(who, **where).values


class TestSignature:
    def test_a_query_is_copied_into_the_body_and_counted_once(self, practice: Practice) -> None:
        form = practice.canvas.launch_form(BEN, assignment_id=ESSAY)
        assert form.url == f"{TOOL_URL}?task=55"
        assert form.values["task"] == "55"
        assert verifies(form, TOOL_URL)
        assert not verifies(form, form.url, query=True)

    def test_an_oauth_compliant_tool_is_signed_as_the_rfc_says(self, practice: Practice) -> None:
        practice.state.tools[TOOL].oauth_compliant = True
        form = practice.canvas.launch_form(BEN, assignment_id=ESSAY)
        assert "task" not in form.values
        assert verifies(form, form.url, query=True)
        assert not verifies(form, TOOL_URL)

    def test_a_colliding_query_name_keeps_canvas_value(self, practice: Practice) -> None:
        tag = practice.state.assignments[ESSAY].tool
        assert tag is not None
        tag.url = f"{TOOL_URL}?user_id=evil&a=1&a=2"
        values = launch(practice, BEN)
        assert values["user_id"] != "evil"
        assert values["a"] == "1"

    @pytest.mark.parametrize("who", [BEN, MEI, OMAR, TEACHER, OBSERVER, ADMIN])
    def test_names_of_all_scripts_verify(self, practice: Practice, who: int) -> None:
        assert verifies(practice.canvas.launch_form(who, assignment_id=ESSAY), TOOL_URL)

    def test_any_changed_value_does_not_verify(self, practice: Practice) -> None:
        form = practice.canvas.launch_form(BEN, assignment_id=ESSAY)
        fields = tuple((n, "Instructor" if n == "roles" else v) for n, v in form.fields)
        assert not verifies(LaunchForm(form.url, fields, form.new_tab), TOOL_URL)

    def test_line_ends_are_those_of_a_browser(self, practice: Practice) -> None:
        practice.state.tools[TOOL].custom_fields["note"] = "one\ntwo\r\nthree"
        form = practice.canvas.launch_form(BEN, assignment_id=ESSAY)
        assert form.values["custom_note"] == "one\r\ntwo\r\nthree"
        assert verifies(form, TOOL_URL)

    def test_the_wire_order_and_the_nonce_are_canvas_like(self, practice: Practice) -> None:
        form = practice.canvas.launch_form(BEN, assignment_id=ESSAY)
        names = [name for name, _ in form.fields]
        assert names[:5] == [
            "oauth_consumer_key",
            "oauth_signature_method",
            "oauth_timestamp",
            "oauth_nonce",
            "oauth_version",
        ]
        assert names[5:-1] == sorted(names[5:-1])
        assert names[-1] == "oauth_signature"
        assert re.fullmatch("[A-Za-z0-9]{42}", form.values["oauth_nonce"])
        assert form.values["oauth_timestamp"] == str(int(practice.clock().timestamp()))

    def test_each_launch_has_a_nonce_of_its_own(self, practice: Practice) -> None:
        nonces = {launch(practice, BEN)["oauth_nonce"] for _ in range(5)}
        assert len(nonces) == 5


class TestParameters:
    def test_a_students_assignment_launch_has_the_full_set(self, practice: Practice) -> None:
        values = launch(practice, BEN)
        assert values["lti_version"] == "LTI-1p0"
        assert values["lis_person_sourcedid"] == "S-000107"
        assert values["custom_canvas_user_login_id"] == "bokri"
        assert values["custom_canvas_course_id"] == str(COURSE)
        assert values["lis_course_offering_sourcedid"] == "F26-ARG101"
        assert values["context_label"] == "ARG 101"
        assert values["resource_link_title"] == "Essay 1"
        assert values["custom_canvas_assignment_points_possible"] == "8"
        assert values["custom_canvas_module_id"] == "$Canvas.module.id"
        assert values["roles"] == "Learner"
        assert values["ext_roles"] == (
            "urn:lti:instrole:ims/lis/Student,urn:lti:role:ims/lis/Learner,"
            "urn:lti:sysrole:ims/lis/User"
        )
        assert values["lis_result_sourcedid"].startswith(f"{TOOL}-{COURSE}-{ESSAY}-{BEN}-")
        assert re.fullmatch("[0-9a-f]{40}", values["user_id"])
        assert values["tool_consumer_instance_guid"] == "guid123:canvas-lms"
        assert values["oauth_callback"] == "about:blank"
        assert values["launch_presentation_return_url"].endswith(
            f"/courses/{COURSE}/external_content/success/external_tool_redirect"
        )

    def test_it_has_every_name_that_captures_of_canvas_have(self, practice: Practice) -> None:
        captured = """
        context_id context_label context_title custom_canvas_api_domain custom_canvas_assignment_id
        custom_canvas_assignment_points_possible custom_canvas_assignment_title
        custom_canvas_course_id custom_canvas_enrollment_state custom_canvas_module_id
        custom_canvas_module_item_id custom_canvas_user_id custom_canvas_user_login_id
        custom_canvas_workflow_state ext_ims_lis_basic_outcome_url ext_lti_assignment_id
        ext_outcome_data_values_accepted ext_outcome_result_total_score_accepted
        ext_outcome_submission_needs_additional_review_accepted
        ext_outcome_submission_prioritize_non_tool_grade_accepted
        ext_outcome_submission_submitted_at_accepted ext_outcomes_tool_placement_url ext_roles
        launch_presentation_document_target launch_presentation_locale
        launch_presentation_return_url lis_course_offering_sourcedid lis_outcome_service_url
        lis_person_contact_email_primary lis_person_name_family lis_person_name_full
        lis_person_name_given lis_person_sourcedid lis_result_sourcedid lti_message_type
        lti_version oauth_callback resource_link_id resource_link_title roles
        tool_consumer_info_product_family_code tool_consumer_info_version
        tool_consumer_instance_contact_email tool_consumer_instance_guid
        tool_consumer_instance_name user_id user_image
        """
        assert set(captured.split()) <= launch(practice, BEN).keys()

    def test_a_teacher_has_no_result_id(self, practice: Practice) -> None:
        values = launch(practice, TEACHER)
        assert "lis_outcome_service_url" in values
        assert "lis_result_sourcedid" not in values

    def test_navigation_has_no_link_of_its_own(self, practice: Practice) -> None:
        values = launch(practice, TEACHER, course_id=COURSE, tool_id=TOOL)
        assert values["resource_link_id"] == values["context_id"]
        assert values["resource_link_title"] == "Attain"
        assert "ext_lti_assignment_id" not in values
        assert values["resource_link_id"] != launch(practice, TEACHER)["resource_link_id"]

    def test_an_account_launch(self, practice: Practice) -> None:
        values = launch(practice, ADMIN, account_id=ROOT, tool_id=TOOL)
        assert values["custom_canvas_account_id"] == str(ROOT)
        assert values["custom_canvas_account_sis_id"] == "EXD"
        assert values["custom_canvas_enrollment_state"] == "$Canvas.enrollment.enrollmentState"
        assert values["roles"] == "urn:lti:instrole:ims/lis/Administrator"
        assert {"context_label", "custom_canvas_course_id"}.isdisjoint(values)

    def test_somebody_without_sis_id_has_no_sourcedid(self, practice: Practice) -> None:
        assert "lis_person_sourcedid" not in launch(practice, OBSERVER)

    def test_of_several_logins_the_one_with_a_sis_id_counts(self, practice: Practice) -> None:
        practice.state.logins[1] = Login(1, BEN, "aaa-without-sis-id")
        values = launch(practice, BEN)
        assert (values["lis_person_sourcedid"], values["custom_canvas_user_login_id"]) == (
            "S-000107",
            "bokri",
        )

    def test_without_any_login_the_variable_stays_literal(self, practice: Practice) -> None:
        for login in practice.state.logins.values():
            login.active = False
        values = launch(practice, BEN)
        assert values["custom_canvas_user_login_id"] == "$Canvas.user.loginId"
        assert "lis_person_sourcedid" not in values

    def test_a_single_name_has_an_empty_family_name(self, practice: Practice) -> None:
        values = launch(practice, MEI)
        assert (values["lis_person_name_given"], values["lis_person_name_family"]) == ("李美", "")


class TestRoles:
    @pytest.mark.parametrize(
        ("who", "roles"),
        [
            (TEACHER, "Instructor"),
            (TA, "urn:lti:role:ims/lis/TeachingAssistant"),
            (DESIGNER, "ContentDeveloper"),
            (OBSERVER, "urn:lti:instrole:ims/lis/Observer,urn:lti:role:ims/lis/Mentor"),
            (ADMIN, "urn:lti:instrole:ims/lis/Administrator"),
            (OUTSIDER, "urn:lti:sysrole:ims/lis/None"),
            (LATE_LEO, "urn:lti:sysrole:ims/lis/None"),
        ],
    )
    def test_are_canvas_own(self, practice: Practice, who: int, roles: str) -> None:
        assert launch(practice, who)["roles"] == roles

    def test_several_enrolments_are_joined(self, practice: Practice) -> None:
        rows = [row for row in practice.state.enrollments.values() if row.user_id == OMAR]
        rows[1].type = "TaEnrollment"
        assert launch(practice, OMAR)["roles"] == "Learner,urn:lti:role:ims/lis/TeachingAssistant"

    def test_an_observer_looks_like_a_learner_in_ext_roles_only(self, practice: Practice) -> None:
        values = launch(practice, OBSERVER)
        assert "urn:lti:role:ims/lis/Learner/NonCreditLearner" in values["ext_roles"]
        assert values["role_scope_mentor"] == launch(practice, BEN)["user_id"]
        assert "lis_result_sourcedid" not in values

    @pytest.mark.parametrize(
        ("who", "state"), [(BEN, "active"), (LATE_LEO, "inactive"), (ADMIN, "")]
    )
    def test_the_enrolment_state(self, practice: Practice, who: int, state: str) -> None:
        assert launch(practice, who)["custom_canvas_enrollment_state"] == state

    def test_a_course_that_ended_keeps_the_role(self, practice: Practice) -> None:
        values = launch(practice, BEN, course_id=PAST_COURSE, tool_id=TOOL)
        assert (values["roles"], values["custom_canvas_enrollment_state"]) == (
            "Learner",
            "inactive",
        )


class TestPrivacy:
    @pytest.mark.parametrize(
        ("level", "shown"),
        [
            ("anonymous", set()),
            (
                "name_only",
                {"lis_person_name_full", "lis_person_name_given", "lis_person_name_family"},
            ),
            ("email_only", {"lis_person_contact_email_primary"}),
            ("public", PERSON),
        ],
    )
    def test_a_level_shows_what_it_may(
        self, practice: Practice, level: str, shown: set[str]
    ) -> None:
        practice.state.tools[TOOL].privacy_level = level
        values = launch(practice, BEN)
        assert values.keys() & PERSON == shown
        public = {"custom_canvas_course_id", "lis_course_offering_sourcedid"}
        assert (values.keys() & public == public) is (level == "public")
        assert {"user_id", "roles", "context_id", "context_label"} <= values.keys()

    def test_custom_fields_are_not_held_back(self, practice: Practice) -> None:
        tool = practice.state.tools[TOOL]
        tool.privacy_level, tool.custom_fields = "anonymous", {"login": "$Canvas.user.loginId"}
        assert launch(practice, BEN)["custom_login"] == "bokri"

    def test_but_they_are_in_a_content_item_request(self, practice: Practice) -> None:
        tool = practice.state.tools[TOOL]
        tool.privacy_level, tool.custom_fields = "anonymous", {"login": "$Canvas.user.loginId"}
        values = practice.canvas.content_item_form(TEACHER, COURSE, TOOL).values
        assert values["custom_login"] == "$Canvas.user.loginId"


class TestVariables:
    @pytest.mark.parametrize(
        ("value", "expanded"),
        [
            ("$Canvas.course.sectionIds", str(SECTION)),
            ("$Canvas.course.sectionSisSourceIds", "F26-ARG101-A"),
            ("$Canvas.term.name", "Fall 2026"),
            ("$Canvas.account.id", str(ENGLISH)),
            ("$Canvas.account.sisSourceId", ""),
            ("$Canvas.membership.roles", "StudentEnrollment"),
            ("$Context.id.history", ""),
            ("$Canvas.module.id", "$Canvas.module.id"),
            ("$Nonsense.variable", "$Nonsense.variable"),
            ("user ${Canvas.user.id} of ${Nonsense.variable}", "user 20 of ${Nonsense.variable}"),
            ("plain", "plain"),
            ("$Canvas.assignment.dueAt.iso8601", "2026-12-10T22:59:59Z"),
            ("$Canvas.user.globalId", "10000000000020"),
        ],
    )
    def test_expand_stay_or_become_empty(
        self, practice: Practice, value: str, expanded: str
    ) -> None:
        practice.state.tools[TOOL].custom_fields = {"Field Name": value}
        assert launch(practice, BEN)["custom_field_name"] == expanded

    def test_a_person_variable_without_a_sis_id_stays_literal(self, practice: Practice) -> None:
        practice.state.tools[TOOL].custom_fields = {"sis": "$Person.sourcedId"}
        assert launch(practice, OBSERVER)["custom_sis"] == "$Person.sourcedId"

    def test_an_assignment_variable_outside_one_stays_literal(self, practice: Practice) -> None:
        practice.state.tools[TOOL].custom_fields = {"id": "$Canvas.assignment.id"}
        values = launch(practice, BEN, course_id=COURSE, tool_id=TOOL)
        assert values["custom_id"] == "$Canvas.assignment.id"

    def test_a_custom_field_never_replaces_canvas_own(self, practice: Practice) -> None:
        practice.state.tools[TOOL].custom_fields = {"canvas_user_id": "1"}
        assert launch(practice, BEN)["custom_canvas_user_id"] == str(BEN)


class TestTestStudent:
    def test_is_told_by_its_login_only(self, practice: Practice) -> None:
        student = make_test_student(practice.state, practice.state.courses[COURSE])
        values = launch(practice, student.id)
        assert re.fullmatch("[0-9a-f]{40}", values["custom_canvas_user_login_id"])
        assert values["lis_person_name_full"] == "Test Student"
        assert values["lis_person_contact_email_primary"] == ""
        assert values["roles"] == "Learner"
        assert "lis_person_sourcedid" not in values
        assert "lis_result_sourcedid" in values
        assert values["ext_roles"] == "urn:lti:role:ims/lis/Learner,urn:lti:sysrole:ims/lis/User"

    def test_a_reset_makes_another_one(self, practice: Practice) -> None:
        course = practice.state.courses[COURSE]
        first = make_test_student(practice.state, course)
        assert make_test_student(practice.state, course) is first
        leave_test_student(practice.state, first)
        assert make_test_student(practice.state, course).id != first.id


class TestContentItems:
    def test_the_request_has_canvas_set_and_no_link(self, practice: Practice) -> None:
        form = practice.canvas.content_item_form(TEACHER, COURSE, TOOL)
        values = form.values
        assert verifies(form, TOOL_URL)
        assert values["lti_message_type"] == "ContentItemSelectionRequest"
        assert values["accept_media_types"] == "application/vnd.ims.lti.v1.ltilink"
        assert values["accept_multiple"] == "false"
        assert values["content_item_return_url"].endswith(
            f"/courses/{COURSE}/external_content/success/external_tool_dialog"
        )
        assert {"resource_link_id", "context_label", "lis_person_name_full"}.isdisjoint(values)


class TestCopiedCourses:
    """`$Context.id.history` goes back to the first one, the other two to the last only."""

    FIELDS = {  # noqa: RUF012 a constant of this class
        "history": "$Context.id.history",
        "contexts": "$Canvas.course.previousContextIds",
        "courses": "$Canvas.course.previousCourseIds",
    }

    def test_name_the_courses_they_came_from(self, practice: Practice) -> None:
        practice.state.tools[TOOL].custom_fields = self.FIELDS
        first = practice.state.courses[COURSE]
        second = copy_course(practice.state, first, "ARG 102", first.term_id, TEACHER)
        third = copy_course(practice.state, second, "ARG 103", first.term_id, TEACHER)
        was, between, copied = (
            practice.canvas.launch_form(TEACHER, course_id=one.id, tool_id=TOOL).values
            for one in (first, second, third)
        )
        assert was["custom_history"] == was["custom_courses"] == ""
        ids = f"{between['context_id']},{was['context_id']}"
        assert copied["custom_history"] == ids
        assert copied["custom_contexts"] == between["context_id"]
        assert copied["custom_courses"] == str(second.id)

    def test_their_assignments_are_others_with_the_same_tool(self, practice: Practice) -> None:
        source = practice.state.courses[COURSE]
        made = copy_course(practice.state, source, "ARG 102", source.term_id, TEACHER)
        essay = practice.state.assignments[ESSAY]
        (copied,) = (one for one in practice.state.assignments_of(made.id)
                     if one.name == essay.name)  # fmt: skip
        old, new = (launch(practice, TEACHER, assignment_id=one.id) for one in (essay, copied))
        assert copied.tool == essay.tool
        assert old["resource_link_id"] != new["resource_link_id"]
        assert old["context_id"] != new["context_id"]
