"""Folders of outcomes: the tree of an account or a course."""

from litestar import Response, delete, get, post, put
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.outcome_contexts import allowed_context, bare_error, both, find_group
from sandbox.canvas.api.outcome_json import ABBREV, group_json, path_of
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import not_found
from sandbox.canvas.ids import local_id
from sandbox.canvas.outcome_alignments import Alignments
from sandbox.canvas.outcome_records import OutcomeGroup
from sandbox.canvas.outcome_rules import LONGEST
from sandbox.canvas.outcomes import (
    Context,
    LastLinkOfAligned,
    add_group,
    chain_of,
    children_of,
    copy_group,
    delete_group,
    key_of,
    owner_key,
    root_group,
    with_descendants,
)
from sandbox.canvas.rich_text import sanitised

READ, MANAGE = "read_outcomes", "manage_outcomes"


@get(both("/root_outcome_group"), sync_to_thread=False)
def root_outcome_group(call: Injected[Call], context_id: FromPath[str]) -> Response[bytes]:
    """A redirect to the root folder, which is made when it is first asked for."""
    context = allowed_context(call, context_id, READ)
    group = root_group(call.state, context)
    address = f"{call.base}{path_of(key_of(context))}/outcome_groups/{group.id}"
    return Response(b"", status_code=302, headers={"Location": address})


@get(both("/outcome_groups"), sync_to_thread=False)
def list_groups(call: Injected[Call], context_id: FromPath[str]) -> Response[bytes]:
    context = allowed_context(call, context_id, READ)
    rows = call.state.outcome_groups_in(*key_of(context))
    return call.page(rows, lambda row: group_json(call, row))


@get(both("/outcome_groups/{group_id:str}"), sync_to_thread=False)
def show_group(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    context = allowed_context(call, context_id, READ)
    return call.answer(group_json(call, find_group(call, context, group_id)))


@put(both("/outcome_groups/{group_id:str}"), status_code=200, sync_to_thread=False)
def change_group(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    context = allowed_context(call, context_id, MANAGE)
    group = find_group(call, context, group_id)
    if group.parent_id is None:
        raise bare_error()
    parent_id = group.parent_id
    if "parent_outcome_group_id" in call.params:
        parent_id = _new_parent(call, context, group)
    title = params.text(call.params.get("title", group.title))
    group.title, group.parent_id = _valid_title(title), parent_id
    if "description" in call.params:
        group.description = sanitised(params.text(call.params["description"]))
    if "vendor_guid" in call.params:
        group.vendor_guid = params.text(call.params["vendor_guid"])
    return call.answer(group_json(call, group))


def _new_parent(call: Call, context: Context, group: OutcomeGroup) -> int:
    """A folder of the same context that is not the moved one and not below it."""
    asked = params.text(call.params["parent_outcome_group_id"]) or ""
    parent = call.state.outcome_groups.get(local_id(asked) or 0)
    if parent is None or parent.deleted or owner_key(parent) != key_of(context):
        raise bare_error()
    if parent in with_descendants(call.state, group):
        raise bare_error()
    return parent.id


def _valid_title(title: str | None) -> str:
    if not title or not title.strip() or len(title) > LONGEST:
        raise bare_error()
    return title


@delete(both("/outcome_groups/{group_id:str}"), status_code=200, sync_to_thread=False)
def delete_outcome_group(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    """With all below it; never the root, and nothing at all while an aligned outcome is in it."""
    context = allowed_context(call, context_id, MANAGE)
    group = find_group(call, context, group_id)
    if group.parent_id is None:
        raise bare_error()
    try:
        delete_group(call.state, group, Alignments(call.state))
    except LastLinkOfAligned as error:
        raise bare_error() from error
    return call.answer(group_json(call, group))


@get(both("/outcome_groups/{group_id:str}/subgroups"), sync_to_thread=False)
def list_subgroups(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    context = allowed_context(call, context_id, READ)
    rows = children_of(call.state, find_group(call, context, group_id))
    ordered = sorted(rows, key=lambda row: (row.title.casefold(), row.id))
    return call.page(ordered, lambda row: group_json(call, row, ABBREV))


@post(both("/outcome_groups/{group_id:str}/subgroups"), status_code=200, sync_to_thread=False)
def create_subgroup(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    context = allowed_context(call, context_id, MANAGE)
    parent = find_group(call, context, group_id)
    group = add_group(
        call.state,
        context,
        parent,
        _valid_title(params.text(call.params.get("title"))),
        description=sanitised(params.text(call.params.get("description"))),
        vendor_guid=params.text(call.params.get("vendor_guid")),
    )
    return call.answer(group_json(call, group))


@post(both("/outcome_groups/{group_id:str}/import"), status_code=200, sync_to_thread=False)
def import_group(
    call: Injected[Call], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    """Repeat a folder of this context or of an account above it here; its outcomes are linked."""
    context = allowed_context(call, context_id, MANAGE)
    target = find_group(call, context, group_id)
    asked = params.text(call.params.get("source_outcome_group_id")) or ""
    source = call.state.outcome_groups.get(local_id(asked) or 0)
    if source is None or source.deleted:
        raise not_found()
    if source.parent_id is None or owner_key(source) not in chain_of(call.state, context):
        raise bare_error()
    return call.answer(group_json(call, copy_group(call.state, source, context, target)))
