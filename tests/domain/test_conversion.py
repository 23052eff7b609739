"""A rating given in the LMS as a level of one of our rows."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.rubric import Criterion, CriterionLevel
from domain.score_import.conversion import Converted, Meaning, Unconvertible, convert
from domain.score_import.lms_rubric import LmsCriterion
from tests import graded
from tests.builders import BEGINNING, DEVELOPING, EXCEEDED, MET, a_criterion

ROW = a_criterion()
THERE = graded.a_criterion_there()
OURS = Meaning({}, graded.MASTERIES)
LADDER = (BEGINNING, DEVELOPING, MET, EXCEEDED)
steps = st.lists(st.integers(0, 100), min_size=4, max_size=4, unique=True).map(sorted)


def level(
    points: float | None, *, rating: str | None = None, criterion: LmsCriterion = THERE,
    meaning: Meaning = OURS, row: Criterion = ROW,
) -> Decimal | str:  # fmt: skip
    """Points of the level, or the reason why there is none."""
    answer = convert(graded.given(points=points, rating=rating), criterion, meaning, row)
    return answer.reason if isinstance(answer, Unconvertible) else answer.level.points


def a_row(*points: int) -> Criterion:
    levels = (
        CriterionLevel(Decimal(one), mastery.name, "", mastery)
        for one, mastery in zip(points, LADDER, strict=True)
    )
    return a_criterion(levels=tuple(levels))


class TestWhichRatingWasGiven:
    def test_exactly_its_points(self) -> None:
        assert level(3) == Decimal(3)

    def test_else_the_highest_rating_not_above_the_points(self) -> None:
        assert level(3.9) == Decimal(3)
        assert level(17) == Decimal(4)

    def test_below_the_lowest_rating_is_not_guessed(self) -> None:
        assert level(0.5) == "no-such-rating"

    def test_a_comment_alone_is_no_rating(self) -> None:
        assert level(None) == "comment-only"

    def test_a_rating_that_is_gone_leaves_its_points_to_decide(self) -> None:
        assert level(2, rating="rating-gone") == Decimal(2)
        assert level(None, rating="rating-gone") == "no-such-rating"

    @given(st.one_of(st.none(), st.integers(-5, 20)), st.integers(0, 3))
    def test_a_rating_id_beats_points(self, points: int | None, place: int) -> None:
        assert level(points, rating=f"rating-{place}") == Decimal(graded.FOUR[place])


class TestWhatItMeans:
    def test_a_rubric_of_ours_names_the_level_outright(self) -> None:
        criterion = graded.a_criterion_there("thesis", 40, 30, 20, 10)
        placed = {Decimal(10 * one): Decimal(one) for one in graded.FOUR}
        assert level(20, criterion=criterion, meaning=Meaning(placed, {})) == Decimal(2)

    def test_a_level_that_the_row_lost_since_is_reported(self) -> None:
        placed = {Decimal(one): Decimal(one + 10) for one in graded.FOUR}
        assert level(3, meaning=Meaning(placed, {})) == "scale-differs"

    def test_several_levels_of_a_mastery_level_go_by_points_else_to_the_lowest(self) -> None:
        doubled = tuple(
            CriterionLevel(Decimal(points), mastery.name, "", mastery)
            for points, mastery in ((1, BEGINNING), (2, DEVELOPING), (3, MET), (5, MET))
        )
        row = a_criterion(levels=doubled)
        meaning = Meaning({}, {Decimal(5): "met", Decimal(4): "met", Decimal(1): "beginning"})
        criterion = graded.a_criterion_there("thesis", 5, 4, 1)
        assert level(5, criterion=criterion, meaning=meaning, row=row) == Decimal(5)
        assert level(4, criterion=criterion, meaning=meaning, row=row) == Decimal(3)

    def test_a_mastery_level_that_the_row_lacks_is_reported(self) -> None:
        row = a_criterion(levels=ROW.levels[1:])
        assert level(1, row=row) == "scale-differs"

    def test_the_same_points_of_another_scale_in_the_lms_mean_something_else(self) -> None:
        """An account's mastery scale of 3 to 0: its 3 is the best, not the third of four."""
        criterion = graded.a_criterion_there("thesis", 3, 2, 1, 0)
        assert level(3, criterion=criterion) == Decimal(4)
        assert level(0, criterion=criterion) == Decimal(1)

    def test_a_rating_taken_away_leaves_the_others_their_meaning(self) -> None:
        criterion = graded.a_criterion_there("thesis", 4, 3, 1)
        assert level(3, criterion=criterion) == Decimal(3)

    def test_a_rating_added_there_has_no_level_here(self) -> None:
        criterion = graded.a_criterion_there("thesis", 4, 3, 2.5, 2, 1)
        assert level(3, criterion=criterion) == Decimal(3)
        assert level(2.5, criterion=criterion) == "scale-differs"


class TestForeignOutcomes:
    @pytest.mark.parametrize(("points", "ours"), [(10, 4), (7, 3), (5, 2), (0, 1)])
    def test_as_many_ratings_as_levels_go_by_order(self, points: int, ours: int) -> None:
        criterion = graded.a_criterion_there("thesis", 10, 7, 5, 0)
        assert level(points, criterion=criterion, meaning=graded.UNKNOWN) == Decimal(ours)

    def test_as_many_ratings_as_mastery_levels_go_by_those(self) -> None:
        five = (*a_row(1, 2, 3, 4).levels, CriterionLevel(Decimal(5), "Top", "", EXCEEDED))
        criterion = graded.a_criterion_there("thesis", 10, 7, 5, 0)
        row = a_criterion(levels=five)
        assert level(10, criterion=criterion, meaning=graded.UNKNOWN, row=row) == Decimal(4)

    def test_another_number_of_ratings_is_reported(self) -> None:
        criterion = graded.a_criterion_there("thesis", 5, 0)
        assert level(5, criterion=criterion, meaning=graded.UNKNOWN) == "scale-differs"

    @given(steps, steps, st.integers(0, 3))
    def test_raw_points_never_decide_between_equal_scales(
        self, theirs: list[int], ours: list[int], place: int
    ) -> None:
        criterion = graded.a_criterion_there("thesis", *reversed(theirs))
        row = a_row(*ours)
        answer = convert(graded.given(points=theirs[place]), criterion, graded.UNKNOWN, row)
        assert isinstance(answer, Converted)
        assert answer.level == row.levels[place]
        assert answer.exact == (theirs[place] == ours[place])

    @given(steps, steps, st.integers(0, 3))
    def test_a_known_scale_goes_by_mastery_level_whatever_the_points(
        self, theirs: list[int], ours: list[int], place: int
    ) -> None:
        assume(theirs != ours)
        masteries = {
            Decimal(one): mastery.code for one, mastery in zip(theirs, LADDER, strict=True)
        }
        criterion = graded.a_criterion_there("thesis", *reversed(theirs))
        row = a_row(*ours)
        answer = convert(graded.given(points=theirs[place]), criterion, Meaning({}, masteries), row)
        assert isinstance(answer, Converted)
        assert answer.level.mastery == LADDER[place]
