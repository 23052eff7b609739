"""How long work stands, told to a page as it goes on: by events, or asked for."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass

from litestar.response import ServerSentEvent

from application.ports.runtime import Transact

_EVENT_SECONDS = 1.0
_EVENTS = 60
"""An event stream ends after a minute; the browser opens the next one by itself."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`said` is the sentence for the page; `waiting` and the end make it load anew.

    `posting` were handed to the LMS and are not settled yet.
    """

    open: bool
    waiting: bool
    total: int
    settled: int
    said: str
    posting: int = 0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


async def progress_events(read: Callable[[], Progress], transact: Transact) -> ServerSentEvent:
    """The progress each second, until the work has ended or the stream is a minute old."""

    async def told(progress: Progress) -> AsyncIterator[str]:
        for _ in range(_EVENTS):
            yield json.dumps(progress.as_json())
            if not progress.open:
                return
            await asyncio.sleep(_EVENT_SECONDS)
            progress = await transact(read)

    # Read before the answer begins: afterwards a refusal could not be told any more.
    return ServerSentEvent(told(await transact(read)), retry_duration=3000)
