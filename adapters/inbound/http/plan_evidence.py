"""Evidence of an action plan, for whoever may see the plan."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from adapters.inbound.http.bringing import Bringing, EvidenceForm, bringing_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.ports.runtime import Transact
from application.queries.evidence_page import EvidencePages, PlanEvidenceView
from domain.access import Right
from domain.evidence import EvidenceTarget

PATH = "/action-plans/{plan_id:str}/evidence"


@dataclass(frozen=True, slots=True)
class PlanEvidenceModel:
    view: PlanEvidenceView
    form: EvidenceForm

    @property
    def plan(self) -> str:
        return f"/action-plans/{self.view.action_plan_id}"

    @property
    def base(self) -> str:
        return f"{self.plan}/evidence"


def provide_bringing(
    plan_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Bringing:
    plan = EvidenceTarget.action_plan(plan_id)

    def again(form: EvidenceForm) -> Response[str]:
        model = PlanEvidenceModel(evidence_pages.of_plan(visit.viewer, plan_id), form)
        return page(visit, "plan-evidence.html", model, status=422)

    base = f"/action-plans/{plan_id}/evidence"
    return Bringing(visit, base, lambda _: plan, again, transact)


@get(PATH, right=Right.IMPROVE, sync_to_thread=True)
def plan_evidence(
    plan_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    added: FromQuery[int] = 0,
) -> Response[str]:
    view = evidence_pages.of_plan(visit.viewer, plan_id)
    return page(visit, "plan-evidence.html", PlanEvidenceModel(view, EvidenceForm(added=added)))


ROUTES = (plan_evidence, *bringing_routes(PATH, Right.IMPROVE, provide_bringing))
