"""The list of assessments, and the first simple forms to add or find one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Invalid
from application.launch_context import LaunchContext
from application.queries.assessments.assessment_forms import (
    FindAssessment,
    NewAssessmentForm,
    NewAssessmentView,
)
from application.queries.assessments.assessment_list import (
    AssessmentList,
    AssessmentListView,
    ListFilter,
    Option,
)
from application.queries.lms.link_offers import LinkOffers
from application.queries.lms.links_page import CopyOffer, CopyOffers
from application.queries.works.listed_work import LinkState
from application.use_cases.assessments.create_assessment import (
    CreateAssessment,
    CreateAssessmentCommand,
    NewCriterion,
)
from application.use_cases.assessments.plan_assessment import PlanAssessment, PlanAssessmentCommand
from domain.access import Right
from domain.assessment import AssessmentKind, Purpose, WorkState
from domain.ids import AssessmentId, ScaleId, SectionId, SloId
from domain.reflection import asking

Kind = TypeVar("Kind", AssessmentKind, Purpose)
CRITERIA = 8
"""How many criteria the simple form has; those without a title are left out."""


@dataclass(frozen=True, slots=True)
class ListModel:
    """`added` and `linked` are ids of what was just done; `choose` asks to choose one."""

    view: AssessmentListView
    offers: list[CopyOffer]
    can_link: bool
    resource_title: str
    added: str
    linked: str
    choose: bool
    removed: bool
    copied: int
    """Links of copied courses that wait for this person's decision."""
    states: tuple[Option, ...] = tuple(Option(s.value, s.capitalize()) for s in WorkState)

    @property
    def preselected(self) -> str:
        """Just added, else linked here, else linked in the copied course, else the only one."""
        listed = [work.work_id for work in self.view.works]
        linked = [work.work_id for work in self.view.works if work.link is LinkState.HERE]
        offered = [offer.work_id for offer in self.offers]
        only = listed if len(listed) == 1 else []
        wanted = (self.added, self.linked, *linked, *offered, *only)
        return next((work_id for work_id in wanted if work_id in listed), "")


@dataclass(frozen=True, slots=True)
class NewModel:
    """The form as it was sent, with the one problem that stopped it."""

    view: NewAssessmentView
    sent: FormFields
    problem: Invalid | None = None
    criteria: range = range(1, CRITERIA + 1)


@get("/assessments", right=Right.TEACH, sync_to_thread=True)
def show_list(
    request: AnyRequest,
    visit: Injected[Visit],
    assessment_list: Injected[AssessmentList],
    copy_offers: Injected[CopyOffers],
    link_offers: Injected[LinkOffers],
) -> Response[str]:
    asked = request.query_params
    wanted = ListFilter(
        asked.get("term", ""),
        asked.get("course", ""),
        asked.get("section", ""),
        asked.get("status", ""),
        chosen=not {"term", "course", "section", "status"}.isdisjoint(asked),
    )
    context = LaunchContext.from_session(visit.session.context)
    model = ListModel(
        assessment_list(visit.person_id, wanted, context),
        copy_offers(visit.person_id, context),
        can_link=context.placement is not None or context.is_selecting,
        resource_title=context.resource_title,
        added=asked.get("added", ""),
        linked=asked.get("linked", ""),
        choose="choose" in asked,
        removed="removed" in asked,
        copied=len(link_offers(visit.viewer)),
    )
    return page(visit, "assessments.html", model)


@get("/assessments/new", right=Right.TEACH, sync_to_thread=True)
def show_form(
    visit: Injected[Visit],
    new_assessment_form: Injected[NewAssessmentForm],
    section: FromQuery[str] = "",
) -> Response[str]:
    model = NewModel(new_assessment_form(visit.person_id, section), FormFields({}))
    return page(visit, "assessment_new.html", model)


@post("/assessments/new", right=Right.TEACH, sync_to_thread=True)
def add(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    create_assessment: Injected[CreateAssessment],
    new_assessment_form: Injected[NewAssessmentForm],
) -> Response[str] | Redirect:
    sent = FormFields(data)
    try:
        work_id = create_assessment(_command(visit, sent))
    except Invalid as problem:
        view = new_assessment_form(visit.person_id, sent.text("section"))
        return page(visit, "assessment_new.html", NewModel(view, sent, problem), status=422)
    return see_other(visit, _list_with(sent.text("section"), work_id))


@get("/assessments/find", right=Right.TEACH, sync_to_thread=True)
def search(
    visit: Injected[Visit],
    find_assessment: Injected[FindAssessment],
    section: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[str]:
    return page(visit, "assessment_find.html", find_assessment(visit.person_id, section, q))


@post("/assessments/find", right=Right.TEACH, sync_to_thread=True)
def put_on_section(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    plan_assessment: Injected[PlanAssessment],
) -> Redirect:
    sent = FormFields(data)
    section_id = SectionId(sent.text("section"))
    work_id = plan_assessment(
        PlanAssessmentCommand(
            visit.person_id,
            AssessmentId(sent.text("assessment")),
            section_id,
            sent.day_end("due", visit.time),
        )
    )
    return see_other(visit, _list_with(section_id, work_id))


def _list_with(section_id: str, work_id: str) -> str:
    return f"/assessments?{urlencode({'section': section_id, 'added': work_id})}"


def _command(visit: Visit, sent: FormFields) -> CreateAssessmentCommand:
    scale = sent.text("scale")
    return CreateAssessmentCommand(
        actor_id=visit.person_id,
        section_id=SectionId(sent.text("section")),
        name=sent.text("name"),
        description=sent.text("description"),
        kind=_one_of(AssessmentKind, sent, "kind"),
        purpose=_one_of(Purpose, sent, "purpose"),
        scale_id=ScaleId(scale) if scale else None,
        slo_ids=tuple(SloId(slo) for slo in sent.every("slos")),
        criteria=_criteria(sent),
        points_possible=sent.number("points") or Decimal(0),
        due_at=sent.day_end("due", visit.time),
        reflection=asking(sent.text("reflection")),
        in_library=sent.text("library") == "yes",
    )


def _criteria(sent: FormFields) -> tuple[NewCriterion, ...]:
    numbers = (n for n in range(1, CRITERIA + 1) if sent.text(f"title-{n}").strip())
    return tuple(
        NewCriterion(
            sent.text(f"title-{n}"),
            sent.text(f"about-{n}"),
            _weight(sent, f"weight-{n}"),
            tuple(SloId(slo) for slo in sent.every(f"slos-{n}")),
        )
        for n in numbers
    )


def _weight(sent: FormFields, name: str) -> Decimal:
    """Left empty it is 1; 0 is 0."""
    try:
        weight = sent.number(name)
    except Invalid:
        raise Invalid("criteria", "a weight is a number, 0 or more.") from None
    return Decimal(1) if weight is None else weight


def _one_of(kinds: type[Kind], sent: FormFields, name: str) -> Kind:
    try:
        return kinds(sent.text(name))
    except ValueError:
        raise Invalid(name, "choose one of those listed.") from None


ROUTES = (show_list, show_form, add, search, put_on_section)
