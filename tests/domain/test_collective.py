"""Counts of a row: they add up or are refused, and nobody overwrites what he has not seen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.collective import counted_cells, tally, uncounted
from domain.errors import NonsenseValue, ScoreNotOnScale, StaleVersion, WrongSum
from domain.ids import PersonId, RowId, SectionAssessmentId
from tests.builders import a_criterion
from tests.stand_ins import NOON

ROW = a_criterion("thesis")
TESS = PersonId("person-tess")
BLANK = uncounted(SectionAssessmentId("work"), ROW.id)
POINTS = [level.points for level in ROW.levels]
counts = st.dictionaries(st.sampled_from(POINTS), st.integers(0, 400))


@given(counts, st.integers(0, 50))
def test_every_row_adds_up_to_those_enrolled(at: dict[Decimal, int], absent: int) -> None:
    enrolled = sum(at.values()) + absent

    wanted = tally(ROW, at, absent, enrolled)

    row = BLANK.changed(wanted, seen=0, by=TESS, at=NOON)
    assert (row.total, row.assessed, row.difference(enrolled)) == (enrolled, enrolled - absent, 0)


@given(counts, st.integers(0, 50), st.integers(-60, 60).filter(bool))
def test_a_wrong_sum_is_refused_with_the_row_and_the_difference(
    at: dict[Decimal, int], absent: int, off: int
) -> None:
    total = sum(at.values()) + absent
    words = f"{abs(off)} missing" if off > 0 else f"{abs(off)} too many"

    with pytest.raises(WrongSum, match=f"^{ROW.code}: .*{words}"):
        tally(ROW, at, absent, total + off)


def test_a_level_of_another_scale_is_refused() -> None:
    with pytest.raises(ScoreNotOnScale):
        tally(ROW, {Decimal(99): 1}, 0, 1)


def test_nobody_counts_below_nothing() -> None:
    with pytest.raises(NonsenseValue):
        tally(ROW, {POINTS[0]: 3}, -1, 2)


def test_saying_the_same_again_is_no_conflict_but_another_word_is() -> None:
    first = BLANK.changed(tally(ROW, {POINTS[0]: 2}, 0, 2), seen=0, by=TESS, at=NOON)

    assert first.changed(tally(ROW, {POINTS[0]: 2}, 0, 2), seen=0, by=TESS, at=NOON) is first
    with pytest.raises(StaleVersion):
        first.changed(tally(ROW, {POINTS[1]: 2}, 0, 2), seen=0, by=TESS, at=NOON)


def test_who_left_since_is_not_counted_twice() -> None:
    full = BLANK.changed(tally(ROW, {POINTS[0]: 5}, 0, 5), seen=0, by=TESS, at=NOON)

    assert counted_cells([full], [ROW.id, RowId("row-other")], 3) == 3
