"""Canvas' lists: where they end, and where they may not lead."""

import httpx
import pytest
import respx

from application.errors import LmsSpokeNonsense
from tests.adapters.canvas.desk import ASSIGNMENT, COURSE, GRADES, ORIGIN, opened, submission


def page(users: list[str], following: str | None = None) -> httpx.Response:
    """A page, with the link to the one that follows."""
    rows = [submission(user_id=user) for user in users]
    link = f'<{GRADES}?page=1>; rel="current"'
    headers = {"Link": f'{link},<{following}>; rel="next"' if following else link}
    return httpx.Response(200, json=rows, headers=headers)


async def users_of(**settings: object) -> list[str]:
    async with opened(**settings) as desk:
        return [grade.user_ref async for grade in desk.gateway.grades(COURSE, ASSIGNMENT)]


async def test_an_opaque_link_is_followed_as_it_stands(respx_mock: respx.MockRouter) -> None:
    second = f"{GRADES}?page=bookmark:WyJh%2FIiwxXQ&per_page=100"
    route = respx_mock.get(url__startswith=GRADES)
    route.mock(side_effect=[page(["1"], second), page(["2"])])
    assert await users_of() == ["1", "2"]
    asked = [str(call.request.url) for call in route.calls]
    assert asked == [f"{GRADES}?per_page=100", second]


async def test_short_and_empty_pages_are_not_the_last(respx_mock: respx.MockRouter) -> None:
    pages = [page([], f"{GRADES}?page=2"), page(["1"], f"{GRADES}?page=3"), page(["2"])]
    respx_mock.get(url__startswith=GRADES).mock(side_effect=pages)
    assert await users_of() == ["1", "2"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/api/v1/x?page=2",
        "http://canvas.college.edu/api/v1/x?page=2",
        "https://canvas.college.edu:8443/api/v1/x?page=2",
        "https://canvas.college.edu@evil.example/x",
    ],
)
async def test_a_link_to_another_origin_is_not_followed(
    respx_mock: respx.MockRouter, elsewhere: str
) -> None:
    respx_mock.get(url__startswith=GRADES).mock(return_value=page(["1"], elsewhere))
    with pytest.raises(LmsSpokeNonsense, match="another address"):
        await users_of()
    assert [call.request.url.host for call in respx_mock.calls] == ["canvas.college.edu"]


async def test_a_relative_port_of_the_scheme_is_the_same_origin(
    respx_mock: respx.MockRouter,
) -> None:
    spelled = f"{ORIGIN}:443/api/v1/courses/1/assignments/9/submissions?page=2"
    respx_mock.get(url__startswith=GRADES).mock(side_effect=[page(["1"], spelled), page(["2"])])
    assert await users_of() == ["1", "2"]


async def test_a_list_that_leads_in_a_circle_ends_at_the_cap(
    respx_mock: respx.MockRouter,
) -> None:
    respx_mock.get(url__startswith=GRADES).mock(return_value=page(["1"], f"{GRADES}?page=1"))
    with pytest.raises(LmsSpokeNonsense, match="does not end"):
        await users_of(page_cap=3)
    assert respx_mock.calls.call_count == 3
