"""From a launch or a sign-in into the session: cookie, path token or a window of its own."""

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other, see_other_with
from adapters.inbound.http.visit import AnyRequest, Visit
from application.use_cases.access.session_starts import Started
from application.use_cases.access.sessions import OpenWindow, OpenWindowCommand
from application.use_cases.access.spend_code import (
    ByCookie,
    ByOwnWindow,
    ByPathToken,
    InOwnWindow,
    SpendCode,
    SpendCodeCommand,
)
from domain.access import Right


class OwnWindow(Struct, frozen=True):
    """The code to open it with; `needed`: nothing works in the frame."""

    code: str
    needed: bool


class WindowForm(Struct, frozen=True):
    """`target` is the page of ours to open there."""

    target: str = "/"
    csrf: str = ""


def launched(cookies: SessionCookies, started: Started, *, beside: bool = False) -> Redirect:
    """The answer to a launch that was let in.

    `beside`: another tab lives on the cookie, which is left to it; this one goes on by its
    path token, so that each keeps the assignment from which it was opened.
    """
    return _on_to(started, [] if beside else cookies.after_launch(started.cookie))


def signed_in(cookies: SessionCookies, started: Started) -> Redirect:
    """The answer to a sign-in in a window of one's own."""
    return _on_to(started, cookies.in_own_window(started.cookie))


@get("/start/{code:str}", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def start(
    code: FromPath[str],
    request: AnyRequest,
    visit: Injected[Visit],
    session_cookies: Injected[SessionCookies],
    spend_code: Injected[SpendCode],
) -> Response[str] | Redirect:
    """Spends the code, which a GET may do because it works once."""
    knows_origin = "sec-fetch-site" in request.headers
    way_on = spend_code(SpendCodeCommand(code, session_cookies.read(request.cookies), knows_origin))
    match way_on:
        case ByCookie(target):
            return see_other_with(target, [])
        case ByPathToken(token, target):
            return see_other_with(f"/~{token}{target}", [])
        case InOwnWindow(started):
            return signed_in(session_cookies, started)
        case ByOwnWindow(window_code):
            return page(visit, "own-window.html", OwnWindow(window_code, needed=True))


@post("/window", right=Right.SIGNED_IN, sync_to_thread=True)
def open_window(
    data: URLEncodedBody[WindowForm], visit: Injected[Visit], open_window: Injected[OpenWindow]
) -> Redirect:
    """Make the code that opens a window of one's own, and show its link.

    The form posts inside the frame: a partitioned cookie stays behind when a form opens a
    new window. Script opens the link by itself.
    """
    command = OpenWindowCommand(visit.session.id, own_path(data.target))
    return see_other(visit, f"/window/{open_window(command)}")


@get("/window/{code:str}", right=Right.SIGNED_IN, sync_to_thread=True)
def window_link(code: FromPath[str], visit: Injected[Visit]) -> Response[str]:
    return page(visit, "own-window.html", OwnWindow(code, needed=False))


def own_path(target: str) -> str:
    """A path of ours, or `/`: a redirect must never lead to another site."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/~")) and "\\" not in target
    return target if is_ours and target.isprintable() else "/"


def _on_to(started: Started, cookies: list[Cookie]) -> Redirect:
    return see_other_with(f"/start/{started.code}", cookies)


ROUTES = (start, open_window, window_link)
