"""Several calls at once, failing as one call would."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import anyio
from anyio.abc import TaskGroup

from application.errors import LmsError

T = TypeVar("T")


@dataclass(slots=True)
class Pending(Generic[T]):
    """An answer that is there once the block of `at_once` has ended."""

    _held: list[T] = field(default_factory=list)

    @property
    def answer(self) -> T:
        return self._held[0]

    def hold(self, answer: T) -> None:
        self._held.append(answer)


@dataclass(frozen=True, slots=True)
class AtOnce:
    _group: TaskGroup
    _errors: list[LmsError]

    def start(self, call: Callable[[], Awaitable[T]]) -> Pending[T]:
        pending = Pending[T]()
        self._group.start_soon(self._run, call, pending)
        return pending

    async def _run(self, call: Callable[[], Awaitable[T]], pending: Pending[T]) -> None:
        try:
            pending.hold(await call())
        except LmsError as error:
            self._errors.append(error)
            self._group.cancel_scope.cancel()


@asynccontextmanager
async def at_once() -> AsyncIterator[AtOnce]:
    """Calls started in the block are over at its end; the throttle decides how many run.

    The first `LmsError` ends all others and is raised as it is, not in a group.
    """
    errors: list[LmsError] = []
    async with anyio.create_task_group() as group:
        yield AtOnce(group, errors)
    if errors:
        raise errors[0]
