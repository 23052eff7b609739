"""Action plans: what will change because of results, and what came of it."""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.asked import TermAsked, named
from adapters.inbound.http.api.doors import ROOT, creating, moving, reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.improvement_shapes import (
    ActionPlanIn,
    ActionPlanOut,
    ActionPlanWritten,
    CitableOut,
    FollowUpIn,
    PlanMoveIn,
    action_plan_out,
    citable_out,
)
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.questions import texts_of
from adapters.inbound.http.api.reading import made, with_etag
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.queries.improvement.improvement_records import ActionPlanRecords, PlansWanted
from application.use_cases.improvement.move_action_plan import (
    FollowUpActionPlan,
    FollowUpActionPlanCommand,
    MoveActionPlan,
    MoveActionPlanCommand,
)
from application.use_cases.improvement.start_action_plan import (
    StartActionPlan,
    StartActionPlanCommand,
)
from application.use_cases.improvement.write_action_plan import (
    WriteActionPlan,
    WriteActionPlanCommand,
)
from domain.access import Right
from domain.ids import ActionPlanId, SectionAssessmentId, SloId
from domain.improvement.action_plan import ActionPlanState

_TAG, _RIGHT = "Improvement", Right.IMPROVE


@reading("/action-plans", _TAG, _RIGHT)
def list_action_plans(
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    action_plan_records: Injected[ActionPlanRecords],
    term: TermAsked = None,
    plan_state: Annotated[ActionPlanState | None, named("state", "In which state.")] = None,
    owner: Annotated[str | None, named("owner", "Id of a section, a course or an org.")] = None,
) -> Response[Listed[ActionPlanOut]]:
    """Action plans of one's orgs, and those that one is asked to answer."""
    wanted = PlansWanted(term, plan_state, owner)
    return page_asked.answer(
        action_plan_records(caller.viewer, wanted, page_asked.turn), action_plan_out
    )


@reading("/action-plans/{plan_id:str}", _TAG, _RIGHT, 404)
def one_action_plan(
    plan_id: FromPath[ActionPlanId],
    caller: Injected[Caller],
    action_plan_records: Injected[ActionPlanRecords],
) -> Response[ActionPlanOut]:
    return with_etag(action_plan_out(action_plan_records.one(caller.viewer, plan_id)))


@creating("/action-plans", _TAG, _RIGHT, 404, 409)
def make_action_plan(
    data: JSONBody[ActionPlanIn],
    caller: Injected[Caller],
    start_action_plan: Injected[StartActionPlan],
) -> Response[ActionPlanOut]:
    """Ask for an action plan of an owner in one's orgs, or begin one of one's own."""
    command = StartActionPlanCommand(
        caller.viewer,
        data.title,
        data.owner_kind,
        (data.owner,),
        data.ask,
        data.term or "",
        data.slos,
        data.assessments,
        data.template or "",
        data.people,
        data.reason,
        data.due_at,
    )
    (plan,) = start_action_plan(command)
    return made(f"{ROOT}/action-plans/{plan.id}", action_plan_out(plan))


@replacing("/action-plans/{plan_id:str}", _TAG, _RIGHT)
def write_plan(
    plan_id: FromPath[ActionPlanId],
    data: JSONBody[ActionPlanWritten],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    action_plan_records: Injected[ActionPlanRecords],
    write_action_plan: Injected[WriteActionPlan],
) -> Response[ActionPlanOut]:
    """Answer the questions of a plan that is requested or a draft, and hand it in."""
    stored = action_plan_records.one(caller.viewer, plan_id)
    if_match.check(action_plan_out(stored))
    command = WriteActionPlanCommand(
        caller.viewer,
        plan_id,
        texts_of(data.answers),
        data.who,
        data.by_when,
        data.resources,
        data.submit,
        stored.version,
    )
    return with_etag(action_plan_out(write_action_plan(command)))


@moving("/action-plans/{plan_id:str}/moves", _TAG, _RIGHT)
def move_plan(
    plan_id: FromPath[ActionPlanId],
    data: JSONBody[PlanMoveIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    action_plan_records: Injected[ActionPlanRecords],
    move_action_plan: Injected[MoveActionPlan],
) -> Response[ActionPlanOut]:
    """Approve a plan, send it back, start it, finish it, withdraw it."""
    stored = action_plan_records.one(caller.viewer, plan_id)
    if_match.check(action_plan_out(stored))
    command = MoveActionPlanCommand(caller.viewer, plan_id, data.move, data.note, stored.version)
    return with_etag(action_plan_out(move_action_plan(command)))


@reading("/action-plans/{plan_id:str}/citable-results", _TAG, _RIGHT, 404)
def list_citable_results(
    plan_id: FromPath[ActionPlanId],
    caller: Injected[Caller],
    action_plan_records: Injected[ActionPlanRecords],
) -> Response[Listed[CitableOut]]:
    """Later results with which the plan can be followed up, newest first, on one page."""
    found = action_plan_records.citable(caller.viewer, plan_id)
    return with_etag(Listed([citable_out(one) for one in found], None))


@moving("/action-plans/{plan_id:str}/follow-up", _TAG, _RIGHT)
def follow_up_plan(
    plan_id: FromPath[ActionPlanId],
    data: JSONBody[FollowUpIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    action_plan_records: Injected[ActionPlanRecords],
    follow_up_action_plan: Injected[FollowUpActionPlan],
) -> Response[ActionPlanOut]:
    """Close the loop of a plan that is done by a later result of one of its SLOs."""
    stored = action_plan_records.one(caller.viewer, plan_id)
    if_match.check(action_plan_out(stored))
    command = FollowUpActionPlanCommand(
        caller.viewer,
        plan_id,
        SloId(data.slo_id),
        SectionAssessmentId(data.section_assessment_id),
        data.result,
        stored.version,
    )
    return with_etag(action_plan_out(follow_up_action_plan(command)))


ROUTES = (
    list_action_plans,
    one_action_plan,
    make_action_plan,
    write_plan,
    move_plan,
    list_citable_results,
    follow_up_plan,
)
