"""The rows of a send, moved on one transaction at a time."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from application.committing import committed
from application.ports.lms import BulkReport, BulkState, LmsGrade
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.sending.send_plan import Standing, against
from domain.delivery import BulkPost, Delivery, DeliveryState, Send, SendState
from domain.ids import LmsUserRef, SendId
from domain.link import Link

BULK = 100
"""Grades in one call (rest-api 6.3: keep it at most 100)."""

_UNDECIDED = {DeliveryState.PENDING, DeliveryState.POSTING, DeliveryState.WAITING}

Shown = Mapping[LmsUserRef, LmsGrade]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeliveryBook:
    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock

    async def send(self, send_id: SendId) -> tuple[Send, Link]:
        def work(unit: UnitOfWork) -> tuple[Send, Link]:
            send = unit.deliveries.send(send_id)
            if send.state in {SendState.QUEUED, SendState.WAITING}:
                send = unit.deliveries.save_send(send.moved(SendState.RUNNING))
            return send, unit.links.get(send.link_id)

        return await self._in_unit(work)

    async def compare(self, send_id: SendId, shown: Shown) -> None:
        """Settle grades that are there already or must not be sent; plan posts of the rest.

        Posts of an earlier attempt are closed: what they brought shows in the gradebook.
        """

        def work(unit: UnitOfWork) -> None:
            rows = _rows(unit, send_id, _UNDECIDED)
            moved = unit.deliveries.save([self._compared(row, _shown(row, shown)) for row in rows])
            earlier = unit.deliveries.posts(send_id)
            for post in earlier:
                unit.deliveries.put_post(replace(post, settled=True))
            todo = [row.id for row in moved if row.state is DeliveryState.PENDING]
            for number, start in enumerate(range(0, len(todo), BULK), len(earlier)):
                ids = tuple(todo[start : start + BULK])
                unit.deliveries.put_post(BulkPost(send_id, number, ids, "", settled=False))

        await self._in_unit(work)

    async def open_posts(self, send_id: SendId) -> list[int]:
        def work(unit: UnitOfWork) -> list[int]:
            return [post.number for post in unit.deliveries.posts(send_id) if not post.settled]

        return await self._in_unit(work)

    async def refuse_all(self, send_id: SendId, reason: str) -> None:
        await self._in_unit(lambda unit: self._fail(unit, _rows(unit, send_id, _UNDECIDED), reason))

    async def post(self, send_id: SendId, number: int) -> tuple[BulkPost, bool]:
        """A post, and whether it was handed over without our learning the answer."""

        def work(unit: UnitOfWork) -> tuple[BulkPost, bool]:
            post = unit.deliveries.posts(send_id)[number]
            rows = _rows_of(unit, post)
            lost = any(row.state is DeliveryState.POSTING for row in rows)
            return post, lost and not post.progress_ref and not post.settled

        return await self._in_unit(work)

    async def recover(self, post: BulkPost, shown: Shown) -> None:
        """After a crash: what arrived is sent, what did not goes back to pending."""

        def work(unit: UnitOfWork) -> None:
            rows = [row for row in _rows_of(unit, post) if row.state is DeliveryState.POSTING]
            unit.deliveries.save(
                [
                    self._sent(row, there)
                    if (there := _shown(row, shown)) and there.entered == row.grade
                    else row.moved(DeliveryState.PENDING)
                    for row in rows
                ]
            )

        await self._in_unit(work)

    async def hand_over(self, post: BulkPost) -> list[Delivery]:
        """Mark the post's pending grades as handed over, before the call goes out."""

        def work(unit: UnitOfWork) -> list[Delivery]:
            rows = [row for row in _rows_of(unit, post) if row.state is DeliveryState.PENDING]
            return unit.deliveries.save([row.moved(DeliveryState.POSTING) for row in rows])

        return await self._in_unit(work)

    async def posted(self, post: BulkPost, reference: str) -> None:
        """Store what the LMS called the post; a single grade has no reference."""
        done = replace(post, progress_ref=reference, settled=not reference)
        await self._in_unit(lambda unit: unit.deliveries.put_post(done))

    async def refuse(self, post: BulkPost, reason: str) -> None:
        """The whole call was refused and nothing queued."""

        def work(unit: UnitOfWork) -> None:
            self._fail(unit, _rows_of(unit, post), reason)
            unit.deliveries.put_post(replace(post, settled=True))

        await self._in_unit(work)

    async def settled(self, post: BulkPost, report: BulkReport) -> None:
        """The LMS is through: users it could not find are failures, the rest is read back."""

        def work(unit: UnitOfWork) -> None:
            missing = set(report.missing)
            rows = [row for row in _rows_of(unit, post) if row.user_ref in missing]
            self._fail(unit, rows, "not-enrolled")
            unit.deliveries.put_post(replace(post, settled=True))
            if report.state is BulkState.BROKEN:
                posting = [r for r in _rows_of(unit, post) if r.state is DeliveryState.POSTING]
                unit.deliveries.save([replace(row, reason="bulk-broken") for row in posting])

        await self._in_unit(work)

    async def unsettled(self, post: BulkPost) -> None:
        """The LMS still works at it; what is there by now is read back all the same."""
        done = replace(post, settled=True)
        await self._in_unit(lambda unit: unit.deliveries.put_post(done))

    async def verify(self, send_id: SendId, shown: Shown, *, last: bool) -> bool:
        """Settle posted grades by what the gradebook shows; True when none is left."""

        def work(unit: UnitOfWork) -> bool:
            rows = _rows(unit, send_id, {DeliveryState.POSTING})
            moved = [self._verified(row, _shown(row, shown), last=last) for row in rows]
            unit.deliveries.save(moved)
            return not any(row.state is DeliveryState.POSTING for row in moved)

        return await self._in_unit(work)

    async def check(self, send_id: SendId, shown: Shown) -> None:
        """Look again at grades that were never seen to arrive; nothing is posted."""

        def work(unit: UnitOfWork) -> None:
            rows = _rows(unit, send_id, {DeliveryState.UNVERIFIED})
            unit.deliveries.save(
                [self._verified(row, _shown(row, shown), last=True) for row in rows]
            )

        await self._in_unit(work)

    async def close(self, send_id: SendId, reason: str) -> None:
        """End this run. With a reason, whatever is undecided says so and can be retried.

        Authorisation lost: it waits. Otherwise grades never handed over have failed, and
        those handed over are unverified.
        """
        waits = reason == "unauthorised"
        now = self.clock.now()

        def work(unit: UnitOfWork) -> None:
            unit.deliveries.save(
                [
                    row.moved(_left_as(row, waits=waits), reason=_why(row, reason), at=now)
                    for row in _rows(unit, send_id, _UNDECIDED)
                ]
            )
            send = unit.deliveries.send(send_id)
            state = SendState.WAITING if waits else SendState.DONE
            ended = None if waits else now
            unit.deliveries.save_send(send.moved(state, reason=reason, at=ended))

        await self._in_unit(work)

    async def _in_unit(self, work: Callable[[UnitOfWork], T]) -> T:
        return await committed(self.units, self.transact, work)

    def _compared(self, row: Delivery, there: LmsGrade | None) -> Delivery:
        row = row.moved(DeliveryState.PENDING)
        if there is None:
            return self._failed(row, "not-enrolled")
        standing, reason = against(row.grade, there, row.expected_before)
        if standing is Standing.SAME:
            return self._sent(row, there)
        if standing is Standing.CONFIRM and not row.confirmed:
            if reason == "excused":
                return self._failed(row, reason)
            return row.moved(DeliveryState.CONFLICT, reason=reason, read_back=there.entered)
        return row

    def _verified(self, row: Delivery, there: LmsGrade | None, *, last: bool) -> Delivery:
        if there is not None and there.entered == row.grade:
            return self._sent(row, there)
        if not last:
            return row
        if row.reason:
            return self._failed(row, row.reason)
        if there is None:
            return self._failed(row, "not-applicable")
        reason = "no-score" if there.entered is None else "differs"
        now = self.clock.now()
        return row.moved(DeliveryState.UNVERIFIED, reason=reason, read_back=there.entered, at=now)

    def _sent(self, row: Delivery, there: LmsGrade) -> Delivery:
        now = self.clock.now()
        return row.moved(DeliveryState.SENT, read_back=there.entered, at=now)

    def _failed(self, row: Delivery, reason: str) -> Delivery:
        return row.moved(DeliveryState.FAILED, reason=reason, at=self.clock.now())

    def _fail(self, unit: UnitOfWork, rows: Iterable[Delivery], reason: str) -> None:
        undecided = [row for row in rows if row.state in _UNDECIDED]
        unit.deliveries.save([self._failed(row, reason) for row in undecided])


def _rows(unit: UnitOfWork, send_id: SendId, states: Container[DeliveryState]) -> list[Delivery]:
    return [row for row in unit.deliveries.deliveries(send_id) if row.state in states]


def _rows_of(unit: UnitOfWork, post: BulkPost) -> list[Delivery]:
    members = set(post.delivery_ids)
    return [row for row in unit.deliveries.deliveries(post.send_id) if row.id in members]


def _shown(row: Delivery, shown: Shown) -> LmsGrade | None:
    return shown.get(row.user_ref) if row.user_ref else None


def _left_as(row: Delivery, *, waits: bool) -> DeliveryState:
    if waits:
        return DeliveryState.WAITING
    posted = row.state is DeliveryState.POSTING
    return DeliveryState.UNVERIFIED if posted else DeliveryState.FAILED


def _why(row: Delivery, reason: str) -> str:
    return "not-read-back" if row.state is DeliveryState.POSTING else reason
