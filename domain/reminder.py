"""Reminders by mail: of assessments that are not complete, of requests not answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import JobId, PersonId, RfiId, RoundId, SectionAssessmentId, TermId


class ReminderState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    """Handed to the mail server; a crash here leaves it unknown, and it is not sent twice."""
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReminderRound:
    """One press of *Send reminders*: who asked for it, with which words."""

    id: RoundId
    term_id: TermId
    asked_by: PersonId | None
    """None: the command line."""
    asked_at: datetime
    subject: str
    message: str
    job_id: JobId | None
    rfi_id: RfiId | None = None
    """The request for information it is about; None: about assessments."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One mail of a round to one person, about all chosen work of theirs.

    In a round about a request for information `work_ids` is empty: what is not answered when
    the mail goes out is what it asks for.
    """

    round_id: RoundId
    person_id: PersonId
    work_ids: tuple[SectionAssessmentId, ...]
    state: ReminderState
    reason: str
    """Why it failed, in words."""
    settled_at: datetime | None
