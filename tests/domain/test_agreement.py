"""Agreement of two scorers: figures by hand, and what holds for any two."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import LevelPair, Weighting, agreement, kappa

LEVELS = 4
places = st.integers(0, LEVELS - 1)
cells = st.lists(st.builds(LevelPair, places, places, st.just(LEVELS)), min_size=1, max_size=60)


def some(*given_: tuple[int, int]) -> list[LevelPair]:
    return [LevelPair(first, second, LEVELS) for first, second in given_]


def test_by_hand() -> None:
    """Both say 0 five times and 1 four times; once 0 against 1: kappa 0.8 (Cohen 1960)."""
    figures = agreement(some(*[(0, 0)] * 5, *[(1, 1)] * 4, (0, 1)))

    assert (figures.cells, figures.exact) == (10, Fraction(9, 10))
    assert figures.adjacent == Fraction(1)
    assert figures.kappa == Fraction(4, 5)
    assert figures.weighted_kappa == Fraction(4, 5)


def test_far_apart_weighs_more_than_near() -> None:
    near = some((0, 0), (1, 1), (2, 2), (3, 3), (0, 1))
    far = some((0, 0), (1, 1), (2, 2), (3, 3), (0, 3))

    for weighting in (Weighting.LINEAR, Weighting.QUADRATIC):
        one, other = kappa(near, weighting), kappa(far, weighting)
        assert one is not None
        assert other is not None
        assert one > other


def test_says_nothing_where_nothing_can_be_said() -> None:
    assert agreement([]).exact is None
    alike = agreement(some((2, 2), (2, 2)))
    assert alike.exact == Fraction(1)
    assert alike.kappa is None


@given(cells)
def test_shares_are_parts_of_one_and_kappa_is_no_more(given_: list[LevelPair]) -> None:
    figures = agreement(given_)

    assert figures.exact is not None
    assert figures.adjacent is not None
    assert 0 <= figures.exact <= figures.adjacent <= 1
    for value in (figures.kappa, figures.weighted_kappa):
        assert value is None or -LEVELS < value <= 1


@given(cells, st.sampled_from(Weighting))
def test_who_is_called_first_does_not_matter(given_: list[LevelPair], weighting: Weighting) -> None:
    turned = [LevelPair(pair.second, pair.first, pair.levels) for pair in given_]

    assert kappa(given_, weighting) == kappa(turned, weighting)


@given(cells, st.sampled_from(Weighting))
def test_one_exactly_when_all_agree(given_: list[LevelPair], weighting: Weighting) -> None:
    value = kappa(given_, weighting)

    assert (value == 1) is (value is not None and agreement(given_).exact == 1)


@pytest.mark.parametrize("weighting", Weighting)
@given(given_=cells, times=st.integers(2, 4))
def test_more_of_the_same_changes_nothing(
    weighting: Weighting, given_: list[LevelPair], times: int
) -> None:
    assert kappa(given_ * times, weighting) == kappa(given_, weighting)
