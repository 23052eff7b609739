"""Take back the last synchronisation, where nothing has been assessed since."""

from dataclasses import dataclass

from application.outcome_sync.own_runs import own_run
from application.outcome_sync.undo import Reversal, require_undoable
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWorkFactory
from application.use_cases.outcome_sync.sync_outcomes import counted, start_run
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import SyncRunId
from domain.outcomes.sync_run import RunState, SyncRun


@dataclass(frozen=True, slots=True)
class UndoSync:
    """A run of its own that reverses another; the LMS is asked when it is carried out.

    Outcomes that were assessed since stay as they are, with that reason.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, viewer: Viewer, run_id: SyncRunId) -> SyncRunId:
        """Start the run and return its id.

        Raises:
            NotFound: no such run, or not for the viewer.
            Conflict: it is not the last finished one of its site or work, took another one
                back itself, changed nothing, or another run works in its places.
        """
        now = self.clock.now()
        undo_id = SyncRunId(self.new_id())
        with self.units() as unit:
            run = own_run(unit, viewer, run_id)
            require_undoable(unit, run)
            done = unit.sync_runs.items(run_id)
            sent = unit.publications.of_slos(run.site_id, {item.slo_id for item in done})
            known = [one for one in sent if one.work_id == run.work_id and not one.mapped]
            items = Reversal(undo_id, self.new_id, known).of(done)
            undo = SyncRun(
                id=undo_id,
                site_id=run.site_id,
                work_id=run.work_id,
                acts_as=run.acts_as,
                requested_by=viewer.actor,
                requested_at=now,
                state=RunState.QUEUED,
                reason="",
                job_id=None,
                finished_at=None,
                undo_of=run.id,
                version=0,
            )
            start_run(unit, undo, items)
            details = f"undo of:{run.id} {counted(items)}"
            unit.audit.record(Deed(viewer.actor, "took back", f"sync:{undo_id}", details, now))
            unit.commit()
        return undo_id
