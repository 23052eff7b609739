from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import LmsOutcomeRef, RowId
from domain.rubric import Criterion, CriterionLevel
from domain.score_import.lms_rubric import LmsCriterion, LmsRating, LmsRubric
from domain.score_import.placed_rubric import (
    RubricDraft,
    is_the_same,
    outcome_criterion,
    placed_criteria,
    shares,
    stands_on,
    weighted_criterion,
)
from tests.builders import BEGINNING, MET, a_criterion
from tests.exchange_builders import (
    a_rubric_assignment,
    an_lms_criterion,
    an_lms_rating,
    an_lms_rubric,
)

OUTCOME = LmsOutcomeRef("outcome-thesis")


def rows(*weights: str) -> tuple[Criterion, ...]:
    return tuple(
        a_criterion(f"row{place}", weight=Decimal(weight)) for place, weight in enumerate(weights)
    )


def a_draft(
    *criteria: Criterion, share: int = 4, grades: bool = True, keeps_points: bool = False
) -> RubricDraft:
    drafted = tuple(weighted_criterion(row, Decimal(share)) for row in criteria)
    return RubricDraft("Essay", drafted, grades, keeps_points)


def there(draft: RubricDraft) -> LmsRubric:
    """The rubric as an LMS has it."""
    criteria = tuple(
        an_lms_criterion(
            row.row_id,
            title=row.title,
            outcome_ref=row.outcome_ref,
            ratings=tuple(replace(an_lms_rating(), points=one.points) for one in row.ratings),
        )
        for row in draft.criteria
    )
    return an_lms_rubric(criteria=criteria)


def with_first(rubric: LmsRubric, first: LmsCriterion) -> LmsRubric:
    return replace(rubric, criteria=(first, *rubric.criteria[1:]))


class TestShares:
    @pytest.mark.parametrize(
        ("weights", "total", "expected"),
        [
            (("2", "1"), "30", ("20", "10")),
            (("1", "1", "1"), "100", ("33.33", "33.34", "33.33")),
            (("2", "1"), "20", ("13.33", "6.67")),
            (("0", "3", "0", "1"), "10", ("0", "7.5", "0", "2.5")),
            (("0", "0"), "10", ("0", "0")),
            (("1", "1"), "0", ("0", "0")),
            ((), "10", ()),
        ],
    )
    def test_divide_the_points_by_weight(
        self, weights: tuple[str, ...], total: str, expected: tuple[str, ...]
    ) -> None:
        shared = shares(rows(*weights), Decimal(total))

        assert list(shared.values()) == [Decimal(one) for one in expected]

    @given(
        st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8),
        st.decimals(0, 1000, places=2),
    )
    def test_are_together_what_was_shared(self, weights: list[Decimal], total: Decimal) -> None:
        shared = shares(rows(*map(str, weights)), total)

        assert sum(shared.values()) == (total if any(weights) else 0)
        assert all(shared[row.id] == 0 for row in rows(*map(str, weights)) if not row.weight)
        assert min(shared.values()) >= 0


class TestWeightedCriterion:
    def test_the_highest_level_is_worth_the_share_and_the_others_their_part(self) -> None:
        drafted = weighted_criterion(a_criterion(), Decimal(10))

        assert [one.points for one in drafted.ratings] == [10, Decimal("7.5"), 5, Decimal("2.5")]
        assert [one.level_points for one in drafted.ratings] == [4, 3, 2, 1]
        assert [one.label for one in drafted.ratings][::3] == ["Exceeded", "Beginning"]
        assert drafted.ratings[0].descriptor == "thesis is exceeded"
        assert (drafted.outcome_ref, drafted.mastery_points, drafted.counts) == (None, None, True)

    def test_points_are_rounded_half_up_to_two_decimals(self) -> None:
        drafted = weighted_criterion(a_criterion(), Decimal("33.33"))

        shown = [str(one.points) for one in drafted.ratings]
        assert shown == ["33.33", "25.00", "16.67", "8.33"]

    def test_a_row_without_a_share_keeps_its_points_and_does_not_count(self) -> None:
        drafted = weighted_criterion(a_criterion(), Decimal(0))

        assert [one.points for one in drafted.ratings] == [4, 3, 2, 1]
        assert not drafted.counts

    def test_a_row_whose_best_level_is_worth_nothing_does_not_count(self) -> None:
        nothing = CriterionLevel(Decimal(0), "Done", "", MET)

        assert not weighted_criterion(a_criterion(levels=(nothing,)), Decimal(5)).counts


