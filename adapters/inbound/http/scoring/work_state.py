"""Where an assessment in a section stands: close it as not assessed, reopen it, remove it."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.queries.scoring.work_state_page import WorkStatePage, WorkStateView
from application.use_cases.assessments.close_work import (
    CloseWork,
    CloseWorkCommand,
    RemoveWork,
    ReopenWork,
)
from domain.access import Right
from domain.errors import DomainError
from domain.ids import SectionAssessmentId


@dataclass(frozen=True, slots=True)
class StateModel:
    view: WorkStateView
    reason: str = ""
    problem: str = ""


@get("/works/{work_id:str}/state", right=Right.TEACH, sync_to_thread=True)
def show(
    work_id: FromPath[str], visit: Injected[Visit], work_state_page: Injected[WorkStatePage]
) -> Response[str]:
    view = work_state_page(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "work-state.html", StateModel(view))


@post("/works/{work_id:str}/close", right=Right.TEACH, sync_to_thread=True)
def close(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    close_work: Injected[CloseWork],
    work_state_page: Injected[WorkStatePage],
) -> Response[str] | Redirect:
    reason, work = FormFields(data).text("reason"), SectionAssessmentId(work_id)
    try:
        close_work(CloseWorkCommand(visit.viewer, work, reason))
    except DomainError as refused:
        view = work_state_page(visit.viewer, work)
        return page(visit, "work-state.html", StateModel(view, reason, str(refused)), status=422)
    return see_other(visit, f"/works/{work}/state")


@post("/works/{work_id:str}/reopen", right=Right.TEACH, sync_to_thread=True)
def reopen(
    work_id: FromPath[str], visit: Injected[Visit], reopen_work: Injected[ReopenWork]
) -> Redirect:
    reopen_work(visit.viewer, SectionAssessmentId(work_id))
    return see_other(visit, f"/works/{work_id}/state")


@post("/works/{work_id:str}/remove", right=Right.TEACH, sync_to_thread=True)
def remove(
    work_id: FromPath[str], visit: Injected[Visit], remove_work: Injected[RemoveWork]
) -> Redirect:
    remove_work(visit.person_id, SectionAssessmentId(work_id))
    return see_other(visit, "/assessments?removed=yes")


ROUTES = (show, close, reopen, remove)
