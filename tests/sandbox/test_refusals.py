"""Who is let in: tokens, scopes, rights, and what is not shown."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.sandbox.college import (
    ADMIN,
    ARTS,
    BARRED_COURSE,
    BEN,
    COURSE,
    DESIGNER,
    ENGLISH,
    ESSAY,
    LATE_LEO,
    MEI,
    NOON,
    OBSERVER,
    OTHER_COURSE,
    OUTSIDER,
    PAST_COURSE,
    QUIZ_UNPUBLISHED,
    ROOT,
    SUB_ADMIN,
    TA,
    TEACHER,
    Practice,
    shown,
)

ME = "url:GET|/api/v1/users/:id"
USERS = "url:GET|/api/v1/courses/:course_id/users"


def message(answer: object) -> str:
    return str(answer.json()["errors"][0]["message"])  # type: ignore[attr-defined]


class TestTokens:
    def test_no_token(self, practice: Practice) -> None:
        answer = practice.get(None, "/users/self")
        assert answer.headers["www-authenticate"] == 'Bearer realm="canvas-lms"'
        assert answer.json()["status"] == "unauthenticated"

    def test_a_revoked_token_is_named_by_the_newest_canvas_only(self, practice: Practice) -> None:
        access = practice.canvas.token_for(TEACHER)
        practice.state.tokens[1].deleted = True
        assert message(practice.get(access, "/users/self")) == "Invalid access token."
        practice.switches.splits_token_errors = True
        assert message(practice.get(access, "/users/self")) == "Revoked access token."

    def test_a_finally_expired_token_says_since_when(self, practice: Practice) -> None:
        access = practice.canvas.token_for(TEACHER)
        practice.state.tokens[1].permanent_expires_at = NOON - timedelta(days=1)
        practice.switches.splits_token_errors = True
        answer = practice.get(access, "/users/self")
        assert message(answer) == "Expired access token."
        assert answer.json()["errors"][0]["expired_at"] == "2026-11-22T12:00:00Z"

    def test_a_suspended_login_makes_every_token_invalid(self, practice: Practice) -> None:
        for login in practice.state.logins.values():
            login.active = False
        answer = practice.get(TEACHER, "/users/self")
        assert (answer.status_code, message(answer)) == (401, "Invalid access token.")
        assert "www-authenticate" in answer.headers

    def test_a_key_turned_off_makes_its_tokens_invalid(self, practice: Practice) -> None:
        scoped = practice.with_key(scopes=[ME])
        access = scoped.canvas.token_for(TEACHER, scopes=[ME])
        next(iter(scoped.state.keys.values())).active = False
        assert message(scoped.get(access, "/users/self")) == "Invalid access token."

    def test_a_token_in_the_query_serves_as_well(self, practice: Practice) -> None:
        access = practice.canvas.token_for(TEACHER)
        answer = practice.get(None, f"/courses?access_token={quote(access)}")
        assert "access_token" not in answer.headers["link"]


class TestScopes:
    def test_a_scope_not_held_is_401_without_www_authenticate(self, practice: Practice) -> None:
        scoped = practice.with_key(scopes=[ME])
        answer = scoped.get(scoped.canvas.token_for(TEACHER, scopes=[ME]), "/courses")
        assert (answer.status_code, message(answer)) == (
            401,
            "Insufficient scopes on access token.",
        )
        assert "www-authenticate" not in answer.headers

    def test_the_route_template_is_a_pattern(self, practice: Practice) -> None:
        scoped = practice.with_key(scopes=[ME, USERS])
        access = scoped.canvas.token_for(TEACHER, scopes=[ME, USERS])
        assert scoped.get(access, "/users/self").status_code == 200
        assert scoped.get(access, f"/courses/{COURSE}/users").status_code == 200
        assert scoped.get(access, "/users/self/profile").status_code == 401
        assert scoped.call(access, "POST", f"/courses/{COURSE}/users").status_code in {401, 404}

    @pytest.mark.parametrize(("allowed", "email"), [(True, True), (False, False)])
    def test_includes_are_silently_stripped_without_allow_includes(
        self, practice: Practice, allowed: bool, email: bool
    ) -> None:
        scoped = practice.with_key(scopes=[USERS], allow_includes=allowed)
        access = scoped.canvas.token_for(TEACHER, scopes=[USERS])
        rows = shown(scoped.get(access, f"/courses/{COURSE}/users?include[]=email"))
        assert ("email" in rows[0]) is email


class TestOrderOfChecks:
    def test_404_comes_before_the_right(self, practice: Practice) -> None:
        assert practice.get(OUTSIDER, "/courses/9999/users").status_code == 404
        assert practice.get(OUTSIDER, f"/courses/{COURSE}/users").status_code == 401

    def test_the_submissions_list_asks_for_the_right_first(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/assignments/9999/submissions"
        assert practice.get(OUTSIDER, path).status_code == 401
        assert practice.get(TEACHER, path).status_code == 404

    def test_the_right_comes_before_the_body(self, practice: Practice) -> None:
        assert practice.call(BEN, "POST", f"/courses/{COURSE}/assignments", {}).status_code == 401
        missing = practice.call(TEACHER, "POST", f"/courses/{COURSE}/assignments", {})
        assert (missing.status_code, message(missing)) == (400, "assignment is missing")


class TestAccounts:
    def test_a_teacher_has_no_accounts(self, practice: Practice) -> None:
        assert shown(practice.get(TEACHER, "/accounts")) == []

    def test_an_admin_sees_the_administered_ones(self, practice: Practice) -> None:
        assert [row["id"] for row in shown(practice.get(SUB_ADMIN, "/accounts"))] == [ARTS]

    def test_rights_inherit_downwards_and_not_upwards(self, practice: Practice) -> None:
        asked = "permissions?permissions[]=manage_outcomes&permissions[]=nonsense"
        assert shown(practice.get(SUB_ADMIN, f"/accounts/{ENGLISH}/{asked}")) == {
            "manage_outcomes": True,
            "nonsense": False,
        }
        assert practice.get(SUB_ADMIN, f"/accounts/{ROOT}/{asked}").status_code == 401

    def test_a_teacher_may_ask_for_rights_and_has_none(self, practice: Practice) -> None:
        asked = "permissions?permissions[]=manage_outcomes"
        assert shown(practice.get(TEACHER, f"/accounts/{ENGLISH}/{asked}")) == {
            "manage_outcomes": False
        }
        assert practice.get(BEN, f"/accounts/{ENGLISH}/{asked}").status_code == 401

    def test_the_short_form_for_the_enrolled(self, practice: Practice) -> None:
        short = shown(practice.get(TEACHER, f"/accounts/{ENGLISH}"))
        assert "default_storage_quota_mb" not in short
        assert practice.get(OUTSIDER, f"/accounts/{ENGLISH}").status_code == 401

    def test_the_root_shows_no_sis_keys(self, practice: Practice) -> None:
        assert "sis_account_id" not in shown(practice.get(ADMIN, "/accounts/self"))
        assert shown(practice.get(ADMIN, "/accounts/sis_account_id:ARTS"))["sis_account_id"] == (
            "ARTS"
        )

    def test_account_courses_need_read_course_list(self, practice: Practice) -> None:
        assert practice.get(TEACHER, f"/accounts/{ENGLISH}/courses").status_code == 401
        rows = shown(practice.get(SUB_ADMIN, f"/accounts/{ROOT + 13}/courses"))
        assert COURSE in {row["id"] for row in rows}

    def test_search_wants_three_letters(self, practice: Practice) -> None:
        answer = practice.get(ADMIN, "/accounts/1/courses?search_term=ab")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "search_term"
        found = practice.get(ADMIN, "/accounts/1/courses?search_term=f26-arg")
        assert [row["id"] for row in shown(found)] == [COURSE]
        assert 'rel="last"' not in found.headers["link"]

    def test_a_number_is_first_tried_as_an_id(self, practice: Practice) -> None:
        rows = shown(practice.get(ADMIN, f"/accounts/1/courses?search_term={COURSE}"))
        assert COURSE in {row["id"] for row in rows}

    def test_sub_accounts_recursive_have_no_last(self, practice: Practice) -> None:
        answer = practice.get(ADMIN, "/accounts/1/sub_accounts?recursive=true")
        assert [row["id"] for row in shown(answer)] == [ARTS, ENGLISH]
        assert 'rel="last"' not in answer.headers["link"]
        direct = practice.get(ADMIN, "/accounts/1/sub_accounts")
        assert [row["id"] for row in shown(direct)] == [ARTS]


class TestCourses:
    def test_only_current_enrolments_are_listed(self, practice: Practice) -> None:
        rows = shown(practice.get(TEACHER, "/courses"))
        assert [row["id"] for row in rows] == [OTHER_COURSE, COURSE]
        assert shown(practice.get(ADMIN, "/courses")) == []

    def test_a_claimed_course_is_shown_as_unpublished(self, practice: Practice) -> None:
        rows = shown(practice.get(TEACHER, "/courses?state[]=unpublished"))
        assert [(row["id"], row["workflow_state"]) for row in rows] == [
            (OTHER_COURSE, "unpublished")
        ]

    def test_completed_enrolments_on_demand(self, practice: Practice) -> None:
        rows = shown(practice.get(TEACHER, "/courses?enrollment_state=completed"))
        assert [row["id"] for row in rows] == [PAST_COURSE]

    def test_enrollment_type_is_one_word(self, practice: Practice) -> None:
        assert shown(practice.get(TEACHER, "/courses?enrollment_type=student")) == []
        assert len(shown(practice.get(TEACHER, "/courses?enrollment_type=teacher"))) == 2

    def test_a_barred_course_is_a_stub(self, practice: Practice) -> None:
        rows = shown(practice.get(BEN, "/courses"))
        assert {"id": BARRED_COURSE, "access_restricted_by_date": True} in rows
        assert practice.get(BEN, f"/courses/{BARRED_COURSE}").status_code == 401

    def test_the_name_may_be_the_callers_own(self, practice: Practice) -> None:
        practice.state.nicknames[TEACHER, COURSE] = "My 101"
        course = shown(practice.get(TEACHER, f"/courses/{COURSE}"))
        assert (course["name"], course["original_name"]) == ("My 101", "Intro to Argument")

    def test_a_deleted_course_is_404(self, practice: Practice) -> None:
        practice.state.courses[COURSE].workflow_state = "deleted"
        assert practice.get(TEACHER, f"/courses/{COURSE}").status_code == 404

    def test_a_student_sees_no_unpublished_course(self, practice: Practice) -> None:
        practice.state.courses[COURSE].workflow_state = "claimed"
        assert practice.get(BEN, f"/courses/{COURSE}").status_code == 401


class TestPeople:
    def test_sis_ids_are_absent_without_the_right(self, practice: Practice) -> None:
        seen = shown(practice.get(TA, f"/courses/{COURSE}/users"))[0]
        assert "sis_user_id" not in seen
        assert "login_id" in seen
        practice.switches.overrides["TaEnrollment", "read_sis"] = True
        assert "sis_user_id" in shown(practice.get(TA, f"/courses/{COURSE}/users"))[0]

    def test_students_see_neither_login_nor_email(self, practice: Practice) -> None:
        rows = shown(practice.get(BEN, f"/courses/{COURSE}/users?include[]=email"))
        assert all({"login_id", "email", "sis_user_id"}.isdisjoint(row) for row in rows)

    def test_an_observer_has_no_roster(self, practice: Practice) -> None:
        assert practice.get(OBSERVER, f"/courses/{COURSE}/users").status_code == 401

    def test_enrolment_filters_by_sis_id_need_the_right(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/enrollments?sis_user_id[]=S-000107"
        assert practice.get(TA, path).status_code == 401
        assert [row["user_id"] for row in shown(practice.get(TEACHER, path))] == [BEN]

    def test_one_student_may_have_several_enrolments(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/enrollments?type[]=StudentEnrollment&per_page=100"
        sections = [row["course_section_id"] for row in shown(practice.get(TEACHER, path))]
        assert sorted(sections) == [301, 301, 301, 302]

    def test_a_teacher_limited_to_a_section_sees_its_people_only(self, practice: Practice) -> None:
        for row in practice.state.enrollments.values():
            if row.user_id == TA:
                row.section_id, row.limit_privileges_to_course_section = 302, True
        users = shown(practice.get(TA, f"/courses/{COURSE}/users?enrollment_type[]=student"))
        assert [user["name"] for user in users] == ["عمر حداد"]
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions"
        assert practice.get(TA, f"{path}/{BEN}").status_code == 404

    def test_unknown_sis_ids_in_a_list_vanish(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/users?user_ids[]=sis_user_id:nope&user_ids[]={BEN}"
        assert [row["id"] for row in shown(practice.get(TEACHER, path))] == [BEN]


class TestIds:
    @pytest.mark.parametrize(
        "reference",
        [
            "20",
            "10000000000020",
            "1~20",
            "sis_user_id:S-000107",
            "sis_login_id:BOKRI",
            "hex:sis_user_id:532D303030313037",
        ],
    )
    def test_a_user_by_any_of_its_names(self, practice: Practice, reference: str) -> None:
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{reference}"
        assert shown(practice.get(TEACHER, path))["user_id"] == BEN

    def test_hex_is_for_awkward_characters(self, practice: Practice) -> None:
        reference = "hex:sis_user_id:" + b"S/11.0".hex()
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{reference}"
        assert shown(practice.get(TEACHER, path))["user_id"] == LATE_LEO

    def test_a_course_by_its_sis_id(self, practice: Practice) -> None:
        assert shown(practice.get(TEACHER, "/courses/sis_course_id:F26-ARG101"))["id"] == COURSE
        assert practice.get(TEACHER, "/courses/sis_course_id:NOPE").status_code == 404

    def test_ids_are_text_when_asked_for(self, practice: Practice) -> None:
        accept = {"Accept": "application/json+canvas-string-ids"}
        path = f"/courses/{COURSE}/enrollments?per_page=1"
        (row,) = shown(practice.call(TEACHER, "GET", path, headers=accept))
        assert isinstance(row["id"], str)
        assert isinstance(row["user"]["id"], str)
        assert row["associated_user_id"] is None


class TestAssignments:
    def test_students_see_published_ones_only(self, practice: Practice) -> None:
        names = {row["name"] for row in shown(practice.get(BEN, f"/courses/{COURSE}/assignments"))}
        assert "Quiz" not in names
        assert practice.get(
            BEN, f"/courses/{COURSE}/assignments/{QUIZ_UNPUBLISHED}"
        ).status_code == (401)

    def test_a_student_sees_no_make_up_of_somebody_else(self, practice: Practice) -> None:
        names = {row["name"] for row in shown(practice.get(MEI, f"/courses/{COURSE}/assignments"))}
        assert "Make-up" not in names

    def test_a_new_one_is_unpublished(self, practice: Practice) -> None:
        body = {"assignment": {"name": "New", "points_possible": "12.5"}}
        answer = practice.call(TEACHER, "POST", f"/courses/{COURSE}/assignments", body)
        assert answer.status_code == 201
        assert (answer.json()["published"], answer.json()["points_possible"]) == (False, 12.5)

    def test_a_tool_url_makes_it_an_external_tool(self, practice: Practice) -> None:
        tag = {"url": "https://tool.test/lti/launch?link=1", "new_tab": "true"}
        body = {"assignment": {"name": "New", "external_tool_tag_attributes": tag}}
        made = shown(practice.call(DESIGNER, "POST", f"/courses/{COURSE}/assignments", body))
        assert made["submission_types"] == ["external_tool"]
        assert made["external_tool_tag_attributes"]["content_id"] == 77
        assert made["external_tool_tag_attributes"]["new_tab"] is True

    @pytest.mark.parametrize(
        "wrong",
        [
            {"submission_types": ["telepathy"]},
            {"points_possible": "many"},
            {"points_possible": "NaN"},
            {"due_at": "tomorrow"},
            {"grading_type": "stars"},
            {"name": "x" * 256},
        ],
    )
    def test_nonsense_is_400_and_changes_nothing(
        self, practice: Practice, wrong: dict[str, object]
    ) -> None:
        path = f"/courses/{COURSE}/assignments/{ESSAY}"
        before = shown(practice.get(TEACHER, path))
        answer = practice.call(TEACHER, "PUT", path, {"assignment": {"name": "Changed", **wrong}})
        assert answer.status_code == 400
        assert shown(practice.get(TEACHER, path)) == before

    def test_a_deleted_one_is_404(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/assignments/{ESSAY}"
        shown(practice.call(TEACHER, "DELETE", path))
        assert practice.get(TEACHER, path).status_code == 404

    def test_an_anonymous_one_withholds_the_users(self, practice: Practice) -> None:
        practice.state.assignments[ESSAY].anonymous_grading = True
        rows = shown(practice.get(TEACHER, f"/courses/{COURSE}/assignments/{ESSAY}/submissions"))
        assert all("user_id" not in row and row["anonymous_id"] for row in rows)


class TestStudentSubmissions:
    def test_without_student_ids_it_is_only_me(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/students/submissions"
        assert shown(practice.get(TEACHER, path)) == []
        assert {row["user_id"] for row in shown(practice.get(BEN, path))} == {BEN}

    def test_unpublished_assignments_are_left_out(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/students/submissions?student_ids[]=all&per_page=100"
        rows = shown(practice.get(TEACHER, path))
        assert QUIZ_UNPUBLISHED not in {row["assignment_id"] for row in rows}

    def test_more_than_a_hundred_ids_are_too_many(self, practice: Practice) -> None:
        ids = "&".join(f"student_ids[]={BEN}" for _ in range(101))
        answer = practice.get(TEACHER, f"/courses/{COURSE}/students/submissions?{ids}")
        assert (answer.status_code, answer.json()) == (400, {"error": "too many students"})

    def test_an_id_out_of_sight_refuses_the_whole_call(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/students/submissions?student_ids[]={BEN}"
        assert practice.get(TEACHER, f"{path}&student_ids[]={OUTSIDER}").status_code == 401
        assert practice.get(MEI, path).status_code == 401

    def test_no_assignment_is_an_empty_list(self, practice: Practice) -> None:
        path = f"/courses/{OTHER_COURSE}/students/submissions?student_ids[]=all"
        assert shown(practice.get(TEACHER, path)) == []
