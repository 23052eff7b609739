from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import RowId, SloId
from domain.recommendation import recommended_score, recommended_slo_level
from domain.rubric import Rubric
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from tests.builders import a_criterion, a_rubric

HUNDRED = Decimal(100)
KEYS = ("one", "two", "three")
LEVELS = st.sampled_from([Decimal(points) for points in (1, 2, 3, 4)])
DECIDED = st.one_of(LEVELS.map(Scored), st.just(NOT_ASSESSED))
GIVEN = st.fixed_dictionaries({RowId(f"row-{key}"): DECIDED for key in KEYS})
WEIGHTS = st.tuples(*(st.decimals(0, 10, places=1) for _ in KEYS))
SLO = SloId("slo-writing")


def weighted(weights: tuple[Decimal, ...]) -> Rubric:
    rows = tuple(
        a_criterion(key, weight=weight, slo_ids=(SLO,))
        for key, weight in zip(KEYS, weights, strict=True)
    )
    return Rubric(rows, (a_criterion("writing", slo_ids=(SLO,)),))


@given(WEIGHTS, GIVEN)
def test_an_n_a_row_leaves_both_sums(
    weights: tuple[Decimal, ...], given_: Mapping[RowId, ScoreValue]
) -> None:
    rubric = weighted(weights)
    assessed = [row for row in rubric.criteria if given_[row.id] != NOT_ASSESSED]

    whole = recommended_score(rubric, given_, HUNDRED)
    without = recommended_score(Rubric(tuple(assessed)), given_, HUNDRED)

    assert whole.points == without.points


@given(WEIGHTS, GIVEN, st.sampled_from(KEYS))
def test_a_blank_row_means_no_recommendation(
    weights: tuple[Decimal, ...], given_: Mapping[RowId, ScoreValue], key: str
) -> None:
    rubric = weighted(weights)
    values = {**given_, RowId(f"row-{key}"): BLANK}

    recommended = recommended_score(rubric, values, HUNDRED)

    assert recommended.points is None
    assert (recommended.decided, recommended.total) == (2, 3)
    assert recommended_slo_level(rubric, SLO, values) is None


@given(WEIGHTS, GIVEN, st.integers(0, 2))
def test_a_college_rounds_half_up_as_it_decides(
    weights: tuple[Decimal, ...], given_: Mapping[RowId, ScoreValue], decimals: int
) -> None:
    fine = recommended_score(weighted(weights), given_, HUNDRED, 20).points
    coarse = recommended_score(weighted(weights), given_, HUNDRED, decimals).points

    assert (fine is None) is (coarse is None)
    if fine is not None and coarse is not None:
        step = Decimal(1).scaleb(-decimals)
        assert coarse % step == 0
        assert -step / 2 < fine - coarse < step / 2 or coarse - fine == step / 2


@given(WEIGHTS, GIVEN, st.integers(1, 9))
def test_weights_are_relative(
    weights: tuple[Decimal, ...], given_: Mapping[RowId, ScoreValue], factor: int
) -> None:
    scaled = tuple(weight * factor for weight in weights)

    one = recommended_score(weighted(weights), given_, HUNDRED)
    other = recommended_score(weighted(scaled), given_, HUNDRED)

    assert one.points == other.points
    assert recommended_slo_level(weighted(weights), SLO, given_) == recommended_slo_level(
        weighted(scaled), SLO, given_
    )


@given(WEIGHTS, GIVEN, LEVELS)
def test_more_points_never_recommend_less(
    weights: tuple[Decimal, ...], given_: Mapping[RowId, ScoreValue], better: Decimal
) -> None:
    before = given_[RowId("row-one")]
    if not isinstance(before, Scored) or better < before.points:
        return
    values = {**given_, RowId("row-one"): Scored(better)}

    low = recommended_score(weighted(weights), given_, HUNDRED).points
    high = recommended_score(weighted(weights), values, HUNDRED).points

    assert (low is None) == (high is None)
    assert low is None or high is None or low <= high


def test_a_score_counts_by_its_weight() -> None:
    rubric = weighted((Decimal(2), Decimal(1), Decimal(1)))
    values: dict[RowId, ScoreValue] = {
        RowId("row-one"): Scored(Decimal(4)),
        RowId("row-two"): Scored(Decimal(1)),
        RowId("row-three"): NOT_ASSESSED,
    }

    assert recommended_score(rubric, values, Decimal(20)).points == Decimal("15.00")


def test_half_a_cent_goes_up() -> None:
    rubric = a_rubric("one", "two", "three")
    values: dict[RowId, ScoreValue] = {
        row.id: Scored(Decimal(points))
        for row, points in zip(rubric.criteria, (4, 4, 3), strict=True)
    }

    assert recommended_score(rubric, values, Decimal(10)).points == Decimal("9.17")


def test_nothing_but_n_a_recommends_nothing() -> None:
    values = dict.fromkeys((RowId(f"row-{key}") for key in KEYS), NOT_ASSESSED)

    recommended = recommended_score(weighted((HUNDRED, HUNDRED, HUNDRED)), values, HUNDRED)

    assert recommended.points is None
    assert recommended.decided == recommended.total


def test_the_slo_level_is_the_nearest_half_up() -> None:
    rubric = weighted((Decimal(1), Decimal(1), Decimal(0)))
    values: dict[RowId, ScoreValue] = {
        RowId("row-one"): Scored(Decimal(3)),
        RowId("row-two"): Scored(Decimal(2)),
        RowId("row-three"): NOT_ASSESSED,
    }

    level = recommended_slo_level(rubric, SLO, values)

    assert level is not None
    assert level.points == Decimal(3)
