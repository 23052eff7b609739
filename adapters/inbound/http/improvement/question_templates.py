"""Templates of questions: listed, made, changed, retired."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.improvement.question_form import (
    drawn_questions,
    question_fields,
    questions_in,
)
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.improvement.improvement_choices import (
    ImprovementChoices,
    ImprovementChoicesView,
)
from application.use_cases.improvement.keep_question_templates import (
    QuestionTemplateList,
    RetireQuestionTemplate,
    SaveQuestionTemplate,
    SaveQuestionTemplateCommand,
)
from domain.access import Right
from domain.ids import TemplateId
from domain.improvement.question_template import QuestionTemplate, TemplateUse


@dataclass(frozen=True, slots=True)
class ListModel:
    templates: tuple[tuple[QuestionTemplate, bool, str], ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class TemplateModel:
    """`stored` None: a new one."""

    view: ImprovementChoicesView
    sent: FormFields
    stored: QuestionTemplate | None = None
    wrong: str = ""
    cure: str = ""

    @property
    def questions(self) -> range:
        return drawn_questions(self.sent)


@get("/question-templates", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def templates(
    visit: Injected[Visit],
    question_template_list: Injected[QuestionTemplateList],
    said: FromQuery[str] = "",
) -> Response[str]:
    model = ListModel(question_template_list(visit.viewer), said)
    return page(visit, "question-templates.html", model)


@get("/question-templates/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_new(
    visit: Injected[Visit], improvement_choices: Injected[ImprovementChoices]
) -> Response[str]:
    view = improvement_choices(visit.viewer, TemplateUse.ACTION_PLAN)
    return page(visit, "question-template.html", TemplateModel(view, FormFields({})))


@get("/question-templates/{template_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show(
    template_id: FromPath[str],
    visit: Injected[Visit],
    question_template_list: Injected[QuestionTemplateList],
    improvement_choices: Injected[ImprovementChoices],
) -> Response[str]:
    stored, org = question_template_list.one(visit.viewer, TemplateId(template_id))
    body: FormBody = {"name": stored.name, "org": org, "use": stored.use}
    body |= question_fields(stored.questions)
    view = improvement_choices(visit.viewer, stored.use)
    return page(visit, "question-template.html", TemplateModel(view, FormFields(body), stored))


@post("/question-templates/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def create(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_question_template: Injected[SaveQuestionTemplate],
    improvement_choices: Injected[ImprovementChoices],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    view = improvement_choices(visit.viewer, TemplateUse.ACTION_PLAN)
    return _save(visit, save_question_template, TemplateModel(view, sent))


@post("/question-templates/{template_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def change(
    template_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_question_template: Injected[SaveQuestionTemplate],
    question_template_list: Injected[QuestionTemplateList],
    improvement_choices: Injected[ImprovementChoices],
) -> Response[str] | Redirect:
    stored, _ = question_template_list.one(visit.viewer, TemplateId(template_id))
    view = improvement_choices(visit.viewer, stored.use)
    return _save(visit, save_question_template, TemplateModel(view, FormFields(data), stored))


@post("/question-templates/{template_id:str}/state", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def retire(
    template_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    retire_question_template: Injected[RetireQuestionTemplate],
) -> Redirect:
    wanted = FormFields(data).text("retire") == "yes"
    retire_question_template(visit.viewer, TemplateId(template_id), retire=wanted)
    return see_other(visit, f"/question-templates?said={'retired' if wanted else 'restored'}")


def _save(
    visit: Visit, save_question_template: SaveQuestionTemplate, model: TemplateModel
) -> Response[str] | Redirect:
    sent, stored = model.sent, model.stored
    try:
        save_question_template(
            SaveQuestionTemplateCommand(
                visit.viewer,
                stored.use if stored else _use(sent),
                sent.text("name"),
                sent.text("org"),
                questions_in(sent),
                stored.id if stored else None,
                sent.whole("seen"),
            )
        )
    except Invalid as problem:
        again = TemplateModel(model.view, sent, stored, problem.field, problem.cure)
        return page(visit, "question-template.html", again, status=422)
    except Conflict as conflict:
        again = TemplateModel(model.view, sent, stored, "name", str(conflict))
        return page(visit, "question-template.html", again, status=409)
    return see_other(visit, "/question-templates?said=saved")


def _use(sent: FormFields) -> TemplateUse:
    if sent.text("use") not in set(TemplateUse):
        raise Invalid("use", "choose one of those listed.")
    return TemplateUse(sent.text("use"))


ROUTES = (templates, show_new, show, create, change, retire)
