from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import NonsenseValue, StaleVersion
from domain.ids import PersonId, RowId
from domain.score import (
    BLANK,
    NOT_ASSESSED,
    Scored,
    ScoreValue,
    unscored,
    value_as_text,
    value_from_text,
)
from tests.builders import a_score
from tests.stand_ins import NOON

POINTS = st.decimals(-999, 9999, places=3, allow_nan=False).map(Scored)
VALUES = st.one_of(st.just(BLANK), st.just(NOT_ASSESSED), POINTS)
TOM = PersonId("person-tom")


class TestTheWrittenForm:
    @given(VALUES)
    def test_comes_back_as_it_was(self, value: ScoreValue) -> None:
        assert value_from_text(value_as_text(value)) == value

    def test_keeps_zero_blank_and_not_assessed_apart(self) -> None:
        written = [value_as_text(value) for value in (Scored(Decimal(0)), BLANK, NOT_ASSESSED)]

        assert written == ["0", "", "NA"]

    @pytest.mark.parametrize("text", ["N/A", "na", " NA "])
    def test_knows_the_ways_people_write_not_assessed(self, text: str) -> None:
        assert value_from_text(text) == NOT_ASSESSED

    @pytest.mark.parametrize(
        "text", ["good", "NaN", "Infinity", "1e999999999", "0e999999999", "1e-999999999", "3 4"]
    )
    def test_refuses_what_is_no_score(self, text: str) -> None:
        with pytest.raises(NonsenseValue):
            value_from_text(text)

    def test_a_number_has_no_needless_zeros(self) -> None:
        assert value_as_text(Scored(Decimal("3.50"))) == "3.5"
        assert value_as_text(Scored(Decimal("1E+1"))) == "10"


class TestChangingACell:
    def test_counts_the_version_and_says_who_and_when(self) -> None:
        changed = unscored(a_score().section_assessment_id, TOM, RowId("row-thesis")).changed(
            Scored(Decimal(2)), None, seen=0, by=TOM, at=NOON
        )

        assert (changed.version, changed.scored_by, changed.scored_at) == (1, TOM, NOON)

    def test_saying_the_same_again_is_no_change_whatever_was_seen(self) -> None:
        score = a_score(version=5)

        assert score.changed(score.value, None, seen=1, by=TOM, at=NOON) is score

    @given(VALUES.filter(lambda value: value != a_score().value))
    def test_another_value_on_an_old_version_is_stale(self, value: ScoreValue) -> None:
        with pytest.raises(StaleVersion):
            a_score(version=2).changed(value, None, seen=1, by=TOM, at=NOON)

    def test_a_comment_stays_unless_another_is_given(self) -> None:
        score = replace(a_score(), comment="Clear.")

        kept = score.changed(BLANK, None, seen=1, by=TOM, at=NOON)
        emptied = score.changed(BLANK, "", seen=1, by=TOM, at=NOON)

        assert (kept.comment, emptied.comment) == ("Clear.", "")
