"""CSLO synchronisation: the destination, the plan for review, and the press that sends."""

from dataclasses import dataclass, replace
from functools import partial

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcomes.outcome_filters import address, filter_of
from adapters.inbound.http.outcomes.plan_review import (
    NO_TICKS,
    PlanReview,
    Ticks,
    status_of,
    ticks_of,
    told,
)
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.account_tree import TreeAccount
from application.errors import Conflict, Invalid, LmsError, NotFound
from application.ports.runtime import Transact
from application.queries.outcome_sync.outcome_choices import (
    OutcomeChoices,
    OutcomeChoicesView,
    OutcomeFilter,
)
from application.queries.outcome_sync.sync_scopes import SiteChoice
from application.use_cases.lms.offer_destinations import OfferDestinations
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes, PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes, SyncOutcomesCommand
from domain.access import Right
from domain.ids import LmsAccountRef


@dataclass(frozen=True, slots=True)
class SyncModel:
    """`account` empty: where the orgs are paired. `review` None: `problem` says what is missing."""

    choices: OutcomeChoicesView
    accounts: tuple[TreeAccount, ...]
    account: str
    review: PlanReview | None = None
    problem: str = ""

    @property
    def path(self) -> str:
        return address("/outcomes/sync", self.choices.filter, account=self.account)

    @property
    def back(self) -> str:
        return address("/outcomes", self.choices.filter)


@dataclass(frozen=True, slots=True)
class SyncDesk:
    """What the page needs to be drawn, also again after a refused press."""

    outcome_choices: OutcomeChoices
    offer_destinations: OfferDestinations
    plan_outcomes: PlanOutcomes
    transact: Transact

    async def chosen(self, visit: Visit, wanted: OutcomeFilter, account: str) -> SyncModel:
        """Without the plan. Raises NotFound where no site of the LMS is in use."""
        choices = await self.transact(partial(self.outcome_choices, visit.viewer, wanted))
        accounts = await self.offer_destinations(visit.viewer, _site(choices))
        return SyncModel(choices, accounts, account)

    async def planned(self, visit: Visit, model: SyncModel, ticks: Ticks) -> SyncModel:
        try:
            plan = await self.plan_outcomes(planning(visit, model))
        except Invalid as missing:
            return replace(model, problem=missing.cure)
        return replace(model, review=PlanReview(plan, ticks))


@get("/outcomes/sync", right=Right.SYNC_OUTCOMES)
async def review(
    request: AnyRequest, visit: Injected[Visit], sync_desk: Injected[SyncDesk]
) -> Response[str]:
    """What would be sent where; nothing is sent by looking."""
    asked = request.query_params
    wanted = filter_of(lambda name: asked.get(name, ""))
    model = await sync_desk.chosen(visit, wanted, asked.get("account", ""))
    return page(visit, "outcome-sync.html", await sync_desk.planned(visit, model, NO_TICKS))


@post("/outcomes/sync", right=Right.SYNC_OUTCOMES)
async def send(
    visit: Injected[Visit],
    data: URLEncodedBody[FormBody],
    sync_desk: Injected[SyncDesk],
    sync_outcomes: Injected[SyncOutcomes],
) -> Response[str] | Redirect:
    """Send Outcomes: what the plan says, and the conflicts that were ticked."""
    sent = FormFields(data)
    model = await sync_desk.chosen(visit, filter_of(sent.text), sent.text("account"))
    ticks = ticks_of(sent.every)
    command = SyncOutcomesCommand(
        planning(visit, model), overwrite=ticks.overwrite, accepted=ticks.accepted
    )
    try:
        run_id = await sync_outcomes(command)
    except (Invalid, Conflict, LmsError) as refused:
        again = await sync_desk.planned(visit, model, ticks)
        problem = again.problem or told(refused)
        shown = replace(again, problem=problem)
        return page(visit, "outcome-sync.html", shown, status=status_of(refused))
    return see_other(visit, f"/outcomes/runs/{run_id}" if run_id else model.path)


def planning(visit: Visit, model: SyncModel) -> PlanOutcomesCommand:
    return PlanOutcomesCommand(
        visit.person_id,
        visit.role,
        model.choices.scope,
        _site(model.choices).site.id,
        LmsAccountRef(model.account) if model.account else None,
    )


def _site(choices: OutcomeChoicesView) -> SiteChoice:
    if choices.site is None:
        raise NotFound("A Canvas site in use")
    return choices.site


ROUTES = (review, send)
