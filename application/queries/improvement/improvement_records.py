"""Action plans and requests for information as programs read them: by id, without names."""

from dataclasses import dataclass

from application.improvement.citable import CitableResult, citable_results
from application.improvement.sight import kept_rfi, own_ask, seen_plan, seen_plans, sight_of
from application.ports.listings import Page, Turn
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.lists.turned import turned
from application.viewers import Viewer
from domain.ids import ActionPlanId, AskId, RfiId, TermId
from domain.improvement.action_plan import ActionPlan, ActionPlanState
from domain.improvement.rfi import AskState, Rfi, RfiAsk


@dataclass(frozen=True, slots=True)
class PlansWanted:
    """`owner_id` is that of a section, a course or an org. None asks for nothing."""

    term_id: TermId | None = None
    state: ActionPlanState | None = None
    owner_id: str | None = None

    def takes(self, plan: ActionPlan) -> bool:
        return (
            self.term_id in {None, plan.term_id}
            and self.state in {None, plan.state}
            and self.owner_id in {None, plan.owner.id}
        )


@dataclass(frozen=True, slots=True)
class ActionPlanRecords:
    """Those that the viewer keeps or answers."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, wanted: PlansWanted, turn: Turn) -> Page[ActionPlan]:
        with self.units(write=False) as unit:
            plans = [one for one in seen_plans(unit, viewer) if wanted.takes(one)]
        return turned(plans, lambda one: one.id, turn)

    def one(self, viewer: Viewer, plan_id: ActionPlanId) -> ActionPlan:
        """Raises: NotFound, also where it is not for the viewer."""
        with self.units(write=False) as unit:
            return seen_plan(unit, viewer, plan_id)[0]

    def citable(self, viewer: Viewer, plan_id: ActionPlanId) -> list[CitableResult]:
        """Later results that the viewer may follow it up with, newest first. Raises: NotFound."""
        with self.units(write=False) as unit:
            return citable_results(unit, viewer, seen_plan(unit, viewer, plan_id)[0])


@dataclass(frozen=True, slots=True)
class AskRecord:
    """One copy of a request, with the request and how it stands now."""

    ask: RfiAsk
    rfi: Rfi
    state: AskState


@dataclass(frozen=True, slots=True)
class RfiRecords:
    """Requests that the viewer keeps, and what was answered to them."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, turn: Turn) -> Page[Rfi]:
        with self.units(write=False) as unit:
            sight = sight_of(unit, viewer)
            orgs = None if sight.keeps_all else sight.orgs
            kept = unit.rfis.in_orgs(orgs) if sight.keeps_any else []
        return turned(kept, lambda one: one.id, turn)

    def one(self, viewer: Viewer, rfi_id: RfiId) -> Rfi:
        """Raises: NotFound unless the viewer keeps the org that sent it."""
        with self.units(write=False) as unit:
            return kept_rfi(unit, viewer, rfi_id)

    def answers(self, viewer: Viewer, rfi_id: RfiId, turn: Turn) -> Page[AskRecord]:
        """Of everybody asked; whoever shows them leaves saved answers out. Raises: NotFound."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            rfi = kept_rfi(unit, viewer, rfi_id)
            asks = unit.rfis.asks_of([rfi_id])
        records = (AskRecord(ask, rfi, ask.state(rfi, now)) for ask in asks)
        return turned(records, lambda one: one.ask.id, turn)


@dataclass(frozen=True, slots=True)
class AskRecords:
    """What is put to the viewer, and to the sections that they teach."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, turn: Turn) -> Page[AskRecord]:
        with self.units(write=False) as unit:
            sight = sight_of(unit, viewer)
            mine = viewer.asked_id
            asks = unit.rfis.asks_to(mine, sight.sections) if mine else []
            page = turned(asks, lambda one: one.id, turn)
            return Page(tuple(self._record(unit, one) for one in page.records), page.after)

    def one(self, viewer: Viewer, ask_id: AskId) -> AskRecord:
        """Raises: NotFound unless it is put to the viewer, or to a section that they teach."""
        with self.units(write=False) as unit:
            return self._record(unit, own_ask(unit, viewer, ask_id)[0])

    def _record(self, unit: UnitOfWork, ask: RfiAsk) -> AskRecord:
        rfi = unit.rfis.get(ask.rfi_id)
        return AskRecord(ask, rfi, ask.state(rfi, self.clock.now()))
