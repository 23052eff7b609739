import pytest
from structlog.testing import capture_logs

from application.errors import Conflict, Invalid, LaunchRejected
from entrypoints.observed import Observed, observing, outcome_of

SECRET = "a name that no log may hold"


class Greet:
    """A use case without network."""

    where = "here"

    def __call__(self, name: str, *, fail: Exception | None = None) -> str:
        if fail is not None:
            raise fail
        return f"Good morning, {name}"


class GreetAfar:
    """A use case with network."""

    async def __call__(self, name: str, *, fail: Exception | None = None) -> str:
        if fail is not None:
            raise fail
        return f"Good evening, {name}"


def test_a_call_is_logged_with_name_and_outcome_and_nothing_of_what_it_was_given() -> None:
    with capture_logs() as lines:
        assert Observed(Greet())(SECRET) == f"Good morning, {SECRET}"

    (line,) = lines
    assert (line["event"], line["name"], line["outcome"]) == ("use case", "Greet", "ok")
    assert set(line) == {"event", "name", "outcome", "ms", "log_level"}
    assert SECRET not in str(lines)


async def test_an_async_one_is_logged_when_it_has_ended() -> None:
    with capture_logs() as lines:
        going = Observed(GreetAfar())(SECRET)
        before = list(lines)
        assert await going == f"Good evening, {SECRET}"

    assert (before, [line["name"] for line in lines]) == ([], ["GreetAfar"])


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Conflict(SECRET), "conflict"),
        (Invalid("name", SECRET), "invalid"),
        (LaunchRejected("launch-expired", SECRET), "launch-expired"),
        (ZeroDivisionError(SECRET), "ZeroDivisionError"),
    ],
)
async def test_a_failure_goes_on_and_is_logged_by_its_slug(error: Exception, outcome: str) -> None:
    with capture_logs() as lines:
        with pytest.raises(type(error)):
            Observed(Greet())("Ana", fail=error)
        with pytest.raises(type(error)):
            await Observed(GreetAfar())("Ana", fail=error)

    assert outcome_of(error) == outcome
    assert [line["outcome"] for line in lines] == [outcome, outcome]
    assert SECRET not in str(lines)


def test_everything_else_passes_through() -> None:
    assert Observed(Greet()).where == "here"


def test_each_asking_gets_a_new_one() -> None:
    ask = observing(Greet)

    assert ask() is not ask()
