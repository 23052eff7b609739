"""Action plans: the list, and the tab of a work."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.paging import page_asked
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.queries.improvement.action_plan_list import (
    ActionPlanFilter,
    ActionPlanList,
    ActionPlanListView,
    WorkActionPlans,
    WorkActionPlansView,
)
from domain.access import Right
from domain.ids import SectionAssessmentId
from domain.improvement.action_plan import ActionPlanState

_State = ActionPlanState
TONES = {
    _State.REQUESTED: "below",
    _State.DRAFT: "none",
    _State.SUBMITTED: "below",
    _State.APPROVED: "met",
    _State.IN_PROGRESS: "met",
    _State.DONE: "ok",
    _State.FOLLOWED_UP: "ok",
    _State.WITHDRAWN: "na",
}


@dataclass(frozen=True, slots=True)
class ListModel:
    view: ActionPlanListView
    problem: str = ""
    said: str = ""

    @property
    def tones(self) -> dict[ActionPlanState, str]:
        return TONES

    @property
    def query(self) -> str:
        return f"term={self.view.filter.term}&state={self.view.filter.state.replace(' ', '+')}"


@dataclass(frozen=True, slots=True)
class WorkModel:
    view: WorkActionPlansView

    @property
    def tones(self) -> dict[ActionPlanState, str]:
        return TONES


@get("/action-plans", right=Right.IMPROVE, sync_to_thread=True)
def plans(
    request: AnyRequest, visit: Injected[Visit], action_plan_list: Injected[ActionPlanList]
) -> Response[str]:
    asked = request.query_params
    wanted = ActionPlanFilter(asked.get("term", ""), asked.get("state", ""))
    try:
        view = action_plan_list(visit.viewer, wanted, page_asked(asked.get("page", "")))
    except Invalid as wrong:
        view = action_plan_list(visit.viewer, ActionPlanFilter())
        return page(visit, "action-plans.html", ListModel(view, str(wrong)), status=422)
    return page(visit, "action-plans.html", ListModel(view, said=asked.get("said", "")))


@get("/works/{work_id:str}/action-plans", right=Right.TEACH, sync_to_thread=True)
def of_work(
    work_id: FromPath[str], visit: Injected[Visit], work_action_plans: Injected[WorkActionPlans]
) -> Response[str]:
    view = work_action_plans(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "work-action-plans.html", WorkModel(view))


ROUTES = (plans, of_work)
