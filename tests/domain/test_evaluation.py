"""What evaluators see of students whose names are hidden, and what two scorers' cells say."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.double_scoring import compared, pairs
from domain.errors import IllegalMove
from domain.evaluation import Evaluator, Scoring, SecondScore, Settled, seated
from domain.ids import PersonId, SectionAssessmentId
from domain.score import BLANK, NOT_ASSESSED, Scored, ScoreValue
from tests.builders import a_rubric, a_score
from tests.stand_ins import NOON

WORK, EVE, ANA = SectionAssessmentId("work-essay"), PersonId("person-eve"), PersonId("person-ana")
RUBRIC = a_rubric()
ROW = RUBRIC.criteria[0]
LOW, HIGH = Scored(ROW.levels[0].points), Scored(ROW.levels[-1].points)
people = st.sets(st.text("abcdef", min_size=1, max_size=4).map(PersonId), min_size=1, max_size=30)


def an_evaluator(seats: tuple[PersonId, ...] = (), **changes: object) -> Evaluator:
    made = Evaluator(WORK, EVE, Scoring.RECORD, True, "chance", seats, "x", NOON, None, 1)
    return replace(made, **changes)  # type: ignore[arg-type] # any field


class TestNumbers:
    @given(people, people, people)
    def test_stay_when_others_come_or_go(
        self, before: set[PersonId], gone: set[PersonId], late: set[PersonId]
    ) -> None:
        evaluator = an_evaluator(seated("chance", before))
        first = evaluator.numbers(before)

        later = evaluator.numbers((before - gone) | late)

        assert sorted(first.values()) == list(range(1, len(before) + 1))
        assert all(later[one] == first[one] for one in before & later.keys())
        assert len(set(later.values())) == len(later)

    def test_do_not_follow_the_names(self) -> None:
        students = [PersonId(f"person-{letter}") for letter in "abcdefghij"]

        orders = {seated(seed, students) for seed in ("one", "two", "three")}

        assert len(orders) == 3
        assert tuple(students) not in orders

    @given(people)
    def test_an_alias_names_one_student_and_tells_no_id(self, students: set[PersonId]) -> None:
        evaluator = an_evaluator()
        aliases = {evaluator.alias(one) for one in students}

        assert len(aliases) == len(students)
        assert not any(one == evaluator.alias(one) for one in students)


def test_scores_of_one_kind_never_become_those_of_the_other() -> None:
    gone = an_evaluator().withdrawn(NOON)

    assert gone.given_again(Scoring.SECOND, hides_names=False, scored=False).active
    with pytest.raises(IllegalMove):
        gone.given_again(Scoring.SECOND, hides_names=False, scored=True)


class TestComparing:
    def second(self, value: ScoreValue) -> SecondScore:
        return SecondScore(WORK, EVE, ANA, ROW.id, value, "", 1, NOON)

    @pytest.mark.parametrize(
        ("first", "second"), [(BLANK, HIGH), (HIGH, BLANK), (BLANK, BLANK), (None, HIGH)]
    )
    def test_what_one_has_not_scored_is_not_compared(
        self, first: ScoreValue | None, second: ScoreValue
    ) -> None:
        record = [] if first is None else [a_score("ana", row_id=ROW.id, value=first)]

        assert list(compared(RUBRIC, record, [self.second(second)], [])) == []

    def test_levels_are_compared_by_their_place(self) -> None:
        record = [a_score("ana", row_id=ROW.id, value=LOW)]

        (cell,) = compared(RUBRIC, record, [self.second(HIGH)], [])

        assert cell.is_open
        (pair,) = pairs([cell])
        assert pair.apart == len(ROW.levels) - 1

    def test_not_assessed_differs_but_is_no_level(self) -> None:
        record = [a_score("ana", row_id=ROW.id, value=LOW)]

        (cell,) = compared(RUBRIC, record, [self.second(NOT_ASSESSED)], [])

        assert cell.is_open
        assert pairs([cell]) == []

    def test_a_decision_closes_the_cell_and_leaves_the_figures(self) -> None:
        decided = Settled(WORK, EVE, ANA, ROW.id, LOW, HIGH, HIGH, "tess", NOON, 1)
        record = [a_score("ana", row_id=ROW.id, value=HIGH)]

        (cell,) = compared(RUBRIC, record, [self.second(HIGH)], [decided])

        assert (cell.is_open, cell.first, cell.record) == (False, LOW, HIGH)

    def test_scoring_anew_opens_it_again(self) -> None:
        decided = Settled(WORK, EVE, ANA, ROW.id, LOW, HIGH, HIGH, "tess", NOON, 1)
        anew = Scored(Decimal(ROW.levels[1].points))
        record = [a_score("ana", row_id=ROW.id, value=anew)]

        (cell,) = compared(RUBRIC, record, [self.second(HIGH)], [decided])

        assert cell.is_open
        assert cell.first == anew
