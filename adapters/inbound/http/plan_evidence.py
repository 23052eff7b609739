"""Evidence of an action plan, for whoever may see the plan."""

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
from application.queries.evidence_page import EvidencePages, PlanEvidenceView
from application.use_cases.add_evidence import AddFile, AddLink, AddLinkCommand
from domain.access import Right
from domain.evidence import EvidenceTarget


@dataclass(frozen=True, slots=True)
class PlanEvidenceModel:
    """`url`, `title` and `description` are what was typed and could not be kept."""

    view: PlanEvidenceView
    refused: tuple[Refusal, ...] = ()
    added: int = 0
    errors: dict[str, str] | None = None
    url: str = ""
    title: str = ""
    description: str = ""

    @property
    def plan(self) -> str:
        return f"/action-plans/{self.view.action_plan_id}"

    @property
    def base(self) -> str:
        return f"{self.plan}/evidence"


@get("/action-plans/{plan_id:str}/evidence", right=Right.IMPROVE, sync_to_thread=True)
def plan_evidence(
    plan_id: FromPath[str],
    visit: Injected[Visit],
    evidence_pages: Injected[EvidencePages],
    added: FromQuery[int] = 0,
) -> Response[str]:
    view = evidence_pages.of_plan(visit.viewer, plan_id)
    return page(visit, "plan-evidence.html", PlanEvidenceModel(view, added=added))


@post(
    "/action-plans/{plan_id:str}/evidence",
    right=Right.IMPROVE,
    request_max_body_size=LARGEST_FORM,
)
async def add_plan_files(
    request: AnyRequest,
    plan_id: FromPath[str],
    visit: Injected[Visit],
    add_file: Injected[AddFile],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    """The plain form, without script: each file is taken or refused by itself."""
    form = await request.form()
    target, about = EvidenceTarget.action_plan(plan_id), str(form.get("description", ""))
    try:
        sent = form.getall("files", [])
        added, refused = await add_sent(sent, visit.viewer, target, add_file, about)
    finally:
        await form.close()
    if added and not refused:
        return see_other(visit, f"/action-plans/{plan_id}/evidence?added={len(added)}")
    view = await transact(lambda: evidence_pages.of_plan(visit.viewer, plan_id))
    errors = None if refused else {"files": "choose at least one file."}
    model = PlanEvidenceModel(view, tuple(refused), len(added), errors)
    return page(visit, "plan-evidence.html", model, status=422)


@post("/action-plans/{plan_id:str}/evidence/file", right=Right.IMPROVE, request_max_body_size=None)
async def add_plan_file(
    request: AnyRequest,
    plan_id: FromPath[str],
    visit: Injected[Visit],
    add_file: Injected[AddFile],
) -> Response[dict[str, str]]:
    """One file as the body, streamed; `upload.js` asks."""
    target = EvidenceTarget.action_plan(plan_id)
    return await add_streamed(request, visit.viewer, target, add_file)


@post("/action-plans/{plan_id:str}/evidence/link", right=Right.IMPROVE)
async def add_plan_link(
    request: AnyRequest,
    plan_id: FromPath[str],
    visit: Injected[Visit],
    add_link: Injected[AddLink],
    evidence_pages: Injected[EvidencePages],
    transact: Injected[Transact],
) -> Response[str] | Redirect:
    form = await request.form()
    url, title, description = (str(form.get(name, "")) for name in ("url", "title", "description"))
    target = EvidenceTarget.action_plan(plan_id)
    command = AddLinkCommand(visit.viewer, target, url, title, description)
    try:
        await transact(lambda: add_link(command))
    except (Invalid, Conflict) as wrong:
        view = await transact(lambda: evidence_pages.of_plan(visit.viewer, plan_id))
        said = wrong.cure if isinstance(wrong, Invalid) else str(wrong)
        model = PlanEvidenceModel(
            view, errors={"url": said}, url=url, title=title, description=description
        )
        return page(visit, "plan-evidence.html", model, status=422)
    return see_other(visit, f"/action-plans/{plan_id}/evidence?added=1")


ROUTES = (plan_evidence, add_plan_files, add_plan_file, add_plan_link)
