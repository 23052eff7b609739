"""The job behind Send Scores: compare, post in bulk, wait, read back, settle each grade.

The rows are the truth: what was decided, handed over and read back is written before the
next call, so that the job may be killed anywhere and taken up again. Posting the same grade
twice changes nothing; what is unknown after a crash is read back before it is posted again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from application.errors import LmsRefused
from application.gateways import Gateways
from application.patience import WAITS, patiently
from application.ports.jobs import JobContext, Payload
from application.ports.lms import BulkState, LmsGateway, LmsGrade
from application.sending.delivery_book import DeliveryBook
from application.sending.grading import refusal_of
from application.tokens import Pause
from application.use_cases.sending.send_scores import SendTarget, send_target
from domain.delivery import Delivery
from domain.ids import LmsUserRef, SendId

_READ_BACKS = 3
_LONGEST_POLLS = 90
"""About twelve minutes; Canvas queues bulk jobs for minutes in busy weeks."""


@dataclass(frozen=True, slots=True)
class DeliverScores:
    book: DeliveryBook
    gateways: Gateways
    pause: Pause

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        """Carry out one send; leaves it done, or waiting for authorisation."""
        send_id = SendId(payload["send_id"])
        reason = await self._step(job, "compare", partial(self._compare, send_id))
        posts = await job.step("list posts", partial(self.book.open_posts, send_id))
        for done, number in enumerate(posts):
            await job.progress(done, len(posts) + 1)
            for name, work in (("post", self._post), ("await", self._await)):
                if not reason:
                    step = partial(work, send_id, number)
                    reason = await self._step(job, f"{name} {number}", step)
        if not reason:
            reason = await self._step(job, "read back", partial(self._read_back, send_id))
        await self.book.close(send_id, reason)

    async def _step(self, job: JobContext, name: str, work: Callable[[], Awaitable[None]]) -> str:
        """Run a remembered step; its result is the reason to stop, empty to go on.

        Errors of the LMS become reasons here, since only plain results outlive a crash.
        """
        return await job.step(name, lambda: patiently(work, self.pause), attempts=1)

    async def _compare(self, send_id: SendId) -> None:
        """Settle what needs no call, and cut the rest into bulk posts."""
        target, gateway = await self._opened(send_id)
        assignment = await gateway.assignment(target.course, target.assignment)
        if reason := refusal_of(assignment):
            await self.book.refuse_all(send_id, reason)
            return
        await self.book.compare(send_id, await _gradebook(gateway, target))

    async def _post(self, send_id: SendId, number: int) -> None:
        """Hand over one post. One whose answer was lost is read back first."""
        target, gateway = await self._opened(send_id)
        post, unknown = await self.book.post(send_id, number)
        if post.progress_ref or post.settled:
            return
        if unknown:
            await self.book.recover(post, await _gradebook(gateway, target))
        deliveries = await self.book.hand_over(post)
        if not deliveries:
            return
        try:
            reference = await self._put(gateway, target, deliveries)
        except LmsRefused as error:
            await self.book.refuse(post, error.reason)
            return
        await self.book.posted(post, reference)

    async def _put(
        self, gateway: LmsGateway, target: SendTarget, deliveries: list[Delivery]
    ) -> str:
        """One grade goes by the single call, whose answer is its read-back."""
        grades = {d.user_ref: d.grade for d in deliveries if d.user_ref}
        if len(grades) > 1:
            return await gateway.post_grades(target.course, target.assignment, grades)
        for user, grade in grades.items():
            await gateway.put_grade(target.course, target.assignment, user, grade)
        return ""

    async def _await(self, send_id: SendId, number: int) -> None:
        """Wait until the LMS has worked through one post."""
        post, _ = await self.book.post(send_id, number)
        if post.settled or not post.progress_ref:
            return
        _, gateway = await self._opened(send_id)
        for attempt in range(_LONGEST_POLLS):
            report = await gateway.bulk_report(post.progress_ref)
            if report.state is not BulkState.RUNNING:
                await self.book.settled(post, report)
                return
            await self.pause(WAITS[min(attempt, len(WAITS) - 1)])
        await self.book.unsettled(post)

    async def _read_back(self, send_id: SendId) -> None:
        """Hold every posted grade against the gradebook; a slow one is asked for again."""
        target, gateway = await self._opened(send_id)
        for attempt in range(_READ_BACKS):
            if attempt:
                await self.pause(WAITS[attempt])
            shown = await _gradebook(gateway, target)
            if await self.book.verify(send_id, shown, last=attempt + 1 == _READ_BACKS):
                return

    async def _opened(self, send_id: SendId) -> tuple[SendTarget, LmsGateway]:
        send, link = await self.book.send(send_id)
        target = send_target(link)
        return target, await self.gateways.acting_for(send.requested_by, target.site_id)


async def _gradebook(gateway: LmsGateway, target: SendTarget) -> dict[LmsUserRef, LmsGrade]:
    column = gateway.grades(target.course, target.assignment)
    return {grade.user_ref: grade async for grade in column}
