"""Requests for information: listed, sent, gathered, closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.files.rfi_file import rfi_csv
from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.improvement.action_plan_new import names_in
from adapters.inbound.http.improvement.question_form import drawn_questions, questions_in
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.paging import page_asked
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.paging import on_page, pages_of
from application.queries.improvement.improvement_choices import (
    ImprovementChoices,
    ImprovementChoicesView,
)
from application.queries.improvement.rfi_list import RfiList, RfiListView
from application.queries.improvement.rfi_page import AnswerLine, RfiPage, RfiView
from application.use_cases.improvement.send_rfi import CloseRfi, SendRfi, SendRfiCommand
from domain.access import Right
from domain.ids import RfiId
from domain.improvement.question_template import TemplateUse
from domain.improvement.rfi import AskState

TONES = {
    AskState.SENT: "none",
    AskState.OPENED: "below",
    AskState.ANSWERED: "ok",
    AskState.OVERDUE: "warn",
    AskState.CLOSED: "na",
}
_ROWS = 200


@dataclass(frozen=True, slots=True)
class ListModel:
    view: RfiListView
    tones: Mapping[AskState, str]


@dataclass(frozen=True, slots=True)
class NewModel:
    view: ImprovementChoicesView
    sent: FormFields
    problem: Invalid | None = None

    @property
    def questions(self) -> range:
        return drawn_questions(self.sent)

    @property
    def terms(self) -> list[tuple[str, str]]:
        return [(term.id, term.name) for term in self.view.terms]

    @property
    def templates(self) -> list[tuple[str, str]]:
        return [("", "Those written below"), *((t.id, t.name) for t in self.view.templates)]


@dataclass(frozen=True, slots=True)
class GatheredModel:
    """`page` of the answers; all of them stand in the export."""

    view: RfiView
    page: int
    said: str
    tones: Mapping[AskState, str]

    @property
    def lines(self) -> tuple[AnswerLine, ...]:
        return on_page(self.view.lines, self.page, _ROWS)

    @property
    def pages(self) -> int:
        return pages_of(len(self.view.lines), _ROWS)


@get("/rfis", right=Right.SIGNED_IN, sync_to_thread=True)
def rfis(
    visit: Injected[Visit], rfi_list: Injected[RfiList], page_number: FromQuery[str] = ""
) -> Response[str]:
    view = rfi_list(visit.viewer, page_asked(page_number))
    return page(visit, "rfis.html", ListModel(view, TONES))


@get("/rfis/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_new(
    visit: Injected[Visit], improvement_choices: Injected[ImprovementChoices]
) -> Response[str]:
    view = improvement_choices(visit.viewer, TemplateUse.RFI)
    return page(visit, "rfi-new.html", NewModel(view, FormFields({})))


@post("/rfis/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def create(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    send_rfi: Injected[SendRfi],
    improvement_choices: Injected[ImprovementChoices],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        rfi = send_rfi(_command(visit, sent))
    except Invalid as problem:
        view = improvement_choices(visit.viewer, TemplateUse.RFI)
        return page(visit, "rfi-new.html", NewModel(view, sent, problem), status=422)
    return see_other(visit, f"/rfis/{rfi.id}?said=sent")


@get("/rfis/{rfi_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def gathered(
    rfi_id: FromPath[str],
    visit: Injected[Visit],
    rfi_page: Injected[RfiPage],
    said: FromQuery[str] = "",
    page_number: FromQuery[str] = "",
) -> Response[str]:
    view = rfi_page(visit.viewer, RfiId(rfi_id))
    return page(visit, "rfi.html", GatheredModel(view, page_asked(page_number), said, TONES))


@get("/rfis/{rfi_id:str}/export", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def export(
    rfi_id: FromPath[str], visit: Injected[Visit], rfi_page: Injected[RfiPage]
) -> Response[bytes]:
    """All answers that were given, as CSV."""
    view = rfi_page(visit.viewer, RfiId(rfi_id))
    return Response(
        rfi_csv(view),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="rfi.csv"'},
    )


@post("/rfis/{rfi_id:str}/state", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def close(
    rfi_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    close_rfi: Injected[CloseRfi],
) -> Redirect:
    wanted = FormFields(data).text("close") == "yes"
    close_rfi(visit.viewer, RfiId(rfi_id), close=wanted)
    return see_other(visit, f"/rfis/{rfi_id}?said={'closed' if wanted else 'reopened'}")


def _command(visit: Visit, sent: FormFields) -> SendRfiCommand:
    template = sent.text("template")
    return SendRfiCommand(
        visit.viewer,
        sent.text("title"),
        sent.text("message"),
        sent.day_end("due", visit.time),
        () if template else questions_in(sent),
        template,
        sent.text("org"),
        sent.text("term"),
        names_in(sent.text("people")),
        names_in(sent.text("sections")),
        names_in(sent.text("to_orgs")),
    )


ROUTES = (rfis, show_new, create, gathered, export, close)
