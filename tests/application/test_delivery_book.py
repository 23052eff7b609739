"""Whatever the LMS shows and wherever a run ends, the book's rows only make legal moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from anyio import run
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryQueue
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.ports.lms import BulkReport, BulkState, LmsGrade
from application.sending.delivery_book import BULK, DeliveryBook
from domain.delivery import BulkPost, Delivery, DeliveryState, Send, SendState
from domain.ids import LmsUserRef, SendId
from tests import builders
from tests.application.sending import at_once
from tests.stand_ins import NOON, FixedClock

SEND = SendId("send-first")
State = DeliveryState
UNDECIDED = {State.PENDING, State.POSTING, State.WAITING}
GRADE = Decimal("87.50")
NAMES = ("ana", "bo", "cy", "di")


def there(name: str, entered: Decimal | None, *, excused: bool = False) -> LmsGrade:
    return LmsGrade(LmsUserRef(f"user-{name}"), entered, excused, None, posted=True)


@dataclass
class Book:
    """One send of these deliveries."""

    deliveries: list[Delivery]
    clock: FixedClock = field(default_factory=FixedClock)

    def __post_init__(self) -> None:
        jobs = MemoryJobs(self.clock)
        self.units = MemoryUnits(Store(), lambda _after: MemoryQueue(jobs))
        self.book = DeliveryBook(self.units, at_once, self.clock)
        with self.units() as unit:
            builders.College(()).store(unit)
            unit.links.save(builders.a_link())
            unit.deliveries.save_send(builders.a_send())
            unit.deliveries.save(self.deliveries)
            unit.commit()

    def rows(self) -> dict[str, Delivery]:
        with self.units(write=False) as unit:
            return {row.student_id: row for row in unit.deliveries.deliveries(SEND)}

    def states(self) -> dict[str, DeliveryState]:
        return {row.student_id.removeprefix("person-"): row.state for row in self.rows().values()}

    def posts(self) -> list[BulkPost]:
        with self.units(write=False) as unit:
            return unit.deliveries.posts(SEND)

    def send(self) -> Send:
        with self.units(write=False) as unit:
            return unit.deliveries.send(SEND)


def a_book(*names: str, **changes: Any) -> Book:
    return Book([builders.a_delivery(name, **changes) for name in names or NAMES])


SHOWN = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(
        st.none(),
        st.tuples(st.sampled_from([None, GRADE, Decimal(1), Decimal(50)]), st.booleans()),
    ),
).map(
    lambda drawn: {
        LmsUserRef(f"user-{name}"): there(name, seen[0], excused=seen[1])
        for name, seen in drawn.items()
        if seen is not None
    }
)
ROWS = st.tuples(
    st.sampled_from(sorted(UNDECIDED)), st.booleans(), st.sampled_from([None, GRADE, Decimal(1)])
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("compare"), SHOWN),
        st.tuples(st.just("hand over"), st.just({})),
        st.tuples(st.just("recover"), SHOWN),
        st.tuples(st.sampled_from(["finished", "broken"]), SHOWN),
        st.tuples(st.just("refuse"), st.just({})),
        st.tuples(st.sampled_from(["look", "last look"]), SHOWN),
        st.tuples(st.just("check"), SHOWN),
        st.tuples(st.sampled_from(["close", "unauthorised", "unavailable"]), st.just({})),
    ),
    max_size=8,
)
Shown = Mapping[LmsUserRef, LmsGrade]


async def step(book: DeliveryBook, posts: list[BulkPost], what: str, shown: Shown) -> None:
    """One beat of a run, in any order, as crashes and repeats may bring them."""
    last = posts[-1] if posts else None
    match what:
        case "compare":
            await book.compare(SEND, shown)
        case "look" | "last look":
            await book.verify(SEND, shown, last=what == "last look")
        case "check":
            await book.check(SEND, shown)
        case "close" | "unauthorised" | "unavailable":
            await book.close(SEND, "" if what == "close" else what)
        case _ if last is None:
            return
        case "hand over":
            await book.hand_over(last)
        case "recover":
            await book.recover(last, shown)
        case "refuse":
            await book.refuse(last, "no-right")
        case _:
            report = BulkReport(BulkState(what), (), "")
            await book.settled(last, report)


@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=4), STEPS)
def test_any_run_moves_grades_legally_and_never_unsends_one(
    drawn: list[tuple[DeliveryState, bool, Decimal | None]], steps: list[tuple[str, Shown]]
) -> None:
    """An illegal move would raise."""
    rows = zip(NAMES, drawn, strict=False)
    book = Book([
        builders.a_delivery(name, state=state, confirmed=confirmed, expected_before=before)
        for name, (state, confirmed, before) in rows
    ])  # fmt: skip
    sent: set[str] = set()
    for what, shown in steps:
        run(step, book.book, book.posts(), what, shown)
        now = {name for name, state in book.states().items() if state is State.SENT}
        assert sent <= now
        assert all(book.rows()[f"person-{name}"].read_back == GRADE for name in now)
        sent = now


@settings(max_examples=40)
@given(st.sampled_from(sorted(UNDECIDED)), SHOWN)
def test_comparing_settles_or_plans_each_and_no_grade_twice(
    state: DeliveryState, shown: Shown
) -> None:
    book = a_book(state=state)

    run(book.book.compare, SEND, shown)

    planned = [one for post in book.posts() if not post.settled for one in post.delivery_ids]
    pending = [row.id for row in book.rows().values() if row.state is State.PENDING]
    assert sorted(planned) == sorted(pending)
    assert len(set(planned)) == len(planned)


@settings(max_examples=40)
@given(STEPS, st.sampled_from(["", "unauthorised", "unavailable"]))
def test_a_closed_run_leaves_nothing_undecided_but_what_waits(
    steps: list[tuple[str, Shown]], reason: str
) -> None:
    book = a_book()
    for what, shown in steps:
        run(step, book.book, book.posts(), what, shown)

    run(book.book.close, SEND, reason)

    waits = reason == "unauthorised"
    left = set(book.states().values()) & UNDECIDED
    assert left <= ({State.WAITING} if waits else set())
    assert book.send().state is (SendState.WAITING if waits else SendState.DONE)


class TestCompare:
    async def test_tells_the_four_cases_apart(self) -> None:
        book = a_book()
        shown = [there("ana", GRADE), there("bo", Decimal(1)), there("cy", None)]

        await book.book.compare(SEND, {grade.user_ref: grade for grade in shown})

        assert book.states() == {
            "ana": State.SENT,
            "bo": State.CONFLICT,
            "cy": State.PENDING,
            "di": State.FAILED,
        }
        assert book.rows()["person-di"].reason == "not-enrolled"

    async def test_cuts_posts_of_a_hundred(self) -> None:
        names = [f"s{number:03}" for number in range(2 * BULK + 1)]
        book = a_book(*names)
        shown = {LmsUserRef(f"user-{name}"): there(name, None) for name in names}

        await book.book.compare(SEND, shown)

        assert [len(post.delivery_ids) for post in book.posts()] == [BULK, BULK, 1]

    async def test_a_second_time_closes_the_posts_of_the_first(self) -> None:
        book = a_book("ana")
        shown = {LmsUserRef("user-ana"): there("ana", None)}
        await book.book.compare(SEND, shown)

        await book.book.compare(SEND, shown)

        assert [(post.number, post.settled) for post in book.posts()] == [(0, True), (1, False)]
        assert await book.book.open_posts(SEND) == [1]


class TestPosts:
    async def test_one_whose_answer_was_lost_is_known_as_such(self) -> None:
        book = await self.planned("ana", "bo")
        assert (await book.book.post(SEND, 0))[1] is False

        await book.book.hand_over(book.posts()[0])

        assert (await book.book.post(SEND, 0))[1] is True

    async def test_after_a_crash_only_what_did_not_arrive_goes_again(self) -> None:
        book = await self.planned("ana", "bo")
        await book.book.hand_over(book.posts()[0])

        await book.book.recover(book.posts()[0], {LmsUserRef("user-ana"): there("ana", GRADE)})
        again = await book.book.hand_over(book.posts()[0])

        assert [row.student_id for row in again] == ["person-bo"]
        assert book.states()["ana"] is State.SENT

    async def test_one_that_is_answered_is_not_handed_over_again(self) -> None:
        book = await self.planned("ana", "bo")
        await book.book.hand_over(book.posts()[0])

        await book.book.posted(book.posts()[0], "77")

        assert await book.book.hand_over(book.posts()[0]) == []
        assert (await book.book.post(SEND, 0))[1] is False

    async def test_whom_the_lms_could_not_find_has_failed_alone(self) -> None:
        book = await self.planned("ana", "bo")
        await book.book.hand_over(book.posts()[0])

        report = BulkReport(BulkState.FINISHED, (LmsUserRef("user-bo"),), "")
        await book.book.settled(book.posts()[0], report)

        assert book.states() == {"ana": State.POSTING, "bo": State.FAILED}
        assert book.posts()[0].settled

    async def planned(self, *names: str) -> Book:
        book = a_book(*names)
        shown = {LmsUserRef(f"user-{name}"): there(name, None) for name in names}
        await book.book.compare(SEND, shown)
        return book


class TestReadingBack:
    async def test_waits_for_a_slow_gradebook_and_then_says_what_it_showed(self) -> None:
        book = a_book("ana", "bo", state=State.POSTING)
        shown = {grade.user_ref: grade for grade in (there("ana", None), there("bo", Decimal(9)))}

        assert await book.book.verify(SEND, shown, last=False) is False
        assert await book.book.verify(SEND, shown, last=True) is True

        rows = book.rows()
        assert {row.state for row in rows.values()} == {State.UNVERIFIED}
        assert [rows[f"person-{name}"].reason for name in ("ana", "bo")] == ["no-score", "differs"]
        assert rows["person-bo"].read_back == 9

    async def test_what_was_not_seen_is_checked_without_posting(self) -> None:
        book = a_book("ana", state=State.UNVERIFIED, reason="no-score")

        await book.book.check(SEND, {LmsUserRef("user-ana"): there("ana", GRADE)})

        row = book.rows()["person-ana"]
        assert (row.state, row.read_back, row.settled_at) == (State.SENT, GRADE, NOON)
        assert book.posts() == []
