"""The queue of the identity console: who waits, each case in full, decisions and their undoing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.matching_words import KINDS, why
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid, NotFound
from application.queries.matching_queue_page import (
    CaseDetail,
    CaseLine,
    DecisionsPage,
    QueuePage,
    ReadCase,
    ReadDecisions,
    ReadQueue,
)
from application.use_cases.dismiss_case import DismissCase, DismissCaseCommand
from application.use_cases.matching_queue import ResolveQueued, ResolveQueuedCommand
from application.use_cases.merge_people import MergePeople, MergePeopleCommand
from application.use_cases.replay_queue import ReplayQueue
from application.use_cases.undo_decision import UndoDecision
from domain.access import Right
from domain.ids import LaunchId, MatchingDecisionId, PersonId
from domain.matching_case import CaseKind, MatchingDecision, people_of
from domain.rostering import Person

_QUEUE = "/matching/queue"
_DECISIONS = "/matching/queue/decisions"
_DONE = {
    "decided": "Decided. The person's next launch goes through. What the launch and imports "
    "left undone can be made up for below.",
    "dismissed": "Dismissed. The case comes back when something else is sent.",
    "merged": "Merged. It can be undone among the decisions while nothing rests on it.",
    "undone": "Undone. The case waits again.",
    "before": "This case waits no longer: it was decided before, or settled by itself. Nothing "
    "was changed now; what was decided stands among the decisions.",
}


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
class QueueView:
    """`query` is the filter as it stands in an address, for the pages that follow."""

    queue: QueuePage
    kinds: Mapping[CaseKind, str]
    reasons: Mapping[str, str]
    kind: str
    words: str
    query: str
    notice: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """`typed` and `errors` by the name of a field, from a form that was refused."""

    detail: CaseDetail
    kind: str
    why: str
    words: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DecisionsView:
    found: DecisionsPage
    kinds: Mapping[CaseKind, str]
    notice: str
    error: str

    def alike(self, decision: MatchingDecision) -> tuple[Person, ...]:
        """The people whom a decision about two records of one person is about."""
        people = self.found.people
        return tuple(people[one] for one in people_of(decision.subject) if one in people)


@get(_QUEUE, right=Right.RUN_SYSTEM, sync_to_thread=True)
def matching_queue(
    visit: Injected[Visit],
    read_queue: Injected[ReadQueue],
    kind: FromQuery[str] = "",
    q: FromQuery[str] = "",
    number: FromQuery[int] = 1,
    done: FromQuery[str] = "",
    settled: FromQuery[int] = 0,
    scores: FromQuery[int] = 0,
) -> Response[str]:
    wanted = CaseKind(kind) if kind in set(CaseKind) else None
    found = read_queue(wanted, q, number)
    query = urlencode({name: value for name, value in (("kind", wanted), ("q", q)) if value})
    model = QueueView(
        found, KINDS, _reasons(found.cases), wanted or "", q, query, _notice(done, settled, scores)
    )
    return page(visit, "matching-queue.html", model)


@get(_QUEUE + "/{case_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def matching_case(
    visit: Injected[Visit],
    read_case: Injected[ReadCase],
    case_id: FromPath[str],
    q: FromQuery[str] = "",
) -> Response[str]:
    return page(visit, "matching-case.html", _view(read_case(case_id, q), q))


@post(_QUEUE + "/{case_id:str}/decide", right=Right.RUN_SYSTEM, sync_to_thread=True)
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
    return see_other(visit, f"{_QUEUE}?done=decided")


@post(_QUEUE + "/{case_id:str}/dismiss", right=Right.RUN_SYSTEM, sync_to_thread=True)
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
    return see_other(visit, f"{_QUEUE}?done=dismissed")


@post(_QUEUE + "/{case_id:str}/merge", right=Right.RUN_SYSTEM, sync_to_thread=True)
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
    return see_other(visit, f"{_QUEUE}?done=merged")


@get(_DECISIONS, right=Right.RUN_SYSTEM, sync_to_thread=True)
def matching_decisions(
    visit: Injected[Visit],
    read_decisions: Injected[ReadDecisions],
    number: FromQuery[int] = 1,
    done: FromQuery[str] = "",
) -> Response[str]:
    model = DecisionsView(read_decisions(number), KINDS, _DONE.get(done, ""), "")
    return page(visit, "matching-decisions.html", model)


@post(_DECISIONS + "/{decision_id:str}/undo", right=Right.RUN_SYSTEM, sync_to_thread=True)
def undo_matching_decision(
    visit: Injected[Visit],
    read_decisions: Injected[ReadDecisions],
    undo_decision: Injected[UndoDecision],
    decision_id: FromPath[str],
) -> Response[str] | Redirect:
    try:
        undo_decision(MatchingDecisionId(decision_id), visit.person_id)
    except (Conflict, Invalid) as stays:
        error = stays.cure if isinstance(stays, Invalid) else str(stays)
        model = DecisionsView(read_decisions(), KINDS, "", error)
        return page(visit, "matching-decisions.html", model, status=422)
    return see_other(visit, f"{_DECISIONS}?done=undone")


@post("/matching/replay", right=Right.RUN_SYSTEM, sync_to_thread=True)
def replay_matching(visit: Injected[Visit], replay_queue: Injected[ReplayQueue]) -> Redirect:
    """Look again at who waits, and make up for what launches and imports left undone."""
    told = replay_queue(visit.person_id)
    return see_other(visit, f"{_QUEUE}?done=replayed&settled={told.settled}&scores={told.scores}")


ROUTES = (
    matching_queue,
    matching_case,
    decide_case,
    dismiss_waiting,
    merge_case,
    matching_decisions,
    undo_matching_decision,
    replay_matching,
)


def _notice(done: str, settled: int, scores: int) -> str:
    if done == "replayed":
        return f"Looked again: {settled} settled by themselves, {scores} scores brought over."
    return _DONE.get(done, "")


def _reasons(cases: Sequence[CaseLine]) -> dict[str, str]:
    return {case.id: why(case) for case in cases}


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
        return see_other(visit, f"{_QUEUE}?done=before")
    field = wrong.field if wrong.field in typed else next(iter(typed))
    view = _view(detail, typed=typed, errors={field: wrong.cure})
    return page(visit, "matching-case.html", view, status=422)
