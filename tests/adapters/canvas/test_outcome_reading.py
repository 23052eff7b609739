"""Places with their folders and outcomes, as Canvas answers."""

from decimal import Decimal

import httpx
import pytest
import respx

from application.errors import LmsForbidden
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import FoundFolder, FoundLink, OutcomePlace, PlaceKind
from tests.adapters.canvas.desk import API, opened, right_lacking
from tests.adapters.canvas.outcome_answers import (
    ACCOUNT_API,
    COURSE_API,
    account,
    answer,
    folder,
    link,
    outcome,
    scaleless,
)

PLACE = OutcomePlace(PlaceKind.ACCOUNT, "14")
COURSE_PLACE = OutcomePlace(PlaceKind.COURSE, "1")
FEATURES = f"{API}/accounts/1/features/enabled"


def a_place(mock: respx.MockRouter, *links: object, base: str = ACCOUNT_API) -> None:
    own = account(14, parent=1) if base == ACCOUNT_API else {"id": "1", "root_account_id": "1"}
    mock.get(base).mock(return_value=answer(own))
    groups = [folder(200, parent=None), folder(201, vendor_guid="mf.ct", description="<p>a</p>")]
    mock.get(url__startswith=f"{base}/outcome_groups").mock(return_value=answer(groups))
    mock.get(url__startswith=f"{base}/outcome_group_links").mock(return_value=answer(list(links)))


async def test_a_place_is_read_in_three_lists(respx_mock: respx.MockRouter) -> None:
    shown = outcome(ratings=outcome()["ratings"][::-1])
    a_place(respx_mock, link(200, shown), link(201, shown, can_unlink=False))
    async with opened() as desk:
        found = await desk.gateway.outcomes_at(PLACE)
    assert (found.place, found.root_account, found.mastery_scales) == (PLACE, "1", False)
    assert found.folders == (
        FoundFolder("200", "", "Title 200", "", None),  # type: ignore[arg-type]
        FoundFolder("201", "mf.ct", "Title 201", "a", "200"),  # type: ignore[arg-type]
    )
    (one,) = found.outcomes
    assert [(each.folder_ref, each.can_unlink) for each in one.links] == [
        ("200", True),
        ("201", False),
    ]
    ratings = tuple(
        Rating(Decimal(points), words)
        for points, words in [(5, "Exceeds"), (3, "Meets"), (0, "Not yet")]
    )
    scale = OutcomeScale(ratings, Decimal(3), Calculation("decaying_average", 65))
    text = "Builds a sound argument."
    assert one.content == OutcomeContent("CT.1 Reasoning", "Reasoning", text, scale)
    assert (one.owned, one.editable, one.assessed) == (True, True, True)
    asked = {call.request.url.path for call in respx_mock.calls}
    assert "/api/v1/accounts/1/features/enabled" not in asked


async def test_an_outcome_of_an_account_above_is_not_owned(respx_mock: respx.MockRouter) -> None:
    a_place(respx_mock, link(200, outcome(context_id="1", can_edit=False)))
    async with opened() as desk:
        (one,) = (await desk.gateway.outcomes_at(PLACE)).outcomes
    assert (one.owned, one.editable) == (False, False)


async def test_a_course_of_the_same_number_owns_nothing_of_an_account(
    respx_mock: respx.MockRouter,
) -> None:
    shown = outcome(context_id="1", context_type="Account")
    a_place(respx_mock, link(200, shown), base=COURSE_API)
    async with opened() as desk:
        (one,) = (await desk.gateway.outcomes_at(COURSE_PLACE)).outcomes
    assert not one.owned


async def test_the_bare_outcome_has_no_texts_and_the_highest_threshold(
    respx_mock: respx.MockRouter,
) -> None:
    bare = outcome(vendor_guid=None, display_name=None, description=None, mastery_points=None)
    bare["calculation_method"] = None
    del bare["calculation_int"]
    a_place(respx_mock, link(200, bare))
    async with opened() as desk:
        (one,) = (await desk.gateway.outcomes_at(PLACE)).outcomes
    assert (one.guid, one.content.display_name, one.content.description) == ("", "", "")
    assert one.content.scale is not None
    assert one.content.scale.mastery_points == Decimal(5)
    assert one.content.scale.calculation == Calculation("highest", None)


@pytest.mark.parametrize(
    "hidden",
    [
        scaleless(),
        outcome(ratings=[{"points": 4.0, "description": "x", "color": "0374B5", "mastery": True}]),
    ],
)
async def test_mastery_scales_hide_what_an_outcome_has(
    respx_mock: respx.MockRouter, hidden: dict[str, object]
) -> None:
    a_place(respx_mock, link(200, hidden))
    async with opened() as desk:
        found = await desk.gateway.outcomes_at(PLACE)
    assert found.mastery_scales
    assert found.outcomes[0].content.scale is None


@pytest.mark.parametrize(
    ("told", "on"),
    [
        (answer(["account_level_mastery_scales", "new_quizzes"]), True),
        (answer(["new_quizzes"]), False),
        (right_lacking(), False),
        (answer({}, status=404), False),
    ],
)
async def test_an_empty_place_asks_for_the_feature(
    respx_mock: respx.MockRouter, told: httpx.Response, on: bool
) -> None:
    a_place(respx_mock)
    respx_mock.get(FEATURES).mock(return_value=told)
    async with opened() as desk:
        assert (await desk.gateway.outcomes_at(PLACE)).mastery_scales is on


async def test_the_root_account_is_its_own_root(respx_mock: respx.MockRouter) -> None:
    a_place(respx_mock, link(200, outcome()))
    respx_mock.get(ACCOUNT_API).mock(return_value=answer(account(14)))
    async with opened() as desk:
        assert (await desk.gateway.outcomes_at(PLACE)).root_account == "14"


async def test_a_course_barred_by_its_dates_is_forbidden(respx_mock: respx.MockRouter) -> None:
    a_place(respx_mock, base=COURSE_API)
    stub = {"id": "1", "access_restricted_by_date": True}
    respx_mock.get(COURSE_API).mock(return_value=answer(stub))
    async with opened() as desk:
        with pytest.raises(LmsForbidden):
            await desk.gateway.outcomes_at(COURSE_PLACE)


async def test_one_refusal_ends_the_reading_of_a_place(respx_mock: respx.MockRouter) -> None:
    a_place(respx_mock, link(200, outcome()))
    respx_mock.get(url__startswith=f"{ACCOUNT_API}/outcome_group_links").mock(
        return_value=right_lacking()
    )
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.outcomes_at(PLACE)
    assert caught.value.reason == "no-right"


async def test_links_of_a_folder_that_are_gone_can_be_tried(respx_mock: respx.MockRouter) -> None:
    gone = link(200, outcome())
    del gone["can_unlink"]
    a_place(respx_mock, gone)
    async with opened() as desk:
        (one,) = (await desk.gateway.outcomes_at(PLACE)).outcomes
    assert one.links == (FoundLink(one.links[0].folder_ref, can_unlink=True),)
