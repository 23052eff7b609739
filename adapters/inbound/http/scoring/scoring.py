"""The rubric of one student as a plain form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.scoring.rubric_page import RubricPage, RubricView
from application.use_cases.scoring.record_scores import (
    CellAnswer,
    CellChange,
    InConflict,
    RecordScores,
    RecordScoresCommand,
    Refused,
    Saved,
)
from application.use_cases.scoring.set_own_grade import SetOwnGrade, SetOwnGradeCommand
from domain.access import Right
from domain.ids import PersonId, RowId, SectionAssessmentId
from domain.score import value_as_text


@dataclass(frozen=True, slots=True)
class RowEntry:
    """A row as the form shows it: what is chosen, what was there, and what is wrong."""

    value: str
    comment: str
    seen: int
    was: str
    was_comment: str
    problem: str = ""
    theirs: InConflict | None = None


@dataclass(frozen=True, slots=True)
class RubricModel:
    view: RubricView
    entries: Mapping[RowId, RowEntry]
    own: str = ""
    own_seen: int = 0
    own_problem: str = ""

    @property
    def problems(self) -> int:
        wrong = sum(bool(entry.problem or entry.theirs) for entry in self.entries.values())
        return wrong + bool(self.own_problem)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of saving the form, beside what it had asked for."""

    sent: FormFields
    answers: Mapping[RowId, CellAnswer] = field(default_factory=dict)
    own_problem: str = ""
    own_conflict: bool = False

    @property
    def status(self) -> int:
        """303 went through, 409 somebody else was first, 422 something cannot be saved."""
        if self.own_conflict or any(isinstance(a, InConflict) for a in self.answers.values()):
            return 409
        refused = any(isinstance(answer, Refused) for answer in self.answers.values())
        return 422 if refused or self.own_problem else 303


@get("/works/{work_id:str}/rubric", right=Right.SCORE, sync_to_thread=True)
def rubric(
    work_id: FromPath[str],
    visit: Injected[Visit],
    rubric_page: Injected[RubricPage],
    student: FromQuery[str] = "",
) -> Response[str]:
    chosen = PersonId(student) if student else None
    view = rubric_page(visit.person_id, SectionAssessmentId(work_id), chosen)
    if not view.header.takes_scores:
        return see_other(visit, view.header.page)
    return page(visit, "rubric.html", _stored(view))


@post("/works/{work_id:str}/rubric", right=Right.SCORE, sync_to_thread=True)
def save_rubric(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    record_scores: Injected[RecordScores],
    set_own_grade: Injected[SetOwnGrade],
    rubric_page: Injected[RubricPage],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    student = PersonId(sent.text("student"))
    work = SectionAssessmentId(work_id)
    report = record_scores(RecordScoresCommand(visit.person_id, work, _changes(student, sent)))
    answers = {answer.change.row_id: answer for answer in report.answers}
    attempt = _with_own_grade(Attempt(sent, answers), visit.person_id, work, set_own_grade)
    view = rubric_page(visit.person_id, work, student)
    if attempt.status != 303:  # noqa: PLR2004 see Attempt.status
        return page(visit, "rubric.html", _attempted(view, attempt), status=attempt.status)
    return see_other(visit, _onward(view, sent.text("then")))


def _changes(student: PersonId, sent: FormFields) -> tuple[CellChange, ...]:
    """Rows that differ from what the page had shown; others may have been scored meanwhile."""
    return tuple(
        CellChange(
            student,
            RowId(row),
            sent.text(f"value-{row}"),
            sent.whole(f"seen-{row}"),
            sent.text(f"comment-{row}"),
        )
        for row in sent.after("value-")
        if sent.text(f"value-{row}") != sent.text(f"was-{row}")
        or sent.text(f"comment-{row}") != sent.text(f"noted-{row}")
    )


def _with_own_grade(
    attempt: Attempt, actor: PersonId, work: SectionAssessmentId, set_own_grade: SetOwnGrade
) -> Attempt:
    sent = attempt.sent
    if sent.text("own").strip() == sent.text("own-was"):
        return attempt
    student = PersonId(sent.text("student"))
    try:
        points = sent.number("own")
        set_own_grade(SetOwnGradeCommand(actor, work, student, points, sent.whole("own-seen")))
    except Invalid as problem:
        return Attempt(sent, attempt.answers, f"Own grade: {problem.cure}")
    except Conflict as problem:
        return Attempt(sent, attempt.answers, str(problem), own_conflict=True)
    return attempt


def _stored(view: RubricView) -> RubricModel:
    if view.sheet is None:
        return RubricModel(view, {})
    entries = {
        row.head.id: RowEntry(row.value, row.comment, row.version, row.value, row.comment)
        for row in view.sheet.rows
    }
    entries |= {
        row.head.id: RowEntry(row.value, "", row.version, row.value, "")
        for row in view.sheet.outcomes
    }
    own = view.sheet.own_grade
    return RubricModel(view, entries, own.points, own.version)


def _attempted(view: RubricView, attempt: Attempt) -> RubricModel:
    """The page again: what was saved as stored, the rest as it was sent, with the reason."""
    stored = _stored(view)
    entries = dict(stored.entries)
    for row_id, answer in _unsaved(attempt.answers):
        entries[row_id] = _sent_again(entries[row_id], attempt.sent, row_id, answer)
    own = attempt.sent.text("own") if attempt.own_problem else stored.own
    return RubricModel(view, entries, own, stored.own_seen, attempt.own_problem)


def _unsaved(answers: Mapping[RowId, CellAnswer]) -> Iterable[tuple[RowId, InConflict | Refused]]:
    for row_id, answer in answers.items():
        if not isinstance(answer, Saved):
            yield row_id, answer


def _sent_again(
    stored: RowEntry, sent: FormFields, row_id: RowId, answer: InConflict | Refused
) -> RowEntry:
    value, comment = sent.text(f"value-{row_id}"), sent.text(f"comment-{row_id}")
    if isinstance(answer, Refused):
        return RowEntry(
            value, comment, stored.seen, stored.was, stored.was_comment, answer.sentence
        )
    there = answer.score
    return RowEntry(
        value,
        comment,
        there.version,
        value_as_text(there.value),
        there.comment,
        theirs=answer,
    )


def _onward(view: RubricView, then: str) -> str:
    here = f"/works/{view.header.work_id}"
    pages = {"reflection": f"{here}/reflection", "scorecard": f"{here}/scorecard"}
    if then in pages or view.sheet is None:
        return pages.get(then, f"{here}/rubric")
    sheet = view.sheet
    wanted = {"next": sheet.next_id, "previous": sheet.previous_id}.get(then)
    return f"{here}/rubric?student={wanted or sheet.student.id}"


ROUTES = (rubric, save_rubric)
