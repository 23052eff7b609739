from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.errors import NonsenseValue, RubricMismatch, ScoreNotOnScale
from domain.ids import RowId
from domain.rubric import Rubric, outcomes_rubric
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from tests.builders import a_criterion, a_rubric, a_scale, an_slo

THESIS, EVIDENCE = RowId("row-thesis"), RowId("row-evidence")


class TestARow:
    def test_admits_its_levels_and_what_is_no_number(self) -> None:
        row = a_criterion()
        levels: list[ScoreValue] = [Scored(level.points) for level in row.levels]

        for value in (*levels, NOT_ASSESSED, BLANK):
            row.admit(value)

    def test_refuses_another_number_and_says_what_it_offers(self) -> None:
        with pytest.raises(ScoreNotOnScale, match="5 is not a score of 'Thesis'; it offers 4, 3"):
            a_criterion().admit(Scored(Decimal(5)))

    def test_zero_is_refused_where_it_is_no_level(self) -> None:
        with pytest.raises(ScoreNotOnScale):
            a_criterion().admit(Scored(Decimal(0)))

    @pytest.mark.parametrize("change", [{"levels": ()}, {"weight": Decimal(-1)}])
    def test_refuses_nonsense(self, change: dict[str, Any]) -> None:
        with pytest.raises(NonsenseValue):
            a_criterion(**change)


class TestARubric:
    def test_has_each_row_once(self) -> None:
        with pytest.raises(NonsenseValue):
            Rubric((a_criterion(), a_criterion()))

    def test_names_a_row_that_it_lacks(self) -> None:
        with pytest.raises(RubricMismatch, match="row-none"):
            a_rubric().row(RowId("row-none"))

    def test_is_complete_when_no_row_is_blank(self) -> None:
        rubric = a_rubric()

        assert not rubric.is_complete({THESIS: Scored(Decimal(3))})
        assert not rubric.is_complete({THESIS: Scored(Decimal(3)), EVIDENCE: BLANK})
        assert rubric.is_complete({THESIS: Scored(Decimal(3)), EVIDENCE: NOT_ASSESSED})

    def test_derived_rows_need_no_entry(self) -> None:
        rubric = replace(a_rubric("thesis"), outcomes=(a_criterion("derived"),))

        assert rubric.is_complete({THESIS: NOT_ASSESSED})


def test_the_slos_own_descriptor_comes_before_the_scales() -> None:
    row = outcomes_rubric([an_slo()], a_scale()).criteria[0]

    assert row.level_at(Decimal(3)).descriptor == "States a clear thesis."
    assert row.level_at(Decimal(2)).descriptor == "Work is developing."
