"""Looking at jobs and steering them, over dbos' client."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, assert_never

from adapters.outbound.jobs.client import LateClient, client_at
from adapters.outbound.jobs.names import PROGRESS, PROGRESS_STEP, QUEUE, WORKFLOW
from adapters.outbound.jobs.urls import plain_url
from application.errors import NotFound
from application.ports.jobs import Jobs, JobState, JobView
from domain.ids import JobId

if TYPE_CHECKING:
    from dbos import StepInfo, WorkflowStatus


class DbosJobs(Jobs):
    def __init__(self, url: str) -> None:
        """`url` is our database; connections are opened when first needed."""
        self._client = LateClient(lambda: client_at(plain_url(url)))

    def close(self) -> None:
        self._client.close()

    def view(self, job_id: JobId) -> JobView | None:
        status = self._status(job_id)
        return None if status is None else self._view_of(status)

    def recent(self, limit: int = 50) -> list[JobView]:
        found = self._client().list_workflows(name=WORKFLOW, limit=limit, sort_desc=True)
        return [self._view_of(status) for status in found]

    def cancel(self, job_id: JobId) -> None:
        self._known(job_id)
        self._client().cancel_workflow(job_id)

    def retry(self, job_id: JobId) -> None:
        status = self._known(job_id)
        match state_of(status):
            case JobState.CANCELLED:
                self._client().resume_workflow(job_id, queue_name=QUEUE)
            case JobState.FAILED:
                self._client().rewind_workflow(
                    job_id,
                    start_step=first_unfinished(self._client().list_workflow_steps(job_id)),
                    queue_name=QUEUE,
                    queue_partition_key=status.queue_partition_key,
                )
            case JobState.QUEUED | JobState.RUNNING | JobState.DONE:
                pass
            case never:
                assert_never(never)

    def _status(self, job_id: JobId) -> "WorkflowStatus | None":
        found = self._client().list_workflows(workflow_ids=[job_id], name=WORKFLOW)
        return found[0] if found else None

    def _known(self, job_id: JobId) -> "WorkflowStatus":
        status = self._status(job_id)
        if status is None:
            raise NotFound(f"Job {job_id}")
        return status

    def _view_of(self, status: "WorkflowStatus") -> JobView:
        done, total = self._client().get_event(status.workflow_id, PROGRESS, 0) or (0, 0)
        return JobView(
            id=JobId(status.workflow_id),
            kind=kind_of(status),
            state=state_of(status),
            done=done,
            total=total,
            created_at=datetime.fromtimestamp((status.created_at or 0) / 1000, UTC),
            error="" if status.error is None else str(status.error),
        )


def kind_of(status: "WorkflowStatus") -> str:
    """The first argument with which the job was enqueued."""
    arguments: Any = status.input["args"] if status.input else ()
    return str(arguments[0]) if arguments else ""


def state_of(status: "WorkflowStatus") -> JobState:
    match status.status:
        case "ENQUEUED" | "DELAYED":
            return JobState.QUEUED
        case "PENDING":
            return JobState.RUNNING
        case "SUCCESS":
            return JobState.DONE
        case "ERROR" | "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
            return JobState.FAILED
        case "CANCELLED":
            return JobState.CANCELLED
        case never:
            assert_never(never)


def first_unfinished(steps: "list[StepInfo]") -> int:
    """Where a retry begins: after the last step that finished well, at 1 if none did."""
    finished = [
        step["function_id"]
        for step in steps
        if step["error"] is None and step["function_name"] != PROGRESS_STEP
    ]
    return max(finished, default=0) + 1
