"""Rubrics: how criteria are read, where rubrics are put, and what becomes of shared ones."""

from typing import Any

import pytest

from tests.sandbox.college import (
    ADMIN,
    BEN,
    COURSE,
    DESIGNER,
    ESSAY,
    GROUP_WORK,
    OTHER_COURSE,
    PASS_FAIL,
    ROOT,
    TEACHER,
    Practice,
    shown,
)
from tests.sandbox.rubric_calls import (
    ESSAY_ROWS,
    REASONING,
    STYLE,
    assess,
    assignment_of,
    association,
    essay_rubric,
    post_rubric,
    put_rubric,
    read_back,
    rows,
    rubric_body,
    with_outcomes,
)
from tests.sandbox.test_rubric_criteria import criteria

RUBRIC_KEYS = {"rubric", "rubric_settings", "use_rubric_for_grading"}


class TestPuttingOnAnAssignment:
    def test_shows_the_rubric_and_sets_the_points(self, practice: Practice) -> None:
        made = essay_rubric(practice)
        row = assignment_of(practice)
        assert row["points_possible"] == 8.0
        assert row["use_rubric_for_grading"] is True
        assert row["rubric_settings"]["id"] == made["rubric"]["id"]
        bound, own = row["rubric"]
        assert (bound["outcome_id"], bound["vendor_guid"]) == (REASONING, "mf.reasoning.1")
        for name in ("mastery_points", "learning_outcome_id"):
            assert name not in bound
        for name in ("outcome_id", "vendor_guid", "ignore_for_scoring"):
            assert name not in own

    def test_students_see_it_too(self, practice: Practice) -> None:
        essay_rubric(practice)
        assert len(assignment_of(practice, who=BEN)["rubric"]) == 2

    def test_without_a_purpose_nothing_is_attached(self, practice: Practice) -> None:
        body = rubric_body(rows(4))
        del body["rubric_association"]["purpose"]
        made = shown(post_rubric(practice, body))
        assert made["rubric_association"]["purpose"] == "unknown"
        assert not RUBRIC_KEYS & assignment_of(practice).keys()

    def test_without_a_rubric_no_rubric_key_is_there(self, practice: Practice) -> None:
        assert not RUBRIC_KEYS & assignment_of(practice).keys()
        assert "free_form_criterion_comments" not in assignment_of(practice)

    @pytest.mark.parametrize(
        ("sent", "stored"), [("1", True), (True, True), ("0", False), (False, False), ("", False)]
    )
    def test_use_for_grading_is_cast(self, practice: Practice, sent: Any, stored: bool) -> None:
        shown(post_rubric(practice, rubric_body(rows(4), {"use_for_grading": sent})))
        row = assignment_of(practice)
        assert row["use_rubric_for_grading"] is stored
        assert row["points_possible"] == (4.0 if stored else 8.0)

    def test_points_are_left_alone_when_asked(self, practice: Practice) -> None:
        body = rubric_body(rows(4)) | {"skip_updating_points_possible": "true"}
        answer = shown(post_rubric(practice, body))
        assert answer["rubric_association"]["skip_updating_points_possible"] is True
        assert assignment_of(practice)["points_possible"] == 8.0

    def test_hidden_points_are_never_for_grading(self, practice: Practice) -> None:
        shown(post_rubric(practice, rubric_body(rows(4), {"hide_points": "1"})))
        row = assignment_of(practice)
        assert row["use_rubric_for_grading"] is False
        assert row["rubric_settings"]["hide_points"] is True

    def test_another_rubric_takes_the_place_of_the_first_with_its_assessments(
        self, practice: Practice
    ) -> None:
        first = essay_rubric(practice)["rubric"]["id"]
        shown(assess(practice, BEN, {"_8027": {"points": 5}}))
        second = shown(post_rubric(practice, rubric_body(rows(4), title="Other")))["rubric"]["id"]
        assert assignment_of(practice)["rubric_settings"]["id"] == second
        assert "rubric_assessment" not in read_back(practice, BEN)
        listed = shown(practice.get(TEACHER, f"/courses/{COURSE}/rubrics"))
        assert [row["id"] for row in listed] == [second]
        assert practice.get(TEACHER, f"/courses/{COURSE}/rubrics/{first}").status_code == 404

    def test_an_unknown_assignment_leaves_a_rubric_that_is_nowhere(
        self, practice: Practice
    ) -> None:
        made = shown(post_rubric(practice, rubric_body(rows(4), {"association_id": 9999})))
        assert "rubric_association" not in made
        number = made["rubric"]["id"]
        answer = practice.get(TEACHER, f"/courses/{COURSE}/rubrics/{number}")
        assert (answer.status_code, answer.json()) == (404, {"message": "Rubric not found"})
        listed = shown(practice.get(TEACHER, f"/courses/{COURSE}/rubrics"))
        assert [row["id"] for row in listed] == [number]


