"""Defining an assessment of the library, and defining it anew."""

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.assessments.assessment_form import EditorModel, entry_of, fields_of
from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.assessments.assessment_editor import AssessmentEditor
from application.use_cases.assessments.define_assessment import (
    DefineAssessment,
    DefineAssessmentCommand,
)
from domain.access import Right
from domain.ids import AssessmentId, ReflectionTemplateId


@get("/library/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_new(
    visit: Injected[Visit],
    assessment_editor: Injected[AssessmentEditor],
    course: FromQuery[str] = "",
) -> Response[str]:
    return _form(visit, assessment_editor, "", course)


@get("/library/{assessment_id:str}/edit", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_edit(
    assessment_id: FromPath[str],
    visit: Injected[Visit],
    assessment_editor: Injected[AssessmentEditor],
    course: FromQuery[str] = "",
) -> Response[str]:
    return _form(visit, assessment_editor, assessment_id, course)


@post("/library/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def create(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    assessment_editor: Injected[AssessmentEditor],
    define_assessment: Injected[DefineAssessment],
) -> Response[str] | Redirect:
    return _save(visit, assessment_editor, define_assessment, FormFields(data), "")


@post("/library/{assessment_id:str}/edit", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def change(
    assessment_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    assessment_editor: Injected[AssessmentEditor],
    define_assessment: Injected[DefineAssessment],
) -> Response[str] | Redirect:
    return _save(visit, assessment_editor, define_assessment, FormFields(data), assessment_id)


def _form(visit: Visit, editor: AssessmentEditor, assessment_id: str, course: str) -> Response[str]:
    try:
        view, problem = editor(visit.viewer, assessment_id, course), None
    except Invalid as wrong:
        view, problem = editor(visit.viewer, assessment_id), wrong
    return page(visit, "library-edit.html", EditorModel(view, fields_of(view), problem))


def _save(
    visit: Visit,
    editor: AssessmentEditor,
    define: DefineAssessment,
    sent: FormFields,
    assessment_id: str,
) -> Response[str] | Redirect:
    view = editor(visit.viewer, assessment_id)
    model = EditorModel(view, sent)
    try:
        command = DefineAssessmentCommand(
            visit.viewer,
            entry_of(sent, model.scale),
            AssessmentId(assessment_id) if assessment_id else None,
            sent.whole("seen"),
            sent.text("edition_known") == "yes",
            ReflectionTemplateId(sent.text("template")) if sent.text("template") else None,
        )
        saved = define(command)
    except Invalid as problem:
        # The SLOs to tick are those of the course that the form was opened for.
        course = sent.text("course")
        again = editor(visit.viewer, assessment_id, "" if problem.field == "course" else course)
        return page(visit, "library-edit.html", EditorModel(again, sent, problem), status=422)
    if assessment_id:
        said = "edition" if saved.edition != sent.whole("edition") else "changed"
    else:
        said = "created"
    return see_other(visit, f"/library/{saved.id}?said={said}")


ROUTES = (show_new, show_edit, create, change)
