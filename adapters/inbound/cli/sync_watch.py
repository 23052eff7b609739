"""Waiting at the terminal until a synchronisation has ended."""

import sys
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from adapters.inbound.cli.house import House
from adapters.inbound.cli.output import complain
from application.ports.jobs import JobState
from application.queries.outcome_sync.sync_report import SyncReport
from domain.ids import SyncRunId

_EVERY = 1.0
_PATIENCE = 30
"""Looks without any worker alive before the wait is given up; the run stays queued."""
_DEAD = {JobState.FAILED, JobState.CANCELLED}
_NO_WORKER = "No worker is alive, so nothing is sent yet. Start `attain serve` or `attain worker`."


@dataclass(frozen=True, slots=True)
class Watch:
    house: House
    run_id: SyncRunId

    async def until_the_end(self) -> SyncReport:
        """The report once the run is over, waits, broke off, or nobody carries it out."""
        report, alone = self._report(), 0
        with _bar() as bar:
            task = bar.add_task("Sending", total=report.total)
            while self._goes_on(report) and alone < _PATIENCE:
                alone = 0 if self.house.workers_alive() else alone + 1
                if alone == 1:
                    complain(_NO_WORKER)
                await self.house.pause(_EVERY)
                report = self._report()
                bar.update(task, completed=report.settled)
        return report

    def _report(self) -> SyncReport:
        return self.house.read_sync_report(self.house.acting_viewer(None), self.run_id)

    def _goes_on(self, report: SyncReport) -> bool:
        run = report.run
        job = self.house.jobs.view(run.job_id) if run.job_id else None
        return run.is_open and not run.waits and (job is None or job.state not in _DEAD)


def _bar() -> Progress:
    """On standard error, and only where somebody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(file=sys.stderr)
    return Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
