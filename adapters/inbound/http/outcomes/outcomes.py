"""Outcomes in Canvas: how each CSLO stands there, course by course."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from litestar import Response, get

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcomes.outcome_filters import address, filter_of
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.outcome_sync.plan import OutcomesPlan, PlannedFolder, PlannedPlace
from application.ports.runtime import Transact
from application.queries.outcome_sync.outcome_choices import OutcomeChoices, OutcomeChoicesView
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes, PlanOutcomesCommand
from domain.access import Right
from domain.outcomes.sync_plan import PlanLine, SyncState
from domain.rostering import collation_key

DIFFERS = "differs"
"""The state filter that means: everything but what is the same."""
_MOST_PLACES = 8
"""Over more Canvas accounts, Canvas is asked only when the visitor says so: it takes a while."""
_FEW = 40
"""Up to so many SLOs all courses stand open; beyond, those with differences."""


@dataclass(frozen=True, slots=True)
class ListedFolder:
    """A course, with where its outcomes go and those of its SLOs that the filter lets through."""

    place: PlannedPlace
    folder: PlannedFolder
    is_open: bool


@dataclass(frozen=True, slots=True)
class OutcomesModel:
    """`plan` None: no LMS site is in use, or `problem` says what must be there first."""

    choices: OutcomeChoicesView
    plan: OutcomesPlan | None
    state: str
    problem: str = ""
    states: tuple[str, ...] = tuple(SyncState)

    @property
    def total(self) -> int:
        return sum(1 for line in self.plan.lines if _is_current(line)) if self.plan else 0

    @property
    def folders(self) -> tuple[ListedFolder, ...]:
        """By title."""
        listed = list(self._folders())
        return tuple(sorted(listed, key=lambda one: collation_key(one.folder.title)))

    @property
    def sync_path(self) -> str:
        return address("/outcomes/sync", self.choices.filter)

    @property
    def live_path(self) -> str:
        """The same list, compared with Canvas however many accounts that takes."""
        return address("/outcomes", self.choices.filter, state=self.state, live="yes")

    @property
    def standing(self) -> tuple[tuple[str, int], ...]:
        """How many stand how, without those of which there is none."""
        lines = self.plan.lines if self.plan else ()
        counts = Counter(line.state for line in lines if _is_current(line))
        return tuple((state.value, counts[state]) for state in SyncState if counts[state])

    def _folders(self) -> Iterator[ListedFolder]:
        few = self.total <= _FEW
        for place in self.plan.places if self.plan else ():
            for folder in place.folders:
                lines = tuple(line for line in folder.lines if self._shows(line))
                if lines:
                    differs = any(line.state is not SyncState.SAME for line in lines)
                    yield ListedFolder(place, PlannedFolder(folder.title, lines), few or differs)

    def _shows(self, line: PlanLine) -> bool:
        if self.state == DIFFERS:
            return _is_current(line) and line.state is not SyncState.SAME
        return _is_current(line) and self.state in {"", line.state}


def _is_current(line: PlanLine) -> bool:
    """An earlier version of an SLO is no SLO of its own."""
    return line.reason != "superseded"


@get("/outcomes", right=Right.SYNC_OUTCOMES)
async def show_outcomes(
    request: AnyRequest,
    visit: Injected[Visit],
    outcome_choices: Injected[OutcomeChoices],
    plan_outcomes: Injected[PlanOutcomes],
    transact: Injected[Transact],
) -> Response[str]:
    """As Canvas shows it now; where it cannot be asked, as our records know it."""
    asked = request.query_params
    wanted = filter_of(lambda name: asked.get(name, ""))
    choices = await transact(partial(outcome_choices, visit.viewer, wanted))
    plan, problem = None, ""
    if choices.site is not None:
        command = PlanOutcomesCommand(
            visit.person_id,
            visit.role,
            choices.scope,
            choices.site.site.id,
            most_places=None if asked.get("live") else _MOST_PLACES,
        )
        try:
            plan = await plan_outcomes(command)
        except Invalid as missing:
            problem = missing.cure
    model = OutcomesModel(choices, plan, asked.get("state", ""), problem)
    return page(visit, "outcomes.html", model)


ROUTES = (show_outcomes,)
