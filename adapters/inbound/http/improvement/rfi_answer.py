"""Answering a request for information, and reminding those who have not."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Conflict, Invalid
from application.queries.improvement.rfi_page import AskPage, AskView
from application.use_cases.improvement.answer_rfi import AnswerRfi, AnswerRfiCommand, OpenRfi
from application.use_cases.reminders.remind_rfi import (
    MESSAGE,
    SUBJECT,
    RemindRfiCommand,
    RfiSample,
    SampleRfiReminders,
    SendRfiReminders,
)
from domain.access import Right
from domain.errors import IllegalMove
from domain.ids import AskId, RfiId


@dataclass(frozen=True, slots=True)
class AskModel:
    """`wrong` is the question that stopped the saving, `cure` what to do about it."""

    view: AskView
    texts: Mapping[str, str]
    wrong: str = ""
    cure: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class RemindModel:
    command: RemindRfiCommand
    sample: RfiSample
    problem: Invalid | None = None


@get("/rfis/asks/{ask_id:str}", right=Right.SIGNED_IN, sync_to_thread=True)
def ask(
    ask_id: FromPath[str],
    visit: Injected[Visit],
    ask_page: Injected[AskPage],
    said: FromQuery[str] = "",
) -> Response[str]:
    view = ask_page(visit.viewer, AskId(ask_id))
    return page(visit, "rfi-answer.html", AskModel(view, view.texts, said=said))


@post("/rfis/asks/{ask_id:str}/open", right=Right.SIGNED_IN, sync_to_thread=True)
def open_ask(
    ask_id: FromPath[str], visit: Injected[Visit], open_rfi: Injected[OpenRfi]
) -> Redirect:
    """Show the questions; who sent them sees that they were opened."""
    open_rfi(visit.viewer, AskId(ask_id))
    return see_other(visit, f"/rfis/asks/{ask_id}")


@post("/rfis/asks/{ask_id:str}", right=Right.SIGNED_IN, sync_to_thread=True)
def answer(
    ask_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    answer_rfi: Injected[AnswerRfi],
    ask_page: Injected[AskPage],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    give = sent.text("then") == "give"
    texts = {name: sent.text(f"answer-{name}") for name in sent.after("answer-")}
    command = AnswerRfiCommand(visit.viewer, AskId(ask_id), texts, give, sent.whole("seen"))
    try:
        answer_rfi(command)
    except Invalid as wrong:
        view = ask_page(visit.viewer, AskId(ask_id))
        model = AskModel(view, texts, wrong.field, wrong.cure)
        return page(visit, "rfi-answer.html", model, status=422)
    except (Conflict, IllegalMove) as refused:
        view = ask_page(visit.viewer, AskId(ask_id))
        model = AskModel(view, texts, cure=str(refused))
        return page(visit, "rfi-answer.html", model, status=409)
    return see_other(visit, f"/rfis/asks/{ask_id}?said={'given' if give else 'saved'}")


@get("/rfis/{rfi_id:str}/remind", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_sample(
    rfi_id: FromPath[str],
    request: AnyRequest,
    visit: Injected[Visit],
    sample_rfi_reminders: Injected[SampleRfiReminders],
) -> Response[str]:
    command = _command(visit, rfi_id, FormFields(dict(request.query_params.dict())))
    return page(visit, "rfi-remind.html", RemindModel(command, sample_rfi_reminders(command)))


@post("/rfis/{rfi_id:str}/remind", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def remind(
    rfi_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    sample_rfi_reminders: Injected[SampleRfiReminders],
    send_rfi_reminders: Injected[SendRfiReminders],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    command = _command(visit, rfi_id, sent)
    if sent.text("then") == "sample":
        return page(visit, "rfi-remind.html", RemindModel(command, sample_rfi_reminders(command)))
    try:
        one = send_rfi_reminders(command)
    except Invalid as problem:
        model = RemindModel(command, sample_rfi_reminders(command), problem)
        return page(visit, "rfi-remind.html", model, status=422)
    return see_other(visit, f"/reminders/{one.id}")


def _command(visit: Visit, rfi_id: str, sent: FormFields) -> RemindRfiCommand:
    return RemindRfiCommand(
        visit.viewer,
        RfiId(rfi_id),
        sent.text("subject") if "subject" in sent.body else SUBJECT,
        sent.text("message") if "message" in sent.body else MESSAGE,
        sent.text("again") == "yes",
    )


ROUTES = (ask, open_ask, answer, show_sample, remind)
