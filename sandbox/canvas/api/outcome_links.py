"""Links: which outcomes an account or a course shows, and in which folders."""

from litestar import Response, delete, get, post, put
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.outcome_contexts import allowed_context, bare_error, both, find_group
from sandbox.canvas.api.outcome_json import ABBREV, link_json
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, not_found
from sandbox.canvas.ids import local_id
from sandbox.canvas.outcome_alignments import Alignments
from sandbox.canvas.outcome_input import created_outcome
from sandbox.canvas.outcome_records import OutcomeGroup, OutcomeLink
from sandbox.canvas.outcomes import (
    Context,
    LastLinkOfAligned,
    link_into,
    links_in,
    links_into,
    outcome_visible,
    unlink,
)

ALIGNED = "Link is the last link to an aligned outcome. Remove the alignment and then try again"
READ, MANAGE = "read_outcomes", "manage_outcomes"
_OUTCOMES = "/outcome_groups/{group_id:str}/outcomes"


def _styles(call: Call) -> tuple[str, str]:
    names = ("outcome_style", "outcome_group_style")
    outcome, group = (params.text(call.params.get(name)) or ABBREV for name in names)
    return outcome, group


@get(both("/outcome_group_links"), sync_to_thread=False)
def list_links(call: Injected[Call], context_id: FromPath[str]) -> Response[bytes]:
    """Every link of the context, by link id; while mastery scales are on, without levels."""
    context = allowed_context(call, context_id, READ)
    alignments, styles = Alignments(call.state), _styles(call)
    rows = links_in(call.state, context)
    return call.page(rows, lambda row: link_json(call, row, alignments, styles))


@get(both(_OUTCOMES), sync_to_thread=False)
def list_group_outcomes(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    """The links of one folder, by title; while mastery scales are on, with the context's levels."""
    context = allowed_context(call, context_id, READ)
    group = find_group(call, context, group_id)
    alignments, styles = Alignments(call.state), _styles(call)
    rows = sorted(links_into(call.state, group), key=lambda row: _title(call, row))
    return call.page(rows, lambda row: link_json(call, row, alignments, styles, context))


def _title(call: Call, link: OutcomeLink) -> tuple[str, int]:
    return (call.state.outcomes[link.outcome_id].title.casefold(), link.id)


@post(both(_OUTCOMES), status_code=200, sync_to_thread=False)
def create_or_link(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    """Make an outcome in a folder; with `outcome_id`, show one that exists."""
    context = allowed_context(call, context_id, MANAGE)
    group = find_group(call, context, group_id)
    asked = params.text(call.params.get("outcome_id"))
    if asked:
        return _linked(call, context, group, asked)
    outcome = created_outcome(call.state, context, call.params)
    link = link_into(call.state, group, outcome.id)
    return call.answer(link_json(call, link, Alignments(call.state), _styles(call)))


@put(both(_OUTCOMES + "/{outcome_id:str}"), status_code=200, sync_to_thread=False)
def link_outcome(
    call: Injected[Call],
    context_id: FromPath[str],
    group_id: FromPath[str],
    outcome_id: FromPath[str],
) -> Response[bytes]:
    context = allowed_context(call, context_id, MANAGE)
    return _linked(call, context, find_group(call, context, group_id), outcome_id)


def _linked(call: Call, context: Context, group: OutcomeGroup, asked: str) -> Response[bytes]:
    outcome = outcome_visible(call.state, context, local_id(asked) or 0)
    if outcome is None:
        raise bare_error()
    link = link_into(call.state, group, outcome.id)
    return call.answer(link_json(call, link, Alignments(call.state), _styles(call)))


@delete(both(_OUTCOMES + "/{outcome_id:str}"), status_code=200, sync_to_thread=False)
def unlink_outcome(
    call: Injected[Call],
    context_id: FromPath[str],
    group_id: FromPath[str],
    outcome_id: FromPath[str],
) -> Response[bytes]:
    """Take an outcome out of a folder. There is no other way to delete one."""
    context = allowed_context(call, context_id, MANAGE)
    group = find_group(call, context, group_id)
    number, alignments = local_id(outcome_id), Alignments(call.state)
    rows = links_into(call.state, group)
    link = next((row for row in rows if row.outcome_id == number), None)
    if link is None:
        raise not_found()
    try:
        unlink(call.state, link, alignments)
    except LastLinkOfAligned as error:
        raise Refusal(400, {"message": ALIGNED}) from error
    return call.answer(link_json(call, link, alignments, _styles(call)))
