"""Progress of a background job."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas.call import Call, Injected
from sandbox.canvas.errors import not_found
from sandbox.canvas.ids import local_id
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Progress


def progress_json(call: Call, row: Progress) -> dict[str, Any]:
    """The job as Canvas shows it; `results` stays away while the job is pending."""
    shown: dict[str, Any] = {
        "id": row.id,
        "context_id": row.course_id,
        "context_type": "Course",
        "user_id": None,
        "tag": row.tag,
        "completion": row.completion,
        "workflow_state": row.workflow_state,
        "created_at": iso(row.created_at),
        "updated_at": iso(row.updated_at),
        "message": row.message,
        "url": f"{call.base}/api/v1/progress/{row.id}",
    }
    if row.workflow_state == "completed":
        shown["results"] = None
    return shown


@get("/api/v1/progress/{progress_id:str}", sync_to_thread=False)
def show_progress(
    call: Injected[Call], jobs: Injected[Jobs], progress_id: FromPath[str]
) -> Response[bytes]:
    jobs.look()
    row = call.state.progress.get(local_id(progress_id) or 0)
    if row is None:
        raise not_found()
    call.require(call.state.courses[row.course_id], "read")
    return call.answer(progress_json(call, row))
