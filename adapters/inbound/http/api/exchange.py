"""The exchange with the LMS: sites, links, synchronisations, imports, sends."""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.asked import ActiveAsked, SectionAsked, WorkAsked, named
from adapters.inbound.http.api.doors import ROOT, creating, reading
from adapters.inbound.http.api.exchange_shapes import (
    ImportOut,
    LinkOut,
    OutcomeScopeIn,
    PlanOut,
    SendIn,
    SendOut,
    SendStarted,
    SiteOut,
    SyncIn,
    SyncRunOut,
    SyncStarted,
    import_out,
    link_out,
    plan_out,
    send_out,
    site_out,
    sync_run_out,
)
from adapters.inbound.http.api.reading import Lists, OneOf
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.errors import Invalid
from application.outcome_sync.scope import AccountScope, CourseScope, OrgScope, WholeCollege
from application.ports.listings import ImportsWanted, LinksWanted, SyncRunsWanted
from application.queries.sending.send_report import ReadSendReport
from application.use_cases.lms.lms_sites import ListSites
from application.use_cases.outcome_sync.plan_outcomes import PlanOutcomes, PlanOutcomesCommand
from application.use_cases.outcome_sync.sync_outcomes import SyncOutcomes, SyncOutcomesCommand
from application.use_cases.sending.send_scores import SendScores, SendScoresCommand
from domain.access import Right
from domain.ids import (
    CourseId,
    ImportId,
    LinkId,
    LmsAccountRef,
    OrgId,
    PersonId,
    SectionAssessmentId,
    SendId,
    SiteId,
    SloId,
    SyncRunId,
)
from domain.outcomes.sync_run import RunState
from domain.score_import.import_run import ImportState

_TAG, _SEE = "Exchange with the LMS", Right.SEE_EXCHANGE


@reading("/lms-sites", _TAG, _SEE)
def list_sites(list_sites: Injected[ListSites]) -> Listed[SiteOut]:
    """All LMS sites; they are few, so they come on one page."""
    return Listed([site_out(site) for site in list_sites()], None)


@reading("/links", _TAG, _SEE)
def list_links(
    lists: Injected[Lists],
    work: WorkAsked = None,
    section: SectionAsked = None,
    active: ActiveAsked = None,
) -> Response[Listed[LinkOut]]:
    """Links to assignments of the LMS, undone ones too."""
    wanted = LinksWanted(work_id=work, section_id=section, active=active)
    return lists.page(lambda its, sight, turn: its.links(sight, wanted, turn), link_out)


@reading("/links/{link_id:str}", _TAG, _SEE, 404)
def one_link(link_id: FromPath[LinkId], one_of: Injected[OneOf]) -> Response[LinkOut]:
    wanted = LinksWanted(id=link_id)
    return one_of.shape(
        lambda its, sight, turn: its.links(sight, wanted, turn), "This link", link_out
    )


@reading("/sync-runs", _TAG, _SEE)
def list_sync_runs(
    lists: Injected[Lists],
    site: Annotated[SiteId | None, named("site", "Id of an LMS site.")] = None,
    work: WorkAsked = None,
    run_state: Annotated[RunState | None, named("state", "In which state.")] = None,
) -> Response[Listed[SyncRunOut]]:
    """Synchronisations of outcomes: all, those one asked for, those of sections taught."""
    wanted = SyncRunsWanted(site_id=site, work_id=work, state=run_state)
    return lists.page(lambda its, sight, turn: its.sync_runs(sight, wanted, turn), sync_run_out)


@reading("/sync-runs/{run_id:str}", _TAG, _SEE, 404)
def one_sync_run(run_id: FromPath[SyncRunId], one_of: Injected[OneOf]) -> Response[SyncRunOut]:
    wanted = SyncRunsWanted(id=run_id)
    return one_of.shape(
        lambda its, sight, turn: its.sync_runs(sight, wanted, turn),
        "This synchronisation",
        sync_run_out,
    )


