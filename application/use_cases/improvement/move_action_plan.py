"""Approve an action plan, send it back, start it, finish it, withdraw it, follow it up."""

from dataclasses import dataclass

from application.errors import Conflict, Invalid, NotFound
from application.improvement.citable import citable_results
from application.improvement.sight import seen_plan
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import ActionPlanId, SectionAssessmentId, SloId
from domain.improvement.action_plan import ActionPlan, FollowUp, PlanMove

_VERBS = {
    PlanMove.APPROVE: "approved",
    PlanMove.RETURN: "sent back",
    PlanMove.BEGIN: "started",
    PlanMove.FINISH: "finished",
    PlanMove.WITHDRAW: "withdrew",
}
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class MoveActionPlanCommand:
    """`seen` None: whatever version stands there, as a command at a terminal means it."""

    viewer: Viewer
    plan_id: ActionPlanId
    move: PlanMove
    note: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class MoveActionPlan:
    """Every move but writing and following up, which bring more along.

    Raises:
        NotFound; Invalid: no such move here, or a note that is too long.
        IllegalMove, NonsenseValue: see `ActionPlan.moved`.
        Conflict: the plan was changed since `seen`.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: MoveActionPlanCommand) -> ActionPlan:
        if command.move not in _VERBS:
            raise Invalid("move", "this plan is not moved so.")
        refuse_long(command.note)
        now = self.clock.now()
        with self.units() as unit:
            stored, parties = seen_plan(unit, command.viewer, command.plan_id)
            _refuse_unseen(stored, command.seen)
            actor = command.viewer.actor
            moved = stored.moved(command.move, parties, by=actor, at=now, note=command.note)
            saved = unit.action_plans.save(moved)
            verb = f"{_VERBS[command.move]} action plan"
            unit.audit.record(Deed(actor, verb, stored.id, "", now))
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class FollowUpActionPlanCommand:
    viewer: Viewer
    plan_id: ActionPlanId
    slo_id: SloId
    work_id: SectionAssessmentId
    result: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class FollowUpActionPlan:
    """Close the loop by a later result that the viewer may cite.

    Raises:
        NotFound: no such plan, or no such result, for this person.
        IllegalMove, NonsenseValue: see `ActionPlan.followed_up`.
        Conflict: the plan was changed since `seen`.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: FollowUpActionPlanCommand) -> ActionPlan:
        refuse_long(command.result)
        now = self.clock.now()
        with self.units() as unit:
            stored, parties = seen_plan(unit, command.viewer, command.plan_id)
            _refuse_unseen(stored, command.seen)
            cited = next(
                (one for one in citable_results(unit, command.viewer, stored)
                 if (one.work_id, one.slo_id) == (command.work_id, command.slo_id)),
                None,
            )  # fmt: skip
            if cited is None:
                raise NotFound("A later result of this SLO")
            actor = command.viewer.actor
            closed = stored.followed_up(
                FollowUp(command.slo_id, command.work_id, command.result.strip()),
                parties,
                caused_on=unit.roster.term(stored.term_id).starts_on,
                cited_on=cited.term.starts_on,
                by=actor,
                at=now,
            )
            saved = unit.action_plans.save(closed)
            unit.audit.record(
                Deed(actor, "followed up action plan", stored.id, command.work_id, now)
            )
            unit.commit()
        return saved


def refuse_long(text: str) -> None:
    if len(text) > _LONGEST:
        raise Invalid("note", f"write at most {_LONGEST:,} characters.")


def _refuse_unseen(stored: ActionPlan, seen: int | None) -> None:
    if seen is not None and seen != stored.version:
        raise Conflict("This action plan was changed meanwhile; look at it again.")
