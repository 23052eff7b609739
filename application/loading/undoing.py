"""Whether a load can be taken back."""

from application.errors import Conflict
from application.ports.unit_of_work import UnitOfWork
from application.rosters.load_runs import LoadRun, LoadState
from domain.ids import LoadRunId

_NOT_THE_LAST = "Only the last load can be undone; a later one stands on this one."
_NOT_APPLIED = "This load has nothing to undo: it is {}."


def undoable(unit: UnitOfWork, run_id: LoadRunId) -> LoadRun:
    """Raises: NotFound, Conflict."""
    run, last = unit.loads.get(run_id), unit.loads.last_applied()
    if run.state is not LoadState.APPLIED:
        raise Conflict(_NOT_APPLIED.format(run.state))
    if last is None or last.id != run.id:
        raise Conflict(_NOT_THE_LAST)
    return run
