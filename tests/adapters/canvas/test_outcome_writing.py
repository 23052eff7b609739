"""Outcomes and folders as they are sent by single calls."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import pytest
import respx

from application.errors import LmsForbidden, LmsRecordMissing, LmsRefused, LmsUnavailable
from domain.ids import LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import (
    FoundLink,
    OutcomePlace,
    PlaceKind,
)
from domain.outcomes.sync_plan import FolderWish
from tests.adapters.canvas.desk import API, opened, right_lacking
from tests.adapters.canvas.outcome_answers import (
    ACCOUNT_API,
    answer,
    folder,
    link,
    outcome,
    scaleless,
)

PLACE = OutcomePlace(PlaceKind.ACCOUNT, "14")
FOLDER, OUTCOME = LmsFolderRef("201"), LmsOutcomeRef("311")
WISH = FolderWish("attain:1:course:c1", "MATH 101", "One\n\nTwo & three")
ONE = f"{API}/outcomes/311"
GROUPS = f"{ACCOUNT_API}/outcome_groups"
SCALE = OutcomeScale(
    (Rating(Decimal("3.50"), "Top"), Rating(Decimal(0), "None")), Decimal("3.5"), Calculation()
)
CONTENT = OutcomeContent("Claims", "", "Says so.\nTwice.", SCALE)


def sent(mock: respx.MockRouter) -> Any:
    return json.loads(mock.calls.last.request.content)


async def test_a_change_carries_the_whole_scale_digit_by_digit(
    respx_mock: respx.MockRouter,
) -> None:
    respx_mock.put(ONE).mock(return_value=answer(outcome()))
    async with opened() as desk:
        changed = await desk.gateway.change_outcome(PLACE, OUTCOME, CONTENT)
    assert (changed.ref, changed.owned, changed.links) == ("311", True, ())
    assert sent(respx_mock) == {
        "title": "Claims",
        "display_name": "",
        "description": "<p>Says so.<br>Twice.</p>",
        "ratings": [{"description": "Top", "points": 3.5}, {"description": "None", "points": 0}],
        "mastery_points": 3.5,
        "calculation_method": "latest",
    }
    assert b'"points":3.50' in respx_mock.calls.last.request.content


async def test_a_number_goes_only_with_a_method_that_takes_one(
    respx_mock: respx.MockRouter,
) -> None:
    respx_mock.put(ONE).mock(return_value=answer(outcome()))
    scale = replace(SCALE, calculation=Calculation("decaying_average", 65))
    async with opened() as desk:
        await desk.gateway.change_outcome(PLACE, OUTCOME, replace(CONTENT, scale=scale))
    body = sent(respx_mock)
    assert (body["calculation_method"], body["calculation_int"]) == ("decaying_average", 65)


async def test_without_a_scale_none_is_sent(respx_mock: respx.MockRouter) -> None:
    respx_mock.put(ONE).mock(return_value=answer(scaleless()))
    async with opened() as desk:
        changed = await desk.gateway.change_outcome(PLACE, OUTCOME, replace(CONTENT, scale=None))
    assert sent(respx_mock).keys() == {"title", "display_name", "description"}
    assert changed.content.scale is None


@pytest.mark.parametrize(
    "text",
    ["Individual outcome ratings cannot be modified.", "No se puede cambiar la calificación."],
)
async def test_mastery_scales_refuse_in_any_language(
    respx_mock: respx.MockRouter, text: str
) -> None:
    respx_mock.put(ONE).mock(return_value=answer({"error": text}, status=403))
    async with opened() as desk:
        with pytest.raises(LmsRefused) as caught:
            await desk.gateway.change_outcome(PLACE, OUTCOME, CONTENT)
    assert caught.value.reason == "mastery-scales"


@pytest.mark.parametrize("status", [401, 403])
async def test_a_missing_right_is_no_mastery_scale(
    respx_mock: respx.MockRouter, status: int
) -> None:
    respx_mock.put(ONE).mock(return_value=right_lacking(status))
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.change_outcome(PLACE, OUTCOME, CONTENT)
    assert caught.value.reason == "no-right"


async def test_an_added_outcome_is_read_back(respx_mock: respx.MockRouter) -> None:
    short = {"id": "311", "title": "Claims", "vendor_guid": "g1"}
    route = respx_mock.post(f"{GROUPS}/201/outcomes").mock(return_value=answer(link(201, short)))
    respx_mock.get(ONE).mock(return_value=answer(outcome(vendor_guid="g1")))
    async with opened() as desk:
        added = await desk.gateway.add_outcome(PLACE, FOLDER, "g1", CONTENT)
    assert json.loads(route.calls.last.request.content)["vendor_guid"] == "g1"
    assert (added.guid, added.content.title) == ("g1", "CT.1 Reasoning")
    assert added.links == (FoundLink(FOLDER, can_unlink=True),)


@pytest.mark.parametrize("failure", [httpx.Response(500), httpx.ReadTimeout("slow")])
async def test_no_write_is_repeated_by_itself(
    respx_mock: respx.MockRouter, failure: httpx.Response | Exception
) -> None:
    posted = respx_mock.post(f"{GROUPS}/201/outcomes").mock(side_effect=[failure] * 9)
    unlinked = respx_mock.delete(f"{GROUPS}/201/outcomes/311").mock(side_effect=[failure] * 9)
    async with opened() as desk:
        with pytest.raises(LmsUnavailable):
            await desk.gateway.add_outcome(PLACE, FOLDER, "g1", CONTENT)
        with pytest.raises(LmsUnavailable):
            await desk.gateway.unlink_outcome(PLACE, FOLDER, OUTCOME)
    assert (posted.call_count, unlinked.call_count) == (1, 1)


async def test_an_unlinked_outcome_may_be_gone_already(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.delete(f"{GROUPS}/201/outcomes/311")
    route.mock(side_effect=[answer({"outcome": {}}), answer({}, status=404)])
    async with opened() as desk:
        for _ in range(2):
            await desk.gateway.unlink_outcome(PLACE, FOLDER, OUTCOME)
    assert route.call_count == 2


@pytest.mark.parametrize(
    "refusal",
    [
        {"message": "Link is the last link to an aligned outcome. Remove the alignment and then"},
        {"message": "El último enlace"},
        "error",
    ],
)
async def test_an_outcome_in_use_stays_in_any_language(
    respx_mock: respx.MockRouter, refusal: object
) -> None:
    respx_mock.delete(url__startswith=GROUPS).mock(return_value=answer(refusal, status=400))
    async with opened() as desk:
        for call in (
            desk.gateway.unlink_outcome(PLACE, FOLDER, OUTCOME),
            desk.gateway.remove_folder(PLACE, FOLDER),
        ):
            with pytest.raises(LmsRefused) as caught:
                await call
            assert caught.value.reason == "aligned"


async def test_what_may_not_be_deleted_is_forbidden(respx_mock: respx.MockRouter) -> None:
    respx_mock.delete(url__startswith=GROUPS).mock(
        side_effect=[right_lacking(), right_lacking(), answer({}, status=404)]
    )
    async with opened() as desk:
        with pytest.raises(LmsForbidden):
            await desk.gateway.unlink_outcome(PLACE, FOLDER, OUTCOME)
        with pytest.raises(LmsForbidden):
            await desk.gateway.remove_folder(PLACE, FOLDER)
        with pytest.raises(LmsRecordMissing):
            await desk.gateway.remove_folder(PLACE, FOLDER)


async def test_a_new_folder_goes_under_the_root(respx_mock: respx.MockRouter) -> None:
    listed = [folder(201, vendor_guid="mf.ct"), folder(200, parent=None)]
    respx_mock.get(url__startswith=f"{GROUPS}?").mock(return_value=answer(listed))
    made = folder(207, vendor_guid=WISH.guid, title=WISH.title)
    route = respx_mock.post(f"{GROUPS}/200/subgroups").mock(return_value=answer(made))
    async with opened() as desk:
        put = await desk.gateway.put_folder(PLACE, WISH)
    assert (put.ref, put.guid, put.parent_ref) == ("207", WISH.guid, "200")
    form = httpx.QueryParams(route.calls.last.request.content.decode())
    assert dict(form) == {
        "title": "MATH 101",
        "description": "<p>One</p><p>Two &amp; three</p>",
        "vendor_guid": WISH.guid,
    }


async def test_a_known_folder_is_renamed(respx_mock: respx.MockRouter) -> None:
    listed = [folder(200, parent=None), folder(207, parent=201, vendor_guid=WISH.guid)]
    respx_mock.get(url__startswith=f"{GROUPS}?").mock(return_value=answer(listed))
    named = folder(207, parent=201, vendor_guid=WISH.guid, title=WISH.title)
    respx_mock.put(f"{GROUPS}/207").mock(return_value=answer(named))
    async with opened() as desk:
        put = await desk.gateway.put_folder(PLACE, WISH)
    assert (put.ref, put.title, put.parent_ref) == ("207", "MATH 101", "201")


ROOT_GROUP = f"{ACCOUNT_API}/root_outcome_group"


@pytest.mark.parametrize("location", [f"{GROUPS}/200", "/api/v1/accounts/14/outcome_groups/200"])
async def test_a_root_never_asked_for_is_found_by_its_redirect(
    respx_mock: respx.MockRouter, location: str
) -> None:
    respx_mock.get(url__startswith=f"{GROUPS}?").mock(return_value=answer([]))
    redirect = httpx.Response(302, headers={"Location": location})
    respx_mock.get(ROOT_GROUP).mock(return_value=redirect)
    root = respx_mock.get(f"{GROUPS}/200").mock(return_value=answer(folder(200, parent=None)))
    respx_mock.post(f"{GROUPS}/200/subgroups").mock(return_value=answer(folder(207)))
    async with opened() as desk:
        assert (await desk.gateway.put_folder(PLACE, WISH)).ref == "207"
    assert root.calls.last.request.headers["Authorization"] == "Bearer old-token"


async def test_a_redirect_to_another_origin_gets_no_token(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(url__startswith=f"{GROUPS}?").mock(return_value=answer([]))
    away = httpx.Response(302, headers={"Location": "https://evil.example/api/v1/x"})
    respx_mock.get(ROOT_GROUP).mock(return_value=away)
    async with opened() as desk:
        with pytest.raises(Exception, match="another address"):
            await desk.gateway.put_folder(PLACE, WISH)
    assert {call.request.url.host for call in respx_mock.calls} == {"canvas.college.edu"}
