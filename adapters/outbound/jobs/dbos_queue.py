"""Enqueueing in the transaction of the unit of work."""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from adapters.outbound.jobs.client import LateClient, client_within
from adapters.outbound.jobs.names import CLASS, INSTANCE, QUEUE, VERSION, WORKFLOW
from application.ports.jobs import JobQueue, Payload
from domain.ids import JobId

if TYPE_CHECKING:
    from dbos import EnqueueOptions


class DbosQueue(JobQueue):
    """Writes the job's rows through the given connection; whoever began commits."""

    def __init__(self, connection: sa.Connection, client: LateClient) -> None:
        self._connection = connection
        self._client = client

    def enqueue(self, kind: str, payload: Payload, *, key: str, lane: str) -> JobId:
        # Without class and instance dbos accepts the job and fails it when it runs.
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "class_name": CLASS,
            "instance_name": INSTANCE,
            "queue_name": QUEUE,
            "queue_partition_key": lane,
            "workflow_id": key,
            "app_version": VERSION,
        }
        self._client().enqueue_in_transaction(self._connection, options, kind, dict(payload), lane)
        return JobId(key)


class DbosQueues:
    """Makes the queue of one unit of work from its connection."""

    def __init__(self, engine: sa.Engine) -> None:
        self._client = LateClient(lambda: client_within(engine))

    def __call__(self, connection: sa.Connection) -> JobQueue:
        return DbosQueue(connection, self._client)
