"""What was decided in the identity console, and its undoing."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.matching.matching_queue import QUEUE
from adapters.inbound.http.matching.matching_words import KINDS
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.matching.matching_queue_page import (
    DecisionsPage,
    ReadDecisions,
)
from application.use_cases.matching.undo_decision import UndoDecision
from domain.access import Right
from domain.ids import MatchingDecisionId
from domain.matching_case import CaseKind, MatchingDecision, people_of
from domain.rostering import Person

_PATH = f"{QUEUE}/decisions"
_UNDONE = "Undone. The case waits again."


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


@get(_PATH, right=Right.RUN_SYSTEM, sync_to_thread=True)
def matching_decisions(
    visit: Injected[Visit],
    read_decisions: Injected[ReadDecisions],
    number: FromQuery[int] = 1,
    done: FromQuery[str] = "",
) -> Response[str]:
    model = DecisionsView(read_decisions(number), KINDS, _UNDONE if done == "undone" else "", "")
    return page(visit, "matching-decisions.html", model)


@post(_PATH + "/{decision_id:str}/undo", right=Right.RUN_SYSTEM, sync_to_thread=True)
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
    return see_other(visit, f"{_PATH}?done=undone")


ROUTES = (matching_decisions, undo_matching_decision)
