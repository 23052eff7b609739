from collections.abc import Callable
from typing import TypeVar

from anyio import to_thread

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Run synchronous work in a worker thread: the `Transact` of the running product."""
    return await to_thread.run_sync(work)
