"""A student's evidence on their own result."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from adapters.inbound.http.bringing import Bringing, EvidenceForm, bringing_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.ports.runtime import Transact
from application.queries.evidence_page import EvidencePages, MyEvidenceView
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import SectionAssessmentId

PATH = "/works/{work_id:str}/mine/evidence"


@dataclass(frozen=True, slots=True)
class MyEvidenceModel:
    view: MyEvidenceView
    form: EvidenceForm

    @property
    def base(self) -> str:
        return f"/works/{self.view.header.work_id}/mine/evidence"


def provide_bringing(
    work_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Bringing:
    work = SectionAssessmentId(work_id)
    own = EvidenceTarget.result(work, visit.person_id)

    def again(form: EvidenceForm) -> Response[str]:
        model = MyEvidenceModel(evidence_pages.mine(visit.viewer, work), form)
        return page(visit, "my-evidence.html", model, status=422)

    return Bringing(visit, f"/works/{work}/mine/evidence", lambda _: own, again, transact)


@get(PATH, right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def my_evidence(
    work_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    added: FromQuery[int] = 0,
) -> Response[str]:
    view = evidence_pages.mine(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "my-evidence.html", MyEvidenceModel(view, EvidenceForm(added=added)))


ROUTES = (my_evidence, *bringing_routes(PATH, Right.SEE_OWN_RESULTS, provide_bringing))
