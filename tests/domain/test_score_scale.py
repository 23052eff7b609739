from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NonsenseValue
from domain.scale import MasteryLevel, ScoreLevel, nearest_points, two_decimals
from tests.builders import a_scale

POINTS = st.decimals(-10, 20, places=2)


@given(POINTS, POINTS)
def test_more_points_never_mean_a_lower_mastery_level(one: Decimal, other: Decimal) -> None:
    scale = a_scale()

    lower, higher = scale.mastery_of(min(one, other)), scale.mastery_of(max(one, other))

    assert lower.position <= higher.position


def test_below_the_lowest_level_the_lowest_counts() -> None:
    assert a_scale().mastery_of(Decimal(-5)).position == 0


def test_a_scale_whose_mastery_falls_is_refused() -> None:
    good, poor = MasteryLevel("g", "Good", 1, met=True), MasteryLevel("p", "Poor", 0, met=False)

    falling = tuple(
        ScoreLevel(Decimal(points), mastery.name, "", mastery)
        for points, mastery in ((1, good), (2, poor))
    )

    with pytest.raises(NonsenseValue, match="more points must never mean lower mastery"):
        a_scale(levels=falling)


def test_a_scale_of_one_level_is_refused() -> None:
    with pytest.raises(NonsenseValue):
        a_scale(levels=a_scale().levels[:1])


@given(POINTS)
def test_nothing_offered_lies_closer(wanted: Decimal) -> None:
    offered = [level.points for level in a_scale().levels]

    chosen = nearest_points(wanted, offered)

    assert all(abs(chosen - wanted) <= abs(other - wanted) for other in offered)


def test_halfway_goes_up() -> None:
    levels = [level.points for level in a_scale().levels]

    assert [nearest_points((a + b) / 2, levels) for a, b in pairwise(levels)] == levels[1:]
    assert two_decimals(Decimal("2.345")) == Decimal("2.35")
