"""Making and changing outcomes: defaults, resets, and what is not saved."""

from typing import Any

import httpx
import pytest

from tests.sandbox.college import ADMIN, HOST, Practice, shown
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    RATINGS,
    align,
    an_outcome,
    assess,
    full,
    root_of,
)


def created(practice: Practice, **given: Any) -> httpx.Response:
    path = f"{ACCOUNT_PATH}/outcome_groups/{root_of(practice)}/outcomes?outcome_style=full"
    return practice.call(ADMIN, "POST", path, {"title": "CT.3", **given})


def put(practice: Practice, outcome: int, **given: Any) -> httpx.Response:
    return practice.call(ADMIN, "PUT", f"/outcomes/{outcome}", given)


def wrong(answer: httpx.Response) -> list[tuple[str, str]]:
    """(attribute, message) of a refusal."""
    assert answer.status_code == 400
    errors: dict[str, list[dict[str, str]]] = answer.json()["errors"]
    assert all(row["type"] == row["message"] for rows in errors.values() for row in rows)
    return [(row["attribute"], row["message"]) for rows in errors.values() for row in rows]


class TestNew:
    def test_it_is_answered_with_200_and_not_201(self, practice: Practice) -> None:
        assert created(practice).status_code == 200

    def test_without_ratings_it_has_three_and_mastery_points_are_ignored(
        self, practice: Practice
    ) -> None:
        outcome = shown(created(practice, mastery_points=1))["outcome"]
        assert [(row["points"], row["description"]) for row in outcome["ratings"]] == [
            (5.0, "Exceeds Expectations"),
            (3.0, "Meets Expectations"),
            (0.0, "Does Not Meet Expectations"),
        ]
        assert (outcome["mastery_points"], outcome["points_possible"]) == (3.0, 5.0)
        assert (outcome["calculation_method"], outcome["calculation_int"]) == (
            "decaying_average",
            65,
        )

    def test_ratings_are_put_in_order_with_stand_ins_for_what_is_missing(
        self, practice: Practice
    ) -> None:
        ratings = [{"description": "low"}, {"points": "4"}]
        outcome = shown(created(practice, ratings=ratings))["outcome"]
        assert outcome["ratings"] == [
            {"description": "No Comment", "points": 4.0},
            {"description": "low", "points": 0.0},
        ]
        assert outcome["mastery_points"] == 4.0

    def test_a_form_body_says_the_same(self, practice: Practice) -> None:
        path = f"{ACCOUNT_PATH}/outcome_groups/{root_of(practice)}/outcomes?outcome_style=full"
        form = (
            "title=CT&ratings[][description]=High&ratings[][points]=4"
            "&ratings[][description]=Low&ratings[][points]=1&mastery_points=1"
        )
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        outcome = shown(practice.call(ADMIN, "POST", path, content=form, headers=headers))
        points = [row["points"] for row in outcome["outcome"]["ratings"]]
        assert (points, outcome["outcome"]["mastery_points"]) == ([4.0, 1.0], 1.0)

    def test_n_mastery_counts_to_five_unless_told(self, practice: Practice) -> None:
        outcome = shown(created(practice, calculation_method="n_mastery"))["outcome"]
        assert outcome["calculation_int"] == 5

    @pytest.mark.parametrize("method", ["highest", "latest", "average"])
    def test_methods_without_a_number_do_not_show_one(
        self, practice: Practice, method: str
    ) -> None:
        outcome = shown(created(practice, calculation_method=method))["outcome"]
        assert outcome["calculation_method"] == method
        assert "calculation_int" not in outcome

    def test_a_stray_number_is_refused_when_making(self, practice: Practice) -> None:
        answer = created(practice, calculation_method="highest", calculation_int=5)
        assert wrong(answer) == [
            ("calculation_int", "A calculation value is not used with this calculation method")
        ]

    def test_a_guid_may_repeat_and_hold_spaces(self, practice: Practice) -> None:
        first = an_outcome(practice, vendor_guid="mf reason")
        assert an_outcome(practice, vendor_guid="mf reason") != first