def shared(practice: Practice) -> int:
    """The essay's rubric, put on a second assignment as well."""
    number: int = essay_rubric(practice)["rubric"]["id"]
    attach(practice, number, GROUP_WORK)
    return number


def attach(practice: Practice, rubric: int, assignment: int) -> dict[str, Any]:
    sent = {
        "rubric_id": rubric,
        "association_id": assignment,
        "association_type": "Assignment",
        "purpose": "grading",
    }
    path = f"/courses/{COURSE}/rubric_associations"
    made: dict[str, Any] = shown(practice.call(TEACHER, "POST", path, {"rubric_association": sent}))
    return made


class TestChanging:
    def test_a_rubric_used_once_is_changed_in_place(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        answer = shown(put_rubric(practice, number, {"rubric": {"criteria": rows(7)}}))
        assert answer["rubric"]["id"] == number
        row = assignment_of(practice)
        assert (row["points_possible"], len(row["rubric"])) == (7.0, 1)
        assert answer["rubric"]["title"] == "Intro to Argument Rubric"

    def test_changed_criteria_strand_the_ids_of_older_assessments(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        shown(assess(practice, BEN, {"_8027": {"points": 5}}))
        shown(put_rubric(practice, number, {"rubric": {"criteria": rows(7)}}))
        assert set(read_back(practice, BEN)["rubric_assessment"]) == {"_8027"}

    def test_a_shared_rubric_becomes_a_new_one_that_is_nowhere(self, practice: Practice) -> None:
        number = shared(practice)
        answer = shown(put_rubric(practice, number, {"rubric": {"title": "New"}}))
        assert answer["rubric"]["id"] != number
        assert answer["rubric"]["rubric_id"] == number
        assert "rubric_association" not in answer
        for one in (ESSAY, GROUP_WORK):
            assert assignment_of(practice, one)["rubric_settings"]["id"] == number

    def test_a_shared_rubric_is_repointed_by_its_association(self, practice: Practice) -> None:
        number = shared(practice)
        body = {
            "rubric": {"title": "New", "criteria": ESSAY_ROWS},
            "rubric_association_id": association(practice).id,
        }
        answer = shown(put_rubric(practice, number, body))
        assert answer["rubric"]["id"] != number
        assert answer["rubric_association"]["id"] == association(practice).id
        settings = assignment_of(practice)["rubric_settings"]
        assert settings["id"] == answer["rubric"]["id"]
        assert assignment_of(practice, GROUP_WORK)["rubric_settings"]["id"] == number

    def test_a_shared_rubric_sent_unchanged_stays_the_same(self, practice: Practice) -> None:
        number = shared(practice)
        listed = shown(practice.get(TEACHER, f"/courses/{COURSE}/rubrics"))
        assert [row["read_only"] for row in listed] == [True]
        body = {"rubric": {"title": "Essay rubric", "criteria": ESSAY_ROWS}}
        assert shown(put_rubric(practice, number, body))["rubric"]["id"] == number
        third = rubric_body(place={"association_id": PASS_FAIL})
        assert "rubric_association" not in shown(put_rubric(practice, number, third))
        assert not RUBRIC_KEYS & assignment_of(practice, PASS_FAIL).keys()

    def test_an_unknown_id_makes_a_new_rubric(self, practice: Practice) -> None:
        answer = shown(put_rubric(practice, 4711, {"rubric": {"title": "New"}}))
        assert answer["rubric"]["id"] != 4711


class TestAssociations:
    def test_use_for_grading_is_switched_on_and_off(self, practice: Practice) -> None:
        essay_rubric(practice)
        path = f"/courses/{COURSE}/rubric_associations/{association(practice).id}"
        sent = {"rubric_association": {"use_for_grading": "0"}}
        answer = shown(practice.call(TEACHER, "PUT", path, sent))
        assert answer["rubric_association"]["use_for_grading"] is False
        assert assignment_of(practice)["use_rubric_for_grading"] is False

    def test_a_rubric_is_put_only_on_an_assignment_of_the_course(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        path = f"/courses/{OTHER_COURSE}/rubric_associations"
        sent = {"rubric_id": number, "association_id": ESSAY, "association_type": "Assignment"}
        answer = practice.call(TEACHER, "POST", path, {"rubric_association": sent})
        assert answer.status_code == 500

    def test_an_unknown_rubric_is_404(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/rubric_associations"
        sent = {"rubric_association": {"rubric_id": 9999}}
        assert practice.call(TEACHER, "POST", path, sent).status_code == 404

    def test_taking_the_last_one_off_deletes_the_rubric(self, practice: Practice) -> None:
        essay_rubric(practice)
        path = f"/courses/{COURSE}/rubric_associations/{association(practice).id}"
        shown(practice.call(TEACHER, "DELETE", path))
        assert not RUBRIC_KEYS & assignment_of(practice).keys()
        assert shown(practice.get(TEACHER, f"/courses/{COURSE}/rubrics")) == []
        assert practice.call(TEACHER, "DELETE", path).status_code == 404

    def test_taking_one_of_two_off_leaves_the_rubric(self, practice: Practice) -> None:
        number = shared(practice)
        path = f"/courses/{COURSE}/rubric_associations/{association(practice).id}"
        shown(practice.call(TEACHER, "DELETE", path))
        assert assignment_of(practice, GROUP_WORK)["rubric_settings"]["id"] == number


class TestReading:
    def test_a_rubric_with_its_associations_and_assessments(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        shown(assess(practice, BEN, {"_8027": {"points": 5, "comments": "Clear"}}))
        path = f"/courses/{COURSE}/rubrics/{number}?include[]=assignment_associations"
        row = shown(practice.get(TEACHER, path))
        assert [one["association_id"] for one in row["associations"]] == [ESSAY]
        assert row["data"][0]["learning_outcome_id"] == REASONING
        path = f"/courses/{COURSE}/rubrics/{number}?include[]=graded_assessments"
        plain = shown(practice.get(TEACHER, path))["assessments"][0]
        assert (plain["score"], plain["artifact_type"]) == (5.0, "Submission")
        assert "data" not in plain
        full = shown(practice.get(TEACHER, f"{path}&style=full"))["assessments"][0]
        assert full["data"][0]["criterion_id"] == "_8027"
        words = shown(practice.get(TEACHER, f"{path}&style=comments_only"))["assessments"][0]
        assert words["comments"] == ["Clear"]

    @pytest.mark.parametrize(
        ("query", "attribute"),
        [
            ("include[]=criteria", "include"),
            ("include[]=associations&include[]=course_associations", "include"),
            ("style=full", "style"),
            ("include[]=assessments&style=short", "style"),
        ],
    )
    def test_includes_and_styles_are_checked(
        self, practice: Practice, query: str, attribute: str
    ) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        answer = practice.get(TEACHER, f"/courses/{COURSE}/rubrics/{number}?{query}")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [attribute]

    def test_accounts_have_no_rubrics_of_their_courses(self, practice: Practice) -> None:
        essay_rubric(practice)
        assert shown(practice.get(ADMIN, f"/accounts/{ROOT}/rubrics")) == []
        assert practice.call(ADMIN, "POST", f"/accounts/{ROOT}/rubrics", {}).status_code == 404


class TestDeleting:
    def test_a_rubric_is_taken_off_everywhere_in_the_course(self, practice: Practice) -> None:
        number = shared(practice)
        shown(practice.call(TEACHER, "DELETE", f"/courses/{COURSE}/rubrics/{number}"))
        for one in (ESSAY, GROUP_WORK):
            assert not RUBRIC_KEYS & assignment_of(practice, one).keys()
        again = practice.call(TEACHER, "DELETE", f"/courses/{COURSE}/rubrics/{number}")
        assert again.status_code == 404


class TestRights:
    def test_designers_write_rubrics_and_students_do_not(self, practice: Practice) -> None:
        with_outcomes(practice)
        assert post_rubric(practice, rubric_body(), BEN).status_code == 401
        assert post_rubric(practice, {"rubric": {"title": "X"}}, BEN).status_code == 401
        assert practice.get(BEN, f"/courses/{COURSE}/rubrics").status_code == 401
        assert practice.state.rubrics == {}
        number = shown(post_rubric(practice, rubric_body(), DESIGNER))["rubric"]["id"]
        assert practice.get(BEN, f"/courses/{COURSE}/rubrics/{number}").status_code == 401
        path = f"/courses/{COURSE}/rubric_associations/{association(practice).id}"
        for method, where in (
            ("PUT", path),
            ("DELETE", path),
            ("DELETE", f"/courses/{COURSE}/rubrics/{number}"),
        ):
            assert practice.call(BEN, method, where, {}).status_code == 401

    def test_a_rubric_cannot_be_made_for_an_assignment_elsewhere(self, practice: Practice) -> None:
        practice.state.assignments[PASS_FAIL].course_id = 103
        practice.state.courses[103].workflow_state = "completed"
        body = rubric_body(rows(2), {"association_id": PASS_FAIL})
        assert post_rubric(practice, body, DESIGNER).status_code == 401

    def test_without_a_rubric_the_parameter_is_missing(self, practice: Practice) -> None:
        answer = post_rubric(practice, {})
        assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
            400,
            "rubric is missing",
        )

    def test_the_second_outcome_may_stand_beside_the_first(self, practice: Practice) -> None:
        with_outcomes(practice)
        second = rows(2, learning_outcome_id=STYLE)["0"]
        body = rubric_body({"0": ESSAY_ROWS["0"], "1": second})
        assert [row["learning_outcome_id"] for row in criteria(post_rubric(practice, body))] == [
            REASONING,
            STYLE,
        ]
