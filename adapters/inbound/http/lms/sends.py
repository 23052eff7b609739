"""Send Scores to LMS: the dry list, the live report, and what can be done after."""

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, ServerSentEvent

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.progress import Progress, progress_events
from adapters.inbound.http.visit import AnyRequest, Visit
from application.ports.runtime import Transact
from application.queries.sending.send_report import ReadSendReport, SendReport
from application.use_cases.sending.retry_send import CONFIRMED, RETRIED, CheckSend, RetrySend
from application.use_cases.sending.send_scores import PlanSend, SendScores, SendScoresCommand
from domain.access import Right
from domain.delivery import DeliveryState
from domain.ids import LinkId, PersonId, SectionAssessmentId, SendId


@get("/works/{work_id:str}/send", right=Right.TEACH)
async def dry_list(
    visit: Injected[Visit],
    work_id: FromPath[str],
    plan_send: Injected[PlanSend],
    link: FromQuery[str] = "",
) -> Response[str]:
    """Who will be sent what, who cannot and why; nothing is sent by looking."""
    plan = await plan_send(visit.person_id, SectionAssessmentId(work_id), _link_id(link))
    return page(visit, "send.html", plan)


@post("/works/{work_id:str}/send", right=Right.TEACH)
async def send(
    request: AnyRequest,
    visit: Injected[Visit],
    work_id: FromPath[str],
    send_scores: Injected[SendScores],
) -> Redirect:
    """Send to the students that were ticked; those to confirm only when ticked themselves."""
    form = await request.form()
    send_id = await send_scores(
        SendScoresCommand(
            person_id=visit.person_id,
            work_id=SectionAssessmentId(work_id),
            link_id=_link_id(str(form.get("link", ""))),
            students=_people(form.getall("student", [])),
            confirmed=_people(form.getall("confirm", [])),
        )
    )
    return see_other(visit, f"/sends/{send_id}")


@get("/sends/{send_id:str}", right=Right.TEACH, sync_to_thread=True)
def report(
    visit: Injected[Visit], send_id: FromPath[str], read_send_report: Injected[ReadSendReport]
) -> Response[str]:
    return page(visit, "sent.html", read_send_report(visit.person_id, SendId(send_id)))


@get("/sends/{send_id:str}/state", right=Right.TEACH, sync_to_thread=True)
def report_state(
    visit: Injected[Visit], send_id: FromPath[str], read_send_report: Injected[ReadSendReport]
) -> dict[str, object]:
    """The counts alone, for a page that polls."""
    return _progress(read_send_report(visit.person_id, SendId(send_id))).as_json()


@get("/sends/{send_id:str}/events", right=Right.TEACH)
async def events(
    visit: Injected[Visit],
    send_id: FromPath[str],
    read_send_report: Injected[ReadSendReport],
    transact: Injected[Transact],
) -> ServerSentEvent:
    """The counts as they change."""
    person_id = visit.person_id
    return await progress_events(
        lambda: _progress(read_send_report(person_id, SendId(send_id))), transact
    )


@post("/sends/{send_id:str}/retry", right=Right.TEACH)
async def retry(
    request: AnyRequest,
    visit: Injected[Visit],
    send_id: FromPath[str],
    retry_send: Injected[RetrySend],
    transact: Injected[Transact],
) -> Redirect:
    """Send again what failed; with `confirm`, replace the grades of those students."""
    form = await request.form()
    confirmed = _people(form.getall("confirm", []))
    states = CONFIRMED if confirmed else RETRIED
    await transact(
        lambda: retry_send(
            visit.person_id, SendId(send_id), states=states, students=confirmed or None
        )
    )
    return see_other(visit, f"/sends/{send_id}")


@post("/sends/{send_id:str}/check", right=Right.TEACH)
async def check(
    visit: Injected[Visit], send_id: FromPath[str], check_send: Injected[CheckSend]
) -> Redirect:
    await check_send(visit.person_id, SendId(send_id))
    return see_other(visit, f"/sends/{send_id}")


def _progress(report: SendReport) -> Progress:
    posting = report.counted(DeliveryState.POSTING)
    return Progress(
        open=report.send.is_open,
        waiting=report.send.waits,
        total=report.total,
        settled=report.settled,
        said=f"{report.settled} of {report.total} grades settled, {posting} handed to Canvas.",
        posting=posting,
    )


def _link_id(text: str) -> LinkId | None:
    return LinkId(text) if text else None


def _people(ids: list[str]) -> frozenset[PersonId]:
    return frozenset(PersonId(one) for one in ids)


ROUTES = (dry_list, send, report, report_state, events, retry, check)
