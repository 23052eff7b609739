"""Accounts, rights in them, and what a key lets through."""

import httpx
import pytest
import respx

from application.errors import LmsForbidden, LmsSpokeNonsense
from application.ports.lms import LmsCapability, Pace
from application.ports.lms_outcomes import OutcomeRights
from domain.outcomes.found import OutcomePlace, PlaceKind
from tests.adapters.canvas.desk import API, opened, right_lacking
from tests.adapters.canvas.outcome_answers import (
    ACCOUNT_API,
    account,
    answer,
)

PLACE = OutcomePlace(PlaceKind.ACCOUNT, "14")
NO_SCOPE = {"errors": [{"message": "Insufficient scopes on access token."}]}


async def test_units_come_once_and_parents_first(respx_mock: respx.MockRouter) -> None:
    own = [account(15, parent=14, sis_account_id="ARTS"), account(14, parent=1)]
    respx_mock.get(url__startswith=f"{API}/accounts?").mock(return_value=answer(own))
    below = [account(16, parent=15), account(15, parent=14, sis_account_id="ARTS")]
    route = respx_mock.get(url__startswith=f"{ACCOUNT_API}/sub_accounts")
    route.mock(return_value=answer(below))
    async with opened() as desk:
        units = [unit async for unit in desk.gateway.units()]
    assert [(unit.ref, unit.parent_ref, unit.sis_id) for unit in units] == [
        ("14", "1", None),
        ("15", "14", "ARTS"),
        ("16", "15", None),
    ]
    assert route.calls.last.request.url.params["recursive"] == "true"
    assert respx_mock.calls.call_count == 2


async def test_accounts_in_a_circle_are_nonsense(respx_mock: respx.MockRouter) -> None:
    circle = [account(14, parent=15), account(15, parent=14)]
    respx_mock.get(url__startswith=f"{API}/accounts?").mock(return_value=answer(circle))
    async with opened() as desk:
        with pytest.raises(LmsSpokeNonsense):
            assert [unit async for unit in desk.gateway.units()]


@pytest.mark.parametrize(
    ("told", "rights"),
    [
        (answer({"manage_outcomes": True, "import_outcomes": True}), (True, True)),
        (answer({"manage_outcomes": True, "import_outcomes": False}), (True, False)),
        (answer({}), (False, False)),
        (right_lacking(), (False, False)),
        (right_lacking(403, "keine Berechtigung"), (False, False)),
    ],
)
async def test_rights_are_told_and_never_an_error(
    respx_mock: respx.MockRouter, told: httpx.Response, rights: tuple[bool, bool]
) -> None:
    route = respx_mock.get(url__startswith=f"{ACCOUNT_API}/permissions").mock(return_value=told)
    async with opened() as desk:
        assert await desk.gateway.outcome_rights(PLACE) == OutcomeRights(*rights)
    asked = route.calls.last.request.url.params.get_list("permissions[]")
    assert asked == ["manage_outcomes", "import_outcomes"]


async def test_a_missing_scope_is_no_missing_right(respx_mock: respx.MockRouter) -> None:
    told = answer(NO_SCOPE, status=401)
    respx_mock.get(url__startswith=f"{ACCOUNT_API}/permissions").mock(return_value=told)
    async with opened() as desk:
        with pytest.raises(LmsForbidden) as caught:
            await desk.gateway.outcome_rights(PLACE)
    assert caught.value.reason == "no-scope"


STUB = {"id": "1", "access_restricted_by_date": True}


@pytest.mark.parametrize(
    ("courses", "accounts", "kept"),
    [
        (answer([STUB, {"id": "2", "term": {"name": "S"}}]), None, True),
        (answer([{"id": "2"}]), None, False),
        (answer([STUB]), answer([account(14, lti_guid=None)]), True),
        (answer([]), answer([account(14)]), False),
        (right_lacking(), answer([account(14)]), False),
        (answer([]), answer([]), True),
        (right_lacking(), answer(NO_SCOPE, status=401), True),
    ],
)
async def test_stripped_includes_show_by_a_key_that_must_be_there(
    respx_mock: respx.MockRouter,
    courses: httpx.Response,
    accounts: httpx.Response | None,
    kept: bool,
) -> None:
    respx_mock.get(url__startswith=f"{API}/courses").mock(return_value=courses)
    if accounts is not None:
        respx_mock.get(url__startswith=f"{API}/accounts").mock(return_value=accounts)
    async with opened() as desk:
        assert await desk.gateway.includes_are_kept() is kept


async def test_everything_is_offered_and_the_pace_is_told(respx_mock: respx.MockRouter) -> None:
    told = answer({})
    told.headers["X-Rate-Limit-Remaining"] = "598.5"
    respx_mock.get(url__startswith=f"{ACCOUNT_API}/permissions").mock(return_value=told)
    async with opened() as desk:
        before = desk.gateway.pace
        await desk.gateway.outcome_rights(PLACE)
        after = desk.gateway.pace
        capabilities = desk.gateway.capabilities
    assert (before, after) == (Pace(None, 0), Pace(598.5, 0))
    assert {LmsCapability.OUTCOMES, LmsCapability.RUBRICS} <= capabilities
