"""Finding the use case that runs a kind of job."""

from collections.abc import Mapping

from application.errors import Invalid
from application.ports.jobs import JobHandler


def handler_of(kind: str, handlers: Mapping[str, JobHandler]) -> JobHandler:
    """Raises: Invalid for a kind of which this worker knows nothing."""
    if kind in handlers:
        return handlers[kind]
    raise Invalid(
        "kind",
        f"this worker has no handler for jobs of kind '{kind}'; start a worker of the"
        " version that asked for the job, then retry it.",
    )
