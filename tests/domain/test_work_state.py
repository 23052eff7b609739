"""Where the work in a section stands, from its scores, its date and its reflection."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.assessment import WorkState, work_state
from domain.ids import PersonId, RowId
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from tests.builders import a_rubric
from tests.stand_ins import NOON

ANA, BO = PersonId("ana"), PersonId("bo")
THESIS, EVIDENCE = RowId("row-thesis"), RowId("row-evidence")
THREE: ScoreValue = Scored(Decimal(3))
WHOLE = {ANA: {THESIS: THREE, EVIDENCE: NOT_ASSESSED}, BO: {THESIS: THREE, EVIDENCE: THREE}}


def state(
    scores: dict[PersonId, dict[RowId, ScoreValue]], *, due_in: int = 1, reflected: bool = True
) -> WorkState:
    due = NOON + timedelta(days=due_in)
    return work_state(a_rubric(), scores, (ANA, BO), due, NOON, reflected=reflected)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, WorkState.ASSIGNED),
        ({ANA: {THESIS: BLANK}}, WorkState.ASSIGNED),
        ({ANA: {THESIS: THREE}}, WorkState.IN_PROGRESS),
        ({ANA: {THESIS: NOT_ASSESSED}}, WorkState.IN_PROGRESS),
        (WHOLE, WorkState.COMPLETE),
    ],
)
def test_it_follows_the_scores(
    scores: dict[PersonId, dict[RowId, ScoreValue]], expected: WorkState
) -> None:
    assert state(scores) is expected


def test_what_is_not_complete_after_its_date_is_overdue() -> None:
    assert state({ANA: {THESIS: THREE}}, due_in=-1) is WorkState.OVERDUE
    assert state(WHOLE, due_in=-1) is WorkState.COMPLETE


def test_a_reflection_that_is_asked_for_belongs_to_the_work() -> None:
    assert state(WHOLE, reflected=False) is WorkState.IN_PROGRESS


def test_a_section_without_students_is_never_complete() -> None:
    assert work_state(a_rubric(), {}, (), None, NOON) is WorkState.ASSIGNED
