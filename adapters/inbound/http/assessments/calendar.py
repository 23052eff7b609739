"""The distribution calendar, its export, and closing work from it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.files.calendar_file import calendar_csv
from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.paging import page_asked
from adapters.inbound.http.visit import AnyRequest, Visit
from application.calendar.filters import CalendarFilter
from application.errors import Invalid
from application.queries.calendar.calendar_page import CalendarExport, CalendarPage, CalendarView
from application.use_cases.assessments.close_work import CloseWork, CloseWorkCommand, ReopenWork
from domain.access import Right
from domain.assessment import WorkState
from domain.errors import DomainError
from domain.ids import SectionAssessmentId

TONES = {
    WorkState.ASSIGNED: "none",
    WorkState.IN_PROGRESS: "below",
    WorkState.COMPLETE: "ok",
    WorkState.OVERDUE: "warn",
    WorkState.NOT_ASSESSED: "na",
}
_NAMES = ("term", "org", "course", "assessment", "state")


@dataclass(frozen=True, slots=True)
class CalendarModel:
    view: CalendarView
    problem: str = ""
    said: str = ""

    @property
    def query(self) -> str:
        return query_of(self.view.filter)

    @property
    def tones(self) -> dict[WorkState, str]:
        return TONES


def filter_of(field: Callable[[str], str]) -> CalendarFilter:
    return CalendarFilter(*(field(name) for name in _NAMES))


def query_of(wanted: CalendarFilter) -> str:
    """The filter as the end of an address, empty names left out."""
    given = {name: getattr(wanted, name) for name in _NAMES}
    return urlencode({name: value for name, value in given.items() if value})


@get("/calendar", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show(
    request: AnyRequest, visit: Injected[Visit], calendar_page: Injected[CalendarPage]
) -> Response[str]:
    asked = request.query_params
    wanted = filter_of(lambda name: asked.get(name, ""))
    try:
        view = calendar_page(visit.viewer, wanted, page_asked(asked.get("page", "")))
    except Invalid as wrong:
        view = calendar_page(visit.viewer, CalendarFilter())
        model = CalendarModel(view, f"{wrong.field}: {wrong.cure}")
        return page(visit, "calendar.html", model, status=422)
    return page(visit, "calendar.html", CalendarModel(view, said=asked.get("said", "")))


@get("/calendar/export", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def export(
    request: AnyRequest, visit: Injected[Visit], calendar_export: Injected[CalendarExport]
) -> Response[bytes]:
    """All rows of the filter as CSV."""
    asked = request.query_params
    lines = calendar_export(visit.viewer, filter_of(lambda name: asked.get(name, "")))
    return Response(
        calendar_csv(lines),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="calendar.csv"'},
    )


@post("/calendar/close", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def close(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    close_work: Injected[CloseWork],
    calendar_page: Injected[CalendarPage],
) -> Response[str] | Redirect:
    """Close one row as not assessed."""
    sent, viewer = FormFields(data), visit.viewer
    wanted = filter_of(sent.text)
    work_id = SectionAssessmentId(sent.text("work"))
    try:
        close_work(CloseWorkCommand(viewer, work_id, sent.text("reason")))
    except DomainError as refused:
        model = CalendarModel(calendar_page(viewer, wanted, sent.whole("page")), str(refused))
        return page(visit, "calendar.html", model, status=422)
    return _back(visit, sent, "closed")


@post("/calendar/reopen", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def reopen(
    data: URLEncodedBody[FormBody], visit: Injected[Visit], reopen_work: Injected[ReopenWork]
) -> Redirect:
    sent = FormFields(data)
    reopen_work(visit.viewer, SectionAssessmentId(sent.text("work")))
    return _back(visit, sent, "reopened")


def _back(visit: Visit, sent: FormFields, said: str) -> Redirect:
    """To the same page of the same rows."""
    query = query_of(filter_of(sent.text))
    return see_other(visit, f"/calendar?{query}&page={sent.whole('page')}&said={said}")


ROUTES = (show, export, close, reopen)
