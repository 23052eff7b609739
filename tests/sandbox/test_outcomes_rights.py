"""Who reads, changes and imports outcomes, and with which scopes."""

import pytest

from tests.sandbox.college import (
    ADMIN,
    ARTS,
    BEN,
    COURSE,
    DESIGNER,
    ENGLISH,
    OUTSIDER,
    ROOT,
    SUB_ADMIN,
    TA,
    TEACHER,
    Practice,
    shown,
)
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    an_outcome,
    full,
    linked,
    links,
    root_of,
    send,
)

FILE = "vendor_guid,object_type,title\no1,outcome,One\n"
IMPORT = "url:POST|/api/v1/accounts/:account_id/outcome_imports(/group/:learning_outcome_group_id)"


class TestReading:
    @pytest.mark.parametrize(
        ("who", "status"),
        [(ADMIN, 200), (SUB_ADMIN, 200), (TEACHER, 200), (BEN, 200), (OUTSIDER, 401)],
    )
    def test_whoever_is_tied_to_the_account_reads(
        self, practice: Practice, who: int, status: int
    ) -> None:
        outcome = an_outcome(practice)
        paths = (
            f"{ACCOUNT_PATH}/outcome_groups",
            f"{ACCOUNT_PATH}/outcome_group_links",
            f"/outcomes/{outcome}",
        )
        assert {practice.get(who, path).status_code for path in paths} == {status}

    def test_course_outcomes_are_for_its_people(self, practice: Practice) -> None:
        outcome = an_outcome(practice, COURSE_PATH)
        assert practice.get(BEN, f"/outcomes/{outcome}").status_code == 200
        assert practice.get(OUTSIDER, f"/outcomes/{outcome}").status_code == 401

    def test_404_comes_first(self, practice: Practice) -> None:
        assert practice.get(OUTSIDER, "/outcomes/9999").status_code == 404
        assert practice.get(OUTSIDER, "/accounts/9999/outcome_groups").status_code == 404

    def test_a_reader_can_neither_edit_nor_unlink(self, practice: Practice) -> None:
        an_outcome(practice)
        (link,) = links(practice, who=TEACHER)
        assert (link["can_unlink"], link["outcome"]["can_edit"]) == (False, False)
        assert link["outcome_group"]["can_edit"] is False


class TestChanging:
    def test_a_teacher_changes_in_the_course_and_not_in_the_account(
        self, practice: Practice
    ) -> None:
        above, here = an_outcome(practice), an_outcome(practice, COURSE_PATH)
        linked(practice, root_of(practice, COURSE_PATH), above)
        body = {"title": "New"}
        assert practice.call(TEACHER, "PUT", f"/outcomes/{here}", body).status_code == 200
        assert practice.call(TEACHER, "PUT", f"/outcomes/{above}", body).status_code == 401
        assert full(practice, above)["title"] == "CT.1 Reasoning"

    @pytest.mark.parametrize(("who", "status"), [(DESIGNER, 200), (TA, 401), (BEN, 401)])
    def test_by_role_in_a_course(self, practice: Practice, who: int, status: int) -> None:
        path = f"{COURSE_PATH}/outcome_groups/{root_of(practice, COURSE_PATH)}/subgroups"
        assert practice.call(who, "POST", path, {"title": "New"}).status_code == status
        assert send(practice, FILE, COURSE_PATH, who).status_code == status

    def test_every_change_in_an_account_needs_an_account_role(self, practice: Practice) -> None:
        outcome, root = an_outcome(practice), root_of(practice)
        group = f"{ACCOUNT_PATH}/outcome_groups/{root}"
        for method, path in (
            ("PUT", group),
            ("DELETE", group),
            ("POST", f"{group}/subgroups"),
            ("POST", f"{group}/outcomes"),
            ("POST", f"{group}/import"),
            ("PUT", f"{group}/outcomes/{outcome}"),
            ("DELETE", f"{group}/outcomes/{outcome}"),
            ("POST", f"{ACCOUNT_PATH}/outcome_imports"),
            ("GET", f"{ACCOUNT_PATH}/outcome_imports/1"),
        ):
            answer = practice.call(TEACHER, method, path)
            assert (answer.status_code, answer.json()["status"]) == (401, "unauthorized")
            assert "www-authenticate" not in answer.headers

    def test_the_site_flag_makes_it_403(self, practice: Practice) -> None:
        practice.switches.api_auth_error_updates = True
        assert send(practice, FILE, who=TEACHER).status_code == 403

    def test_a_sub_admin_stops_at_the_own_account(self, practice: Practice) -> None:
        assert send(practice, FILE, f"/accounts/{ENGLISH}", SUB_ADMIN).status_code == 200
        assert send(practice, FILE, f"/accounts/{ROOT}", SUB_ADMIN).status_code == 401


class TestAdminRole:
    def test_it_is_taken_and_given_back_from_outside(self, practice: Practice) -> None:
        role = {"user_id": SUB_ADMIN, "account_id": ARTS}
        taken = practice.call(None, "POST", "/_practice/admins", {**role, "granted": False})
        assert shown(taken) == {"user_id": SUB_ADMIN, "admin_of": []}
        assert send(practice, FILE, who=SUB_ADMIN).status_code == 401
        shown(practice.call(None, "POST", "/_practice/admins", {**role, "granted": True}))
        assert send(practice, FILE, who=SUB_ADMIN).status_code == 200

    def test_an_import_that_waits_runs_without_it(self, practice: Practice) -> None:
        shown(send(practice, FILE, who=SUB_ADMIN))
        practice.state.admins.discard((SUB_ADMIN, ARTS))
        practice.canvas.run_jobs()
        assert [row["outcome"]["title"] for row in links(practice)] == ["One"]

    def test_a_mistake_is_named(self, practice: Practice) -> None:
        answer = practice.call(None, "POST", "/_practice/admins", {"user_id": "Ada"})
        assert answer.status_code == 400


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "tail", "status"),
        [
            (IMPORT, "", 200),
            (IMPORT, "/group/{}", 200),
            (IMPORT.partition("(")[0], "", 200),
            (IMPORT.partition("(")[0], "/group/{}", 401),
        ],
    )
    def test_the_parenthesis_of_the_import_scope_is_optional(
        self, practice: Practice, scope: str, tail: str, status: int
    ) -> None:
        scoped = practice.with_key(scopes=[scope])
        path = f"{ACCOUNT_PATH}/outcome_imports{tail.format(root_of(scoped))}"
        access = scoped.canvas.token_for(ADMIN, scopes=[scope])
        headers = {"Content-Type": "text/csv"}
        answer = scoped.call(access, "POST", path, content=FILE.encode(), headers=headers)
        assert answer.status_code == status

    def test_the_redirect_to_the_root_needs_the_scope_of_its_target_too(
        self, practice: Practice
    ) -> None:
        scopes = ["url:GET|/api/v1/courses/:course_id/root_outcome_group"]
        scoped = practice.with_key(scopes=scopes)
        access = scoped.canvas.token_for(TEACHER, scopes=scopes)
        answer = scoped.get(access, f"/courses/{COURSE}/root_outcome_group")
        assert answer.status_code == 302
        target = answer.headers["location"].partition("/api/v1")[2]
        assert scoped.get(access, target).status_code == 401
