"""Several pieces of work at once, failing as one of them would."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def side_by_side(works: Iterable[Callable[[], Awaitable[T]]], *, limit: int) -> list[T]:
    """The results in order of the works; at most `limit` run at a time.

    The first error ends all others and is raised as it is, not in a group.
    """
    gate = asyncio.Semaphore(limit)

    async def admitted(work: Callable[[], Awaitable[T]]) -> T:
        async with gate:
            return await work()

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(admitted(work)) for work in works]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
