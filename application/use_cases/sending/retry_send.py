"""After a send: try again what failed, confirm conflicts, check what was never seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import Conflict
from application.gateways import Gateways
from application.own_records import own_send
from application.ports.jobs import Jobs, JobState
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.sending.delivery_book import DeliveryBook
from application.use_cases.sending.send_scores import enqueue_send, read_gradebook, send_target
from domain.audit import Deed
from domain.delivery import Delivery, DeliveryState, Send
from domain.ids import PersonId, SendId
from domain.link import Link

RETRIED = {DeliveryState.FAILED: False, DeliveryState.UNVERIFIED: False}
CONFIRMED = {DeliveryState.CONFLICT: True, DeliveryState.FAILED: True}
"""States to try again; the value says whether replacing is confirmed by the person."""

_DEAD = {JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class RetrySend:
    """Put grades of a finished send on their way again, in the same send."""

    units: UnitOfWorkFactory
    clock: Clock
    jobs: Jobs

    def __call__(
        self,
        person_id: PersonId,
        send_id: SendId,
        *,
        states: Mapping[DeliveryState, bool],
        students: frozenset[PersonId] | None = None,
    ) -> int:
        """Retry deliveries in these states, of these students or of all.

        A send whose job died is taken up again with all that it left undecided.

        Returns how many. Raises: NotFound; Conflict while the send is still under way.
        """
        with self.units() as unit:
            send, link = own_send(unit, person_id, send_id)
            died = self._died(send)
            if send.is_open and not died:
                raise Conflict("This send is still under way; wait until it is done.")
            rows = [row for row in unit.deliveries.deliveries(send_id) if row.state in states]
            again = [row for row in rows if students is None or row.student_id in students]
            if again or died:
                self._enqueue(unit, send, link, again, states)
                deed = f"grades:{len(again)}"
                now = self.clock.now()
                unit.audit.record(Deed(person_id, "sent again", f"send:{send_id}", deed, now))
                unit.commit()
        return len(again)

    def _enqueue(
        self,
        unit: UnitOfWork,
        send: Send,
        link: Link,
        again: list[Delivery],
        states: Mapping[DeliveryState, bool],
    ) -> None:
        unit.deliveries.save([row.retried(confirmed=states[row.state]) for row in again])
        job = enqueue_send(unit, send.id, link, attempt=str(send.version))
        unit.deliveries.save_send(send.queued(job))

    def _died(self, send: Send) -> bool:
        job = self.jobs.view(send.job_id) if send.is_open and send.job_id else None
        return job is not None and job.state in _DEAD


@dataclass(frozen=True, slots=True)
class CheckSend:
    """Read the gradebook again for grades that were never seen to arrive."""

    units: UnitOfWorkFactory
    transact: Transact
    gateways: Gateways
    book: DeliveryBook

    async def __call__(self, person_id: PersonId, send_id: SendId) -> None:
        """Raises: NotFound, LmsError."""
        _, link = await self.transact(lambda: self._own(person_id, send_id))
        target = send_target(link)
        gateway = await self.gateways.acting_for(person_id, target.site_id)
        gradebook = await read_gradebook(gateway, target)
        await self.book.check(send_id, gradebook.grades)

    def _own(self, person_id: PersonId, send_id: SendId) -> tuple[Send, Link]:
        with self.units(write=False) as unit:
            return own_send(unit, person_id, send_id)
