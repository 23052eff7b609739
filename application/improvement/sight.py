"""Who sees which action plan and which request, and on which side of it they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs, sections_taught
from domain.access import Right, may
from domain.ids import ActionPlanId, AskId, OrgId, PersonId, RfiId, SectionId
from domain.improvement.action_plan import ActionPlan, Party
from domain.improvement.rfi import Rfi, RfiAsk


@dataclass(frozen=True, slots=True)
class ImprovementSight:
    """`orgs` are those kept; `sections` those taught, in whatever role the person acts."""

    viewer: Viewer
    orgs: frozenset[OrgId]
    sections: frozenset[SectionId]

    @property
    def keeps_any(self) -> bool:
        return self.keeps_all or bool(self.orgs)

    @property
    def keeps_all(self) -> bool:
        return self.viewer.sees_all

    def keeps(self, org_id: OrgId | None) -> bool:
        """The whole college's (None) is kept by those who reach all of it."""
        return self.keeps_all or org_id in self.orgs

    def parties(self, plan: ActionPlan) -> frozenset[Party]:
        """On which sides of the plan the viewer stands; none: it is not to be seen."""
        found = set()
        if self.keeps(plan.org_id):
            found.add(Party.KEEPER)
        asked = self.viewer.asked_id is not None and self.viewer.asked_id in plan.asked_ids
        if asked or self.viewer.person_id is None or plan.owner.section_id in self.sections:
            found.add(Party.RESPONDER)
        return frozenset(found)

    def may_answer(self, ask: RfiAsk) -> bool:
        if self.viewer.asked_id is None:
            return False
        return ask.person_id == self.viewer.asked_id or ask.section_id in self.sections


def sight_of(unit: UnitOfWork, viewer: Viewer) -> ImprovementSight:
    return ImprovementSight(viewer, _orgs(unit, viewer), taught_by(unit, viewer))


def taught_by(unit: UnitOfWork, viewer: Viewer) -> frozenset[SectionId]:
    return frozenset(one.id for one in sections_taught(unit, viewer))


def seen_plan(
    unit: UnitOfWork, viewer: Viewer, plan_id: ActionPlanId
) -> tuple[ActionPlan, frozenset[Party]]:
    """Raises: NotFound, also where it is not for the viewer."""
    plan = unit.action_plans.get(plan_id)
    parties = sight_of(unit, viewer).parties(plan)
    if not parties:
        raise NotFound("This action plan")
    return plan, parties


def seen_plans(unit: UnitOfWork, viewer: Viewer) -> list[ActionPlan]:
    """All that the viewer keeps or answers, newest first."""
    sight = sight_of(unit, viewer)
    kept: list[ActionPlan] = []
    if sight.keeps_any:
        kept = unit.action_plans.in_orgs(None if sight.keeps_all else sight.orgs)
    return _newest(kept, unit.action_plans.to_answer(viewer.asked_id, sight.sections))


def kept_rfi(unit: UnitOfWork, viewer: Viewer, rfi_id: RfiId) -> Rfi:
    """Raises: NotFound unless the viewer keeps the org that sent it."""
    rfi = unit.rfis.get(rfi_id)
    if sight_of(unit, viewer).keeps(rfi.org_id):
        return rfi
    raise NotFound("This request for information")


def own_ask(unit: UnitOfWork, viewer: Viewer, ask_id: AskId) -> tuple[RfiAsk, PersonId]:
    """Raises: NotFound unless it is put to the viewer, or to a section that they teach."""
    ask = unit.rfis.ask(ask_id)
    if viewer.person_id is None or not sight_of(unit, viewer).may_answer(ask):
        raise NotFound("This request for information")
    return ask, viewer.person_id


def _newest(*lists: Iterable[ActionPlan]) -> list[ActionPlan]:
    found = {plan.id: plan for plans in lists for plan in plans}
    return sorted(found.values(), key=lambda one: (one.made_at, one.id), reverse=True)


def _orgs(unit: UnitOfWork, viewer: Viewer) -> frozenset[OrgId]:
    """None for roles that keep nothing; what they are asked for, they still see."""
    keeps = viewer.role is None or may(viewer.role, Right.KEEP_OUTCOMES)
    return kept_orgs(unit, viewer) if keeps else frozenset()
