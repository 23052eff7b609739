"""Outcome imports: a CSV file handed over, and what has become of it."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.api.outcome_contexts import allowed_context, both, find_group
from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import Refusal, messages, plain_error
from sandbox.canvas.ids import local_id
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.moments import iso
from sandbox.canvas.outcome_imports import import_later
from sandbox.canvas.outcome_records import OutcomeImport
from sandbox.canvas.outcomes import Context, key_of

IMPORT_TYPE = "instructure_csv"
SHOWN_ERRORS = 25
WAITING = frozenset({"initializing", "created"})


@post(both("/outcome_imports"), status_code=200)
async def start_import(
    call: Injected[Call], jobs: Injected[Jobs], context_id: FromPath[str]
) -> Response[bytes]:
    context = allowed_context(call, context_id, "import_outcomes")
    return await _start(call, jobs, context, None)


@post(both("/outcome_imports/group/{group_id:str}"), status_code=200)
async def start_import_into_group(
    call: Injected[Call], jobs: Injected[Jobs], context_id: FromPath[str], group_id: FromPath[str]
) -> Response[bytes]:
    """The same; rows without a parent go into the folder instead of the root."""
    context = allowed_context(call, context_id, "import_outcomes")
    return await _start(call, jobs, context, find_group(call, context, group_id).id)


async def _start(call: Call, jobs: Jobs, context: Context, group_id: int | None) -> Response[bytes]:
    """Keep the file for a job; nothing is looked at yet but its declared form."""
    if (params.text(call.params.get("import_type")) or IMPORT_TYPE) != IMPORT_TYPE:
        raise Refusal(500, messages("An error occurred."))
    content = await _content(call)
    moment, (kind, number) = call.state.clock(), key_of(context)
    row = OutcomeImport(
        id=call.state.next_id("outcome_imports", 12),
        context_type=kind,
        context_id=number,
        group_id=group_id,
        user_id=call.me.id,
        content=content,
        created_at=moment,
        updated_at=moment,
    )
    call.state.outcome_imports[row.id] = row
    jobs.look()
    import_later(call.state, jobs, row)
    return call.answer(import_json(call, row))


async def _content(call: Call) -> bytes:
    """The file of the field `attachment`, else the raw body, which names no other charset."""
    kind, options = call.request.content_type
    if kind == "multipart/form-data":
        attachment = (await call.request.form()).get("attachment")
        if isinstance(attachment, UploadFile):
            return await attachment.read()
        return str(attachment or "").encode()
    charset = options.get("charset", "utf-8").lower()
    if charset != "utf-8" and "extension" not in call.params:
        raise plain_error("Invalid content type, UTF-8 required")
    return await call.request.body()


@get(both("/outcome_imports/{import_id:str}"), sync_to_thread=False)
def show_import(
    call: Injected[Call], jobs: Injected[Jobs], context_id: FromPath[str], import_id: FromPath[str]
) -> Response[bytes]:
    """An import by its id. `latest` is the last one whose job has begun."""
    context = allowed_context(call, context_id, "import_outcomes", "manage_outcomes")
    jobs.look()
    rows = [row for row in call.state.outcome_imports.values() if _is_of(row, context)]
    if import_id == "latest":
        rows = [row for row in rows if row.workflow_state not in WAITING]
    else:
        rows = [row for row in rows if row.id == local_id(import_id)]
    if not rows:
        raise Refusal(404, {"message": "ActiveRecord::RecordNotFound"})
    return call.answer(import_json(call, rows[-1]))


def _is_of(row: OutcomeImport, context: Context) -> bool:
    return (row.context_type, row.context_id) == key_of(context)


def import_json(call: Call, row: OutcomeImport) -> dict[str, Any]:
    """An import. Of its errors only the first 25 by row are shown; `ended_at` is never set."""
    user = call.state.users[row.user_id]
    errors = sorted(row.processing_errors, key=lambda error: error[0])
    return {
        "id": row.id,
        "learning_outcome_group_id": row.group_id,
        "created_at": iso(row.created_at),
        "ended_at": None,
        "updated_at": iso(row.updated_at),
        "progress": row.progress,
        "workflow_state": row.workflow_state,
        "data": {"import_type": IMPORT_TYPE},
        "processing_errors": [list(error) for error in errors[:SHOWN_ERRORS]],
        "user": {
            "id": user.id,
            "name": user.name,
            "created_at": iso(user.created_at),
            "sortable_name": user.sortable_name,
            "short_name": user.short_name,
        },
    }
