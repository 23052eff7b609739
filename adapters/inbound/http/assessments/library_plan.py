"""Planning an assessment of the library: choose, look, plan; and carrying plans forward."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Forbidden, Invalid
from application.planning.carrying import CarryLine
from application.planning.targets import PlanPreview
from application.queries.assessments.library_page import LibraryItemView, LibraryPage
from application.queries.assessments.plan_choices import PlanChoices, PlanChoicesView
from application.use_cases.assessments.carry_plans import (
    CarryPlans,
    CarryPlansCommand,
    PreviewCarry,
)
from application.use_cases.assessments.plan_sections import (
    FollowPlans,
    PlanSections,
    PlanSectionsCommand,
    PreviewPlan,
)
from application.viewers import Viewer
from domain.access import Right
from domain.errors import NonsenseValue
from domain.ids import TermId
from domain.planning import TargetKind, refuse_disorder

SHOWN = 200
"""Section titles that a preview names; of more it tells the number."""


@dataclass(frozen=True, slots=True)
class PlanModel:
    """The form as it was sent; `preview` once it could be made out, else `problem`."""

    view: LibraryItemView
    choices: PlanChoicesView
    sent: FormFields
    preview: PlanPreview | None = None
    problem: Invalid | None = None
    shown: int = SHOWN


@dataclass(frozen=True, slots=True)
class CarryModel:
    choices: PlanChoicesView
    sent: FormFields
    lines: list[CarryLine] | None = None
    problem: str = ""

    @property
    def said(self) -> str:
        """What was just done, from the counts in the address."""
        if self.sent.text("plans"):
            plans, sections = self.sent.whole("plans"), self.sent.whole("sections")
            return f"Carried {plans} plans forward; {sections} sections got an assessment."
        if self.sent.text("followed"):
            return f"{self.sent.whole('followed')} sections got what was planned for them."
        return ""

    @property
    def open_lines(self) -> int:
        return sum(not line.reason for line in self.lines or ())


@get("/library/{assessment_id:str}/plan", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_plan(
    assessment_id: FromPath[str],
    request: AnyRequest,
    visit: Injected[Visit],
    library_page: Injected[LibraryPage],
    plan_choices: Injected[PlanChoices],
    preview_plan: Injected[PreviewPlan],
) -> Response[str]:
    """The form; with a target in the address also what would come of it."""
    sent = FormFields(dict(request.query_params.dict()))
    viewer = visit.viewer
    view, choices = library_page(viewer, assessment_id), plan_choices(viewer)
    if not sent.text("kind"):
        return page(visit, "library-plan.html", PlanModel(view, choices, sent))
    try:
        preview = preview_plan(_command(visit, plan_choices, view, sent))
    except Invalid as problem:
        return page(visit, "library-plan.html", PlanModel(view, choices, sent, problem=problem))
    return page(visit, "library-plan.html", PlanModel(view, choices, sent, preview))


@post("/library/{assessment_id:str}/plan", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def plan(
    assessment_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    library_page: Injected[LibraryPage],
    plan_choices: Injected[PlanChoices],
    plan_sections: Injected[PlanSections],
) -> Response[str] | Redirect:
    sent, viewer = FormFields(data), visit.viewer
    view = library_page(viewer, assessment_id)
    try:
        report = plan_sections(_command(visit, plan_choices, view, sent))
    except (Invalid, NonsenseValue, Forbidden) as wrong:
        problem = wrong if isinstance(wrong, Invalid) else Invalid("names", str(wrong))
        model = PlanModel(view, plan_choices(viewer), sent, problem=problem)
        return page(visit, "library-plan.html", model, status=422)
    said = "planned" if report.plan else "there"
    return see_other(visit, f"/library/{view.assessment.id}?said={said}")


@get("/library/carry", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_carry(
    request: AnyRequest,
    visit: Injected[Visit],
    plan_choices: Injected[PlanChoices],
    preview_carry: Injected[PreviewCarry],
) -> Response[str]:
    sent, viewer = FormFields(dict(request.query_params.dict())), visit.viewer
    choices = plan_choices(viewer)
    if not (sent.text("from") and sent.text("to")):
        return page(visit, "library-carry.html", CarryModel(choices, sent))
    try:
        lines = preview_carry(_carry(viewer, sent))
    except Invalid as problem:
        model = CarryModel(choices, sent, problem=problem.cure)
        return page(visit, "library-carry.html", model)
    return page(visit, "library-carry.html", CarryModel(choices, sent, lines))


@post("/library/carry", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def carry(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    plan_choices: Injected[PlanChoices],
    preview_carry: Injected[PreviewCarry],
    carry_plans: Injected[CarryPlans],
) -> Response[str] | Redirect:
    sent, viewer = FormFields(data), visit.viewer
    command = _carry(viewer, sent)
    keys = sent.every("plan")
    if not keys:
        lines = preview_carry(command)
        model = CarryModel(plan_choices(viewer), sent, lines, "Choose at least one plan.")
        return page(visit, "library-carry.html", model, status=422)
    report = carry_plans(CarryPlansCommand(viewer, command.earlier, command.later, keys))
    done = f"plans={len(report.plans)}&sections={report.sections}"
    return see_other(visit, f"/library/carry?{done}")


@post("/library/follow", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def follow(visit: Injected[Visit], follow_plans: Injected[FollowPlans]) -> Redirect:
    """Sections that were loaded later get what is planned for their course or org."""
    added = follow_plans()
    return see_other(visit, f"/library/carry?followed={added}")


def _command(
    visit: Visit, choices: PlanChoices, view: LibraryItemView, sent: FormFields
) -> PlanSectionsCommand:
    """Raises: Invalid, naming the field."""
    term_id = choices.term(sent.text("term"))
    try:
        kind = TargetKind(sent.text("kind"))
    except ValueError:
        raise Invalid("kind", "choose what it is planned for.") from None
    if kind is TargetKind.ORGS:
        names = list(sent.every("org"))
    else:
        names = sent.text("names").replace(";", "\n").split("\n")
    try:
        target = choices.target(kind, names, term_id)
    except Invalid as wrong:
        field = "org" if kind is TargetKind.ORGS else "names"
        raise Invalid(field, wrong.cure) from None
    opens_at, due_at = sent.day_start("opens", visit.time), sent.day_end("due", visit.time)
    try:
        refuse_disorder(opens_at, due_at)
    except NonsenseValue as wrong:
        raise Invalid("due", str(wrong)) from None
    return PlanSectionsCommand(visit.viewer, view.assessment.id, term_id, target, opens_at, due_at)


def _carry(viewer: Viewer, sent: FormFields) -> CarryPlansCommand:
    return CarryPlansCommand(viewer, TermId(sent.text("from")), TermId(sent.text("to")))


ROUTES = (show_plan, plan, show_carry, carry, follow)
