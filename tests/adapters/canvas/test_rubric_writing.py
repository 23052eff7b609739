"""A rubric on its way to an assignment, and read back from there."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import pytest
import respx

from application.errors import LmsForbidden, LmsRecordMissing, LmsRefused, LmsSpokeNonsense
from domain.ids import LmsOutcomeRef, RowId
from domain.score_import.placed_rubric import DraftCriterion, DraftRating, RubricDraft
from tests.adapters.canvas.desk import ASSIGNMENT, COURSE, opened
from tests.adapters.canvas.outcome_answers import COURSE_API, answer, criterion, graded_assignment

HERE = f"{COURSE_API}/assignments/9"
RUBRICS = f"{COURSE_API}/rubrics"
LEVELS = (
    DraftRating(Decimal("13.34"), Decimal(4), "Exceeds", "In every part"),
    DraftRating(Decimal("1E+1"), Decimal(3), "Meets", ""),
)
BOUND = DraftCriterion(
    RowId("r1"), "Reasoning", "Builds it", LEVELS, LmsOutcomeRef("311"), Decimal(3)
)
FREE = DraftCriterion(RowId("r2"), "Style", "", LEVELS, None, None)
DRAFT = RubricDraft("Essay rubric", (BOUND, FREE), grades=True, keeps_points=True)
REASONING = criterion("_1", "Reasoning", outcome_id="311")
STYLE = criterion("_2", "Style")


def placed(mock: respx.MockRouter, *rows: dict[str, Any], **changes: object) -> respx.Route:
    """The assignment before and after, and the call between them."""
    after = graded_assignment(9, *rows, **changes)
    mock.get(HERE).mock(side_effect=[answer(graded_assignment(9)), answer(after)])
    made = {"rubric": {"id": "88"}, "rubric_association": {"id": "640"}}
    return mock.post(RUBRICS).mock(return_value=answer(made))


async def test_the_form_is_what_canvas_reads(respx_mock: respx.MockRouter) -> None:
    route = placed(respx_mock, REASONING, STYLE)
    async with opened() as desk:
        rubric = await desk.gateway.put_rubric(COURSE, ASSIGNMENT, DRAFT)
    assert (rubric.ref, [row.ref for row in rubric.criteria]) == ("88", ["_1", "_2"])
    form = dict(httpx.QueryParams(route.calls.last.request.content.decode()))
    first, second = "rubric[criteria][0]", "rubric[criteria][1]"
    assert form == {
        "rubric[title]": "Essay rubric",
        "rubric[free_form_criterion_comments]": "0",
        "rubric_association[association_id]": "9",
        "rubric_association[association_type]": "Assignment",
        "rubric_association[purpose]": "grading",
        "rubric_association[use_for_grading]": "1",
        "skip_updating_points_possible": "true",
        f"{first}[description]": "Reasoning",
        f"{first}[long_description]": "Builds it",
        f"{first}[criterion_use_range]": "false",
        f"{first}[learning_outcome_id]": "311",
        f"{first}[mastery_points]": "3",
        f"{second}[description]": "Style",
        f"{second}[long_description]": "",
        f"{second}[criterion_use_range]": "false",
        **{
            f"{row}[ratings][{at}][{name}]": value
            for row in (first, second)
            for at, rating in enumerate(
                [("Exceeds", "In every part", "13.34"), ("Meets", "", "10")]
            )
            for name, value in zip(
                ("description", "long_description", "points"), rating, strict=True
            )
        },
    }


async def test_a_rubric_that_does_not_grade_says_so(respx_mock: respx.MockRouter) -> None:
    route = placed(respx_mock, REASONING, STYLE)
    async with opened() as desk:
        draft = replace(DRAFT, grades=False, keeps_points=False)
        await desk.gateway.put_rubric(COURSE, ASSIGNMENT, draft)
    form = dict(httpx.QueryParams(route.calls.last.request.content.decode()))
    assert form["rubric_association[use_for_grading]"] == "0"
    assert "skip_updating_points_possible" not in form


@pytest.mark.parametrize(
    "rows",
    [
        (STYLE, REASONING),
        (criterion("_2", "Style"), criterion("_1", "Renamed by the outcome", outcome_id="311")),
        (criterion("_2", "No Description"), REASONING),
    ],
)
async def test_the_answer_is_in_the_order_of_the_draft(
    respx_mock: respx.MockRouter, rows: tuple[dict[str, Any], ...]
) -> None:
    placed(respx_mock, *rows)
    async with opened() as desk:
        rubric = await desk.gateway.put_rubric(COURSE, ASSIGNMENT, DRAFT)
    assert [row.ref for row in rubric.criteria] == ["_1", "_2"]


async def test_rows_of_one_title_keep_their_places(respx_mock: respx.MockRouter) -> None:
    placed(respx_mock, criterion("_a", "Style"), criterion("_b", " Style"))
    async with opened() as desk:
        draft = replace(DRAFT, criteria=(FREE, FREE))
        rubric = await desk.gateway.put_rubric(COURSE, ASSIGNMENT, draft)
    assert [row.ref for row in rubric.criteria] == ["_a", "_b"]


async def test_an_outcome_that_the_course_cannot_show_is_named(
    respx_mock: respx.MockRouter,
) -> None:
    placed(respx_mock, criterion("_1", "Reasoning"), STYLE)
    async with opened() as desk:
        with pytest.raises(LmsRefused) as caught:
            await desk.gateway.put_rubric(COURSE, ASSIGNMENT, DRAFT)
    assert caught.value.reason == "outcome-not-in-course"


@pytest.mark.parametrize(
    "changes",
    [
        {"rubric": None, "rubric_settings": None},
        {"rubric_settings": {"id": "77", "title": "Of somebody else"}},
    ],
)
async def test_a_rubric_that_was_not_attached_is_a_missing_right(
    respx_mock: respx.MockRouter, changes: dict[str, Any]
) -> None:
    placed(respx_mock, REASONING, STYLE, **changes)
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.put_rubric(COURSE, ASSIGNMENT, DRAFT)
    assert caught.value.reason == "no-right"


async def test_a_rubric_with_other_rows_is_nonsense(respx_mock: respx.MockRouter) -> None:
    placed(respx_mock, REASONING)
    async with opened() as desk:
        with pytest.raises(LmsSpokeNonsense):
            await desk.gateway.put_rubric(COURSE, ASSIGNMENT, DRAFT)


async def test_no_rubric_is_made_for_a_missing_assignment(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(HERE).mock(return_value=answer({}, status=404))
    async with opened() as desk:
        with pytest.raises(LmsRecordMissing) as caught:
            await desk.gateway.put_rubric(COURSE, ASSIGNMENT, DRAFT)
    assert caught.value.reason == "assignment-missing"
    assert respx_mock.calls.call_count == 1
