"""A student's evidence on their own result."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.uploads import LARGEST_FORM, Refusal, add_sent, add_streamed
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import Conflict, Invalid
from application.ports.runtime import Transact
from application.queries.evidence_page import EvidencePages, MyEvidenceView
from application.use_cases.add_evidence import AddFile, AddLink, AddLinkCommand
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import SectionAssessmentId


@dataclass(frozen=True, slots=True)
class MyEvidenceModel:
    """`url`, `title` and `description` are what was typed and could not be kept."""

    view: MyEvidenceView
    refused: tuple[Refusal, ...] = ()
    added: int = 0
    errors: dict[str, str] | None = None
    url: str = ""
    title: str = ""
    description: str = ""

    @property
    def base(self) -> str:
        return f"/works/{self.view.header.work_id}/mine/evidence"


@get("/works/{work_id:str}/mine/evidence", right=Right.SEE_OWN_RESULTS, sync_to_thread=True)
def my_evidence(
    work_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    added: FromQuery[int] = 0,
) -> Response[str]:
    view = evidence_pages.mine(visit.viewer, SectionAssessmentId(work_id))
    return page(visit, "my-evidence.html", MyEvidenceModel(view, added=added))


@post(
    "/works/{work_id:str}/mine/evidence",
    right=Right.SEE_OWN_RESULTS,
    request_max_body_size=LARGEST_FORM,
)
async def add_my_files(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    add_file: Injected[AddFile],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """The plain form, without script: each file is taken or refused by itself."""
    form = await request.form()
    try:
        added, refused = await add_sent(
            form.getall("files", []),
            visit.viewer,
            _own(visit, work_id),
            add_file,
            str(form.get("description", "")),
        )
    finally:
        await form.close()
    if added and not refused:
        return see_other(visit, f"/works/{work_id}/mine/evidence?added={len(added)}")
    view = await transact(lambda: evidence_pages.mine(visit.viewer, SectionAssessmentId(work_id)))
    errors = None if refused else {"files": "choose at least one file."}
    model = MyEvidenceModel(view, tuple(refused), len(added), errors)
    return page(visit, "my-evidence.html", model, status=422)


@post(
    "/works/{work_id:str}/mine/evidence/file",
    right=Right.SEE_OWN_RESULTS,
    request_max_body_size=None,
)
async def add_my_file(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    add_file: Injected[AddFile],
) -> Response[dict[str, str]]:
    """One file as the body, streamed; `upload.js` asks."""
    return await add_streamed(request, visit.viewer, _own(visit, work_id), add_file)


@post("/works/{work_id:str}/mine/evidence/link", right=Right.SEE_OWN_RESULTS)
async def add_my_link(
    request: AnyRequest,
    work_id: FromPath[str],
    visit: Injected[Visit],
    add_link: Injected[AddLink],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    form = await request.form()
    url, title, description = (str(form.get(name, "")) for name in ("url", "title", "description"))
    command = AddLinkCommand(visit.viewer, _own(visit, work_id), url, title, description)
    try:
        await transact(lambda: add_link(command))
    except (Invalid, Conflict) as wrong:
        view = await transact(
            lambda: evidence_pages.mine(visit.viewer, SectionAssessmentId(work_id))
        )
        said = wrong.cure if isinstance(wrong, Invalid) else str(wrong)
        model = MyEvidenceModel(
            view, errors={"url": said}, url=url, title=title, description=description
        )
        return page(visit, "my-evidence.html", model, status=422)
    return see_other(visit, f"/works/{work_id}/mine/evidence?added=1")


def _own(visit: Visit, work_id: str) -> EvidenceTarget:
    return EvidenceTarget.result(SectionAssessmentId(work_id), visit.person_id)


ROUTES = (my_evidence, add_my_files, add_my_file, add_my_link)
