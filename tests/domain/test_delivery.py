from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import Delivery, DeliveryState, SendState
from domain.errors import IllegalMove
from tests.builders import a_delivery, a_send
from tests.stand_ins import NOON
from tests.strategies import records

State = DeliveryState
STATES = st.sampled_from(DeliveryState)


def reachable(state: DeliveryState) -> set[DeliveryState]:
    return {other for other in DeliveryState if other is not state and may_become(state, other)}


def may_become(state: DeliveryState, other: DeliveryState) -> bool:
    try:
        a_delivery(state=state).moved(other)
    except IllegalMove:
        return False
    return True


class TestMoves:
    def test_a_sent_grade_stays_sent(self) -> None:
        assert reachable(State.SENT) == set()

    def test_only_what_was_pending_is_handed_over(self) -> None:
        assert {state for state in State if State.POSTING in reachable(state)} == {State.PENDING}

    def test_a_conflict_goes_on_only_by_a_persons_word(self) -> None:
        assert reachable(State.CONFLICT) == {State.PENDING}

    def test_unverified_is_only_what_was_handed_over(self) -> None:
        assert {state for state in State if State.UNVERIFIED in reachable(state)} == {State.POSTING}

    @pytest.mark.parametrize("state", sorted(set(State) - {State.SENT}))
    def test_nothing_is_a_dead_end_but_sent(self, state: DeliveryState) -> None:
        seen, edge = {state}, {state}
        while edge:
            edge = {after for one in edge for after in reachable(one)} - seen
            seen |= edge

        assert State.SENT in seen

    @given(st.lists(STATES, max_size=12))
    def test_any_walk_keeps_the_grade_and_whose_it_is(self, wanted: Sequence[State]) -> None:
        delivery = walked = a_delivery()
        for state in wanted:
            if may_become(walked.state, state):
                walked = walked.moved(state)

        assert (walked.grade, walked.student_id, walked.user_ref, walked.version) == (
            delivery.grade,
            delivery.student_id,
            delivery.user_ref,
            delivery.version,
        )

    @given(records(Delivery), STATES)
    def test_a_refused_move_names_both_states(self, delivery: Delivery, wanted: State) -> None:
        if wanted is delivery.state or wanted in reachable(delivery.state):
            assert delivery.moved(wanted).state is wanted
            return
        with pytest.raises(IllegalMove, match=f"is {delivery.state} and cannot become {wanted}"):
            delivery.moved(wanted)

    @given(records(Delivery))
    def test_the_same_state_again_is_no_move(self, delivery: Delivery) -> None:
        assert delivery.moved(delivery.state).state is delivery.state

    def test_what_was_said_before_is_forgotten(self) -> None:
        failed = a_delivery().moved(State.FAILED, reason="no-score", read_back=Decimal(3), at=NOON)

        again = failed.moved(State.PENDING)

        assert (again.reason, again.read_back, again.settled_at) == ("", None, None)


class TestRetrying:
    @pytest.mark.parametrize("state", [State.FAILED, State.UNVERIFIED, State.CONFLICT])
    def test_puts_it_on_its_way(self, state: DeliveryState) -> None:
        assert a_delivery(state=state).retried().state is State.PENDING

    def test_what_was_sent_is_not_sent_again(self) -> None:
        with pytest.raises(IllegalMove):
            a_delivery(state=State.SENT).retried(confirmed=True)

    @pytest.mark.parametrize(
        ("before", "now", "after"),
        [(False, False, False), (False, True, True), (True, False, True), (True, True, True)],
    )
    def test_keeps_what_a_person_confirmed(self, *, before: bool, now: bool, after: bool) -> None:
        failed = a_delivery(state=State.FAILED, confirmed=before)

        assert failed.retried(confirmed=now).confirmed is after


class TestSend:
    def test_is_open_until_it_ends(self) -> None:
        opened = {state for state in SendState if a_send(state=state).is_open}

        assert opened == {SendState.QUEUED, SendState.RUNNING, SendState.WAITING}

    def test_queued_again_forgets_why_it_waited(self) -> None:
        waiting = a_send().moved(SendState.WAITING, reason="unauthorised")

        again = waiting.queued(waiting.job_id or a_send().id)  # type: ignore[arg-type] # any id

        assert (waiting.waits, again.waits, again.reason) == (True, False, "")
