"""Time, ids and chance."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware, in UTC."""


class NewId(Protocol):
    def __call__(self) -> str:
        """A new UUIDv7 as text: unique over all processes, rising with time."""


class NewIds(NewId, Protocol):
    """For work that needs very many."""

    def many(self, count: int) -> list[str]:
        """What as many calls would give."""


class NewSecret(Protocol):
    def __call__(self) -> str:
        """256 fresh random bits as URL-safe text."""


class Transact(Protocol):
    async def __call__(self, work: Callable[[], T]) -> T:
        """Run synchronous work, usually one unit of work, in a worker thread."""
