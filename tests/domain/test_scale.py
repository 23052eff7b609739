from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NonsenseValue
from domain.scale import AssessmentScale, nearest_points, two_decimals
from tests.builders import a_scale
from tests.strategies import points, scales

OFFERED = st.lists(points, min_size=1, max_size=6, unique=True)


@given(scales, points, points)
def test_on_no_scale_do_more_points_mean_lower_mastery(
    scale: AssessmentScale, one: Decimal, other: Decimal
) -> None:
    lower, higher = scale.mastery_of(min(one, other)), scale.mastery_of(max(one, other))

    assert lower.position <= higher.position


@given(scales)
def test_the_points_of_a_level_reach_its_mastery(scale: AssessmentScale) -> None:
    assert [scale.mastery_of(level.points) for level in scale.levels] == [
        level.mastery for level in scale.levels
    ]
    assert scale.mastery_of(scale.highest + 1) == scale.levels[-1].mastery


@pytest.mark.parametrize("order", [(0, 0), (1, 0), (0, 2, 1), (0, 1, 1, 2)], ids=str)
def test_points_that_do_not_rise_are_refused(order: tuple[int, ...]) -> None:
    levels = a_scale().levels

    with pytest.raises(NonsenseValue):
        a_scale(levels=tuple(levels[at] for at in order))


@given(points, OFFERED)
def test_the_nearest_is_offered_and_half_way_goes_up(
    wanted: Decimal, offered: list[Decimal]
) -> None:
    chosen = nearest_points(wanted, offered)

    closest = min(abs(one - wanted) for one in offered)
    assert chosen == max(one for one in offered if abs(one - wanted) == closest)


@given(points, points, OFFERED)
def test_more_points_never_choose_a_lower_one(
    one: Decimal, other: Decimal, offered: list[Decimal]
) -> None:
    lower, higher = (nearest_points(wanted, offered) for wanted in sorted((one, other)))

    assert lower <= higher


@given(st.decimals(0, 1000, places=5, allow_nan=False))
def test_two_decimals_round_half_up(number: Decimal) -> None:
    rounded = two_decimals(number)

    assert rounded.as_tuple().exponent == -2
    assert abs(rounded - number) <= Decimal("0.005")
    assert rounded == number.quantize(Decimal("0.01"), ROUND_HALF_UP)
