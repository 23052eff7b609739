"""The queue of the identity console: who waits, and what has just been done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.matching.matching_words import KINDS, why
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.queries.matching.matching_queue_page import (
    CaseLine,
    QueuePage,
    ReadQueue,
)
from application.use_cases.matching.replay_queue import ReplayQueue
from domain.access import Right
from domain.matching_case import CaseKind

QUEUE = "/matching/queue"
_DONE = {
    "decided": "Decided. The person's next launch goes through. What the launch and imports "
    "left undone can be made up for below.",
    "dismissed": "Dismissed. The case comes back when something else is sent.",
    "merged": "Merged. It can be undone among the decisions while nothing rests on it.",
    "before": "This case waits no longer: it was decided before, or settled by itself. Nothing "
    "was changed now; what was decided stands among the decisions.",
}


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


@get(QUEUE, right=Right.RUN_SYSTEM, sync_to_thread=True)
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


@post("/matching/replay", right=Right.RUN_SYSTEM, sync_to_thread=True)
def replay_matching(visit: Injected[Visit], replay_queue: Injected[ReplayQueue]) -> Redirect:
    """Look again at who waits, and make up for what launches and imports left undone."""
    told = replay_queue(visit.person_id)
    return see_other(visit, f"{QUEUE}?done=replayed&settled={told.settled}&scores={told.scores}")


ROUTES = (matching_queue, replay_matching)


def _notice(done: str, settled: int, scores: int) -> str:
    if done == "replayed":
        return f"Looked again: {settled} settled by themselves, {scores} scores brought over."
    return _DONE.get(done, "")


def _reasons(cases: Sequence[CaseLine]) -> dict[str, str]:
    return {case.id: why(case) for case in cases}
