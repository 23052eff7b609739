"""Account-level mastery scales: what they hide and refuse, and where they come from."""

from typing import Any

import httpx
import pytest

from tests.sandbox.college import (
    ADMIN,
    ARTS,
    COURSE,
    ENGLISH,
    ROOT,
    SUB_ADMIN,
    TEACHER,
    Practice,
    shown,
)
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    HEADERS,
    align,
    an_outcome,
    by_guid,
    full,
    imported,
    linked,
    links,
    root_of,
)

SCALE = [
    {"description": "Yes", "points": 2, "mastery": True, "color": "00FF00"},
    {"description": "No", "points": 0, "mastery": False, "color": "FF0000"},
]
LEVELS = {"points_possible", "mastery_points", "ratings", "calculation_method", "calculation_int"}
OF_THE_SCALE = "Individual outcome {} cannot be modified."


def save_scale(practice: Practice, ratings: Any, account: int = ARTS) -> httpx.Response:
    path = f"/accounts/{account}/outcome_proficiency"
    return practice.call(ADMIN, "POST", path, {"ratings": ratings})


def switch_on(practice: Practice) -> None:
    change = {"account_level_mastery_scales": True}
    shown(practice.call(None, "POST", "/_practice/switches", change))


class TestOn:
    def test_an_outcome_shows_no_levels(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        assert full(practice, outcome).keys() >= LEVELS
        switch_on(practice)
        assert not LEVELS & full(practice, outcome).keys()
        assert not LEVELS & links(practice)[0]["outcome"].keys()

    def test_links_of_a_folder_show_those_of_the_scale(self, practice: Practice) -> None:
        outcome, root = an_outcome(practice), root_of(practice, COURSE_PATH)
        linked(practice, root, outcome)
        switch_on(practice)
        path = f"{COURSE_PATH}/outcome_groups/{root}/outcomes?outcome_style=full"
        (row,) = shown(practice.get(TEACHER, path))
        assert [rating["points"] for rating in row["outcome"]["ratings"]] == [4, 3, 2, 1, 0]
        assert row["outcome"]["ratings"][1] == {
            "description": "Mastery",
            "points": 3.0,
            "mastery": True,
            "color": "0B874B",
        }
        assert (row["outcome"]["mastery_points"], row["outcome"]["calculation_int"]) == (3.0, 65)
        save_scale(practice, SCALE)
        (row,) = shown(practice.get(TEACHER, path))
        assert (row["outcome"]["points_possible"], row["outcome"]["mastery_points"]) == (2.0, 2.0)

    @pytest.mark.parametrize(
        ("given", "what"),
        [
            ({"mastery_points": 1, "ratings": []}, "mastery points"),
            ({"ratings": [], "calculation_int": 5}, "ratings"),
            ({"calculation_method": "highest"}, "calculation values"),
            ({"calculation_int": 5, "title": "New"}, "calculation values"),
        ],
    )
    def test_its_levels_cannot_be_modified(
        self, practice: Practice, given: dict[str, Any], what: str
    ) -> None:
        outcome = an_outcome(practice)
        switch_on(practice)
        answer = practice.call(ADMIN, "PUT", f"/outcomes/{outcome}", given)
        assert (answer.status_code, answer.json()) == (403, {"error": OF_THE_SCALE.format(what)})
        assert full(practice, outcome)["title"] == "CT.1 Reasoning"

    def test_its_texts_still_can(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        switch_on(practice)
        given = {"title": "New", "vendor_guid": "g", "description": "d", "display_name": "n"}
        row = shown(practice.call(ADMIN, "PUT", f"/outcomes/{outcome}", given))
        assert {name: row[name] for name in given} == given

    def test_a_csv_import_still_stores_levels(self, practice: Practice) -> None:
        switch_on(practice)
        row = imported(practice, f"{HEADERS}\no1,outcome,One,,4,9,Yes,4,No")
        assert (row["workflow_state"], row["processing_errors"]) == ("succeeded", [])
        assert not LEVELS & by_guid(practice, "o1").keys()
        practice.switches.account_level_mastery_scales = False
        assert by_guid(practice, "o1")["points_possible"] == 9.0


class TestScale:
    def test_none_is_404(self, practice: Practice) -> None:
        answer = practice.get(ADMIN, f"{ACCOUNT_PATH}/outcome_proficiency")
        assert (answer.status_code, answer.json().keys()) == (404, {"message"})

    def test_the_nearest_account_above_decides(self, practice: Practice) -> None:
        save_scale(practice, [{**SCALE[0], "description": "Root"}], ROOT)
        save_scale(practice, SCALE, ARTS)
        for path, first in (
            (f"/accounts/{ROOT}", "Root"),
            (f"/accounts/{ENGLISH}", "Yes"),
            (f"/courses/{COURSE}", "Yes"),
        ):
            row = shown(practice.get(ADMIN, f"{path}/outcome_proficiency"))
            assert row["ratings"][0]["description"] == first

    def test_it_replaces_the_one_before(self, practice: Practice) -> None:
        save_scale(practice, SCALE)
        row = shown(save_scale(practice, [SCALE[0]]))
        assert row == shown(practice.get(ADMIN, f"{ACCOUNT_PATH}/outcome_proficiency"))
        assert len(row["ratings"]) == 1

    @pytest.mark.parametrize(
        ("ratings", "message"),
        [
            ([], "Missing required ratings"),
            ([SCALE[1]], "Exactly one rating can have mastery"),
            ([SCALE[0], {**SCALE[1], "mastery": True}], "Exactly one rating can have mastery"),
            (
                [SCALE[0], {**SCALE[1], "points": 2}],
                "Points should be strictly decreasing: 2.0 <= 2.0",
            ),
            ([{**SCALE[0], "points": -1}], "Points must be greater than or equal to 0"),
            ([{**SCALE[0], "color": "#00FF0"}], "Color is invalid"),
        ],
    )
    def test_a_wrong_one_is_422(self, practice: Practice, ratings: Any, message: str) -> None:
        answer = save_scale(practice, ratings)
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["field"], error["message"]) == ("outcome_proficiency_ratings", message)
        assert practice.state.proficiencies == {}

    def test_it_needs_an_account_role(self, practice: Practice) -> None:
        path = f"{ACCOUNT_PATH}/outcome_proficiency"
        assert practice.call(TEACHER, "POST", path, {"ratings": SCALE}).status_code == 401
        assert practice.call(SUB_ADMIN, "POST", path, {"ratings": SCALE}).status_code == 200

    def test_while_on_it_is_pushed_into_rubrics_that_follow(self, practice: Practice) -> None:
        rubric = align(practice, an_outcome(practice))
        switch_on(practice)
        save_scale(practice, SCALE)
        assert rubric.points_possible == 5.0
        practice.canvas.run_jobs()
        assert [row.description for row in rubric.criteria[0].ratings] == ["Yes", "No"]
        assert (rubric.points_possible, rubric.criteria[0].mastery_points) == (2.0, 2.0)


class TestFeatures:
    def test_the_features_that_are_on_are_named(self, practice: Practice) -> None:
        path = f"/accounts/{ROOT}/features/enabled"
        assert shown(practice.get(ADMIN, path)) == []
        switch_on(practice)
        assert shown(practice.get(ADMIN, path)) == ["account_level_mastery_scales"]

    def test_a_teacher_may_not_ask(self, practice: Practice) -> None:
        assert practice.get(TEACHER, f"/accounts/{ROOT}/features/enabled").status_code == 401
