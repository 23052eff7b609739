"""Evidence of an assessment in a section: its own and that of each student, for who teaches."""

from dataclasses import astuple, dataclass, field, fields

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from adapters.inbound.http.evidence.bringing import Bringing, EvidenceForm, bringing_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import Conflict, Invalid, LmsError
from application.ports.runtime import Transact
from application.queries.evidence.evidence_page import EvidencePages, WorkEvidenceView
from application.refusals import why_unread
from application.use_cases.evidence.attach_submissions import AttachReport, AttachSubmissions
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import PersonId, SectionAssessmentId

PATH = "/works/{work_id:str}/evidence"


@dataclass(frozen=True, slots=True)
class WorkEvidenceModel:
    view: WorkEvidenceView
    form: EvidenceForm = field(default_factory=EvidenceForm)
    attached: AttachReport | None = None
    unattached: str = ""
    """Why submissions could not be attached: a reason of `application.refusals`."""
    conflict: str = ""

    @property
    def base(self) -> str:
        return f"/works/{self.view.header.work_id}/evidence"

    @property
    def back(self) -> str:
        return f"{self.base}?student={self.view.chosen}" if self.view.chosen else self.base


def provide_bringing(
    work_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Bringing:
    """About the student whom the form names, else about the section."""

    def again(form: EvidenceForm) -> Response[str]:
        model = WorkEvidenceModel(_view(visit, evidence_pages, work_id), form)
        return page(visit, "work-evidence.html", model, status=422)

    base = f"/works/{work_id}/evidence"
    return Bringing(visit, base, lambda about: _target(work_id, about), again, transact)


@get(PATH, right=Right.SCORE, sync_to_thread=True)
def work_evidence(
    work_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    student: FromQuery[str] = "",
    added: FromQuery[int] = 0,
    attached: FromQuery[str] = "",
) -> Response[str]:
    view = _view(visit, evidence_pages, work_id, student)
    model = WorkEvidenceModel(view, EvidenceForm(student, added=added), _report(attached))
    return page(visit, "work-evidence.html", model)


@post(f"{PATH}/submissions", right=Right.TEACH)
async def attach(
    work_id: FromPath[str],
    visit: Injected[Visit],
    attach_submissions: Injected[AttachSubmissions],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """What came of it stands on the page; pressing again attaches only what is new."""
    unattached = conflict = ""
    try:
        report = await attach_submissions(visit.viewer, SectionAssessmentId(work_id))
        told = "-".join(str(number) for number in astuple(report))
        return see_other(visit, f"/works/{work_id}/evidence?attached={told}")
    except (LmsError, Invalid) as error:
        unattached = why_unread(error)
    except Conflict as refusal:
        conflict = str(refusal)
    view = await transact(lambda: _view(visit, evidence_pages, work_id))
    model = WorkEvidenceModel(view, unattached=unattached, conflict=conflict)
    return page(visit, "work-evidence.html", model, status=422)


def _report(told: str) -> AttachReport | None:
    """From the address that we wrote; anything else tells nothing."""
    numbers = told.split("-")
    whole = len(numbers) == len(fields(AttachReport)) and all(
        one.isascii() and one.isdecimal() for one in numbers
    )
    return AttachReport(*(int(one) for one in numbers)) if whole else None


def _view(visit: Visit, pages: EvidencePages, work_id: str, student: str = "") -> WorkEvidenceView:
    chosen = PersonId(student) if student else None
    return pages.of_work(visit.viewer, SectionAssessmentId(work_id), chosen)


def _target(work_id: str, student: str) -> EvidenceTarget:
    work = SectionAssessmentId(work_id)
    return EvidenceTarget.result(work, PersonId(student)) if student else EvidenceTarget.work(work)


ROUTES = (work_evidence, *bringing_routes(PATH, Right.TEACH, provide_bringing), attach)
