"""Tools in their other places: navigation, the selection dialog, and the way back."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas.access_records import Tool
from sandbox.canvas.api.external_tools import Verifiers
from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.errors import not_found
from sandbox.canvas.ids import find_account
from sandbox.canvas.lti.content_items import ContentItemProblem, chosen_link
from sandbox.canvas.lti.matching import tools_in
from sandbox.canvas.lti.signing import content_item_form, launch_form
from sandbox.canvas.records import Account, Course
from sandbox.canvas.rights import is_admin
from sandbox.canvas.state import State
from sandbox.canvas.web.pages import page
from sandbox.canvas.web.viewer import Forbidden, Viewer, find_tool

_DIALOG = "/courses/{course_id:str}/external_content/success/external_tool_dialog"


def _tool_here(viewer: Viewer, context: Course | Account, tool_id: str) -> Tool:
    tool = find_tool(viewer.state, tool_id)
    if tool not in tools_in(viewer.state, context):
        raise not_found()
    return tool


@get("/courses/{course_id:str}/external_tools/{tool_id:int}", sync_to_thread=False)
def course_navigation(
    viewer: Injected[Viewer], course_id: FromPath[str], tool_id: FromPath[int]
) -> Response[str]:
    course = viewer.course(course_id)
    tool = _tool_here(viewer, course, str(tool_id))
    form = launch_form(viewer.launch(course, tool))
    return viewer.page("tool.html", course=course, tool=tool, inside=form)


@get("/accounts/{account_id:str}/external_tools/{tool_id:int}", sync_to_thread=False)
def account_navigation(
    viewer: Injected[Viewer], account_id: FromPath[str], tool_id: FromPath[int]
) -> Response[str]:
    account = find_account(viewer.state, account_id)
    if not is_admin(viewer.state, viewer.user.id, account.id):
        raise Forbidden
    tool = _tool_here(viewer, account, str(tool_id))
    form = launch_form(viewer.launch(account, tool))
    return viewer.page("tool.html", account=account, tool=tool, inside=form)


@get(
    "/courses/{course_id:str}/external_tools/{tool_id:int}/resource_selection",
    sync_to_thread=False,
)
def resource_selection(
    viewer: Injected[Viewer], course_id: FromPath[str], tool_id: FromPath[int]
) -> Response[str]:
    """What the dialog shows first: a signed request that posts itself to the tool."""
    course = viewer.course(course_id, "manage_assignments_add")
    tool = _tool_here(viewer, course, str(tool_id))
    form = content_item_form(viewer.launch(course, tool))
    return page("posting.html", tool=tool, form=form, target="_self")


@post(_DIALOG, status_code=200)
async def selected(
    request: Request[Any, Any, Any], site: Injected[State], course_id: FromPath[str]
) -> Response[str]:
    """Where the tool posts its choice. No session is needed: the data parameter is ours."""
    given = await read_params(request)
    form = {name: str(value) for name, value in given.items()}
    number = int(course_id) if course_id.isascii() and course_id.isdigit() else 0
    try:
        link = chosen_link(site, number, form)
    except ContentItemProblem as problem:
        return page("message.html", status=422, title="Nothing was chosen", text=str(problem))
    chosen = {"url": link.url, "title": link.title} if link else None
    said = form.get("lti_msg") or form.get("lti_errormsg") or ""
    return page("chosen.html", chosen=chosen, said=said)


@get(
    [
        "/courses/{course_id:str}/external_content/success/external_tool_redirect",
        "/accounts/{course_id:str}/external_content/success/external_tool_redirect",
    ],
    sync_to_thread=False,
)
def returned(request: Request[Any, Any, Any], course_id: FromPath[str]) -> Response[str]:
    """Where a tool leads the frame back to, with a message if it likes."""
    kind = "courses" if request.scope["path"].startswith("/courses/") else "accounts"
    query = request.query_params
    return page(
        "returned.html",
        message=query.get("lti_msg", ""),
        error=query.get("lti_errormsg", ""),
        back=f"/{kind}/{course_id}",
    )


@get("/courses/{course_id:str}/external_tools/sessionless_launch", sync_to_thread=False)
def sessionless(
    request: Request[Any, Any, Any], verifiers: Injected[Verifiers], course_id: FromPath[str]
) -> Response[str]:
    """The page behind a sessionless launch link; the verifier works once."""
    launch = verifiers.take(request.query_params.get("verifier", ""))
    if launch is None or str(launch.context.id) != course_id:
        text = "This link has been used, or it is too old. Ask for a new one."
        return page("message.html", status=404, title="No such launch", text=text)
    return page("posting.html", tool=launch.tool, form=launch_form(launch), target="_self")
