"""Rubrics and what was given on them, as Canvas answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
import respx

from adapters.outbound.canvas.rubrics import ASSIGNMENTS_A_LIST
from application.errors import LmsForbidden, LmsRecordMissing
from domain.ids import LmsAssignmentRef, LmsCriterionRef, LmsRatingRef
from domain.score_import.lms_rubric import (
    GivenRating,
    LmsRubric,
    RubricAssignment,
)
from domain.score_import.reading import Reading
from tests.adapters.canvas.desk import COURSE, Desk, opened, right_lacking
from tests.adapters.canvas.outcome_answers import (
    COURSE_API,
    answer,
    criterion,
    graded_assignment,
    rated,
    rubric_of,
)

ASSIGNMENTS = f"{COURSE_API}/assignments"
SUBMISSIONS = f"{COURSE_API}/students/submissions"
ENROLLMENTS = f"{COURSE_API}/enrollments"


def an_assignment(
    ref: int, *, rubric: LmsRubric | None = None, published: bool = True
) -> RubricAssignment:
    return RubricAssignment(
        ref=LmsAssignmentRef(str(ref)),
        name=f"Essay {ref}",
        published=published,
        anonymous=False,
        points_possible=Decimal(8),
        launch_url="",
        rubric=rubric or rubric_of("_1"),
        rubric_grades=True,
    )


async def readings(desk: Desk, assignments: Sequence[RubricAssignment]) -> list[Reading]:
    return [one async for one in desk.gateway.rubric_scores(COURSE, assignments)]


def with_test_students(mock: respx.MockRouter, *users: int) -> None:
    rows = [
        {"user_id": str(user), "type": "StudentViewEnrollment", "enrollment_state": "active"}
        for user in users
    ]
    mock.get(url__startswith=ENROLLMENTS).mock(return_value=answer(rows))


async def test_assignments_are_told_with_and_without_rubric(respx_mock: respx.MockRouter) -> None:
    bound = criterion("_1", "Reasoning", outcome_id="311", vendor_guid="mf.reason.1")
    free = criterion("_2", "Style")
    free["ratings"].reverse()
    plain: dict[str, Any] = graded_assignment(901, published=False, anonymous_grading=True)
    for key in ("rubric", "rubric_settings", "use_rubric_for_grading"):
        del plain[key]
    tool = {"external_tool_tag_attributes": {"url": "https://tool.example/launch"}}
    listed = [graded_assignment(900, bound, free, **tool), plain]
    respx_mock.get(url__startswith=ASSIGNMENTS).mock(return_value=answer(listed))
    async with opened() as desk:
        first, second = [one async for one in desk.gateway.rubric_assignments(COURSE)]
    assert first.rubric is not None
    assert (first.rubric.ref, first.rubric.title) == ("88", "Essay rubric")
    told = [(row.ref, row.title, row.outcome_ref, row.guid) for row in first.rubric.criteria]
    assert told == [("_1", "Reasoning", "311", "mf.reason.1"), ("_2", "Style", None, "")]
    for row in first.rubric.criteria:
        assert [rating.points for rating in row.ratings] == [Decimal(5), Decimal(0)]
    assert (first.rubric_grades, first.launch_url) == (True, "https://tool.example/launch")
    assert first.points_possible == Decimal(8)
    assert (second.rubric, second.rubric_grades) == (None, False)
    assert (second.published, second.anonymous, second.launch_url) == (False, True, "")


async def test_a_rating_comes_with_all_that_tells_about_it(respx_mock: respx.MockRouter) -> None:
    with_test_students(respx_mock)
    full = {"rating_id": "_1_top", "points": 4.75, "comments": "Clear"}
    told = rated(900, 7, _1=full) | {"posted_at": None, "excused": True, "attempt": 3}
    respx_mock.get(url__startswith=SUBMISSIONS).mock(return_value=answer([told]))
    async with opened() as desk:
        (reading,) = await readings(desk, [an_assignment(900)])
    (scores,) = reading.scores
    assert scores.given == (
        GivenRating(LmsCriterionRef("_1"), LmsRatingRef("_1_top"), Decimal("4.75")),
    )
    assert (scores.assignment_ref, scores.user_ref, scores.grader_ref) == ("900", "7", "4211")
    assert scores.graded_at == datetime(2026, 2, 11, 8, tzinfo=UTC)
    assert (scores.posted, scores.excused, scores.attempt) == (False, True, 3)


async def test_everybody_is_asked_for_in_lists_of_several_assignments(
    respx_mock: respx.MockRouter,
) -> None:
    with_test_students(respx_mock)
    route = respx_mock.get(url__startswith=SUBMISSIONS).mock(return_value=answer([]))
    count = 2 * ASSIGNMENTS_A_LIST + 1
    async with opened() as desk:
        found = await readings(desk, [an_assignment(at) for at in range(count)])
    assert [one.assignment.ref for one in found] == [str(at) for at in range(count)]
    asked = [call.request.url.params for call in route.calls]
    refs = [ref for params in asked for ref in params.get_list("assignment_ids[]")]
    assert sorted(refs) == sorted(str(at) for at in range(count))
    assert {params["student_ids[]"] for params in asked} == {"all"}
    assert {params["include[]"] for params in asked} == {"rubric_assessment"}
    assert len(asked) == 3


async def test_unpublished_and_unrubriced_assignments_are_not_asked_for(
    respx_mock: respx.MockRouter,
) -> None:
    with_test_students(respx_mock)
    bare = RubricAssignment(
        ref=LmsAssignmentRef("902"),
        name="Bare",
        published=True,
        anonymous=False,
        points_possible=None,
        launch_url="",
        rubric=None,
        rubric_grades=False,
    )
    async with opened() as desk:
        found = await readings(desk, [an_assignment(901, published=False), bare])
    assert [(one.assignment.ref, one.scores) for one in found] == [("901", ()), ("902", ())]
    assert not any(call.request.url.path.endswith("submissions") for call in respx_mock.calls)


async def test_scores_find_their_assignment_and_test_students_stay_away(
    respx_mock: respx.MockRouter,
) -> None:
    with_test_students(respx_mock, 66)
    chosen = {"rating_id": "_1_top", "points": 5}
    told = [rated(at, user, _1=chosen) for user in (7, 66, 8) for at in (900, 901)]
    told += [rated(900, 9), {"assignment_id": "900", "user_id": "10"}, rated(777, 7, _1=chosen)]
    respx_mock.get(url__startswith=SUBMISSIONS).mock(return_value=answer(told))
    async with opened() as desk:
        found = await readings(desk, [an_assignment(900), an_assignment(901)])
    rows = {one.assignment.ref: [score.user_ref for score in one.scores] for one in found}
    assert rows == {"900": ["7", "8"], "901": ["7", "8"]}


async def test_without_a_look_at_enrolments_scores_come_all_the_same(
    respx_mock: respx.MockRouter,
) -> None:
    respx_mock.get(url__startswith=ENROLLMENTS).mock(return_value=right_lacking())
    told = [rated(900, None, _1={"points": 5})]
    respx_mock.get(url__startswith=SUBMISSIONS).mock(return_value=answer(told))
    async with opened() as desk:
        (reading,) = await readings(desk, [an_assignment(900)])
    assert [score.user_ref for score in reading.scores] == [""]


async def test_a_refusal_of_one_list_is_the_refusal_of_all(respx_mock: respx.MockRouter) -> None:
    with_test_students(respx_mock)
    respx_mock.get(url__startswith=SUBMISSIONS).mock(
        side_effect=[answer([]), right_lacking(), answer([])]
    )
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await readings(desk, [an_assignment(at) for at in range(3 * ASSIGNMENTS_A_LIST)])
    assert caught.value.reason == "no-right"


@pytest.mark.parametrize(
    ("submissions", "used"),
    [
        ([], False),
        ([{"assignment_id": "9", "user_id": "7"}], False),
        ([rated(9, 7, _stale={"points": 5})], False),
        ([rated(9, 6), rated(9, 7, _1={"points": 5})], True),
        ([rated(9, 7, _1={"rating_id": None, "comments": "see me"})], True),
    ],
)
async def test_a_rubric_is_used_when_somebody_was_rated_on_it(
    respx_mock: respx.MockRouter, submissions: list[object], used: bool
) -> None:
    there = graded_assignment(9, criterion("_1", "Reasoning"))
    respx_mock.get(f"{ASSIGNMENTS}/9").mock(return_value=answer(there))
    respx_mock.get(url__startswith=f"{ASSIGNMENTS}/9/submissions").mock(
        return_value=answer(submissions)
    )
    async with opened() as desk:
        assert await desk.gateway.rubric_is_used(COURSE, LmsAssignmentRef("9")) is used


async def test_without_a_rubric_nobody_was_rated(respx_mock: respx.MockRouter) -> None:
    bare = graded_assignment(9) | {"rubric": None, "rubric_settings": None}
    respx_mock.get(f"{ASSIGNMENTS}/9").mock(return_value=answer(bare))
    async with opened() as desk:
        assert not await desk.gateway.rubric_is_used(COURSE, LmsAssignmentRef("9"))
    assert respx_mock.calls.call_count == 1


async def test_a_missing_assignment_is_named(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(f"{ASSIGNMENTS}/9").mock(return_value=httpx.Response(404, json={}))
    async with opened() as desk:
        with pytest.raises(LmsRecordMissing) as caught:
            await desk.gateway.rubric_is_used(COURSE, LmsAssignmentRef("9"))
    assert caught.value.reason == "assignment-missing"
