"""What a student attaches to a DLA before handing it in."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from adapters.inbound.http.bringing import Bringing, EvidenceForm, bringing_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.ports.runtime import Transact
from application.queries.evidence_page import DlaEvidenceView, EvidencePages
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import AssignedDlaId

PATH = "/mine/dlas/{assigned_id:str}/evidence"


@dataclass(frozen=True, slots=True)
class MyDlaEvidenceModel:
    view: DlaEvidenceView
    form: EvidenceForm

    @property
    def dla(self) -> str:
        return f"/mine/dlas/{self.view.assigned_id}"

    @property
    def base(self) -> str:
        return f"{self.dla}/evidence"


def provide_bringing(
    assigned_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Bringing:
    asked = AssignedDlaId(assigned_id)
    own = EvidenceTarget.dla(asked, visit.person_id)

    def again(form: EvidenceForm) -> Response[str]:
        model = MyDlaEvidenceModel(evidence_pages.of_dla(visit.viewer, asked), form)
        return page(visit, "my-dla-evidence.html", model, status=422)

    return Bringing(visit, f"/mine/dlas/{asked}/evidence", lambda _: own, again, transact)


@get(PATH, right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def my_dla_evidence(
    assigned_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    added: FromQuery[int] = 0,
) -> Response[str]:
    view = evidence_pages.of_dla(visit.viewer, AssignedDlaId(assigned_id))
    model = MyDlaEvidenceModel(view, EvidenceForm(added=added))
    return page(visit, "my-dla-evidence.html", model)


ROUTES = (my_dla_evidence, *bringing_routes(PATH, Right.SEE_OWN_RESULTS, provide_bringing))
