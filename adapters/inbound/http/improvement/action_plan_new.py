"""Asking for action plans, and beginning one."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Invalid
from application.queries.improvement.improvement_choices import (
    ImprovementChoices,
    ImprovementChoicesView,
)
from application.use_cases.improvement.start_action_plan import (
    StartActionPlan,
    StartActionPlanCommand,
)
from domain.access import Right
from domain.improvement.action_plan import OwnerKind
from domain.improvement.question_template import TemplateUse


@dataclass(frozen=True, slots=True)
class NewPlanModel:
    view: ImprovementChoicesView
    sent: FormFields
    problem: Invalid | None = None

    @property
    def terms(self) -> list[tuple[str, str]]:
        return [(term.id, term.name) for term in self.view.terms]

    @property
    def sections(self) -> list[tuple[str, str]]:
        return [(one.title, f"{one.title}, {term.name}") for one, term in self.view.sections]

    @property
    def templates(self) -> list[tuple[str, str]]:
        return [("", "Two plain questions"), *((t.id, t.name) for t in self.view.templates)]

    def text(self, name: str, otherwise: str = "") -> str:
        return self.sent.text(name) if name in self.sent.body else otherwise


@get("/action-plans/new", right=Right.IMPROVE, sync_to_thread=True)
def show_new(
    visit: Injected[Visit],
    improvement_choices: Injected[ImprovementChoices],
    work: FromQuery[str] = "",
) -> Response[str]:
    """`work`: what the plan is to answer."""
    view = improvement_choices(visit.viewer, TemplateUse.ACTION_PLAN, work)
    return page(visit, "action-plan-new.html", NewPlanModel(view, FormFields({})))


@post("/action-plans/new", right=Right.IMPROVE, sync_to_thread=True)
def create(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    start_action_plan: Injected[StartActionPlan],
    improvement_choices: Injected[ImprovementChoices],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        made = start_action_plan(_command(visit, sent))
    except Invalid as problem:
        view = improvement_choices(visit.viewer, TemplateUse.ACTION_PLAN)
        model = NewPlanModel(view, sent, problem)
        return page(visit, "action-plan-new.html", model, status=422)
    if len(made) == 1:
        return see_other(visit, f"/action-plans/{made[0].id}?said=made")
    return see_other(visit, f"/action-plans?state=open&said={len(made)}")


def _command(visit: Visit, sent: FormFields) -> StartActionPlanCommand:
    kind = sent.text("kind") or OwnerKind.SECTION
    if kind not in set(OwnerKind):
        raise Invalid("kind", "choose one of those listed.")
    return StartActionPlanCommand(
        visit.viewer,
        sent.text("title"),
        OwnerKind(kind),
        names_in(sent.text("names")),
        ask=sent.text("then") == "ask",
        term=sent.text("term"),
        slos=names_in(sent.text("slos")),
        assessments=names_in(sent.text("assessments")),
        template=sent.text("template"),
        people=names_in(sent.text("people")),
        reason=sent.text("reason"),
        due_at=sent.day_end("due", visit.time),
    )


def names_in(text: str) -> tuple[str, ...]:
    """Names as people list them: one on each line, or parted by commas."""
    parts = text.replace(";", "\n").replace(",", "\n").split("\n")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


ROUTES = (show_new, create)
