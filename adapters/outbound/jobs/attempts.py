"""Trying a step's work again, the same way in every implementation of jobs."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import anyio

from application.errors import ApplicationError, Conflict, LmsSpokeNonsense, LmsUnavailable
from domain.errors import DomainError, StaleVersion

T = TypeVar("T")

LONGEST_PAUSE = 300.0
"""Seconds; a longer wait that the LMS asks for is cut to this."""


async def attempted(work: Callable[[], Awaitable[T]], *, attempts: int, first_pause: float) -> T:
    """The work's result as plain JSON gives it back; tried `attempts` times at most.

    Pauses double from `first_pause` seconds, or last as long as the LMS asked. A decided
    answer (a refusal, a broken rule) is raised at once, since asking again would not
    change it.
    """
    for attempt in range(1, attempts):
        try:
            return plain(await work())
        except Exception as error:
            if is_decided(error):
                raise
            await anyio.sleep(pause_after(error, attempt, first_pause))
    return plain(await work())


def is_decided(error: Exception) -> bool:
    if isinstance(error, LmsUnavailable | LmsSpokeNonsense | Conflict | StaleVersion):
        return False
    return isinstance(error, ApplicationError | DomainError | UnstorableResult)


def pause_after(error: Exception, attempt: int, first_pause: float) -> float:
    """Seconds to wait after the given attempt, counted from 1."""
    asked = error.retry_after if isinstance(error, LmsUnavailable) else None
    own = first_pause * 2.0 ** (attempt - 1)
    return min(LONGEST_PAUSE, max(own, asked or 0.0))


class UnstorableResult(TypeError):
    """A step's work answered something that plain JSON cannot hold."""


def plain(value: T) -> T:
    """The value as a replay will see it: lists for tuples, and no foreign types."""
    try:
        stored: Any = json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise UnstorableResult(f"A step's result must be plain JSON: {error}") from error
    return cast(T, stored)  # the same JSON value; only its containers are new
