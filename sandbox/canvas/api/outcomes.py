"""One outcome by its id: shown, and changed where it is at home."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litestar import Response, get, put
from litestar.params import FromPath

from sandbox.canvas.api.outcome_json import outcome_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, not_found
from sandbox.canvas.ids import local_id
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.outcome_alignments import Alignments
from sandbox.canvas.outcome_input import change_outcome
from sandbox.canvas.outcome_merging import shown_differently
from sandbox.canvas.outcome_records import Outcome
from sandbox.canvas.outcome_rubrics import refresh_later
from sandbox.canvas.outcomes import context_of, owner_key

_SCALE_OWNS = (
    ("mastery_points", "mastery points"),
    ("ratings", "ratings"),
    ("calculation_method", "calculation values"),
    ("calculation_int", "calculation values"),
)
"""What the account's mastery scale takes from the single outcome, in Canvas' order."""


def _find(call: Call, outcome_id: str, right: str) -> Outcome:
    outcome = call.state.outcomes.get(local_id(outcome_id) or 0)
    if outcome is None or outcome.deleted:
        raise not_found()
    call.require(context_of(call.state, owner_key(outcome)), right)
    return outcome


@get("/api/v1/outcomes/{outcome_id:str}", sync_to_thread=False)
def show_outcome(call: Injected[Call], outcome_id: FromPath[str]) -> Response[bytes]:
    outcome = _find(call, outcome_id, "read_outcomes")
    return call.answer(outcome_json(call, outcome, Alignments(call.state)))


@put("/api/v1/outcomes/{outcome_id:str}", status_code=200, sync_to_thread=False)
def update_outcome(
    call: Injected[Call], jobs: Injected[Jobs], outcome_id: FromPath[str]
) -> Response[bytes]:
    """Change an outcome, with the right in the account or course that owns it."""
    outcome = _find(call, outcome_id, "manage_outcomes")
    if call.state.switches.account_level_mastery_scales:
        _refuse_levels(call.params)
    prior = replace(outcome)
    change_outcome(call.state, outcome, call.params)
    if shown_differently(prior, outcome):
        refresh_later(call.state, jobs, outcome)
    return call.answer(outcome_json(call, outcome, Alignments(call.state)))


def _refuse_levels(given: Mapping[str, Any]) -> None:
    for name, what in _SCALE_OWNS:
        if name in given:
            raise Refusal(403, {"error": f"Individual outcome {what} cannot be modified."})
