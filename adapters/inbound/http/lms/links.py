"""Linking an assessment to the assignment it was opened from; the list of all links."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.access.selection import SelectionReply
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.launch_context import LaunchContext
from application.queries.lms.links_page import LinkRow, LinksPage
from application.use_cases.lms.link_assessment import (
    LinkAssessment,
    LinkAssessmentCommand,
    Relink,
    Unlink,
)
from domain.access import Right
from domain.ids import LinkId, SectionAssessmentId


class LinkForm(Struct, frozen=True):
    """`go` is `yes` for *Save and go*."""

    work_id: str = ""
    go: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class LinksModel:
    rows: list[LinkRow]
    work_id: str
    said: str


@post("/links", right=Right.TEACH, sync_to_thread=True)
def link_to_assignment(
    visit: Injected[Visit],
    data: URLEncodedBody[LinkForm],
    link_assessment: Injected[LinkAssessment],
    selection_reply: Injected[SelectionReply],
) -> Response[str] | Redirect:
    """Link, then stay on the list or go on to scoring; answer the LMS' selection dialog."""
    context = LaunchContext.from_session(visit.session.context)
    work_id = SectionAssessmentId(data.work_id)
    if not work_id:
        return see_other(visit, "/assessments?choose=one")
    made = link_assessment(LinkAssessmentCommand(visit.person_id, work_id, context))
    if context.is_selecting:
        return page(visit, "selection_reply.html", selection_reply(context, made))
    path = f"/works/{work_id}/rubric" if data.go == "yes" else f"/assessments?linked={work_id}"
    return see_other(visit, path)


@get("/links", right=Right.TEACH, sync_to_thread=True)
def list_links(
    visit: Injected[Visit],
    links_page: Injected[LinksPage],
    work: FromQuery[str] = "",
    said: FromQuery[str] = "",
) -> Response[str]:
    rows = links_page(visit.person_id, SectionAssessmentId(work) if work else None)
    return page(visit, "links.html", LinksModel(rows, work, said))


@post("/links/{link_id:str}/unlink", right=Right.TEACH, sync_to_thread=True)
def undo(visit: Injected[Visit], link_id: FromPath[str], unlink: Injected[Unlink]) -> Redirect:
    unlink(visit.person_id, LinkId(link_id))
    return see_other(visit, "/links?said=unlinked")


@post("/links/{link_id:str}/change", right=Right.TEACH, sync_to_thread=True)
def change(
    visit: Injected[Visit],
    link_id: FromPath[str],
    data: URLEncodedBody[LinkForm],
    relink: Injected[Relink],
) -> Response[str]:
    relink(visit.person_id, LinkId(link_id), SectionAssessmentId(data.work_id))
    return see_other(visit, "/links?said=changed")


ROUTES = (link_to_assignment, list_links, undo, change)
