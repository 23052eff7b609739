"""A plan of synchronisation as a person reviews it, with what was ticked in it."""

from collections.abc import Callable
from dataclasses import dataclass

from application.errors import ApplicationError, Conflict, Invalid
from application.outcome_sync.plan import Hindrance, OutcomesPlan
from domain.ids import SloId
from domain.outcomes.sync_plan import DOING, PlanLine, Step


@dataclass(frozen=True, slots=True)
class Ticks:
    """SLOs to be overwritten in the LMS, and slugs of hindrances that are accepted."""

    overwrite: frozenset[SloId] = frozenset()
    accepted: frozenset[str] = frozenset()


NO_TICKS = Ticks()


@dataclass(frozen=True, slots=True)
class PlanReview:
    plan: OutcomesPlan
    ticks: Ticks = NO_TICKS

    @property
    def stopping(self) -> tuple[Hindrance, ...]:
        return tuple(one for one in self.plan.hindrances if one.stops)

    @property
    def to_accept(self) -> tuple[Hindrance, ...]:
        return tuple(one for one in self.plan.hindrances if not one.stops)

    @property
    def can_send(self) -> bool:
        """Whether there is anything to send, if only once a conflict is ticked."""
        stands_still = self.plan.unread or self.stopping
        return not stands_still and any(self._may_send(line) for line in self.plan.lines)

    @property
    def is_done(self) -> bool:
        """Everything is as it shall be."""
        return not self.plan.unread and all(line.step is Step.NOTHING for line in self.plan.lines)

    def can_overwrite(self, line: PlanLine) -> bool:
        """Whether ticking this conflict would send it."""
        return line.step is Step.CONFIRM and line.confirmed().step in DOING

    def _may_send(self, line: PlanLine) -> bool:
        return line.step in DOING or self.can_overwrite(line)


def ticks_of(every: Callable[[str], tuple[str, ...]]) -> Ticks:
    """From a form; `every` answers all values of a field."""
    overwrite = frozenset(SloId(slo) for slo in every("overwrite"))
    return Ticks(overwrite, frozenset(every("accept")))


def told(refused: ApplicationError) -> str:
    """Why nothing was sent, above a plan that shows the rest."""
    match refused:
        case Invalid():
            return "Tick what you accept below, or mend it first. Nothing was sent."
        case Conflict():
            return f"{refused} Nothing was sent."
        case _:
            return "Canvas could not be asked. Nothing was sent."


def status_of(refused: ApplicationError) -> int:
    return 422 if isinstance(refused, Invalid) else 409