class TestRefused:
    @pytest.mark.parametrize(
        ("given", "attribute"),
        [
            ({"title": ""}, "short_description"),
            ({"title": "x" * 256}, "short_description"),
            ({"display_name": "x" * 256}, "display_name"),
            ({"vendor_guid": "x" * 256}, "vendor_guid"),
            ({"description": "x" * 65536}, "description"),
            ({"calculation_method": "guess"}, "calculation_method"),
        ],
    )
    def test_by_attribute(self, practice: Practice, given: dict[str, Any], attribute: str) -> None:
        assert [name for name, _ in wrong(created(practice, **given))] == [attribute]
        outcome = an_outcome(practice)
        before = full(practice, outcome)
        assert [name for name, _ in wrong(put(practice, outcome, **given))] == [attribute]
        assert full(practice, outcome) == before

    @pytest.mark.parametrize(
        ("method", "number", "least", "most"),
        [
            ("decaying_average", 0, 1, 99),
            ("decaying_average", 1500, 1, 99),
            ("weighted_average", 100, 1, 99),
            ("n_mastery", 11, 1, 10),
        ],
    )
    def test_a_number_out_of_range(
        self, practice: Practice, method: str, number: int, least: int, most: int
    ) -> None:
        answer = created(practice, calculation_method=method, calculation_int=number)
        message = (
            f"'{number}' is not a valid value for this calculation method. "
            f"The value must be between '{least}' and '{most}'"
        )
        assert wrong(answer) == [("calculation_int", message)]

    def test_the_known_methods_are_named(self, practice: Practice) -> None:
        ((_, message),) = wrong(created(practice, calculation_method="guess"))
        assert message.startswith('calculation_method must be one of the following: ["decaying_av')

    def test_nothing_is_made_by_a_refused_call(self, practice: Practice) -> None:
        created(practice, title="")
        assert practice.state.outcomes == {}


class TestChanged:
    def test_ratings_alone_lose_the_threshold(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        ratings = [{"description": "Yes", "points": 4}, {"description": "No", "points": 0}]
        row = shown(put(practice, outcome, ratings=ratings))
        assert (row["mastery_points"], row["points_possible"]) == (4.0, 4.0)

    def test_mastery_points_alone_keep_the_ratings(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        row = shown(put(practice, outcome, mastery_points="5"))
        assert (row["mastery_points"], len(row["ratings"])) == (5.0, len(RATINGS))

    def test_a_new_method_brings_its_own_number(self, practice: Practice) -> None:
        outcome = an_outcome(practice, calculation_method="n_mastery", calculation_int=3)
        row = shown(put(practice, outcome, calculation_method="decaying_average"))
        assert row["calculation_int"] == 65

    def test_a_number_sent_with_a_method_that_has_none_is_dropped(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        row = shown(put(practice, outcome, calculation_method="latest", calculation_int=4))
        assert "calculation_int" not in row

    def test_a_number_alone_is_refused_where_the_method_has_none(self, practice: Practice) -> None:
        outcome = an_outcome(practice, calculation_method="highest")
        assert [name for name, _ in wrong(put(practice, outcome, calculation_int=5))] == [
            "calculation_int"
        ]

    def test_no_method_in_the_table_is_shown_as_highest(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        row = practice.state.outcomes[outcome]
        row.calculation_method = row.calculation_int = None
        assert full(practice, outcome)["calculation_method"] == "highest"

    def test_being_assessed_blocks_nothing(self, practice: Practice) -> None:
        outcome = an_outcome(practice)
        assess(practice, align(practice, outcome), points=5.0)
        row = shown(put(practice, outcome, title="New", calculation_method="highest"))
        assert (row["title"], row["calculation_method"], row["assessed"]) == (
            "New",
            "highest",
            True,
        )

    def test_the_guid_changes_at_any_time(self, practice: Practice) -> None:
        outcome = an_outcome(practice, vendor_guid="old")
        assert shown(put(practice, outcome, vendor_guid="new"))["vendor_guid"] == "new"

    def test_a_description_may_read_back_different(self, practice: Practice) -> None:
        html = '<P onclick="x()">a & b<br>c<script>bad()</script> <a href="/courses/1">d</a>'
        row = shown(put(practice, an_outcome(practice), description=html))
        link = f'<a href="{HOST}/courses/1">d</a>'
        assert row["description"] == f"<p>a &amp; b<br>c {link}</p>"


class TestNewDecayingAverage:
    def test_the_default_is_the_standard_one(self, practice: Practice) -> None:
        practice.switches.outcomes_new_decaying_average_calculation = True
        outcome = shown(created(practice))["outcome"]
        assert (outcome["calculation_method"], outcome["calculation_int"]) == (
            "standard_decaying_average",
            65,
        )

    @pytest.mark.parametrize(
        ("on", "written"), [(True, "weighted_average"), (False, "standard_decaying_average")]
    )
    def test_one_name_is_written_and_another_read(
        self, practice: Practice, on: bool, written: str
    ) -> None:
        practice.switches.outcomes_new_decaying_average_calculation = on
        outcome = shown(created(practice, calculation_method=written))["outcome"]
        assert outcome["calculation_method"] == "decaying_average"

    def test_the_standard_one_takes_fifty_and_more(self, practice: Practice) -> None:
        practice.switches.outcomes_new_decaying_average_calculation = True
        answer = created(practice, calculation_int=49)
        assert [name for name, _ in wrong(answer)] == ["calculation_int"]