class TestOutcomeCriterion:
    def test_keeps_the_points_of_the_scale_and_its_threshold(self) -> None:
        drafted = outcome_criterion(a_criterion(), OUTCOME)

        assert [one.points for one in drafted.ratings] == [4, 3, 2, 1]
        assert (drafted.outcome_ref, drafted.counts) == (OUTCOME, True)
        assert drafted.mastery_points == 3

    def test_without_a_level_at_the_threshold_the_outcome_tells_it(self) -> None:
        low = CriterionLevel(Decimal(1), "Beginning", "", BEGINNING)

        assert outcome_criterion(a_criterion(levels=(low,)), OUTCOME).mastery_points is None


@st.composite
def rated_rows(draw: st.DrawFn) -> Criterion:
    """2 to 10 levels of whole points, as scales have them."""
    points = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=10)))
    levels = (CriterionLevel(Decimal(one), f"Level {one}", "", MET) for one in points)
    return a_criterion(levels=tuple(levels))


class TestLevels:
    @given(rated_rows(), st.decimals(1, 1000, places=2))
    def test_map_back_one_to_one_where_a_row_is_worth_a_point_or_more(
        self, row: Criterion, share: Decimal
    ) -> None:
        draft = RubricDraft("Essay", (weighted_criterion(row, share),), True, False)

        placed = placed_criteria(draft, there(draft))

        levels = dict(placed[0].levels)
        assert sorted(levels.values()) == [level.points for level in row.levels]
        assert sorted(levels) == [points for points, _ in reversed(placed[0].levels)]

    def test_each_criterion_of_the_lms_stands_for_the_row_at_its_place(self) -> None:
        draft = a_draft(a_criterion("thesis"), a_criterion("evidence"))
        rubric = there(draft)

        placed = placed_criteria(draft, rubric)

        assert [one.row_id for one in placed] == [RowId("row-thesis"), RowId("row-evidence")]
        assert [one.criterion_ref for one in placed] == [one.ref for one in rubric.criteria]

    def test_another_number_of_criteria_is_refused(self) -> None:
        draft = a_draft(a_criterion("thesis"), a_criterion("evidence"))

        with pytest.raises(ValueError, match="shorter"):
            placed_criteria(draft, there(a_draft(a_criterion("thesis"))))


class TestIsTheSame:
    def test_what_an_lms_made_of_the_draft(self) -> None:
        draft = a_draft(a_criterion("thesis"), a_criterion("evidence"))

        assert is_the_same(draft, there(draft))

    def test_white_space_of_titles_counts_for_nothing(self) -> None:
        rubric = there(a_draft(a_criterion(title="Use of evidence")))

        assert is_the_same(a_draft(a_criterion(title=" Use  of\nevidence")), rubric)

    def test_a_bound_row_is_known_by_its_outcome(self) -> None:
        bound = RubricDraft("Essay", (outcome_criterion(a_criterion(), OUTCOME),), True, False)
        rubric = there(bound)
        renamed = replace(rubric.criteria[0], title="Title of the outcome")
        unbound = replace(rubric.criteria[0], outcome_ref=None)

        assert is_the_same(bound, with_first(rubric, renamed))
        assert not is_the_same(bound, with_first(rubric, unbound))

    def test_another_title_other_points_or_other_rows_are_another_rubric(self) -> None:
        draft = a_draft(a_criterion("thesis"), a_criterion("evidence"))
        rubric = there(draft)
        first = rubric.criteria[0]
        dearer: tuple[LmsRating, ...] = (an_lms_rating(5), *first.ratings[1:])

        assert not is_the_same(draft, with_first(rubric, replace(first, title="Voice")))
        assert not is_the_same(draft, with_first(rubric, replace(first, ratings=dearer)))
        assert not is_the_same(draft, replace(rubric, criteria=rubric.criteria[:1]))
        assert not is_the_same(draft, replace(rubric, criteria=rubric.criteria[::-1]))


class TestStandsOn:
    @pytest.mark.parametrize(
        ("grades", "keeps", "rubric_grades", "points", "expected"),
        [
            (True, False, True, 8, True),
            (True, False, True, 10, False),
            (True, False, False, 8, False),
            (True, True, True, 10, True),
            (False, False, False, 10, True),
            (False, False, True, 8, False),
        ],
    )
    def test_asks_also_how_the_assignment_is_graded(
        self, *, grades: bool, keeps: bool, rubric_grades: bool, points: int, expected: bool
    ) -> None:
        pair = (a_criterion("thesis"), a_criterion("evidence"))
        draft = a_draft(*pair, grades=grades, keeps_points=keeps)
        assignment = a_rubric_assignment(
            rubric=there(draft), rubric_grades=rubric_grades, points_possible=Decimal(points)
        )

        assert stands_on(draft, assignment) is expected

    def test_nothing_stands_on_an_assignment_without_the_rubric(self) -> None:
        draft = a_draft(a_criterion("thesis"))

        assert not stands_on(draft, a_rubric_assignment(rubric=None))
        assert not stands_on(draft, a_rubric_assignment(points_possible=draft.total))
