"""The assessment library: the list, one assessment, and what is done with it as a whole."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from adapters.inbound.http.form_fields import FormBody, FormFields
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.paging import page_asked
from adapters.inbound.http.visit import AnyRequest, Visit
from application.queries.assessments.library_list import LibraryFilter, LibraryList, LibraryView
from application.queries.assessments.library_page import LibraryItemView, LibraryPage
from application.use_cases.assessments.keep_library import (
    CopyAssessment,
    OfferAssessment,
    RetireAssessment,
)
from application.use_cases.assessments.plan_sections import UndoPlan
from domain.access import Right
from domain.ids import AssessmentId, PlanId

ANY_STATE = "any"


@dataclass(frozen=True, slots=True)
class LibraryModel:
    view: LibraryView

    @property
    def address(self) -> str:
        """The list with this filter, its page to be added."""
        wanted = self.view.filter
        given = {
            "q": wanted.query,
            "kind": wanted.kind,
            "purpose": wanted.purpose,
            "org": wanted.org,
            "slo": wanted.slo,
            "shared": wanted.shared,
            "state": wanted.state or ANY_STATE,
        }
        return f"/library?{urlencode({name: value for name, value in given.items() if value})}"


@dataclass(frozen=True, slots=True)
class ItemModel:
    view: LibraryItemView
    said: str


@get("/library", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def list_library(
    request: AnyRequest, visit: Injected[Visit], library_list: Injected[LibraryList]
) -> Response[str]:
    asked = request.query_params
    wanted = LibraryFilter(
        kind=asked.get("kind", ""),
        purpose=asked.get("purpose", ""),
        org=asked.get("org", ""),
        slo=asked.get("slo", ""),
        shared=asked.get("shared", ""),
        query=asked.get("q", ""),
    )
    if state := asked.get("state", ""):
        wanted = replace(wanted, state="" if state == ANY_STATE else state)
    view = library_list(visit.viewer, wanted, page_asked(asked.get("page", "")))
    return page(visit, "library.html", LibraryModel(view))


@get("/library/{assessment_id:str}", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def show_assessment(
    assessment_id: FromPath[str],
    request: AnyRequest,
    visit: Injected[Visit],
    library_page: Injected[LibraryPage],
) -> Response[str]:
    view = library_page(visit.viewer, assessment_id)
    return page(visit, "library-item.html", ItemModel(view, request.query_params.get("said", "")))


@post("/library/{assessment_id:str}/copy", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def copy(
    assessment_id: FromPath[str],
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    copy_assessment: Injected[CopyAssessment],
) -> Redirect:
    made = copy_assessment(visit.viewer, assessment_id, FormFields(data).text("name"))
    return see_other(visit, f"/library/{made.id}?said=copied")


@post("/library/{assessment_id:str}/retire", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def retire(
    assessment_id: FromPath[str],
    visit: Injected[Visit],
    retire_assessment: Injected[RetireAssessment],
) -> Redirect:
    retire_assessment(visit.viewer, assessment_id)
    return see_other(visit, f"/library/{assessment_id}?said=retired")


@post("/library/{assessment_id:str}/restore", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def restore(
    assessment_id: FromPath[str],
    visit: Injected[Visit],
    retire_assessment: Injected[RetireAssessment],
) -> Redirect:
    retire_assessment(visit.viewer, assessment_id, retired=False)
    return see_other(visit, f"/library/{assessment_id}?said=restored")


@post("/plans/{plan_id:str}/undo", right=Right.KEEP_OUTCOMES, sync_to_thread=True)
def undo(visit: Injected[Visit], plan_id: FromPath[str], undo_plan: Injected[UndoPlan]) -> Redirect:
    report = undo_plan(visit.viewer, PlanId(plan_id))
    said = "undone-partly" if report.kept else "undone"
    return see_other(visit, f"/library/{report.plan.assessment_id}?said={said}")


@post("/assessments/offer", right=Right.TEACH, sync_to_thread=True)
def offer(
    data: URLEncodedBody[FormBody],
    visit: Injected[Visit],
    offer_assessment: Injected[OfferAssessment],
) -> Redirect:
    """Faculty offer an assessment of their own to the library, or take it back."""
    sent = FormFields(data)
    assessment_id = AssessmentId(sent.text("assessment"))
    offer_assessment(visit.person_id, assessment_id, offered=sent.text("offered") == "yes")
    section = urlencode({"section": sent.text("section")})
    return see_other(visit, f"/assessments/find?{section}")


ROUTES = (list_library, show_assessment, copy, retire, restore, undo, offer)
