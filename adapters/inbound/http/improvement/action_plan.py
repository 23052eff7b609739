"""One action plan: read, written, moved, followed up."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.improvement.action_plans import TONES
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import ApplicationError, Conflict, Invalid, NotFound
from application.queries.improvement.action_plan_page import ActionPlanPage, ActionPlanView
from application.use_cases.improvement.move_action_plan import (
    FollowUpActionPlan,
    FollowUpActionPlanCommand,
    MoveActionPlan,
    MoveActionPlanCommand,
)
from application.use_cases.improvement.write_action_plan import (
    WriteActionPlan,
    WriteActionPlanCommand,
)
from domain.access import Right
from domain.errors import DomainError
from domain.ids import ActionPlanId, SectionAssessmentId, SloId
from domain.improvement.action_plan import ActionPlanState, PlanMove


@dataclass(frozen=True, slots=True)
class PlanModel:
    """`texts`, `who`, `by_when` and `resources` are what the fields hold.

    `wrong` is the field that stopped the saving, `cure` what to do; `note` is what stands in
    the field of a move that was refused.
    """

    view: ActionPlanView
    texts: Mapping[str, str]
    who: str
    by_when: str
    resources: str
    wrong: str = ""
    cure: str = ""
    said: str = ""
    note: str = ""

    @property
    def tones(self) -> dict[ActionPlanState, str]:
        return TONES


@get("/action-plans/{plan_id:str}", right=Right.IMPROVE, sync_to_thread=True)
def plan(
    plan_id: FromPath[str],
    visit: Injected[Visit],
    action_plan_page: Injected[ActionPlanPage],
    said: FromQuery[str] = "",
) -> Response[str]:
    view = action_plan_page(visit.viewer, ActionPlanId(plan_id))
    return page(visit, "action-plan.html", _stored(view, said=said))


@post("/action-plans/{plan_id:str}", right=Right.IMPROVE, sync_to_thread=True)
def write(
    plan_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    write_action_plan: Injected[WriteActionPlan],
    action_plan_page: Injected[ActionPlanPage],
) -> Response[str] | Redirect:
    """Save what is written, or hand it in."""
    sent = FormFields(data)
    submit = sent.text("then") == "submit"
    texts = {name: sent.text(f"answer-{name}") for name in sent.after("answer-")}
    try:
        write_action_plan(
            WriteActionPlanCommand(
                visit.viewer,
                ActionPlanId(plan_id),
                texts,
                sent.text("who"),
                sent.day("by_when"),
                sent.text("resources"),
                submit,
                sent.whole("seen"),
            )
        )
    except NotFound:
        raise
    except (ApplicationError, DomainError) as refused:
        view = action_plan_page(visit.viewer, ActionPlanId(plan_id))
        wrong, cure = _told(refused)
        model = PlanModel(
            view, texts, sent.text("who"), sent.text("by_when"), sent.text("resources"), wrong, cure
        )
        return page(visit, "action-plan.html", model, status=_status(refused))
    said = "submitted" if submit else "saved"
    return see_other(visit, f"/action-plans/{plan_id}?said={said}")


@post("/action-plans/{plan_id:str}/move", right=Right.IMPROVE, sync_to_thread=True)
def move(
    plan_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    move_action_plan: Injected[MoveActionPlan],
    action_plan_page: Injected[ActionPlanPage],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    wanted = sent.text("move")
    try:
        if wanted not in set(PlanMove):
            raise Invalid("move", "choose one of those offered.")
        command = MoveActionPlanCommand(
            visit.viewer,
            ActionPlanId(plan_id),
            PlanMove(wanted),
            sent.text("note"),
            sent.whole("seen"),
        )
        move_action_plan(command)
    except NotFound:
        raise
    except (ApplicationError, DomainError) as refused:
        return _refused(visit, action_plan_page, plan_id, refused, sent.text("note"))
    return see_other(visit, f"/action-plans/{plan_id}?said=moved")


@post("/action-plans/{plan_id:str}/follow-up", right=Right.IMPROVE, sync_to_thread=True)
def follow_up(
    plan_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    follow_up_action_plan: Injected[FollowUpActionPlan],
    action_plan_page: Injected[ActionPlanPage],
) -> Response[str] | Redirect:
    """`result` is a work and an SLO, parted by a blank."""
    sent = FormFields(data)
    work_id, _, slo_id = sent.text("result").partition(" ")
    try:
        if not slo_id:
            raise Invalid("result", "choose a later result.")
        follow_up_action_plan(
            FollowUpActionPlanCommand(
                visit.viewer,
                ActionPlanId(plan_id),
                SloId(slo_id),
                SectionAssessmentId(work_id),
                sent.text("what"),
                sent.whole("seen"),
            )
        )
    except NotFound:
        raise
    except (ApplicationError, DomainError) as refused:
        return _refused(visit, action_plan_page, plan_id, refused, sent.text("what"))
    return see_other(visit, f"/action-plans/{plan_id}?said=moved")


def _refused(
    visit: Visit,
    action_plan_page: ActionPlanPage,
    plan_id: str,
    refused: ApplicationError | DomainError,
    note: str,
) -> Response[str]:
    view = action_plan_page(visit.viewer, ActionPlanId(plan_id))
    wrong, cure = _told(refused)
    model = _stored(view, wrong=wrong, cure=cure, note=note)
    return page(visit, "action-plan.html", model, status=_status(refused))


def _stored(
    view: ActionPlanView, *, wrong: str = "", cure: str = "", said: str = "", note: str = ""
) -> PlanModel:
    one = view.plan
    day = one.by_when.isoformat() if one.by_when else ""
    return PlanModel(view, one.texts, one.who, day, one.resources, wrong, cure, said, note)


def _told(refused: ApplicationError | DomainError) -> tuple[str, str]:
    """The field and what to do there; where no field is named, the sentence alone."""
    if isinstance(refused, Invalid):
        return refused.field, refused.cure
    return "", str(refused)


def _status(refused: ApplicationError | DomainError) -> int:
    return 409 if isinstance(refused, Conflict) or refused.slug == "conflict" else 422


ROUTES = (plan, write, move, follow_up)
