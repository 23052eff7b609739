"""Synchronisations that a person may look at and steer; those of others are not there."""

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from application.workplace import taught
from domain.ids import SyncRunId
from domain.outcomes.sync_run import SyncRun


def own_run(unit: UnitOfWork, viewer: Viewer, run_id: SyncRunId) -> SyncRun:
    """The run, for stewards, for who asked for it, and for who teaches its section.

    Raises: NotFound when it is not there or not for the viewer.
    """
    run = unit.sync_runs.get(run_id)
    if not may_see(unit, viewer, run):
        raise NotFound("This synchronisation")
    return run


def may_see(unit: UnitOfWork, viewer: Viewer, run: SyncRun) -> bool:
    if viewer.sees_all or viewer.person_id is None or run.requested_by == viewer.person_id:
        return True
    if run.work_id is None:
        return False
    try:
        taught(unit, viewer.person_id, run.work_id)
    except NotFound:
        return False
    return True
