"""A filled scorecard comes back: what it would change is shown first, then saved."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.scoring.scorecard import CellPatch
from adapters.inbound.http.visit import AnyRequest, Visit
from adapters.inbound.scorecards.filled import LARGEST, read_filled
from application.errors import Invalid
from application.own_words import in_words
from application.ports.runtime import Transact
from application.scorecards.downloads_page import DownloadsPage, DownloadsView
from application.scorecards.shown import written
from application.scorecards.upload_plan import ChangeState, PlannedChange, UploadPlan
from application.use_cases.scoring.record_scores import (
    CellChange,
    InConflict,
    RecordScores,
    RecordScoresCommand,
    RecordScoresReport,
    Refused,
    Saved,
)
from application.use_cases.scoring.upload_scorecard import PreviewScorecard
from domain.access import Right
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import value_as_text

_LARGEST_BODY = LARGEST + 1_000_000
_MOST_SHOWN = 500
_CHANGES = msgspec.json.Decoder(list[CellPatch])


@dataclass(frozen=True, slots=True)
class UnsavedCell:
    """A change that could not be saved when it was applied."""

    student: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class UploadModel:
    """`plan` None: nothing was read yet. `unsaved` is what applying left over."""

    view: DownloadsView
    file: str = ""
    plan: UploadPlan | None = None
    error: str = ""
    saved: int | None = None
    unsaved: tuple[UnsavedCell, ...] = ()

    @property
    def changed(self) -> tuple[PlannedChange, ...]:
        return self.plan.in_state(ChangeState.CHANGED) if self.plan else ()

    @property
    def conflicts(self) -> tuple[PlannedChange, ...]:
        return self.plan.in_state(ChangeState.CONFLICT) if self.plan else ()

    @property
    def shown(self) -> tuple[PlannedChange, ...]:
        return self.changed[:_MOST_SHOWN]

    @property
    def packed_changes(self) -> str:
        return _packed(self.changed)

    @property
    def packed_conflicts(self) -> str:
        return _packed(self.conflicts)


@get("/works/{work_id:str}/scorecard/upload", right=Right.SCORE, sync_to_thread=True)
def upload_form(
    work_id: FromPath[str],
    visit: Injected[Visit],
    downloads_page: Injected[DownloadsPage],
    saved: FromQuery[int | None] = None,
) -> Response[str]:
    view = downloads_page(visit.person_id, SectionAssessmentId(work_id))
    return page(visit, "scorecard-upload.html", UploadModel(view, saved=saved))


@post(
    "/works/{work_id:str}/scorecard/upload", right=Right.SCORE, request_max_body_size=_LARGEST_BODY
)
async def preview(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    downloads_page: Injected[DownloadsPage],
    preview_scorecard: Injected[PreviewScorecard],
    transact: Injected[Transact],
) -> Response[str]:
    """What the file would change; nothing is stored."""
    form = await request.form()
    sent = form.get("file")
    name, content = "", b""
    if isinstance(sent, UploadFile):
        name, content = sent.filename, await sent.read(LARGEST + 1)
    await form.close()
    work = SectionAssessmentId(work_id)

    def answer() -> Response[str]:
        view = downloads_page(visit.person_id, work)
        try:
            filled = read_filled(content, in_words(visit.words, view.key_title))
            plan = preview_scorecard(visit.person_id, work, filled)
        except Invalid as wrong:
            model = UploadModel(view, name, error=_told(wrong))
            return page(visit, "scorecard-upload.html", model, status=422)
        return page(visit, "scorecard-upload.html", UploadModel(view, name, plan))

    return await transact(answer)


@post("/works/{work_id:str}/scorecard/upload/apply", right=Right.SCORE, sync_to_thread=True)
def apply(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    downloads_page: Injected[DownloadsPage],
    record_scores: Injected[RecordScores],
) -> Response[str] | Redirect:
    """Save what the preview showed, and those conflicts that were ticked."""
    work = SectionAssessmentId(work_id)
    changes = _changes(FormFields(data))
    report = record_scores(RecordScoresCommand(visit.person_id, work, changes))
    saved = sum(isinstance(answer, Saved) for answer in report.answers)
    if saved == len(report.answers):
        return see_other(visit, f"/works/{work}/scorecard/upload?saved={saved}")
    view = downloads_page(visit.person_id, work)
    model = UploadModel(view, saved=saved, unsaved=_unsaved(view, report))
    return page(visit, "scorecard-upload.html", model, status=409)


def _changes(sent: FormFields) -> tuple[CellChange, ...]:
    """Raises Invalid for what no preview of ours packed."""
    ticked = set(sent.every("replace"))
    conflicts = _unpacked(sent.text("conflicts"))
    chosen = [one for number, one in enumerate(conflicts) if str(number) in ticked]
    return tuple(
        CellChange(PersonId(one.student), RowId(one.row), one.value, one.seen)
        for one in (*_unpacked(sent.text("changes")), *chosen)
    )


def _packed(planned: Sequence[PlannedChange]) -> str:
    patches = [
        CellPatch(one.student_id, one.row_id, value_as_text(one.value), one.seen) for one in planned
    ]
    return msgspec.json.encode(patches).decode()


def _unpacked(text: str) -> list[CellPatch]:
    try:
        return _CHANGES.decode(text or "[]")
    except msgspec.DecodeError:
        raise Invalid("changes", "choose the file again.") from None


def _unsaved(view: DownloadsView, report: RecordScoresReport) -> tuple[UnsavedCell, ...]:
    names = {student.id: student.name for student in view.students}
    titles = {row.id: row.code or row.title for row in view.rows}
    left = "A student who left the section"
    return tuple(
        UnsavedCell(
            names.get(answer.change.student_id, left),
            titles.get(answer.change.row_id, ""),
            _reason(answer),
        )
        for answer in report.answers
        if not isinstance(answer, Saved)
    )


def _reason(answer: InConflict | Refused) -> str:
    match answer:
        case InConflict(_, score, by):
            stands = written(value_as_text(score.value))
            return f"{by or 'somebody'} changed it meanwhile; it is {stands} now"
        case Refused(_, sentence):
            return sentence


def _told(wrong: Invalid) -> str:
    return wrong.cure if wrong.field == "file" else f"{wrong.field}: {wrong.cure}"


ROUTES = (upload_form, preview, apply)
