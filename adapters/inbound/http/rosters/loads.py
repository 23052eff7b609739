"""Loads of rosters: the list, and what came of each."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, ServerSentEvent, Stream

from adapters.inbound.files.finding_rows import finding_lines
from adapters.inbound.files.packages import PACKAGE_KINDS, PackageKind
from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.line_stream import sent_as_written
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.progress import Progress, progress_events
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.ports.jobs import Jobs, JobState
from application.ports.runtime import Transact
from application.queries.rosters.load_list import (
    ListLoads,
    LoadLine,
    LoadView,
    ReadFindings,
    ReadLoad,
)
from application.use_cases.rosters.begin_load import (
    WAITING,
    ApplyLoad,
    ApplyLoadCommand,
    DropLoad,
)
from application.use_cases.rosters.undo_load import UndoLoad
from domain.access import Right
from domain.ids import LoadRunId

_DEAD = frozenset({JobState.FAILED, JobState.CANCELLED})
KIND_LABELS = {name: kind.label for name, kind in PACKAGE_KINDS.items()}


@dataclass(frozen=True, slots=True)
class LoadsModel:
    lines: list[LoadLine]
    labels: dict[str, str]
    kinds: tuple[PackageKind, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class LoadModel:
    """`broken`: the work ended before the load did. `refused`: what was asked cannot be.

    `limit` is what was typed, and `wrong_limit` what is wrong with it.
    """

    view: LoadView
    label: str
    broken: bool
    refused: str = ""
    limit: str = ""
    wrong_limit: str = ""
    notice: str = ""

    @property
    def errors(self) -> dict[str, str]:
        return {"limit": self.wrong_limit} if self.wrong_limit else {}

    @property
    def moving(self) -> bool:
        return self.view.run.is_open and not self.broken

    @property
    def progress(self) -> Progress:
        pace = self.view.pace
        done, total = (pace.done, pace.total) if pace else (0, 1)
        doing = pace.doing if pace else WAITING
        said = f"{doing.capitalize()}."
        if total > 1:
            said = f"{doing.capitalize()}: {done:,} of {total:,} rows."
        return Progress(
            open=self.moving, waiting=False, total=max(total, 1), settled=done, said=said
        )


@dataclass(frozen=True, slots=True)
class LoadDesk:
    read_load: ReadLoad
    jobs: Jobs

    def model(self, run_id: str, **more: str) -> LoadModel:
        """Raises: NotFound when there is no such load."""
        view = self.read_load(LoadRunId(run_id))
        run = view.run
        job = self.jobs.view(run.job_id) if run.job_id and run.is_open else None
        died = job is not None and job.state in _DEAD
        label = KIND_LABELS.get(run.kind, run.kind)
        return LoadModel(view, label, broken=run.is_open and died, **more)


@get("/loads", right=Right.RUN_SYSTEM, sync_to_thread=True)
def list_page(
    visit: Injected[Visit], list_loads: Injected[ListLoads], done: FromQuery[str] = ""
) -> Response[str]:
    notice = "The load was dropped; its file is gone." if done == "dropped" else ""
    kinds = tuple(PACKAGE_KINDS.values())
    return page(visit, "loads.html", LoadsModel(list_loads(), KIND_LABELS, kinds, notice))


@get("/loads/{run_id:str}", right=Right.RUN_SYSTEM, sync_to_thread=True)
def show(
    visit: Injected[Visit],
    run_id: FromPath[str],
    load_desk: Injected[LoadDesk],
    done: FromQuery[str] = "",
) -> Response[str]:
    return page(visit, "load.html", load_desk.model(run_id, notice=done))


@get("/loads/{run_id:str}/state", right=Right.RUN_SYSTEM, sync_to_thread=True)
def state(run_id: FromPath[str], load_desk: Injected[LoadDesk]) -> dict[str, object]:
    """The counts alone, for a page that polls."""
    return load_desk.model(run_id).progress.as_json()


@get("/loads/{run_id:str}/events", right=Right.RUN_SYSTEM)
async def events(
    run_id: FromPath[str], load_desk: Injected[LoadDesk], transact: Injected[Transact]
) -> ServerSentEvent:
    """The counts as they change."""
    return await progress_events(lambda: load_desk.model(run_id).progress, transact)


@get("/loads/{run_id:str}/findings.csv", right=Right.RUN_SYSTEM, sync_to_thread=True)
def findings(run_id: FromPath[str], read_findings: Injected[ReadFindings]) -> Stream:
    """All that was found, as CSV with the mark that spreadsheets know UTF-8 by."""
    lines = finding_lines(read_findings(LoadRunId(run_id)))
    name = f'attachment; filename="load-{run_id[:8]}-findings.csv"'
    return sent_as_written(lines, media_type="text/csv", disposition=name)


@post("/loads/{run_id:str}/apply", right=Right.RUN_SYSTEM, sync_to_thread=True)
def apply(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    run_id: FromPath[str],
    apply_load: Injected[ApplyLoad],
    load_desk: Injected[LoadDesk],
) -> Response[str] | Redirect:
    """Have exactly the previewed file loaded."""
    limit = FormFields(data).text("limit")
    try:
        apply_load(ApplyLoadCommand(visit.person_id, LoadRunId(run_id), limit))
    except Invalid as wrong:
        model = load_desk.model(run_id, limit=limit, wrong_limit=wrong.cure)
        return page(visit, "load.html", model, status=422)
    except Conflict as refusal:
        model = load_desk.model(run_id, refused=str(refusal), limit=limit)
        return page(visit, "load.html", model, status=422)
    return see_other(visit, f"/loads/{run_id}")


@post("/loads/{run_id:str}/drop", right=Right.RUN_SYSTEM, sync_to_thread=True)
def drop(visit: Injected[Visit], run_id: FromPath[str], drop_load: Injected[DropLoad]) -> Redirect:
    drop_load(LoadRunId(run_id))
    return see_other(visit, "/loads?done=dropped")


@post("/loads/{run_id:str}/undo", right=Right.RUN_SYSTEM, sync_to_thread=True)
def undo(
    visit: Injected[Visit],
    run_id: FromPath[str],
    undo_load: Injected[UndoLoad],
    load_desk: Injected[LoadDesk],
) -> Response[str] | Redirect:
    """Take the load back, or say on its page why that cannot be."""
    try:
        undo_load(visit.person_id, LoadRunId(run_id))
    except Conflict as refusal:
        model = load_desk.model(run_id, refused=str(refusal))
        return page(visit, "load.html", model, status=422)
    return see_other(visit, f"/loads/{run_id}")


ROUTES = (list_page, show, state, events, findings, apply, drop, undo)
