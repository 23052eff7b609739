"""The upload of many outcomes, and what is told of it."""

from dataclasses import replace
from decimal import Decimal

import httpx
import pytest
import respx

from application.errors import LmsUnavailable
from application.ports.lms_outcomes import OutcomeDraft, OutcomeUpload, UploadState
from domain.ids import LmsAccountRef, LmsFolderRef, LmsOutcomeRef
from domain.outcomes.content import Calculation, OutcomeContent, OutcomeScale, Rating
from domain.outcomes.found import (
    Found,
    FoundFolder,
    FoundLink,
    FoundOutcome,
    OutcomePlace,
    PlaceKind,
)
from domain.outcomes.sync_plan import FolderWish
from tests.adapters.canvas.desk import bad_token, opened
from tests.adapters.canvas.outcome_answers import (
    ACCOUNT_API,
    answer,
    folder,
    link,
    outcome,
)

PLACE = OutcomePlace(PlaceKind.ACCOUNT, "14")
WISH = FolderWish("attain:1:course:c1", "MATH 101", "One\n\nTwo & three")
GROUPS = f"{ACCOUNT_API}/outcome_groups"
IMPORTS = f"{ACCOUNT_API}/outcome_imports"
SCALE = OutcomeScale(
    (Rating(Decimal("3.50"), "Top"), Rating(Decimal(0), "None")), Decimal("3.5"), Calculation()
)
CONTENT = OutcomeContent("Claims", "", "Says so.\nTwice.", SCALE)
ROOT = FoundFolder(LmsFolderRef("200"), "", "Faculty", "", None)
FOREIGN = FoundFolder(LmsFolderRef("201"), "mf.ct", "Critical", "Rich", ROOT.ref)
WHOLE = replace(CONTENT, scale=replace(SCALE, ratings=(), mastery_points=Decimal(3)))


def an_upload(*folders: str, there: Found | None = None) -> OutcomeUpload:
    draft = OutcomeDraft("attain:1:slo:s1", WHOLE, folders)
    nothing = Found(PLACE, LmsAccountRef("1"), (ROOT, FOREIGN), (), mastery_scales=False)
    return OutcomeUpload((WISH,), (draft,), there or nothing)


def an_import(state: str, **changes: object) -> httpx.Response:
    return answer({"id": "12", "workflow_state": state, "progress": 40, **changes})


async def test_an_upload_is_a_file_in_a_form(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(IMPORTS).mock(side_effect=[bad_token(), an_import("created")])
    async with opened() as desk:
        assert await desk.gateway.upload_outcomes(PLACE, an_upload(WISH.guid)) == "12"
    first, second = (call.request for call in route.calls)
    assert second.headers["Authorization"] == "Bearer new-token"
    assert second.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="attachment"; filename="outcomes.csv"' in second.content
    assert b"\r\nvendor_guid,object_type,title," in second.content
    assert len(first.content) == len(second.content)


@pytest.mark.parametrize("failure", [httpx.Response(500), httpx.ReadTimeout("slow")])
async def test_an_upload_is_never_repeated_by_itself(
    respx_mock: respx.MockRouter, failure: httpx.Response | Exception
) -> None:
    route = respx_mock.post(IMPORTS).mock(side_effect=[failure] * 9)
    async with opened() as desk:
        with pytest.raises(LmsUnavailable):
            await desk.gateway.upload_outcomes(PLACE, an_upload(WISH.guid))
    assert route.call_count == 1


async def test_what_others_wrote_about_their_folders_goes_back_unchanged(
    respx_mock: respx.MockRouter,
) -> None:
    rich = folder(201, vendor_guid="mf.ct", description="<p><b>Rich</b></p>")
    respx_mock.get(url__startswith=f"{GROUPS}?").mock(return_value=answer([rich]))
    route = respx_mock.post(IMPORTS).mock(return_value=an_import("created"))
    async with opened() as desk:
        await desk.gateway.upload_outcomes(PLACE, an_upload(WISH.guid, FOREIGN.ref))
    assert b"mf.ct,group,Critical,<p><b>Rich</b></p>," in route.calls.last.request.content


async def test_fractions_are_not_uploaded(respx_mock: respx.MockRouter) -> None:
    draft = OutcomeDraft("g", CONTENT, (WISH.guid,))
    async with opened() as desk:
        assert not desk.gateway.can_upload(CONTENT)
        assert desk.gateway.can_upload(WHOLE)
        with pytest.raises(ValueError, match="whole numbers"):
            await desk.gateway.upload_outcomes(PLACE, replace(an_upload(), outcomes=(draft,)))
    assert not respx_mock.calls


@pytest.mark.parametrize(
    ("told", "state", "done"),
    [
        (an_import("created", progress=0), UploadState.RUNNING, 0),
        (an_import("importing"), UploadState.RUNNING, 40),
        (an_import("importing", progress="40"), UploadState.RUNNING, 40),
        (an_import("succeeded", progress=100), UploadState.FINISHED, 100),
        (an_import("failed", progress=None), UploadState.BROKEN, 0),
        (an_import("failed", progress="many"), UploadState.BROKEN, 0),
    ],
)
async def test_how_an_upload_stands(
    respx_mock: respx.MockRouter, told: httpx.Response, state: UploadState, done: int
) -> None:
    respx_mock.get(f"{IMPORTS}/12").mock(return_value=told)
    async with opened() as desk:
        report = await desk.gateway.upload_report(PLACE, "12", an_upload(WISH.guid))
    assert (report.state, report.done, report.errors) == (state, done, {})


async def test_errors_are_told_by_guid_in_the_words_of_canvas(
    respx_mock: respx.MockRouter,
) -> None:
    errors = [[1, "Invalid CSV File"], [2, "A folder"], [3, "An outcome"], [99, "beyond"]]
    told = an_import("succeeded", processing_errors=errors)
    respx_mock.get(f"{IMPORTS}/12").mock(return_value=told)
    async with opened() as desk:
        report = await desk.gateway.upload_report(PLACE, "12", an_upload(WISH.guid))
    assert report.errors == {WISH.guid: "A folder", "attain:1:slo:s1": "An outcome"}


@pytest.mark.parametrize("answered", [answer(link(200, outcome())), answer({}, status=404)])
async def test_an_outcome_comes_back_into_the_root_when_the_upload_is_over(
    respx_mock: respx.MockRouter, answered: httpx.Response
) -> None:
    links = (FoundLink(ROOT.ref, can_unlink=True),)
    known = FoundOutcome(
        LmsOutcomeRef("311"),
        "attain:1:slo:s1",
        CONTENT,
        assessed=False,
        editable=True,
        owned=True,
        links=links,
    )
    there = Found(PLACE, LmsAccountRef("1"), (ROOT,), (known,), mastery_scales=False)
    told = [an_import("importing"), an_import("succeeded")]
    respx_mock.get(f"{IMPORTS}/12").mock(side_effect=told)
    put = respx_mock.put(f"{GROUPS}/200/outcomes/311").mock(return_value=answered)
    sent_up = an_upload(WISH.guid, ROOT.ref, there=there)
    async with opened() as desk:
        await desk.gateway.upload_report(PLACE, "12", sent_up)
        assert put.call_count == 0
        await desk.gateway.upload_report(PLACE, "12", sent_up)
    assert put.call_count == 1
