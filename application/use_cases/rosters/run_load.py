"""The job behind a load by page: it compares, or it loads what was compared."""

from dataclasses import dataclass, field, replace
from functools import partial

from application.college_rules import today
from application.errors import ApplicationError
from application.loading.applying import STORING
from application.loading.findings import portions
from application.loading.limit import removal_limit
from application.loading.reading import mark_of, roster_reading
from application.ports.jobs import JobContext, Payload
from application.ports.load_repositories import LoadPace
from application.ports.packages import PackageReader, Uploads
from application.ports.progress import Progress
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from application.rosters.load_runs import LoadRun, LoadState
from application.rosters.read_options import ReadOptions
from application.use_cases.rosters.load_roster import (
    LoadRoster,
    LoadRosterCommand,
    LoadRosterReport,
    concluded,
)
from domain.ids import LoadRunId

READING = "reading"
_OTHER = "the file is another than was previewed. Drop this load and send the file again."
_OTHERWISE = (
    "the roster settings were changed since the preview. Drop this load and send the file again."
)


@dataclass(frozen=True, slots=True)
class RunLoad:
    """One step, safe to repeat: what is stored is stored in one transaction with its state."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    uploads: Uploads
    read: PackageReader
    load: LoadRoster

    async def __call__(self, job: JobContext, payload: Payload) -> None:
        work = partial(self._work, LoadRunId(payload["run_id"]))
        await job.step("load", lambda: self.transact(work), attempts=1)

    def _work(self, run_id: LoadRunId) -> None:
        run = self._run(run_id)
        if not run.is_open:
            if run.state is LoadState.APPLIED:  # before a crash that came after its commit
                self.uploads.drop(run_id)
            return
        try:
            self._work_on(run)
        except ApplicationError as error:
            self._failed(run_id, str(error))
        except Exception:
            self._failed(run_id, "Something went wrong inside Attain; nothing was stored.")
            raise

    def _work_on(self, run: LoadRun) -> None:
        tell = _Teller(self.units, run.id)
        tell(READING, 0, 1)
        reading = self._reading(run)
        mark = mark_of(reading)
        if run.reading.settings not in {"", mark} and run.state is LoadState.LOADING:
            self._failed(run.id, _OTHERWISE)
            return
        package = self.read(run.kind, self.uploads.place(run.id), reading)
        digest = package.source.rpartition("#")[2]
        if run.content_hash and run.content_hash != digest:
            self._failed(run.id, _OTHER)
            return
        named = replace(run, content_hash=digest, reading=replace(run.reading, settings=mark))
        command = LoadRosterCommand(
            named.requested_by,
            package.roster,
            named.source,
            dry_run=run.state is LoadState.CHECKING,
            limit=removal_limit(run.limit),
            kind=run.kind,
            rekey=run.rekey,
            move_sections=run.move_sections,
            progress=tell,
            run=named,
        )
        report = self.load(command)
        if command.dry_run:
            self._previewed(named, report)
        elif report.applied:
            self.uploads.drop(run.id)

    def _previewed(self, run: LoadRun, report: LoadRosterReport) -> None:
        state = LoadState.STOPPED if report.stopped else LoadState.PREVIEWED
        found = concluded(run, report).ended_as(state, self.clock.now(), report.stopped)
        with self.units() as unit:
            unit.loads.save(found)
            unit.loads.put_findings(run.id, portions(run.id, report.errors))
            unit.commit()

    def _failed(self, run_id: LoadRunId, reason: str) -> None:
        with self.units() as unit:
            run = unit.loads.get(run_id)
            if run.is_open:
                unit.loads.save(run.ended_as(LoadState.FAILED, self.clock.now(), reason))
                unit.commit()

    def _reading(self, run: LoadRun) -> ReadOptions:
        with self.units(write=False) as unit:
            return run.reading.over(
                roster_reading(unit.settings, today(unit.settings, self.clock.now()))
            )

    def _run(self, run_id: LoadRunId) -> LoadRun:
        with self.units(write=False) as unit:
            return unit.loads.get(run_id)


@dataclass(slots=True)
class _Teller(Progress):
    """Writes down how far the work is, now and then by count, while others may write.

    While the load itself writes nobody else can on SQLite, so then it keeps silent.
    """

    units: UnitOfWorkFactory
    run_id: LoadRunId
    told: set[tuple[str, int]] = field(default_factory=set)

    def __call__(self, doing: str, done: int, total: int) -> None:
        step = (doing, 20 * done // max(total, 1))
        if step in self.told or (doing == STORING and done):
            return
        self.told.add(step)
        with self.units() as unit:
            unit.loads.put_pace(LoadPace(self.run_id, doing, done, total))
            unit.commit()
