"""Reflections that others wrote, and the college's templates of their questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

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
from adapters.inbound.http.pages import page as page_of
from adapters.inbound.http.pages import see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid
from application.queries.scoring.reflection_list import (
    ReflectionList,
    ReflectionsAsked,
    ReflectionsView,
)
from application.queries.scoring.template_pages import (
    ListedTemplate,
    TemplateEditor,
    TemplateForm,
    TemplateList,
)
from application.use_cases.scoring.keep_templates import (
    RetireTemplate,
    SaveTemplate,
    SaveTemplateCommand,
)
from domain.access import Right
from domain.ids import ReflectionTemplateId
from domain.reflection import ReflectionTemplate

TEMPLATES = "/reflections/templates"


@dataclass(frozen=True, slots=True)
class ReflectionsModel:
    view: ReflectionsView

    def page_path(self, number: int) -> str:
        asked = self.view.asked
        query = {"term": asked.term, "org": asked.org, "page": str(number)}
        return f"/reflections?{urlencode({k: v for k, v in query.items() if v})}"


@dataclass(frozen=True, slots=True)
class TemplatesModel:
    templates: tuple[ListedTemplate, ...]


@dataclass(frozen=True, slots=True)
class TemplateModel:
    """The form as it was sent or is stored, with the one problem that stopped it."""

    view: TemplateForm
    sent: FormFields
    wrong: str = ""
    cure: str = ""

    @property
    def questions(self) -> range:
        return drawn_questions(self.sent)

    @property
    def errors(self) -> Mapping[str, str]:
        return {self.wrong: self.cure} if self.wrong else {}


@get("/reflections", right=Right.IMPROVE, sync_to_thread=True)
def submitted_reflections(
    visit: Injected[Visit],
    reflection_list: Injected[ReflectionList],
    term: FromQuery[str] = "",
    org: FromQuery[str] = "",
    page: FromQuery[str] = "1",
) -> Response[str]:
    number = int(page[:6]) if page.isascii() and page.isdecimal() else 1
    asked = ReflectionsAsked(term, org, max(1, number))
    view = reflection_list(visit.viewer, asked)
    return page_of(visit, "reflections.html", ReflectionsModel(view))


@get(TEMPLATES, right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def templates(visit: Injected[Visit], template_list: Injected[TemplateList]) -> Response[str]:
    model = TemplatesModel(template_list(visit.viewer))
    return page_of(visit, "reflection-templates.html", model)


@get(f"{TEMPLATES}/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def new_template(
    visit: Injected[Visit], template_editor: Injected[TemplateEditor]
) -> Response[str]:
    model = TemplateModel(template_editor(visit.viewer), FormFields({"required-1": "yes"}))
    return page_of(visit, "reflection-template.html", model)


@post(f"{TEMPLATES}/new", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def make_template(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_template: Injected[SaveTemplate],
    template_editor: Injected[TemplateEditor],
) -> Response[str] | Redirect:
    return _saved(visit, "", FormFields(data), save_template, template_editor)


@get(f"{TEMPLATES}/{{template_id:str}}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_template(
    template_id: FromPath[str],
    visit: Injected[Visit],
    template_editor: Injected[TemplateEditor],
) -> Response[str]:
    view = template_editor(visit.viewer, template_id)
    return page_of(visit, "reflection-template.html", TemplateModel(view, _fields(view)))


@post(f"{TEMPLATES}/{{template_id:str}}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def change_template(
    template_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    save_template: Injected[SaveTemplate],
    template_editor: Injected[TemplateEditor],
) -> Response[str] | Redirect:
    return _saved(visit, template_id, FormFields(data), save_template, template_editor)


@post(f"{TEMPLATES}/{{template_id:str}}/retire", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def retire(
    template_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    retire_template: Injected[RetireTemplate],
) -> Redirect:
    retired = FormFields(data).text("retired") == "yes"
    retire_template(visit.viewer, ReflectionTemplateId(template_id), retired=retired)
    return see_other(visit, TEMPLATES)


def _fields(view: TemplateForm) -> FormFields:
    stored = view.stored
    if stored is None:
        return FormFields({})
    texts: FormBody = {"name": stored.name, "org": view.org_code}
    return FormFields(texts | question_fields(stored.template.questions))


def _saved(
    visit: Visit,
    template_id: str,
    sent: FormFields,
    save_template: SaveTemplate,
    template_editor: TemplateEditor,
) -> Response[str] | Redirect:
    named = ReflectionTemplateId(template_id) if template_id else None
    try:
        command = SaveTemplateCommand(
            visit.viewer, named, sent.text("name"), sent.text("org"),
            ReflectionTemplate(questions_in(sent)), sent.whole("seen"),
        )  # fmt: skip
        save_template(command)
    except (Invalid, Conflict) as refused:
        view = template_editor(visit.viewer, template_id)
        if isinstance(refused, Conflict):
            model, status = TemplateModel(view, sent, "name", str(refused)), 409
        else:
            model, status = TemplateModel(view, sent, refused.field, refused.cure), 422
        return page_of(visit, "reflection-template.html", model, status=status)
    return see_other(visit, TEMPLATES)


ROUTES = (
    submitted_reflections,
    templates,
    new_template,
    make_template,
    show_template,
    change_template,
    retire,
)
