"""A synchronisation as it is carried out: the run, and one item for each outcome it touches.

queued -> running -> done | stopped
running -> waiting -> queued       (no authorisation left, and given again)
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.ids import (
    JobId,
    LmsOutcomeRef,
    PersonId,
    SectionAssessmentId,
    SiteId,
    SloId,
    SyncItemId,
    SyncRunId,
)
from domain.outcomes.content import OutcomeContent, RatingMeaning
from domain.outcomes.found import OutcomePlace
from domain.outcomes.sync_plan import FolderWish, Step


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    """No authorisation is left that holds; goes on by itself when one is given."""
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One press of *Send Outcomes*, over one or several places.

    `acts_as` is the person whose own authorisation is used (F25); None means the first
    account authorisation of the site that still holds (F24).
    """

    id: SyncRunId
    site_id: SiteId
    work_id: SectionAssessmentId | None
    acts_as: PersonId | None
    requested_by: str
    """A person id, or `command line`."""
    requested_at: datetime
    state: RunState
    reason: str
    job_id: JobId | None
    finished_at: datetime | None
    undo_of: SyncRunId | None
    version: int

    @property
    def is_open(self) -> bool:
        return self.state not in {RunState.DONE, RunState.STOPPED}

    @property
    def waits(self) -> bool:
        return self.state is RunState.WAITING

    def queued(self, job_id: JobId) -> "SyncRun":
        return replace(self, state=RunState.QUEUED, reason="", job_id=job_id)

    def moved(self, state: RunState, *, reason: str = "", at: datetime | None = None) -> "SyncRun":
        return replace(self, state=state, reason=reason, finished_at=at)


class ItemState(StrEnum):
    PENDING = "pending"
    POSTING = "posting"
    """Handed to the LMS; whether it arrived is not known yet."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SyncItem:
    """One outcome in one run, in the order of `number`.

    `before` is what the LMS showed before, for undoing; `old_ref` the outcome there before. A
    RECORD without an `old_ref` ends our record of an outcome that is gone or shown elsewhere.
    An ADD with one shows an outcome again that was taken away.
    """

    id: SyncItemId
    run_id: SyncRunId
    number: int
    place: OutcomePlace
    folder: FolderWish
    slo_id: SloId
    slo_version: int
    label: str
    """Code of the SLO."""
    step: Step
    guid: str
    generation: int
    content: OutcomeContent
    meanings: tuple[RatingMeaning, ...]
    before: OutcomeContent | None
    old_ref: LmsOutcomeRef | None
    state: ItemState
    reason: str
    outcome_ref: LmsOutcomeRef | None
    """The outcome there afterwards."""

    def settled(self, outcome_ref: LmsOutcomeRef | None = None) -> "SyncItem":
        return replace(self, state=ItemState.DONE, reason="", outcome_ref=outcome_ref)

    def failed(self, reason: str) -> "SyncItem":
        return replace(self, state=ItemState.FAILED, reason=reason)

    @property
    def is_open(self) -> bool:
        return self.state in {ItemState.PENDING, ItemState.POSTING}

    @property
    def ends(self) -> bool:
        """Afterwards the outcome stands for the SLO no more."""
        return self.step is Step.REMOVE or (self.step is Step.RECORD and self.old_ref is None)


@dataclass(frozen=True, slots=True)
class Upload:
    """One CSV of a run. Written before the call, so that a crash leaves what is unknown."""

    run_id: SyncRunId
    place: OutcomePlace
    number: int
    item_ids: tuple[SyncItemId, ...]
    import_ref: str
    """Empty until the LMS answered."""
    done: int
    """Per cent that the LMS had worked through when last asked."""
    settled: bool
