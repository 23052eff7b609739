"""Giving a dead worker's jobs to the living, which dbos does not do by itself."""

from dbos import DBOSClient

from adapters.outbound.jobs.names import QUEUE, WORKFLOW
from adapters.outbound.jobs.slots import Slots


def sweep(client: DBOSClient, slots: Slots, executor: str) -> int:
    """Put running jobs whose worker is gone back into their queue; returns how many.

    Only the living worker of the lowest slot does it, so that two never move one job.
    The jobs are read before the living are, so that a slot claimed in between counts.
    """
    running = client.list_workflows(
        status="PENDING", name=WORKFLOW, load_input=False, load_output=False
    )
    living = slots.living_executors()
    if living[:1] != [executor]:
        return 0
    orphans = [job.workflow_id for job in running if job.executor_id not in living]
    if orphans:
        # Without a queue named here they would go to dbos' internal one, outside their lane.
        client.resume_workflows(orphans, queue_name=QUEUE)
    return len(orphans)
