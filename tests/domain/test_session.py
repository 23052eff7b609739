from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.session import IDLE, LONGEST
from tests.builders import a_session
from tests.stand_ins import NOON

SECONDS = st.integers(0, 12 * 3600).map(lambda seconds: timedelta(seconds=seconds))
TICK = timedelta(microseconds=1)


@given(SECONDS, SECONDS)
def test_never_outlives_its_idle_time_nor_its_longest(seen: timedelta, later: timedelta) -> None:
    session = a_session(started_at=NOON, seen_at=NOON + seen)

    if session.is_live(NOON + seen + later):
        assert later < IDLE
        assert seen + later < LONGEST


@given(SECONDS)
def test_is_live_right_up_to_its_end(seen: timedelta) -> None:
    session = a_session(started_at=NOON, seen_at=NOON + seen)
    ends = session.expires_at()

    assert (session.is_live(ends - TICK), session.is_live(ends)) == (True, False)


def test_work_keeps_it_but_not_over_the_longest() -> None:
    last = NOON + LONGEST - timedelta(minutes=1)

    assert a_session(started_at=NOON, seen_at=last).expires_at() == NOON + LONGEST


@pytest.mark.parametrize("ended", [NOON - TICK, NOON, NOON + timedelta(hours=1)])
def test_ended_is_over_whatever_the_clock_says(ended: object) -> None:
    assert not a_session(ended_at=ended).is_live(NOON)
