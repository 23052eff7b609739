"""A student's self-assessment on the rubric: a plain form, saved and submitted."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.student_work.self_assessment_page import (
    SelfAssessmentPage,
    SelfAssessmentView,
)
from application.use_cases.student_work.self_assess import SelfAssess, SelfAssessCommand
from domain.access import Right
from domain.ids import RowId, SectionAssessmentId

_SAID = {
    "saved": "Saved. Only you can see it until you submit it.",
    "submitted": "Submitted. Your teacher sees it beside your scores.",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    value: str
    comment: str


@dataclass(frozen=True, slots=True)
class SelfModel:
    """`chosen` is what the form holds; `wrong` the row or field that stopped the saving."""

    view: SelfAssessmentView
    chosen: Mapping[RowId, Chosen]
    note: str
    said: str = ""
    problem: str = ""
    wrong: str = ""


@get("/works/{work_id:str}/self-assessment", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def show(
    work_id: FromPath[str],
    visit: Injected[Visit],
    self_assessment_page: Injected[SelfAssessmentPage],
    done: FromQuery[str] = "",
) -> Response[str]:
    view = self_assessment_page(visit.person_id, SectionAssessmentId(work_id))
    chosen = {row.head.id: Chosen(row.value, row.comment) for row in view.rows}
    model = SelfModel(view, chosen, view.note, _SAID.get(done, ""))
    return page(visit, "self-assessment.html", model)


@post("/works/{work_id:str}/self-assessment", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def save(
    work_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    self_assess: Injected[SelfAssess],
    self_assessment_page: Injected[SelfAssessmentPage],
) -> Response[str] | Redirect:
    sent, work = FormFields(data), SectionAssessmentId(work_id)
    try:
        stored = self_assess(_command(visit, work, sent))
    except Invalid as wrong:
        refused, field, status = wrong.cure, wrong.field, 422
    except Conflict as wrong:
        refused, field, status = str(wrong), "", 409
    else:
        done = "submitted" if stored.submitted else "saved"
        return see_other(visit, f"/works/{work}/self-assessment?done={done}")
    view = self_assessment_page(visit.person_id, work)
    chosen = {row.head.id: _sent(sent, row.head.id) for row in view.rows}
    model = SelfModel(view, chosen, sent.text("note"), "", refused, field)
    return page(visit, "self-assessment.html", model, status=status)


def _sent(sent: FormFields, row: RowId) -> Chosen:
    return Chosen(sent.text(f"value-{row}"), sent.text(f"comment-{row}"))


def _command(visit: Visit, work: SectionAssessmentId, sent: FormFields) -> SelfAssessCommand:
    return SelfAssessCommand(
        actor_id=visit.person_id,
        work_id=work,
        values={RowId(row): sent.text(f"value-{row}") for row in sent.after("value-")},
        comments={RowId(row): sent.text(f"comment-{row}") for row in sent.after("comment-")},
        note=sent.text("note"),
        submit=sent.text("then") == "submit",
        seen=sent.whole("seen"),
    )


ROUTES = (show, save)
