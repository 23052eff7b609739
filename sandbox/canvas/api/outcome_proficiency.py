"""The mastery scale of an account: read from anywhere below it, replaced as a whole."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.outcome_contexts import allowed_context, both
from sandbox.canvas.api.outcome_json import rating_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal
from sandbox.canvas.grades import ruby_float
from sandbox.canvas.ids import find_account
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.mastery_scales import complaints, stored_scale
from sandbox.canvas.outcome_records import ProficiencyRating
from sandbox.canvas.outcome_rubrics import refresh

FIELD = "outcome_proficiency_ratings"


@get(both("/outcome_proficiency"), sync_to_thread=False)
def show_proficiency(call: Injected[Call], context_id: FromPath[str]) -> Response[bytes]:
    """The scale of the nearest account that has one; Canvas' default is not shown here."""
    scale = stored_scale(call.state, allowed_context(call, context_id, "read_outcomes"))
    if scale is None:
        raise Refusal(404, {"message": "ActiveRecord::RecordNotFound"})
    return call.answer({"ratings": [rating_json(row) for row in scale]})


@post(
    "/api/v1/accounts/{account_id:str}/outcome_proficiency", status_code=200, sync_to_thread=False
)
def replace_proficiency(
    call: Injected[Call], jobs: Injected[Jobs], account_id: FromPath[str]
) -> Response[bytes]:
    account = find_account(call.state, account_id)
    call.require(account, "manage_proficiency_scales")
    ratings = [_rating(row) for row in _rows(call.params.get("ratings"))]
    for message in complaints(ratings):
        error = {"field": FIELD, "message": message, "error_code": message}
        raise Refusal(422, {"errors": [error]})
    call.state.proficiencies[account.id] = ratings
    if call.state.switches.account_level_mastery_scales:
        everything = list(call.state.outcomes)
        jobs.add("outcome rubrics", lambda: None, lambda: refresh(call.state, everything))
    return call.answer({"ratings": [rating_json(row) for row in ratings]})


def _rows(value: object) -> list[Mapping[str, Any]]:
    rows = list(value.values()) if isinstance(value, dict) else value
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _rating(row: Mapping[str, Any]) -> ProficiencyRating:
    return ProficiencyRating(
        description=params.text(row.get("description")) or "",
        points=ruby_float(params.text(row.get("points")) or "0"),
        mastery=params.truthy(row.get("mastery")),
        color=params.text(row.get("color")) or "",
    )
