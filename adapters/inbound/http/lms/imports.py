"""Import LMS Scores: what was read, the preview, and what can be done with it."""

from dataclasses import dataclass
from functools import partial

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, ServerSentEvent

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.progress import Progress, progress_events
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.ports.jobs import Jobs
from application.ports.runtime import Transact
from application.queries.score_import.import_choices import ImportChoices, ImportChoicesView
from application.queries.score_import.import_preview import ImportPreview, ImportPreviewView
from application.use_cases.outcome_sync.map_outcome import MapOutcome, MapOutcomeCommand
from application.use_cases.score_import.apply_import import (
    ApplyImport,
    ApplyImportCommand,
    Replacement,
)
from application.use_cases.score_import.begin_import import RetryImport
from application.use_cases.score_import.undo_import import UndoImport
from domain.access import Right
from domain.ids import ImportId, LmsAssignmentRef, LmsOutcomeRef, PersonId, RowId, SloId
from domain.score_import.import_plan import ImportPolicy
from domain.score_import.import_run import ImportState

POLICIES = {
    ImportPolicy.LATEST: "The latest",
    ImportPolicy.HIGHEST: "The highest",
    ImportPolicy.MEAN: "The mean of the levels",
}


@dataclass(frozen=True, slots=True)
class ImportModel:
    """`preview` only once everything was read. `said` is what was done just now."""

    choices: ImportChoicesView
    preview: ImportPreviewView | None
    chosen: frozenset[LmsAssignmentRef]
    policy: ImportPolicy
    progress: Progress
    said: str
    problem: str = ""
    policies: tuple[tuple[ImportPolicy, str], ...] = tuple(POLICIES.items())


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """What the page needs to be drawn, also again after a refused press."""

    import_choices: ImportChoices
    import_preview: ImportPreview
    jobs: Jobs

    def model(
        self,
        person_id: PersonId,
        import_id: ImportId,
        wanted: frozenset[LmsAssignmentRef] | None,
        policy: ImportPolicy,
        said: str = "",
        problem: str = "",
    ) -> ImportModel:
        choices = self.import_choices(person_id, import_id)
        preview = None
        if choices.score_import.state is ImportState.READ:
            preview = self.import_preview(person_id, import_id, wanted, policy)
        chosen = frozenset(one.ref for one in choices.assignments) if wanted is None else wanted
        progress = _progress(choices, self.jobs)
        return ImportModel(choices, preview, chosen, policy, progress, said, problem)


@get("/imports/{import_id:str}", right=Right.TEACH, sync_to_thread=True)
def show(
    request: AnyRequest,
    visit: Injected[Visit],
    import_id: FromPath[str],
    import_desk: Injected[ImportDesk],
    policy: FromQuery[ImportPolicy] = ImportPolicy.LATEST,
    said: FromQuery[str] = "",
) -> Response[str]:
    """Read, choose, look; nothing changes by looking."""
    asked = "policy" in request.query_params
    wanted = _assignments(request.query_params.getall("assignment", [])) if asked else None
    model = import_desk.model(visit.person_id, ImportId(import_id), wanted, policy, said)
    return page(visit, "import.html", model)


@get("/imports/{import_id:str}/state", right=Right.TEACH, sync_to_thread=True)
def state(
    visit: Injected[Visit],
    import_id: FromPath[str],
    import_choices: Injected[ImportChoices],
    jobs: Injected[Jobs],
) -> dict[str, object]:
    """How the reading stands, for a page that polls."""
    return _progress(import_choices(visit.person_id, ImportId(import_id)), jobs).as_json()


@get("/imports/{import_id:str}/events", right=Right.TEACH)
async def events(
    visit: Injected[Visit],
    import_id: FromPath[str],
    import_choices: Injected[ImportChoices],
    jobs: Injected[Jobs],
    transact: Injected[Transact],
) -> ServerSentEvent:
    read = partial(import_choices, visit.person_id, ImportId(import_id))
    return await progress_events(lambda: _progress(read(), jobs), transact)


