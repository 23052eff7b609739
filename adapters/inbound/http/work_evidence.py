"""Evidence of an assessment in a section: its own and that of each student, for who teaches."""

from dataclasses import astuple, dataclass, fields

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.uploads import LARGEST_FORM, Refusal, add_sent, add_streamed
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Conflict, Invalid, LmsError
from application.ports.runtime import Transact
from application.queries.evidence_page import EvidencePages, WorkEvidenceView
from application.refusals import why_unread
from application.use_cases.add_evidence import AddFile, AddLink, AddLinkCommand
from application.use_cases.attach_submissions import AttachReport, AttachSubmissions
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class WorkEvidenceModel:
    """`about` is the student chosen in the form, empty for the section."""

    view: WorkEvidenceView
    about: str = ""
    refused: tuple[Refusal, ...] = ()
    added: int = 0
    errors: dict[str, str] | None = None
    url: str = ""
    title: str = ""
    description: str = ""
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


@get("/works/{work_id:str}/evidence", right=Right.TEACH, sync_to_thread=True)
def work_evidence(
    work_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    student: FromQuery[str] = "",
    added: FromQuery[int] = 0,
    attached: FromQuery[str] = "",
) -> Response[str]:
    view = _view(visit, evidence_pages, work_id, student)
    model = WorkEvidenceModel(view, student, added=added, attached=_report(attached))
    return page(visit, "work-evidence.html", model)


@post("/works/{work_id:str}/evidence", right=Right.TEACH, request_max_body_size=LARGEST_FORM)
async def add_work_files(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    add_file: Injected[AddFile],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """The plain form, without script: each file is taken or refused by itself."""
    form = await request.form()
    about = str(form.get("student", ""))
    try:
        added, refused = await add_sent(
            form.getall("files", []),
            visit.viewer,
            _target(work_id, about),
            add_file,
            str(form.get("description", "")),
        )
    finally:
        await form.close()
    if added and not refused:
        return see_other(visit, f"/works/{work_id}/evidence?added={len(added)}")
    view = await transact(lambda: _view(visit, evidence_pages, work_id))
    errors = None if refused else {"files": "choose at least one file."}
    model = WorkEvidenceModel(view, about, tuple(refused), len(added), errors)
    return page(visit, "work-evidence.html", model, status=422)


@post(
    "/works/{work_id:str}/evidence/file",
    right=Right.TEACH,
    request_max_body_size=None,
)
async def add_work_file(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    add_file: Injected[AddFile],
) -> Response[dict[str, str]]:
    """One file as the body, streamed; `upload.js` asks and names the student in a header."""
    target = _target(work_id, request.headers.get("x-student", ""))
    return await add_streamed(request, visit.viewer, target, add_file)


@post("/works/{work_id:str}/evidence/link", right=Right.TEACH)
async def add_work_link(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    add_link: Injected[AddLink],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    form = await request.form()
    names = ("url", "title", "description", "student")
    url, title, description, about = (str(form.get(name, "")) for name in names)
    target = _target(work_id, about)
    command = AddLinkCommand(visit.viewer, target, url, title, description)
    try:
        await transact(lambda: add_link(command))
    except (Invalid, Conflict) as wrong:
        view = await transact(lambda: _view(visit, evidence_pages, work_id))
        said = wrong.cure if isinstance(wrong, Invalid) else str(wrong)
        model = WorkEvidenceModel(
            view, about, errors={"url": said}, url=url, title=title, description=description
        )
        return page(visit, "work-evidence.html", model, status=422)
    return see_other(visit, f"/works/{work_id}/evidence?added=1")


@post("/works/{work_id:str}/evidence/submissions", right=Right.TEACH)
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


ROUTES = (work_evidence, add_work_files, add_work_file, add_work_link, attach)
