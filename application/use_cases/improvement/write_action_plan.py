"""Answer an action plan: save what is written, or hand it in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from application.errors import Conflict, Invalid
from application.improvement.answering import checked_answers
from application.improvement.sight import seen_plan
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer
from domain.audit import Deed
from domain.errors import IllegalMove
from domain.ids import ActionPlanId
from domain.improvement.action_plan import ActionPlan, PlanMove

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class WriteActionPlanCommand:
    """`seen`: the version that stood on the page; answers are texts by question id."""

    viewer: Viewer
    plan_id: ActionPlanId
    answers: Mapping[str, str]
    who: str
    by_when: date | None
    resources: str
    submit: bool
    seen: int


@dataclass(frozen=True, slots=True)
class WriteActionPlan:
    """Handing in needs all that is required; saving needs nothing.

    Raises:
        NotFound: no such plan for this person.
        Invalid: an answer is none; or one is missing, or who and by when, on handing in.
        Conflict: somebody else wrote since `seen`.
        IllegalMove: it was handed in already.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: WriteActionPlanCommand) -> ActionPlan:
        now = self.clock.now()
        move = PlanMove.SUBMIT if command.submit else PlanMove.DRAFT
        with self.units() as unit:
            stored, parties = seen_plan(unit, command.viewer, command.plan_id)
            if not stored.writable:
                raise IllegalMove("The action plan", stored.state, "written anew")
            actor = command.viewer.actor
            wanted = _written(stored, command).moved(move, parties, by=actor, at=now)
            if wanted == stored:
                return stored
            if command.seen != stored.version:
                raise Conflict("Somebody else wrote in this plan meanwhile.")
            saved = unit.action_plans.save(wanted)
            verb = "submitted action plan" if command.submit else "saved action plan"
            unit.audit.record(Deed(actor, verb, stored.id, "", now))
            unit.commit()
        return saved


def _written(stored: ActionPlan, command: WriteActionPlanCommand) -> ActionPlan:
    answers = checked_answers(stored.questions, command.answers, complete=command.submit)
    who, resources = command.who.strip(), command.resources.strip()
    if command.submit and not who:
        raise Invalid("who", "say who carries it out.")
    if command.submit and command.by_when is None:
        raise Invalid("by_when", "say by when.")
    for field, text in (("who", who), ("resources", resources)):
        if len(text) > LONGEST:
            raise Invalid(field, f"write at most {LONGEST:,} characters.")
    return replace(stored, answers=answers, who=who, by_when=command.by_when, resources=resources)
