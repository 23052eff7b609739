"""Every use case logged alike: its name, duration and outcome; never what it was given."""

import inspect
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog

log = structlog.get_logger("attain.use_case")


class Observed:
    """A use case with a log line for each call; everything else passes through."""

    def __init__(self, use_case: Any) -> None:  # noqa: ANN401 any use case
        self._use_case = use_case
        self._name = type(use_case).__name__
        self._is_async = inspect.iscoroutinefunction(type(use_case).__call__)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 whatever the use case offers
        return getattr(self._use_case, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 as the use case
        if self._is_async:
            return self._awaited(*args, **kwargs)
        begun = perf_counter()
        try:
            answer = self._use_case(*args, **kwargs)
        except Exception as error:
            self._log(begun, outcome_of(error))
            raise
        self._log(begun, "ok")
        return answer

    async def _awaited(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 as the use case
        begun = perf_counter()
        try:
            answer = await self._use_case(*args, **kwargs)
        except Exception as error:
            self._log(begun, outcome_of(error))
            raise
        self._log(begun, "ok")
        return answer

    def _log(self, begun: float, outcome: str) -> None:
        milliseconds = round((perf_counter() - begun) * 1000, 1)
        log.info("use case", name=self._name, outcome=outcome, ms=milliseconds)


def outcome_of(error: Exception) -> str:
    """The slug of an error of ours; the bare type of any other."""
    rejected = getattr(error, "rejected_as", None)
    return str(rejected or getattr(error, "slug", type(error).__name__))


def observing(provider: Callable[[], Any]) -> Callable[[], Observed]:
    return lambda: Observed(provider())
