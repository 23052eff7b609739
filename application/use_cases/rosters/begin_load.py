"""A load by page: a file is sent and compared, then loaded or dropped."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from application.errors import Conflict, Invalid
from application.loading.limit import USUAL_LIMIT, removal_limit
from application.ports.load_repositories import LoadPace
from application.ports.packages import Uploads
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.load_runs import LoadRun, LoadState
from application.rosters.read_options import AS_THE_COLLEGE_READS, USUAL, LoadReading
from domain.ids import LoadRunId

KIND = "load-roster"
LANE = "loads"
WAITING = "waiting for a worker"
_BUSY = "Another load is at work; wait until it has ended."
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class BeginLoadCommand:
    """`blocks` answers the next bytes of the file, nothing at its end."""

    actor: str
    kind: str
    file: str
    blocks: Callable[[], bytes]
    rekey: bool = False
    move_sections: bool = False
    reading: LoadReading = AS_THE_COLLEGE_READS


@dataclass(frozen=True, slots=True)
class BeginLoad:
    """Keep the file and ask for the comparison; nothing of the college changes."""

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId
    uploads: Uploads

    def __call__(self, command: BeginLoadCommand) -> LoadRunId:
        """Raises: Invalid when the file is empty or no zip, or the encoding is unknown."""
        command.reading.over(USUAL)
        first = command.blocks()
        if not first.startswith(_ZIP):
            raise Invalid("package", "choose a zip file that holds the CSV files.")
        run_id = LoadRunId(self.new_id())
        self.uploads.keep(run_id, _with_first(first, command.blocks))
        run = LoadRun(
            id=run_id,
            kind=command.kind,
            file=command.file.replace("#", "-") or "roster.zip",
            content_hash="",
            requested_by=command.actor,
            requested_at=self.clock.now(),
            limit=str(USUAL_LIMIT),
            rekey=command.rekey,
            move_sections=command.move_sections,
            reading=command.reading,
            state=LoadState.CHECKING,
        )
        try:
            with self.units() as unit:
                stored = unit.loads.save(run)
                _enqueue(unit, stored)
                unit.commit()
        except BaseException:
            self.uploads.drop(run_id)
            raise
        return run_id


@dataclass(frozen=True, slots=True)
class ApplyLoadCommand:
    """`limit` is the removal limit as typed; empty: the usual one."""

    actor: str
    run_id: LoadRunId
    limit: str = ""


@dataclass(frozen=True, slots=True)
class ApplyLoad:
    """Have exactly the previewed file loaded, by a job."""

    units: UnitOfWorkFactory
    uploads: Uploads

    def __call__(self, command: ApplyLoadCommand) -> None:
        """Ask for the load. The second click changes nothing.

        Raises:
            NotFound: there is no such load, or its file is gone.
            Conflict: another load is at work, or this one waits for nobody's word.
            Invalid: the limit cannot be read.
        """
        with self.units() as unit:
            run = unit.loads.get(command.run_id)
            if run.state is LoadState.LOADING:
                return
            if not run.may_load:
                raise Conflict(f"This load waits for nobody: it is {run.state}.")
            self.uploads.place(run.id)
            _refuse_busy(unit)
            limit = removal_limit(command.limit) if command.limit.strip() else USUAL_LIMIT
            asked = replace(
                run,
                requested_by=command.actor,
                limit=str(limit),
                state=LoadState.LOADING,
                reason="",
                over_limit=False,
            )
            unit.loads.put_pace(LoadPace(run.id, WAITING, 0, 1))
            _enqueue(unit, unit.loads.save(asked))
            unit.commit()


@dataclass(frozen=True, slots=True)
class DropLoad:
    """Forget a load that was previewed, and its file; one that was stopped stays in the list."""

    units: UnitOfWorkFactory
    uploads: Uploads

    def __call__(self, run_id: LoadRunId) -> None:
        """Raises: NotFound, and Conflict when it is at work or has done its work."""
        with self.units() as unit:
            run = unit.loads.get(run_id)
            if not run.may_drop:
                raise Conflict(f"This load cannot be dropped: it is {run.state}.")
            if run.state is LoadState.PREVIEWED:
                unit.loads.remove(run_id)
            else:
                unit.loads.save(replace(run, job_id=None))
            unit.commit()
        self.uploads.drop(run_id)


def _refuse_busy(unit: UnitOfWork) -> None:
    if any(run.state is LoadState.LOADING for run in unit.loads.open_runs()):
        raise Conflict(_BUSY)


def _enqueue(unit: UnitOfWork, run: LoadRun) -> None:
    """One load at a time, whatever it is about."""
    key = f"load:{run.id}:{run.version}"
    job_id = unit.jobs.enqueue(KIND, {"run_id": run.id}, key=key, lane=LANE)
    unit.loads.save(replace(run, job_id=job_id))


def _with_first(first: bytes, rest: Callable[[], bytes]) -> Callable[[], bytes]:
    waiting = [first]

    def blocks() -> bytes:
        return waiting.pop() if waiting else rest()

    return blocks
