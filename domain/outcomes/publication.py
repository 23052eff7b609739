"""An outcome in the LMS that stands for one of our SLOs, as it was when last sent or read."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import LmsOutcomeRef, PublicationId, SectionAssessmentId, SiteId, SloId, SyncRunId
from domain.outcomes.content import OutcomeContent, RatingMeaning
from domain.outcomes.found import OutcomePlace


@dataclass(frozen=True, slots=True)
class Publication:
    """One SLO may have many: one for each place, use, and generation.

    `content` is what the LMS showed when it was last sent: the base for telling whether it
    changed here or there. `generation` rises when a new version of the SLO becomes a new
    outcome because the old one was assessed. `mapped` marks a foreign outcome that a person
    declared to mean this SLO: it is read from and never written to.
    """

    id: PublicationId
    site_id: SiteId
    slo_id: SloId
    place: OutcomePlace
    work_id: SectionAssessmentId | None
    """The assessment in a section that it was sent for; None for the whole course (F24)."""
    guid: str
    generation: int
    slo_version: int
    outcome_ref: LmsOutcomeRef
    content: OutcomeContent
    meanings: tuple[RatingMeaning, ...]
    live: bool
    """False: retired, replaced by a later generation, or undone."""
    mapped: bool
    sent_at: datetime
    run_id: SyncRunId | None
    version: int
