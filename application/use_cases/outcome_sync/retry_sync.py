"""While and after a synchronisation: stop it, or send again what failed."""

from dataclasses import dataclass, replace

from application.errors import Conflict
from application.outcome_sync.own_runs import own_run
from application.ports.jobs import Jobs, JobState
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.outcome_sync.sync_outcomes import counted, refuse_busy, requeue
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import SyncRunId
from domain.outcomes.sync_run import ItemState, RunState, SyncRun

_DEAD = {JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class StopSync:
    """End a run that is under way or waits; what was handed over already may still arrive."""

    units: UnitOfWorkFactory
    clock: Clock
    jobs: Jobs

    def __call__(self, viewer: Viewer, run_id: SyncRunId) -> None:
        """A run that is over stays as it is. Raises: NotFound."""
        now = self.clock.now()
        with self.units() as unit:
            run = own_run(unit, viewer, run_id)
            if not run.is_open:
                return
            unit.sync_runs.save(run.moved(RunState.STOPPED, at=now))
            unit.audit.record(Deed(viewer.actor, "stopped", f"sync:{run_id}", "", now))
            unit.commit()
        if run.job_id:
            self.jobs.cancel(run.job_id)


@dataclass(frozen=True, slots=True)
class RetrySync:
    """Put what a finished run left behind on its way again, in the same run."""

    units: UnitOfWorkFactory
    clock: Clock
    jobs: Jobs

    def __call__(self, viewer: Viewer, run_id: SyncRunId) -> int:
        """Retry failed items, and those that a stop or a dead job left open.

        Returns how many. Raises: NotFound; Conflict while the run is under way, or another
        one works in its places.
        """
        with self.units() as unit:
            run = own_run(unit, viewer, run_id)
            if run.is_open and not self._died(run):
                raise Conflict("Outcomes are still being sent; wait until that is done.")
            items = unit.sync_runs.items(run_id)
            again = [item for item in items if item.state is not ItemState.DONE]
            if again or run.is_open:
                refuse_busy(unit, run, again)
                fresh = [
                    replace(item, state=ItemState.PENDING, reason="")
                    for item in again
                    if item.state is ItemState.FAILED
                ]
                unit.sync_runs.put_items(fresh)
                requeue(unit, replace(run, finished_at=None))
                now = self.clock.now()
                subject = f"sync:{run_id}"
                unit.audit.record(
                    Deed(viewer.actor, "sent outcomes again", subject, counted(again), now)
                )
                unit.commit()
        return len(again)

    def _died(self, run: SyncRun) -> bool:
        job = self.jobs.view(run.job_id) if run.job_id else None
        return job is not None and job.state in _DEAD
