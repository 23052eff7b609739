import pytest

from domain.launch import Audience, LaunchClaims, present

FULL = "urn:lti:role:ims/lis/"
INSTITUTION = "urn:lti:instrole:ims/lis/"
FINGERPRINT = "0123456789abcdef" * 2 + "01234567"


def claims(**params: str) -> LaunchClaims:
    return LaunchClaims({"oauth_consumer_key": "college", **params})


class TestPresent:
    @pytest.mark.parametrize(
        "value", [None, "", "  ", "$Person.sourcedId", " $Canvas.user.loginId", "${x}"]
    )
    def test_nothing_blank_and_a_literal_variable_are_absent(self, value: str | None) -> None:
        assert present(value) is None

    def test_outer_blanks_are_trimmed_and_nothing_else(self) -> None:
        assert present(" 007 a$ ") == "007 a$"


class TestPlacement:
    def test_navigation_repeats_the_context_and_names_no_resource(self) -> None:
        assert claims(context_id="c", resource_link_id="c").resource_link_id is None

    def test_an_assignment_has_a_resource_of_its_own(self) -> None:
        assert claims(context_id="c", resource_link_id="r").resource_link_id == "r"

    def test_a_platform_is_an_install_under_a_key(self) -> None:
        with_guid = claims(tool_consumer_instance_guid="g")

        assert with_guid.platform == "college:g"
        assert claims().platform == "college:"

    def test_the_ancestors_of_a_copied_course_are_told(self) -> None:
        history = claims(custom_context_id_history="a, b,,c,truncated")

        assert history.context_history == ("a", "b", "c")
        assert claims(custom_context_id_history="timed out").context_history == ()
        assert claims(custom_context_id_history="$Context.id.history").context_history == ()


class TestRoles:
    @pytest.mark.parametrize("role", ["Instructor", "TeachingAssistant", "ContentDeveloper"])
    @pytest.mark.parametrize("prefix", ["", FULL])
    def test_short_and_full_names_of_staff_are_the_same(self, prefix: str, role: str) -> None:
        launch = claims(roles=f"{INSTITUTION}Student, {prefix}{role}")

        assert launch.is_staff
        assert launch.audience is Audience.USER

    @pytest.mark.parametrize(
        "roles",
        ["", f"{INSTITUTION}Instructor", f"{FULL}Instructor/Grader", "instructor", "Learner"],
    )
    def test_only_whole_course_roles_make_staff(self, roles: str) -> None:
        assert not claims(roles=roles).is_staff

    def test_roles_elsewhere_do_not_count(self) -> None:
        launch = claims(roles="Learner", ext_roles=f"{FULL}Instructor")

        assert not launch.is_staff
        assert launch.audience is Audience.STUDENT

    def test_a_student_who_assists_is_judged_as_staff(self) -> None:
        launch = claims(roles=f"Learner,{FULL}TeachingAssistant")

        assert launch.is_learner
        assert launch.audience is Audience.USER

    @pytest.mark.parametrize(
        "role", [f"{INSTITUTION}Administrator", "urn:lti:sysrole:ims/lis/SysAdmin"]
    )
    def test_administrators_are_no_staff_of_the_course(self, role: str) -> None:
        launch = claims(roles=role)

        assert launch.is_administrator
        assert not launch.is_staff

    def test_observers_are_known_by_either_role(self) -> None:
        assert claims(roles=f"{INSTITUTION}Observer").is_observer
        assert claims(roles=f"{FULL}Mentor").is_observer
        assert not claims(roles=f"{FULL}Mentor,Instructor").is_observer
        assert not claims(roles="Learner", ext_roles=f"{FULL}Mentor").is_observer


class TestWhoItIsNot:
    def test_the_test_student_is_known_by_a_fingerprint_and_no_sis_id(self) -> None:
        assert claims(custom_canvas_user_login_id=FINGERPRINT).is_test_student

    @pytest.mark.parametrize(
        "params",
        [
            {"custom_canvas_user_login_id": FINGERPRINT, "lis_person_sourcedid": "C1"},
            {"custom_canvas_user_login_id": FINGERPRINT[:-1]},
            {"custom_canvas_user_login_id": FINGERPRINT[:-1] + "g"},
            {},
        ],
    )
    def test_nobody_else_is_taken_for_the_test_student(self, params: dict[str, str]) -> None:
        assert not claims(**params).is_test_student

    def test_a_launch_without_user_or_personal_field_is_anonymous(self) -> None:
        assert claims(user_id="", lis_person_sourcedid="C1").is_anonymous
        assert claims(user_id="u").is_anonymous
        assert not claims(user_id="u", lis_person_name_full="Ana").is_anonymous
