"""The action plans that a person keeps or answers, filtered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from application.errors import Invalid, NotFound
from application.improvement.owners import owner_name
from application.improvement.sight import seen_plans, sight_of
from application.paging import on_page, pages_of
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.works.work_header import WorkHeader, work_header
from application.viewers import Viewer
from application.workplace import taught
from domain.ids import PersonId, SectionAssessmentId
from domain.improvement.action_plan import (
    OPEN_TO_RESPONDER,
    ActionPlan,
    ActionPlanState,
    Party,
    PlanOwner,
)
from domain.rostering import Term

PAGE = 100


@dataclass(frozen=True, slots=True)
class ActionPlanFilter:
    """`term` is an id; `state` a state, `open` for all that are not ended, empty for all."""

    term: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """`mine`: the next step is the viewer's. `late`: the answer is past due."""

    plan: ActionPlan
    owner: str
    term: str
    slos: tuple[str, ...]
    mine: bool
    late: bool


@dataclass(frozen=True, slots=True)
class ActionPlanListView:
    filter: ActionPlanFilter
    terms: tuple[Term, ...]
    plans: tuple[ListedPlan, ...]
    counts: Mapping[ActionPlanState, int]
    """Of all in the term, whatever their state."""
    total: int
    page: int
    keeps: bool
    """The viewer may ask others."""

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE)


@dataclass(frozen=True, slots=True)
class ActionPlanList:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(
        self, viewer: Viewer, wanted: ActionPlanFilter, page: int = 1
    ) -> ActionPlanListView:
        """Raises: Invalid for a state that is none."""
        if wanted.state and wanted.state not in {"open", *ActionPlanState}:
            raise Invalid("state", "choose one of those listed.")
        with self.units(write=False) as unit:
            of_term = [one for one in seen_plans(unit, viewer) if wanted.term in {"", one.term_id}]
            shown = [one for one in of_term if _fits(one, wanted.state)]
            listed = listed_plans(unit, viewer, on_page(shown, page, PAGE), self.clock.now())
            terms = tuple(unit.roster.terms())
            keeps = sight_of(unit, viewer).keeps_any
        counts = Counter(one.state for one in of_term)
        return ActionPlanListView(
            wanted,
            terms,
            listed,
            {state: counts[state] for state in ActionPlanState if counts[state]},
            len(shown),
            page,
            keeps,
        )

    def all(self, viewer: Viewer, wanted: ActionPlanFilter) -> tuple[ListedPlan, ...]:
        """Every one that fits. Raises: Invalid."""
        first = self(viewer, wanted)
        rest = (self(viewer, wanted, page).plans for page in range(2, first.pages + 1))
        return tuple(plan for plans in (first.plans, *rest) for plan in plans)


@dataclass(frozen=True, slots=True)
class WorkActionPlansView:
    """Plans of the work's section, and those that cite the work."""

    header: WorkHeader
    plans: tuple[ListedPlan, ...]


@dataclass(frozen=True, slots=True)
class WorkActionPlans:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> WorkActionPlansView:
        """Raises: NotFound unless the viewer teaches the section."""
        with self.units(write=False) as unit:
            place = taught(unit, viewer.person_id or PersonId(""), work_id)
            here = [
                one
                for one in seen_plans(unit, viewer)
                if one.owner.section_id == place.section.id
                or work_id in one.work_ids
                or (one.follow_up is not None and one.follow_up.work_id == work_id)
            ]
            listed = listed_plans(unit, viewer, here, self.clock.now())
            return WorkActionPlansView(work_header(unit, place), listed)


def listed_plans(
    unit: UnitOfWork, viewer: Viewer, plans: Iterable[ActionPlan], now: datetime
) -> tuple[ListedPlan, ...]:
    plans, sight = list(plans), sight_of(unit, viewer)
    slos = unit.outcomes.slos_by_id({slo for one in plans for slo in one.slo_ids})
    terms = {term.id: term.name for term in unit.roster.terms()}
    names = {owner: _name(unit, owner) for owner in {one.owner for one in plans}}
    return tuple(
        ListedPlan(
            one,
            names[one.owner],
            terms.get(one.term_id, ""),
            tuple(slos[slo].code for slo in one.slo_ids if slo in slos),
            is_mine(one, sight.parties(one)),
            one.writable and one.due_at is not None and now > one.due_at,
        )
        for one in plans
    )


def is_mine(plan: ActionPlan, parties: frozenset[Party]) -> bool:
    """Whether the next step is theirs: to answer it, or to approve it."""
    if plan.state is ActionPlanState.SUBMITTED:
        return Party.KEEPER in parties
    return plan.state in OPEN_TO_RESPONDER and Party.RESPONDER in parties


def _fits(plan: ActionPlan, state: str) -> bool:
    if state == "open":
        ended = {ActionPlanState.FOLLOWED_UP, ActionPlanState.WITHDRAWN}
        return plan.state not in ended
    return state in {"", plan.state}


def _name(unit: UnitOfWork, owner: PlanOwner) -> str:
    try:
        return owner_name(unit, owner)
    except NotFound:
        return "no longer there"
