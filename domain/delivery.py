"""Grades on their way to the LMS gradebook, and their legal moves.

    pending -> posting -> sent | unverified | failed | conflict
    unverified, failed, conflict -> pending   (retried or confirmed)
    pending -> waiting -> pending             (authorisation lost and given again)

A grade is *sent* only when the grade read back equals it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.errors import IllegalMove
from domain.ids import DeliveryId, JobId, LinkId, LmsUserRef, PersonId, SendId


class DeliveryState(StrEnum):
    PENDING = "pending"
    POSTING = "posting"
    """Handed to the LMS; whether it arrived is not known yet."""
    SENT = "sent"
    UNVERIFIED = "unverified"
    FAILED = "failed"
    CONFLICT = "conflict"
    """The grade in the LMS changed since our last send; a person must confirm."""
    WAITING = "waiting"


class GradeSource(StrEnum):
    RECOMMENDED = "recommended"
    OWN = "own"


_MOVES: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.PENDING: frozenset(
        {DeliveryState.POSTING, DeliveryState.FAILED, DeliveryState.CONFLICT,
         DeliveryState.WAITING, DeliveryState.SENT}
    ),
    DeliveryState.POSTING: frozenset(
        {DeliveryState.SENT, DeliveryState.UNVERIFIED, DeliveryState.FAILED,
         DeliveryState.PENDING, DeliveryState.WAITING}
    ),
    DeliveryState.UNVERIFIED: frozenset({DeliveryState.PENDING, DeliveryState.SENT,
                                         DeliveryState.FAILED}),
    DeliveryState.FAILED: frozenset({DeliveryState.PENDING, DeliveryState.SENT}),
    DeliveryState.CONFLICT: frozenset({DeliveryState.PENDING}),
    DeliveryState.WAITING: frozenset({DeliveryState.PENDING, DeliveryState.FAILED}),
    DeliveryState.SENT: frozenset(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """One student's grade in one send. `grade` is what the gradebook shall show, in points.

    `expected_before` is the grade we last saw there; another one is a conflict.
    `confirmed` means a person chose to overwrite a grade changed in the LMS or an excuse.
    """

    id: DeliveryId
    send_id: SendId
    link_id: LinkId
    student_id: PersonId
    user_ref: LmsUserRef | None
    grade: Decimal
    source: GradeSource
    state: DeliveryState
    reason: str
    """A slug of `domain.refusals`, empty while all is well."""
    expected_before: Decimal | None
    confirmed: bool
    read_back: Decimal | None
    settled_at: datetime | None
    version: int

    def moved(
        self,
        state: DeliveryState,
        *,
        reason: str = "",
        read_back: Decimal | None = None,
        at: datetime | None = None,
    ) -> "Delivery":
        """The delivery in its next state; the same state again is no move.

        Raises:
            IllegalMove: the table above does not know the step.
        """
        if state is not self.state and state not in _MOVES[self.state]:
            raise IllegalMove("This grade", self.state, state)
        return replace(self, state=state, reason=reason, read_back=read_back, settled_at=at)

    def retried(self, *, confirmed: bool = False) -> "Delivery":
        return replace(self.moved(DeliveryState.PENDING), confirmed=confirmed or self.confirmed)


class SendState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    """Authorisation was lost; goes on by itself when it is given again."""
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Send:
    """One press of *Send Scores to LMS*: who asked, for which link, and how it stands."""

    id: SendId
    link_id: LinkId
    requested_by: PersonId
    requested_at: datetime
    state: SendState
    reason: str
    job_id: JobId | None
    finished_at: datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        return self.state not in {SendState.DONE, SendState.STOPPED}

    @property
    def waits(self) -> bool:
        return self.state is SendState.WAITING

    def queued(self, job_id: JobId) -> "Send":
        return replace(self, state=SendState.QUEUED, reason="", job_id=job_id)

    def moved(self, state: SendState, *, reason: str = "", at: datetime | None = None) -> "Send":
        return replace(self, state=state, reason=reason, finished_at=at)


@dataclass(frozen=True, slots=True)
class BulkPost:
    """One bulk call of a send: which deliveries were in it and what the LMS called it.

    Written before the call goes out, so that a crash between the call and its answer
    leaves a row that says what is unknown.
    """

    send_id: SendId
    number: int
    delivery_ids: tuple[DeliveryId, ...]
    progress_ref: str
    """Empty until the LMS answered."""
    settled: bool
