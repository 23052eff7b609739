"""One case of the identity console in full, and the ways to settle it."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.matching.matching_queue import QUEUE
from adapters.inbound.http.matching.matching_words import KINDS, why
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid, NotFound
from application.queries.matching.matching_queue_page import (
    CaseDetail,
    ReadCase,
)
from application.use_cases.matching.dismiss_case import DismissCase, DismissCaseCommand
from application.use_cases.matching.matching_queue import ResolveQueued, ResolveQueuedCommand
from application.use_cases.matching.merge_people import MergePeople, MergePeopleCommand
from domain.access import Right
from domain.ids import LaunchId, PersonId


class DecideForm(Struct, frozen=True):
    tech_id: str = ""
    csrf: str = ""


class DismissForm(Struct, frozen=True):
    reason: str = ""
    csrf: str = ""


class MergeForm(Struct, frozen=True):
    gone: str = ""
    kept: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """`typed` and `errors` by the name of a field, from a form that was refused."""

    detail: CaseDetail
    kind: str
    why: str
    words: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]


@get(QUEUE + "/{case_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def matching_case(
    visit: Injected[Visit],
    read_case: Injected[ReadCase],
    case_id: FromPath[str],
    q: FromQuery[str] = "",
) -> Response[str]:
    return page(visit, "matching-case.html", _view(read_case(case_id, q), q))


@post(QUEUE + "/{case_id:str}/decide", right=Right.RUN_SYSTEM, sync_to_thread=True)
def decide_case(
    data: URLEncodedBody[DecideForm],
    visit: Injected[Visit],
    read_case: Injected[ReadCase],
    resolve_queued: Injected[ResolveQueued],
    case_id: FromPath[str],
) -> Response[str] | Redirect:
    try:
        resolve_queued(ResolveQueuedCommand(visit.person_id, LaunchId(case_id), data.tech_id))
    except Invalid as wrong:
        return _refused(visit, read_case, case_id, {"tech_id": data.tech_id}, wrong)
    return see_other(visit, f"{QUEUE}?done=decided")


@post(QUEUE + "/{case_id:str}/dismiss", right=Right.RUN_SYSTEM, sync_to_thread=True)
def dismiss_waiting(
    data: URLEncodedBody[DismissForm],
    visit: Injected[Visit],
    read_case: Injected[ReadCase],
    dismiss_case: Injected[DismissCase],
    case_id: FromPath[str],
) -> Response[str] | Redirect:
    try:
        dismiss_case(DismissCaseCommand(visit.person_id, case_id, data.reason))
    except Invalid as wrong:
        return _refused(visit, read_case, case_id, {"reason": data.reason}, wrong)
    return see_other(visit, f"{QUEUE}?done=dismissed")


@post(QUEUE + "/{case_id:str}/merge", right=Right.RUN_SYSTEM, sync_to_thread=True)
def merge_case(
    data: URLEncodedBody[MergeForm],
    visit: Injected[Visit],
    read_case: Injected[ReadCase],
    merge_people: Injected[MergePeople],
    case_id: FromPath[str],
) -> Response[str] | Redirect:
    gone, kept = PersonId(data.gone), PersonId(data.kept)
    typed = {"gone": gone, "kept": kept}
    try:
        merge_people(MergePeopleCommand(visit.person_id, gone, kept))
    except (Invalid, Conflict) as wrong:
        cure = wrong.cure if isinstance(wrong, Invalid) else str(wrong)
        return _refused(visit, read_case, case_id, typed, Invalid("kept", cure))
    return see_other(visit, f"{QUEUE}?done=merged")


def _view(
    detail: CaseDetail,
    words: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> CaseView:
    case = detail.case
    return CaseView(detail, KINDS[case.kind], why(case), words, typed or {}, errors or {})


def _refused(
    visit: Visit, read_case: ReadCase, case_id: str, typed: Mapping[str, str], wrong: Invalid
) -> Response[str] | Redirect:
    """The case with what was typed; a second click finds it decided, which is no error."""
    try:
        detail = read_case(case_id)
    except NotFound:
        return see_other(visit, f"{QUEUE}?done=before")
    field = wrong.field if wrong.field in typed else next(iter(typed))
    view = _view(detail, typed=typed, errors={field: wrong.cure})
    return page(visit, "matching-case.html", view, status=422)


ROUTES = (matching_case, decide_case, dismiss_waiting, merge_case)
