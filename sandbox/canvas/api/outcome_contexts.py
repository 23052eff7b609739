"""Where outcome calls happen: an account or a course, and a folder in it."""

from sandbox.canvas.call import Call
from sandbox.canvas.errors import Refusal, not_found
from sandbox.canvas.ids import find_account, local_id
from sandbox.canvas.outcome_records import OutcomeGroup
from sandbox.canvas.outcomes import Context, key_of, owner_key

COURSES = "/api/v1/courses/"


def both(tail: str) -> list[str]:
    """The path of a call in an account and of the same call in a course."""
    return [f"/api/v1/accounts/{{context_id:str}}{tail}", f"{COURSES}{{context_id:str}}{tail}"]


def find_context(call: Call, context_id: str) -> Context:
    """The account or course of the request's path; 404 comes before any question of rights."""
    if call.request.scope["path"].startswith(COURSES):
        return call.course(context_id)
    return find_account(call.state, context_id)


def allowed_context(call: Call, context_id: str, *rights: str) -> Context:
    """The same, for a caller with one of the rights."""
    context = find_context(call, context_id)
    call.require(context, *rights)
    return context


def find_group(call: Call, context: Context, group_id: str) -> OutcomeGroup:
    group = call.state.outcome_groups.get(local_id(group_id) or 0)
    if group is None or group.deleted or owner_key(group) != key_of(context):
        raise not_found()
    return group


def bare_error() -> Refusal:
    """The refusal of the folder calls: a JSON string and nothing more."""
    return Refusal(400, "error")
