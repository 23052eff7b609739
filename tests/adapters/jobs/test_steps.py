"""Trying again, and remembering failures."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from adapters.outbound.jobs.attempts import (
    LONGEST_PAUSE,
    UnstorableResult,
    attempted,
    pause_after,
    plain,
)
from adapters.outbound.jobs.failures import RememberedFailure, describe, revive, sentence_of
from application.errors import (
    ApplicationError,
    Conflict,
    Invalid,
    LmsRateLimited,
    LmsRefused,
    LmsSpokeNonsense,
    LmsUnauthorised,
    LmsUnavailable,
)
from domain.errors import NonsenseValue, StaleVersion


class Failing:
    """Raises the error a number of times, then answers."""

    def __init__(self, error: Exception, times: int) -> None:
        self.error = error
        self.times = times
        self.calls = 0

    async def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return "done"


AGAIN: list[Exception] = [
    LmsUnavailable("busy"),
    LmsSpokeNonsense("half a page"),
    Conflict("somebody else was first"),
    StaleVersion("Score", 1, 2),
    OSError("connection lost"),
]
DECIDED: list[Exception] = [
    LmsRefused("no"),
    LmsUnauthorised("consent again"),
    Invalid("points", "give a number"),
    NonsenseValue("points", "-1", "give a number"),
]


class TestAttempts:
    @pytest.mark.parametrize("error", AGAIN, ids=lambda error: type(error).__name__)
    async def test_what_may_pass_is_tried_again(self, error: Exception) -> None:
        work = Failing(error, times=2)
        assert await attempted(work, attempts=3, first_pause=0) == "done"

    @pytest.mark.parametrize("error", AGAIN, ids=lambda error: type(error).__name__)
    async def test_the_last_error_comes_out(self, error: Exception) -> None:
        work = Failing(error, times=9)
        with pytest.raises(type(error)):
            await attempted(work, attempts=3, first_pause=0)
        assert work.calls == 3

    @pytest.mark.parametrize("error", DECIDED, ids=lambda error: type(error).__name__)
    async def test_a_decided_answer_is_not_asked_for_again(self, error: Exception) -> None:
        work = Failing(error, times=9)
        with pytest.raises(type(error)):
            await attempted(work, attempts=3, first_pause=0)
        assert work.calls == 1

    def test_pauses_double(self) -> None:
        busy = LmsUnavailable("busy")
        assert [pause_after(busy, attempt, 1.0) for attempt in (1, 2, 3)] == [1.0, 2.0, 4.0]

    def test_the_lms_is_given_the_time_it_asks_for(self) -> None:
        assert pause_after(LmsRateLimited("wait", retry_after=20), 1, 1.0) == 20
        assert pause_after(LmsRateLimited("wait", retry_after=0.1), 2, 1.0) == 2.0
        assert pause_after(LmsRateLimited("wait", retry_after=86_400), 1, 1.0) == LONGEST_PAUSE

    @pytest.mark.parametrize("value", [Decimal(1), datetime.now(UTC), {1}, float("nan"), b"x"])
    def test_a_result_outside_of_json_is_refused(self, value: object) -> None:
        with pytest.raises(UnstorableResult, match="plain JSON"):
            plain(value)


class TestFailures:
    @pytest.mark.parametrize("error", AGAIN[:4] + DECIDED, ids=lambda e: type(e).__name__)
    def test_our_errors_come_back_as_what_they_were(self, error: Exception) -> None:
        again = revive(plain(describe(error)))
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))

    def test_a_foreign_error_comes_back_without_its_text(self) -> None:
        again = revive(plain(describe(OSError("a secret address"))))
        assert isinstance(again, RememberedFailure)
        assert str(again) == "Unexpected OSError; the worker's log has the rest."
        assert sentence_of(again) == str(again)

    def test_a_class_that_is_no_more_comes_back_as_its_sentence(self) -> None:
        described = {**describe(LmsRefused("no")), "name": "LmsGone"}
        assert str(revive(described)) == "no"

    def test_only_errors_are_made_from_a_record(self) -> None:
        described = {**describe(LmsRefused("no")), "name": "ClassVar"}
        assert isinstance(revive(described), RememberedFailure)

    def test_every_error_of_the_application_survives_its_record(self) -> None:
        pending = [ApplicationError]
        while pending:
            found = pending.pop()
            pending.extend(found.__subclasses__())
            if found.__module__ == "application.errors":
                error = found.__new__(found)
                error.args = ("told",)
                assert type(revive(plain(describe(error)))) is found
