"""What a synchronisation would do, SLO by SLO: how it stands, and the step to be taken."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.ids import SloId
from domain.outcomes.content import OutcomeContent, RatingMeaning
from domain.outcomes.found import FoundOutcome
from domain.outcomes.publication import Publication

RATED_FIELDS = frozenset({"ratings", "mastery points"})
"""Differences that would give other meaning to what students were assessed with."""
SCALE_FIELDS = RATED_FIELDS | {"calculation"}
FOLDER = "folder"
"""The difference of an outcome of which only the folder has another name now."""


class SyncState(StrEnum):
    NEVER_SENT = "never sent"
    SAME = "same"
    CHANGED_HERE = "changed here"
    CHANGED_THERE = "changed there"
    CHANGED_BOTH = "changed on both sides"
    MISSING_THERE = "missing there"


class Step(StrEnum):
    ADD = "add"
    CHANGE = "change"
    REPLACE = "replace"
    """A new outcome takes the place of one that was assessed."""
    REMOVE = "remove"
    """Unlink from our folder; an outcome shown nowhere else is deleted by that."""
    RECORD = "record"
    """Nothing to send: it is there as it shall be, or gone; only our records do not say so."""
    CONFIRM = "confirm"
    """Changed there: sent only when a person chooses to overwrite it."""
    BLOCKED = "blocked"
    """The LMS would not allow it; `reason` says why."""
    NOTHING = "nothing"


WRITING = frozenset({Step.ADD, Step.CHANGE, Step.REPLACE})
DOING = WRITING | {Step.REMOVE, Step.RECORD}


@dataclass(frozen=True, slots=True)
class FolderWish:
    guid: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class OutcomeWish:
    """How one SLO shall stand in the place. `guid_of` names its generations."""

    slo_id: SloId
    slo_version: int
    code: str
    folder: FolderWish
    content: OutcomeContent
    meanings: tuple[RatingMeaning, ...]
    retired: bool
    guid_of: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One SLO in the plan. `reason` is a slug of `application.refusals`, or empty."""

    wish: OutcomeWish
    state: SyncState
    step: Step
    guid: str
    generation: int
    unused_generation: int
    """The next one that no outcome of this SLO ever had."""
    differences: tuple[str, ...]
    reason: str
    there: FoundOutcome | None
    """What stands there now; of a REPLACE the outcome that is replaced."""
    sent: Publication | None

    def confirmed(self) -> "PlanLine":
        """The line once a person chose to overwrite what was changed there."""
        return changing(self) if self.step is Step.CONFIRM else self

    def blocked(self, reason: str) -> "PlanLine":
        """The line when something forbids to write it; what only takes away stays as it is."""
        if self.step not in WRITING | {Step.CONFIRM}:
            return self
        return replace(self, step=Step.BLOCKED, reason=reason)


def changing(line: PlanLine) -> PlanLine:
    """How a change is brought about, where the LMS allows one."""
    there, wish, sent = line.there, line.wish, line.sent
    if there is None:
        return line
    if not there.editable or not there.owned:
        return line.blocked("not-editable")
    if there.assessed and sent is not None and wish.slo_version > sent.slo_version:
        return _succeeding(line)
    if there.assessed and RATED_FIELDS & set(line.differences):
        return line.blocked("assessed-scale")
    return replace(line, step=Step.CHANGE, reason="")


def _succeeding(line: PlanLine) -> PlanLine:
    """A new wording of an assessed outcome is a new outcome; the old one keeps its results."""
    generation = line.unused_generation
    guid = line.wish.guid_of(generation)
    return replace(line, step=Step.REPLACE, guid=guid, generation=generation, reason="")
