"""Several pieces of work at once."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from application.errors import LmsUnavailable
from application.side_by_side import side_by_side


async def test_results_come_in_order_and_no_more_run_than_are_let_in() -> None:
    running, most = 0, 0

    async def work(number: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return number

    works: list[Callable[[], Awaitable[int]]] = [partial(work, n) for n in range(9)]
    assert await side_by_side(works, limit=3) == list(range(9))
    assert most == 3


async def test_the_first_error_ends_the_others_and_comes_as_it_is() -> None:
    ended: list[str] = []

    async def fails() -> None:
        raise LmsUnavailable("away")

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    with pytest.raises(LmsUnavailable, match="away"):
        await side_by_side([waits, fails], limit=2)
    assert ended == ["cancelled"]