@post("/imports/{import_id:str}", right=Right.TEACH, sync_to_thread=True)
def apply(
    visit: Injected[Visit],
    import_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    import_desk: Injected[ImportDesk],
    apply_import: Injected[ApplyImport],
) -> Response[str] | Redirect:
    """Import these scores: what the preview showed, and the conflicts that were ticked."""
    sent = FormFields(data)
    command = _command(visit.person_id, ImportId(import_id), sent)
    try:
        apply_import(command)
    except Invalid as wrong:
        model = import_desk.model(
            visit.person_id, command.import_id, frozenset(), command.policy, problem=wrong.cure
        )
        return page(visit, "import.html", model, status=422)
    return see_other(visit, f"/imports/{import_id}?said=imported")


@post("/imports/{import_id:str}/undo", right=Right.TEACH, sync_to_thread=True)
def undo(
    visit: Injected[Visit], import_id: FromPath[str], undo_import: Injected[UndoImport]
) -> Redirect:
    report = undo_import(visit.person_id, ImportId(import_id))
    said = "undone-partly" if report.kept else "undone"
    return see_other(visit, f"/imports/{import_id}?said={said}")


@post("/imports/{import_id:str}/retry", right=Right.TEACH, sync_to_thread=True)
def retry(
    visit: Injected[Visit], import_id: FromPath[str], retry_import: Injected[RetryImport]
) -> Redirect:
    retry_import(visit.person_id, ImportId(import_id))
    return see_other(visit, f"/imports/{import_id}")


@post("/imports/{import_id:str}/map", right=Right.TEACH, sync_to_thread=True)
def map_foreign(
    visit: Injected[Visit],
    import_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    import_choices: Injected[ImportChoices],
    map_outcome: Injected[MapOutcome],
) -> Redirect:
    """Say which SLO an outcome of somebody else's means; empty takes it back."""
    sent = FormFields(data)
    choices = import_choices(visit.person_id, ImportId(import_id))
    one, slo = choices.score_import, sent.text("slo")
    outcome = LmsOutcomeRef(sent.text("outcome"))
    titles = {each.ref: each.title for each in choices.foreign}
    titles |= {each.ref: each.title for each in choices.mapped}
    if outcome not in titles:
        raise Invalid("outcome", "choose one of the outcomes on the rubrics.")
    map_outcome(
        MapOutcomeCommand(
            visit.person_id,
            one.work_id,
            one.site_id,
            one.course_ref,
            outcome,
            titles[outcome],
            SloId(slo) if slo else None,
        )
    )
    return see_other(visit, f"/imports/{import_id}?said=mapped")


def _progress(choices: ImportChoicesView, jobs: Jobs) -> Progress:
    one = choices.score_import
    job = jobs.view(one.job_id) if one.job_id else None
    done, total = (job.done, job.total) if job else (0, 0)
    return Progress(
        open=one.state is ImportState.READING,
        waiting=one.state is ImportState.WAITING,
        total=max(total, 1),
        settled=done,
        said=f"{done} of {total} portions read." if total else "Looking at the course.",
    )


def _assignments(refs: list[str] | tuple[str, ...]) -> frozenset[LmsAssignmentRef]:
    return frozenset(LmsAssignmentRef(ref) for ref in refs)


def _command(person_id: PersonId, import_id: ImportId, sent: FormFields) -> ApplyImportCommand:
    return ApplyImportCommand(
        person_id,
        import_id,
        _assignments(sent.every("assignment")),
        ImportPolicy(sent.text("policy") or ImportPolicy.LATEST),
        frozenset(_replacement(each) for each in sent.every("replace")),
    )


def _replacement(written: str) -> Replacement:
    """`student/row/version` as the preview wrote it. Raises Invalid for anything else."""
    match written.split("/"):
        case [student, row, seen] if seen.isascii() and seen.isdecimal():
            return Replacement(PersonId(student), RowId(row), int(seen))
        case _:
            raise Invalid("replace", "choose scores of the list.")


ROUTES = (show, state, events, apply, undo, retry, map_foreign)
