"""Requests for information: those that one keeps, and those to answer."""

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.doors import ROOT, creating, reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.questions import questions_in, texts_of
from adapters.inbound.http.api.reading import made, with_etag
from adapters.inbound.http.api.rfi_shapes import (
    AskAnswers,
    AskOut,
    RfiAnswerOut,
    RfiClosed,
    RfiIn,
    RfiOut,
    ask_out,
    rfi_answer_out,
    rfi_out,
)
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.queries.improvement.improvement_records import AskRecords, RfiRecords
from application.use_cases.improvement.answer_rfi import AnswerRfi, AnswerRfiCommand
from application.use_cases.improvement.send_rfi import CloseRfi, SendRfi, SendRfiCommand
from domain.access import Right
from domain.ids import AskId, RfiId

_TAG, _KEEP = "Improvement", Right.KEEP_OUTCOMES


@reading("/rfis", _TAG, _KEEP)
def list_rfis(
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    rfi_records: Injected[RfiRecords],
) -> Response[Listed[RfiOut]]:
    """Requests for information that one's orgs sent."""
    return page_asked.answer(rfi_records(caller.viewer, page_asked.turn), rfi_out)


@reading("/rfis/{rfi_id:str}", _TAG, _KEEP, 404)
def one_rfi(
    rfi_id: FromPath[RfiId], caller: Injected[Caller], rfi_records: Injected[RfiRecords]
) -> Response[RfiOut]:
    return with_etag(rfi_out(rfi_records.one(caller.viewer, rfi_id)))


@creating("/rfis", _TAG, _KEEP, 404, 409)
def make_rfi(
    data: JSONBody[RfiIn], caller: Injected[Caller], send_rfi: Injected[SendRfi]
) -> Response[RfiOut]:
    """Put a request to people, sections and faculty of orgs; it mails nobody by itself."""
    command = SendRfiCommand(
        caller.viewer,
        data.title,
        data.message,
        data.due_at,
        questions_in("questions", data.questions),
        data.template or "",
        data.org or "",
        data.term or "",
        data.people,
        data.sections,
        data.to_orgs,
    )
    rfi = send_rfi(command)
    return made(f"{ROOT}/rfis/{rfi.id}", rfi_out(rfi))


@replacing("/rfis/{rfi_id:str}/closed", _TAG, _KEEP)
def close_request(
    rfi_id: FromPath[RfiId],
    data: JSONBody[RfiClosed],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    rfi_records: Injected[RfiRecords],
    close_rfi: Injected[CloseRfi],
) -> Response[RfiOut]:
    """Close a request, or open it again. `If-Match` names the state of the request."""
    if_match.check(rfi_out(rfi_records.one(caller.viewer, rfi_id)))
    return with_etag(rfi_out(close_rfi(caller.viewer, rfi_id, close=data.closed)))


@reading("/rfis/{rfi_id:str}/answers", _TAG, _KEEP, 404)
def list_rfi_answers(
    rfi_id: FromPath[RfiId],
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    rfi_records: Injected[RfiRecords],
) -> Response[Listed[RfiAnswerOut]]:
    """Everybody asked, with what they answered; answers that are only saved do not show."""
    found = rfi_records.answers(caller.viewer, rfi_id, page_asked.turn)
    return page_asked.answer(found, rfi_answer_out)


@reading("/rfi-asks", _TAG, Right.SIGNED_IN)
def list_asks(
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    ask_records: Injected[AskRecords],
) -> Response[Listed[AskOut]]:
    """What is put to oneself, and to the sections that one teaches."""
    return page_asked.answer(ask_records(caller.viewer, page_asked.turn), ask_out)


@reading("/rfi-asks/{ask_id:str}", _TAG, Right.SIGNED_IN, 404)
def one_ask(
    ask_id: FromPath[AskId], caller: Injected[Caller], ask_records: Injected[AskRecords]
) -> Response[AskOut]:
    """Reading it does not show the sender that it was opened; answering does."""
    return with_etag(ask_out(ask_records.one(caller.viewer, ask_id)))


@replacing("/rfi-asks/{ask_id:str}", _TAG, Right.SIGNED_IN)
def answer_ask(
    ask_id: FromPath[AskId],
    data: JSONBody[AskAnswers],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    ask_records: Injected[AskRecords],
    answer_rfi: Injected[AnswerRfi],
) -> Response[AskOut]:
    """Save answers, or give them; given ones can be changed until the request is closed."""
    stored = ask_records.one(caller.viewer, ask_id)
    if_match.check(ask_out(stored))
    answer_rfi(
        AnswerRfiCommand(
            caller.viewer, ask_id, texts_of(data.answers), data.give, stored.ask.version
        )
    )
    return with_etag(ask_out(ask_records.one(caller.viewer, ask_id)))


ROUTES = (
    list_rfis,
    one_rfi,
    make_rfi,
    close_request,
    list_rfi_answers,
    list_asks,
    one_ask,
    answer_ask,
)
