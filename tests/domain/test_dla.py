"""How a DLA moves between student and teacher."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dla import AssignedDla, DlaState
from domain.errors import IllegalMove, NonsenseValue
from domain.ids import PersonId
from domain.web_link import WebLink, links_as_text, links_from
from tests.builders import a_dla, an_assigned_dla
from tests.stand_ins import NOON

TESS = PersonId("person-tess")
LATE = NOON + timedelta(days=30)
ASSIGNED = an_assigned_dla()
STARTED = ASSIGNED.written("A draft.", NOON)
HANDED_IN = STARTED.handed_in("A page.", NOON)
ACCEPTED = HANDED_IN.accepted("Well done.", NOON, TESS)
RETURNED = HANDED_IN.returned("Say why.", NOON, TESS)


class TestAssignedDla:
    def test_the_first_draft_starts_it(self) -> None:
        assert STARTED.state is DlaState.STARTED
        assert [step.state for step in STARTED.steps] == [DlaState.STARTED]
        assert STARTED.written("Another.", NOON).steps == STARTED.steps

    def test_what_was_handed_in_stays_whatever_is_written_later(self) -> None:
        again = RETURNED.written("Because.", NOON).handed_in("Because.", NOON)

        texts = [step.text for step in again.steps if step.state is DlaState.HANDED_IN]
        assert texts == ["A page.", "Because."]
        assert again.text == "Because."

    def test_what_is_attached_alone_can_be_handed_in_and_nothing_cannot(self) -> None:
        attached = ("My film https://a.example/x", "page.pdf")

        handed_in = ASSIGNED.handed_in(" ", NOON, attached)
        assert handed_in.steps[-1].text == "My film https://a.example/x, page.pdf"
        with pytest.raises(NonsenseValue):
            ASSIGNED.handed_in(" \n", NOON)

    def test_the_word_of_the_teacher_is_the_last_one(self) -> None:
        assert (HANDED_IN.word, RETURNED.word) == ("", "Say why.")
        assert RETURNED.accepted("", NOON, TESS).word == ""

    def test_to_return_it_a_word_is_needed(self) -> None:
        with pytest.raises(NonsenseValue):
            HANDED_IN.returned(" ", NOON, TESS)

    def test_a_wrong_decision_is_mended(self) -> None:
        assert RETURNED.accepted("", NOON, TESS).state is DlaState.ACCEPTED
        assert ACCEPTED.returned("Not yet.", NOON, TESS).state is DlaState.RETURNED

    @pytest.mark.parametrize("one", [ASSIGNED, STARTED, RETURNED])
    def test_overdue_is_what_is_late_and_with_the_student(self, one: AssignedDla) -> None:
        assert one.standing(LATE) is DlaState.OVERDUE
        assert one.standing(NOON) is one.state

    @pytest.mark.parametrize("one", [HANDED_IN, ACCEPTED])
    def test_what_is_with_the_teacher_is_never_overdue(self, one: AssignedDla) -> None:
        assert one.standing(LATE) is one.state

    def test_late_work_can_be_handed_in(self) -> None:
        assert ASSIGNED.handed_in("Late.", LATE).standing(LATE) is DlaState.HANDED_IN

    def test_what_is_decided_is_not_written_on_nor_taken_back(self) -> None:
        moves: tuple[Callable[[], AssignedDla], ...] = (
            lambda: ACCEPTED.written("x", NOON),
            lambda: HANDED_IN.handed_in("x", NOON),
            lambda: ACCEPTED.taken_back(NOON),
            lambda: ASSIGNED.accepted("", NOON, TESS),
            lambda: STARTED.returned("x", NOON, TESS),
        )
        for move in moves:
            with pytest.raises(IllegalMove):
                move()

    def test_overdue_is_never_stored(self) -> None:
        with pytest.raises(NonsenseValue):
            an_assigned_dla(state=DlaState.OVERDUE)


class TestDla:
    @pytest.mark.parametrize("field", ["title", "instructions"])
    def test_says_what_to_do(self, field: str) -> None:
        with pytest.raises(NonsenseValue):
            a_dla(**{field: "  "})

    def test_retiring_twice_keeps_the_first_time(self) -> None:
        once = a_dla().retired(NOON)

        assert once.retired(LATE) == once
        assert once.retired(None) == a_dla()


class TestWebLinks:
    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "data:text/html,x", "//host/x", "file:///etc/passwd", "https://",
         "http://[", "https://a b", "https://user:pw@host/", "ftp://host/x", "www.example.edu",
         "https://x\u202e.example"],
    )  # fmt: skip
    def test_only_web_pages_are_links(self, address: str) -> None:
        with pytest.raises(NonsenseValue):
            WebLink(address)

    @given(
        st.lists(
            st.builds(
                WebLink,
                st.sampled_from(["https://a.example/x?y=1", "http://b.example"]),
                st.text("abc é-", max_size=9).map(str.strip),
            )
        )
    )
    def test_what_is_written_is_read_again(self, links: list[WebLink]) -> None:
        assert links_from(links_as_text(tuple(links))) == tuple(links)