@reading("/import-runs", _TAG, _SEE)
def list_imports(
    lists: Injected[Lists],
    work: WorkAsked = None,
    section: SectionAsked = None,
    import_state: Annotated[ImportState | None, named("state", "In which state.")] = None,
) -> Response[Listed[ImportOut]]:
    """Imports of scores from the LMS."""
    wanted = ImportsWanted(work_id=work, section_id=section, state=import_state)
    return lists.page(lambda its, sight, turn: its.imports(sight, wanted, turn), import_out)


@reading("/import-runs/{import_id:str}", _TAG, _SEE, 404)
def one_import(import_id: FromPath[ImportId], one_of: Injected[OneOf]) -> Response[ImportOut]:
    wanted = ImportsWanted(id=import_id)
    return one_of.shape(
        lambda its, sight, turn: its.imports(sight, wanted, turn), "This import", import_out
    )


@creating(
    "/section-assessments/{work_id:str}/sends", _TAG, Right.TEACH, 404, 409, 502,
    status=202, network=True,
)  # fmt: skip
async def start_send(
    work_id: FromPath[SectionAssessmentId],
    data: JSONBody[SendIn],
    caller: Injected[Caller],
    send_scores: Injected[SendScores],
) -> Response[SendStarted]:
    """Send grades to the LMS gradebook; a background job carries it out."""
    send_id = await send_scores(
        SendScoresCommand(
            caller.person_id,
            work_id,
            LinkId(data.link_id) if data.link_id else None,
            None if data.students is None else frozenset(map(PersonId, data.students)),
            frozenset(map(PersonId, data.confirmed)),
        )
    )
    return Response(
        SendStarted(send_id), status_code=202, headers={"Location": f"{ROOT}/sends/{send_id}"}
    )


@reading("/sends/{send_id:str}", _TAG, Right.TEACH, 404)
def one_send(
    send_id: FromPath[SendId],
    caller: Injected[Caller],
    read_send_report: Injected[ReadSendReport],
) -> SendOut:
    """How a send stands, student by student."""
    return send_out(read_send_report(caller.person_id, send_id))


@creating("/outcome-plans", _TAG, Right.SYNC_OUTCOMES, 404, 409, 502, status=200, network=True)
async def plan_sync(
    data: JSONBody[OutcomeScopeIn], caller: Injected[Caller], plan_outcomes: Injected[PlanOutcomes]
) -> PlanOut:
    """What a synchronisation of CSLOs would do. Nothing is sent by asking."""
    return plan_out(await plan_outcomes(_planning(caller, data)))


@creating("/sync-runs", _TAG, Right.SYNC_OUTCOMES, 404, 409, 502, status=202, network=True)
async def start_sync(
    data: JSONBody[SyncIn], caller: Injected[Caller], sync_outcomes: Injected[SyncOutcomes]
) -> Response[SyncStarted]:
    """Send CSLOs to the LMS as the plan says; a background job carries it out."""
    run_id = await sync_outcomes(
        SyncOutcomesCommand(
            _planning(caller, data),
            None if data.slo_ids is None else frozenset(map(SloId, data.slo_ids)),
            frozenset(map(SloId, data.overwrite)),
            frozenset(data.accepted),
        )
    )
    headers = {"Location": f"{ROOT}/sync-runs/{run_id}"} if run_id else {}
    return Response(SyncStarted(run_id), status_code=202, headers=headers)


def _planning(caller: Caller, data: OutcomeScopeIn) -> PlanOutcomesCommand:
    return PlanOutcomesCommand(
        caller.person_id,
        caller.role,
        _scope(data),
        SiteId(data.site_id),
        LmsAccountRef(data.destination) if data.destination else None,
        only_org=caller.viewer.only_org,
    )


def _scope(data: OutcomeScopeIn) -> AccountScope:
    """Raises Invalid where both are given."""
    if data.course_id and data.org_id:
        raise Invalid("orgId", "give a course or an org, not both.")
    if data.course_id:
        return CourseScope(CourseId(data.course_id))
    return OrgScope(OrgId(data.org_id)) if data.org_id else WholeCollege()


ROUTES = (
    list_sites,
    list_links,
    one_link,
    list_sync_runs,
    one_sync_run,
    list_imports,
    one_import,
    start_send,
    one_send,
    plan_sync,
    start_sync,
)
