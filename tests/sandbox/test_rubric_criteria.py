"""Criteria, titles and outcomes of rubrics, as the practice Canvas takes them."""

from typing import Any

import pytest

from sandbox.canvas.outcomes import links_in
from tests.sandbox.college import COURSE, ESSAY, OTHER_COURSE, TEACHER, Practice, shown
from tests.sandbox.rubric_calls import (
    ESSAY_ROWS,
    REASONING,
    assignment_of,
    essay_rubric,
    post_rubric,
    rows,
    rubric_body,
    with_outcomes,
)


def criteria(answer: Any) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = shown(answer)["rubric"]["data"]
    return data


class TestReadingCriteria:
    @pytest.mark.parametrize("form", ["criteria", "ratings"])
    def test_a_json_array_is_a_500(self, practice: Practice, form: str) -> None:
        array: Any = list(ESSAY_ROWS.values())
        if form == "ratings":
            array = {"0": {**ESSAY_ROWS["1"], "ratings": [{"points": 1}]}}
        answer = post_rubric(practice, rubric_body(array))
        assert answer.status_code == 500
        assert answer.json()["errors"][0]["error_code"] == "internal_server_error"
        assert practice.state.rubrics == {}

    def test_a_form_with_index_keys_is_read_like_json(self, practice: Practice) -> None:
        form = {
            "rubric[title]": "Essay",
            "rubric[criteria][0][description]": "Reasoning",
            "rubric[criteria][0][ratings][0][description]": "Exceeds",
            "rubric[criteria][0][ratings][0][points]": "5",
            "rubric_association[association_id]": str(ESSAY),
            "rubric_association[association_type]": "Assignment",
            "rubric_association[purpose]": "grading",
            "rubric_association[use_for_grading]": "1",
        }
        path = f"/courses/{COURSE}/rubrics"
        answer = shown(practice.call(TEACHER, "POST", path, data=form))
        assert answer["rubric"]["data"][0]["ratings"][0]["description"] == "Exceeds"
        assert assignment_of(practice)["use_rubric_for_grading"] is True

    def test_a_form_with_empty_brackets_is_a_500(self, practice: Practice) -> None:
        form = {"rubric[criteria][][description]": "Reasoning"}
        path = f"/courses/{COURSE}/rubrics"
        assert practice.call(TEACHER, "POST", path, data=form).status_code == 500

    def test_points_are_those_of_the_highest_rating_whatever_was_sent(
        self, practice: Practice
    ) -> None:
        made = criteria(post_rubric(practice, rubric_body(rows(1, 4, 2, points=50))))
        assert [row["points"] for row in made] == [4.0]
        assert [one["points"] for one in made[0]["ratings"]] == [4.0, 2.0, 1.0]

    def test_equal_ratings_are_in_the_order_of_their_words(self, practice: Practice) -> None:
        made = criteria(post_rubric(practice, rubric_body(rows(2, 2, 3))))
        assert [one["description"] for one in made[0]["ratings"]] == ["R2", "R0", "R1"]

    def test_criteria_are_in_the_order_of_their_index(self, practice: Practice) -> None:
        body = {"10": {"description": "Last"}, "2": {"description": "First"}}
        made = criteria(post_rubric(practice, rubric_body(body)))
        assert [row["description"] for row in made] == ["First", "Last"]

    def test_ids_are_kept_where_free_and_made_otherwise(self, practice: Practice) -> None:
        ratings = {"0": {"id": "blank", "points": 2}, "1": {"id": "blank", "points": 1}}
        made = shown(post_rubric(practice, rubric_body({"0": {"id": "c1", "ratings": ratings}})))
        number, row = made["rubric"]["id"], made["rubric"]["data"][0]
        first, second = (one["id"] for one in row["ratings"])
        assert (row["id"], first) == ("c1", "blank")
        assert second.startswith(f"{number}_")
        assert {one["criterion_id"] for one in row["ratings"]} == {"c1"}

    def test_missing_words_are_filled_in(self, practice: Practice) -> None:
        made = criteria(post_rubric(practice, rubric_body({"0": {"ratings": {"0": {}}}})))
        assert made[0]["description"] == "No Description"
        assert made[0]["ratings"][0]["description"] == "No Description"
        assert made[0]["ratings"][0]["points"] == 0.0

    @pytest.mark.parametrize(("sent", "read"), [("1", True), ("true", False), (True, False)])
    def test_free_form_comments_are_asked_for_with_the_text_1_only(
        self, practice: Practice, sent: Any, read: bool
    ) -> None:
        body = rubric_body(rows(1), free_form_criterion_comments=sent)
        made = shown(post_rubric(practice, body))["rubric"]
        assert made["free_form_criterion_comments"] is read
        assert assignment_of(practice)["free_form_criterion_comments"] is read

    def test_a_range_is_asked_for_with_true_only(self, practice: Practice) -> None:
        body = {
            "0": {"description": "A", "criterion_use_range": "1"},
            "1": {"description": "B", "criterion_use_range": True},
        }
        made = criteria(post_rubric(practice, rubric_body(body)))
        assert [row["criterion_use_range"] for row in made] == [False, True]


