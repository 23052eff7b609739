"""What a grader chose, translated from any assessment that Canvas shows."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.canvas.rubric_payloads import RATED_SUBMISSIONS
from adapters.outbound.canvas.rubric_translate import scores_from
from domain.ids import LmsCriterionRef, LmsRatingRef
from domain.score_import.lms_rubric import (
    GivenRating,
)
from tests.adapters.canvas.outcome_answers import (
    answer,
    rated,
    rubric_of,
)


@pytest.mark.parametrize(
    ("chosen", "rating", "points"),
    [
        ({"rating_id": "_1_top", "points": 5}, "_1_top", 5),
        ({"rating_id": None, "points": 4}, None, 4),
        ({"rating_id": None, "comments": "see me"}, None, None),
        ({"rating_id": "_1_low", "comments": "see me"}, None, None),
        ({"rating_id": "_1_low", "points": 0}, "_1_low", 0),
        ({"rating_id": "_1_top"}, "_1_top", None),
        ({"rating_id": "", "points": None}, None, None),
        ({"rating_id": "blank", "points": 1.5}, "blank", "1.5"),
    ],
)
def test_what_was_chosen_on_a_row(
    chosen: dict[str, object], rating: str | None, points: object
) -> None:
    (payload,) = RATED_SUBMISSIONS.decode(answer([rated(900, 7, _1=chosen)]).content)
    scores = scores_from(payload, rubric_of("_1"))
    assert scores is not None
    wanted = None if points is None else Decimal(str(points))
    assert scores.given == (
        GivenRating(LmsCriterionRef("_1"), LmsRatingRef(rating) if rating else None, wanted),
    )


@pytest.mark.parametrize("grader", [None, -17, "-17"])
def test_a_tool_is_no_grader(grader: object) -> None:
    told = rated(900, 7, _1={"points": 5}) | {"grader_id": grader}
    (payload,) = RATED_SUBMISSIONS.decode(answer([told]).content)
    scores = scores_from(payload, rubric_of("_1"))
    assert scores is not None
    assert scores.grader_ref is None


rows = st.sampled_from(["_1", "_2", "_3", "_4"])


@given(st.lists(rows, unique=True), st.sets(rows))
def test_only_rows_of_the_rubric_count(on_rubric: list[str], assessed: set[str]) -> None:
    told = rated(900, 7, **{ref: {"points": 5} for ref in assessed})
    (payload,) = RATED_SUBMISSIONS.decode(answer([told]).content)
    scores = scores_from(payload, rubric_of(*on_rubric))
    kept = [ref for ref in on_rubric if ref in assessed]
    assert ([one.criterion_ref for one in scores.given] if scores else []) == kept
