"""Synchronisations: the log, and each run with its progress, result and what can be done."""

from dataclasses import dataclass
from functools import partial

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, ServerSentEvent

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.outcomes.outcome_filters import address
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.progress import Progress, progress_events
from adapters.inbound.http.visit import Visit
from application.ports.jobs import Jobs, JobState
from application.ports.runtime import Transact
from application.queries.outcome_sync.outcome_choices import OutcomeFilter
from application.queries.outcome_sync.sync_report import ReadSyncReport, SyncReport
from application.queries.outcome_sync.sync_runs import ListSyncRuns
from application.use_cases.outcome_sync.retry_sync import RetrySync, StopSync
from application.use_cases.outcome_sync.undo_sync import UndoSync
from application.viewers import Viewer
from domain.access import Right
from domain.ids import SyncRunId
from domain.outcomes.found import OutcomePlace, PlaceKind
from domain.outcomes.guids import course_named_by

_DEAD = frozenset({JobState.FAILED, JobState.CANCELLED})


@dataclass(frozen=True, slots=True)
class RunModel:
    """`broken`: the work ended before the run did, so that nobody carries it on."""

    report: SyncReport
    broken: bool

    @property
    def progress(self) -> Progress:
        run, report = self.report.run, self.report
        return Progress(
            open=run.is_open and not self.broken,
            waiting=run.waits,
            total=report.total,
            settled=report.reached,
            said=(
                f"Canvas has {report.reached} of {report.total} outcomes; "
                f"{report.settled} read back."
            ),
        )

    @property
    def again(self) -> str:
        """Where the same can be planned once more."""
        run = self.report.run
        if run.work_id is not None:
            return f"/works/{run.work_id}/outcomes"
        courses = {course_named_by(line.item.folder.guid) for line in self.report.lines}
        only = courses.pop() if len(courses) == 1 else None
        place = self._only_place if only else None
        wanted = OutcomeFilter(self.report.site.name, course=only or "")
        return address("/outcomes/sync", wanted, account=place.ref if place else "")

    @property
    def course_key(self) -> str:
        """The LMS course that the outcomes of an assessment went to; else empty."""
        place = self._only_place
        is_course = place is not None and place.kind is PlaceKind.COURSE
        return f"{self.report.run.site_id}/{place.ref}" if place and is_course else ""

    @property
    def _only_place(self) -> OutcomePlace | None:
        places = {line.item.place for line in self.report.lines}
        return places.pop() if len(places) == 1 else None


@dataclass(frozen=True, slots=True)
class RunDesk:
    read_sync_report: ReadSyncReport
    jobs: Jobs

    def model(self, viewer: Viewer, run_id: str) -> RunModel:
        """Raises: NotFound when the run is not there or not for the viewer."""
        report = self.read_sync_report(viewer, SyncRunId(run_id))
        run = report.run
        job = self.jobs.view(run.job_id) if run.job_id else None
        died = job is not None and job.state in _DEAD
        return RunModel(report, broken=run.is_open and not run.waits and died)


@get("/outcomes/runs", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def log(visit: Injected[Visit], list_sync_runs: Injected[ListSyncRuns]) -> Response[str]:
    return page(visit, "outcome-runs.html", list_sync_runs(visit.viewer))


@get("/outcomes/runs/{run_id:str}", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def show_run(
    visit: Injected[Visit], run_id: FromPath[str], run_desk: Injected[RunDesk]
) -> Response[str]:
    return page(visit, "outcome-run.html", run_desk.model(visit.viewer, run_id))


@get("/outcomes/runs/{run_id:str}/state", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def run_state(
    visit: Injected[Visit], run_id: FromPath[str], run_desk: Injected[RunDesk]
) -> dict[str, object]:
    """The counts alone, for a page that polls."""
    return run_desk.model(visit.viewer, run_id).progress.as_json()


@get("/outcomes/runs/{run_id:str}/events", right=Right.SYNC_OUTCOMES)
async def run_events(
    visit: Injected[Visit],
    run_id: FromPath[str],
    run_desk: Injected[RunDesk],
    transact: Injected[Transact],
) -> ServerSentEvent:
    """The counts as they change."""
    read = partial(run_desk.model, visit.viewer, run_id)
    return await progress_events(lambda: read().progress, transact)


@post("/outcomes/runs/{run_id:str}/stop", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def stop_run(
    visit: Injected[Visit], run_id: FromPath[str], stop_sync: Injected[StopSync]
) -> Redirect:
    stop_sync(visit.viewer, SyncRunId(run_id))
    return see_other(visit, f"/outcomes/runs/{run_id}")


@post("/outcomes/runs/{run_id:str}/retry", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def retry_run(
    visit: Injected[Visit], run_id: FromPath[str], retry_sync: Injected[RetrySync]
) -> Redirect:
    """Send again what failed, or was left by a stop."""
    retry_sync(visit.viewer, SyncRunId(run_id))
    return see_other(visit, f"/outcomes/runs/{run_id}")


@post("/outcomes/runs/{run_id:str}/undo", right=Right.SYNC_OUTCOMES, sync_to_thread=True)
def undo_run(
    visit: Injected[Visit], run_id: FromPath[str], undo_sync: Injected[UndoSync]
) -> Redirect:
    """Take the run back by a run of its own, whose page is next."""
    return see_other(visit, f"/outcomes/runs/{undo_sync(visit.viewer, SyncRunId(run_id))}")


ROUTES = (log, show_run, run_state, run_events, stop_run, retry_run, undo_run)
