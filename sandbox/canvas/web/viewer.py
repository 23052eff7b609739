"""Who looks at a page, and the frame that a page is shown in."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response

from sandbox.canvas.access_records import Tool
from sandbox.canvas.call import Injected, base_url
from sandbox.canvas.errors import Refusal, answer_refusal, not_found
from sandbox.canvas.ids import find_course
from sandbox.canvas.lti.launch import Launch
from sandbox.canvas.lti.matching import tools_placed
from sandbox.canvas.records import Account, Assignment, Course, User
from sandbox.canvas.rights import can
from sandbox.canvas.state import State
from sandbox.canvas.web.pages import page, see_other
from sandbox.canvas.web.session import Session, Sessions


class NotSignedIn(Exception):
    """A page was asked for without a session; `return_to` is where to go afterwards."""

    def __init__(self, return_to: str) -> None:
        super().__init__()
        self.return_to = return_to


class Forbidden(Exception):
    """The person on the page lacks the right to it."""


class Viewer:
    """The person of the session, with what every page needs of them."""

    def __init__(self, state: State, session: Session, user: User, base: str) -> None:
        self.state = state
        self.session = session
        self.user = user
        self.base = base

    def can(self, right: str, context: Course | Account) -> bool:
        return can(self.state, self.user.id, right, context)

    def course(self, course_id: str, right: str = "read") -> Course:
        course = find_course(self.state, course_id)
        if not self.can(right, course):
            raise Forbidden
        return course

    def launch(
        self, context: Course | Account, tool: Tool, what: Assignment | None = None
    ) -> Launch:
        return Launch(self.state, self.base, self.user, context, tool, what)

    def page(self, template: str, *, status: int = 200, **values: object) -> Response[str]:
        frame = self._frame(values.get("course"), values.get("account"))
        shown: dict[str, Any] = {**frame, **values}
        return page(template, status=status, **shown)

    def _frame(self, course: object, account: object) -> dict[str, Any]:
        """What is around the content: the person, and the course or account one is in."""
        shown: dict[str, Any] = {
            "viewer": self.user,
            "student_view": self.session.viewing_as is not None,
            "course": course,
            "account": account,
        }
        if isinstance(course, Course):
            shown["course_tools"] = tools_placed(self.state, course, "course_navigation")
            shown["teaches"] = self.can("read_as_admin", course)
            shown["sees_people"] = self.can("read_roster", course)
        if isinstance(account, Account):
            shown["account_tools"] = tools_placed(self.state, account, "account_navigation")
        return shown


def provide_viewer(
    request: Request[Any, Any, Any], site: Injected[State], sessions: Injected[Sessions]
) -> Viewer:
    session = sessions.of(request)
    if session is None:
        query = request.scope["query_string"].decode("latin-1")
        raise NotSignedIn(request.scope["path"] + (f"?{query}" if query else ""))
    base = base_url(site, request.headers.get("host"))
    return Viewer(site, session, sessions.user(session), base)


def answer_not_signed_in(_: Request[Any, Any, Any], error: NotSignedIn) -> Response[Any]:
    return see_other(f"/login?return_to={quote(error.return_to, safe='')}")


def answer_forbidden(_: Request[Any, Any, Any], __: Forbidden) -> Response[Any]:
    text = "You are not allowed to see this page with the account that you are signed in with."
    return page("message.html", status=403, title="Access denied", text=text)


def answer_refusal_of_page(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """A refusal as JSON to programs, and as a page to people."""
    if request.scope["path"].startswith(("/api/", "/login/oauth2/")):
        return answer_refusal(request, refusal)
    text = "There is nothing here, or it has been deleted."
    return page("message.html", status=refusal.status, title="Not found", text=text)


def find_tool(state: State, tool_id: str) -> Tool:
    tool = state.tools.get(int(tool_id)) if tool_id.isascii() and tool_id.isdigit() else None
    if tool is None:
        raise not_found()
    return tool