class TestBinding:
    def test_a_row_takes_the_outcomes_text_and_threshold_but_its_own_ratings(
        self, practice: Practice
    ) -> None:
        made = essay_rubric(practice)["rubric"]["data"][0]
        assert made["learning_outcome_id"] == REASONING
        assert made["long_description"] == "<p>Reasoning of the college</p>"
        assert (made["mastery_points"], made["ignore_for_scoring"]) == (3.0, False)
        assert [one["id"] for one in made["ratings"]] == ["_1", "_2", "_3"]

    def test_an_unknown_outcome_is_dropped_in_silence(self, practice: Practice) -> None:
        body = rows(2, learning_outcome_id=9999, long_description="Lost", ignore_for_scoring="1")
        made = criteria(post_rubric(practice, rubric_body(body)))[0]
        assert "learning_outcome_id" not in made
        assert "ignore_for_scoring" not in made
        assert made["long_description"] == ""

    def test_a_threshold_of_its_own_is_kept(self, practice: Practice) -> None:
        with_outcomes(practice)
        body = rows(4, learning_outcome_id=REASONING, mastery_points="2.5")
        assert criteria(post_rubric(practice, rubric_body(body)))[0]["mastery_points"] == 2.5

    def test_the_outcome_is_shown_in_the_courses_root_folder(self, practice: Practice) -> None:
        essay_rubric(practice)
        links = links_in(practice.state, practice.state.courses[COURSE])
        assert [link.outcome_id for link in links] == [REASONING]

    def test_a_rubric_that_is_nowhere_binds_its_outcome_as_well(self, practice: Practice) -> None:
        with_outcomes(practice)
        shown(post_rubric(practice, {"rubric": {"criteria": ESSAY_ROWS}}))
        links = links_in(practice.state, practice.state.courses[COURSE])
        assert [link.outcome_id for link in links] == [REASONING]

    def test_a_rubric_from_elsewhere_brings_its_outcome_along(self, practice: Practice) -> None:
        number = essay_rubric(practice)["rubric"]["id"]
        path = f"/courses/{OTHER_COURSE}"
        body = {"assignment": {"name": "There"}}
        there = shown(practice.call(TEACHER, "POST", f"{path}/assignments", body))["id"]
        sent = {"rubric_id": number, "association_id": there, "association_type": "Assignment"}
        made = practice.call(
            TEACHER, "POST", f"{path}/rubric_associations", {"rubric_association": sent}
        )
        assert shown(made)["rubric_association"]["context_id"] == OTHER_COURSE
        links = links_in(practice.state, practice.state.courses[OTHER_COURSE])
        assert [link.outcome_id for link in links] == [REASONING]

    def test_the_same_outcome_twice_is_a_200_that_says_no(self, practice: Practice) -> None:
        with_outcomes(practice)
        row = rows(2, learning_outcome_id=REASONING)["0"]
        answer = shown(post_rubric(practice, rubric_body({"0": row, "1": row})))
        assert answer == {
            "error": True,
            "messages": ["This rubric has Outcomes aligned more than once"],
        }
        assert practice.state.rubrics == {}

    def test_a_row_that_does_not_score_is_not_in_the_total(self, practice: Practice) -> None:
        with_outcomes(practice)
        quiet = {**ESSAY_ROWS["0"], "ignore_for_scoring": "1"}
        made = shown(post_rubric(practice, rubric_body({**ESSAY_ROWS, "0": quiet})))
        assert made["rubric"]["points_possible"] == 3.0
        assert assignment_of(practice)["rubric"][0]["ignore_for_scoring"] is True


class TestTitles:
    def test_a_title_that_is_taken_gets_a_number(self, practice: Practice) -> None:
        titles = [
            shown(post_rubric(practice, {"rubric": {"title": "Essay"}}))["rubric"]["title"]
            for _ in range(3)
        ]
        assert titles == ["Essay", "Essay (1)", "Essay (2)"]

    def test_without_a_title_it_is_the_courses(self, practice: Practice) -> None:
        made = shown(post_rubric(practice, {"rubric": {"criteria": rows(1)}}))
        assert made["rubric"]["title"] == "Intro to Argument Rubric"
