"""Whole lists: which pages are asked for at once, and when one has to follow the links."""

import anyio
import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.canvas.paging import Page, further_pages
from application.errors import LmsForbidden, LmsSpokeNonsense
from tests.adapters.canvas.desk import API, COURSE, opened, right_lacking
from tests.adapters.canvas.outcome_answers import answer, graded_assignment

LIST = f"{API}/courses/1/assignments"
ELSEWHERE = "https://evil.example/api/v1/x?page=2"


def at(page: object, **query: str) -> str:
    params = httpx.QueryParams({"order_by": "position", **query, "page": str(page)})
    return f"{LIST}?{params}"


def page(ref: int, following: str | None = None, last: str | None = None) -> httpx.Response:
    links = {"next": following, "last": last}
    told = ",".join(f'<{url}>; rel="{name}"' for name, url in links.items() if url)
    return answer([graded_assignment(ref)], link=told)


async def refs(**settings: object) -> list[str]:
    async with opened(**settings) as desk:
        return [one.ref async for one in desk.gateway.rubric_assignments(COURSE)]


async def test_numbered_pages_come_in_order_however_they_arrive(
    respx_mock: respx.MockRouter,
) -> None:
    in_flight, most, arrived = 0, 0, []

    async def told(request: httpx.Request) -> httpx.Response:
        nonlocal in_flight, most
        number = int(request.url.params.get("page", "1"))
        in_flight += 1
        most = max(most, in_flight)
        for _ in range(20 - number):  # the later the page, the sooner it comes
            await anyio.lowlevel.checkpoint()
        in_flight -= 1
        arrived.append(number)
        following = at(number + 1) if number < 9 else None
        answered = page(number, following, at(9))
        answered.headers["X-Rate-Limit-Remaining"] = "600"
        return answered

    respx_mock.get(url__startswith=LIST).mock(side_effect=told)
    assert await refs(max_concurrency=4) == [str(number) for number in range(1, 10)]
    assert arrived != sorted(arrived)
    assert 1 < most <= 4


async def test_a_page_that_was_added_meanwhile_is_followed(respx_mock: respx.MockRouter) -> None:
    pages = {"1": page(1, at(2), at(2)), "2": page(2, at(3), at(3)), "3": page(3)}
    respx_mock.get(url__startswith=LIST).mock(
        side_effect=lambda request: pages[request.url.params.get("page", "1")]
    )
    assert await refs() == ["1", "2", "3"]


async def test_bookmarks_are_followed_one_by_one(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(url__startswith=LIST)
    second, third = at("bookmark:WzFd"), at("bookmark:WzJd")
    route.mock(side_effect=[page(1, second), page(2, third), page(3)])
    assert await refs() == ["1", "2", "3"]
    asked = [call.request.url for call in route.calls][1:]
    assert asked == [httpx.URL(second), httpx.URL(third)]


@pytest.mark.parametrize(
    ("following", "last"),
    [
        (at(2), None),
        (at("bookmark:x"), at(9)),
        (at(2), at("bookmark:x")),
        (at(2), at("9", per_page="50")),
        (at(2), ELSEWHERE),
        (at(3), at(9)),
        (at(2), at("٣")),
        (at(2), at("")),
        (None, at(9)),
    ],
)
def test_numbers_are_used_only_where_canvas_plainly_numbers(
    following: str | None, last: str | None
) -> None:
    urls = [httpx.URL(url) if url else None for url in (following, last)]
    assert further_pages(Page([], *urls), most=1000) == []


@given(st.integers(0, 60))
def test_all_pages_to_the_last_are_named(last: int) -> None:
    first: Page[object] = Page([], httpx.URL(at(2)), httpx.URL(at(last)))
    assert [url.params["page"] for url in further_pages(first, most=60)] == [
        str(number) for number in range(2, last + 1)
    ]


async def test_the_first_refusal_ends_the_list(respx_mock: respx.MockRouter) -> None:
    answers = [page(1, at(2), at(9)), right_lacking(), *(page(number) for number in range(3, 10))]
    respx_mock.get(url__startswith=LIST).mock(side_effect=answers)
    with pytest.raises(LmsForbidden) as caught:
        await refs()
    assert caught.value.reason == "no-right"


async def test_another_origin_gets_no_page(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(url__startswith=LIST).mock(return_value=page(1, ELSEWHERE, ELSEWHERE))
    with pytest.raises(LmsSpokeNonsense, match="another address"):
        await refs()
    assert {call.request.url.host for call in respx_mock.calls} == {"canvas.college.edu"}


@pytest.mark.parametrize("last", [at(4), at(10**9), None])
async def test_a_list_beyond_the_cap_is_not_read(
    respx_mock: respx.MockRouter, last: str | None
) -> None:
    respx_mock.get(url__startswith=LIST).mock(return_value=page(1, at(2), last))
    with pytest.raises(LmsSpokeNonsense, match="does not end"):
        await refs(page_cap=3)
    assert respx_mock.calls.call_count == 3
