"""Signing in without a launch, signing out, and changing the role one acts in."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.pages import page, see_other, see_other_with
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.start import signed_in
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import ApplicationError, Invalid
from application.use_cases.lms_sites import ListSites
from application.use_cases.sessions import ChangeRole, ChangeRoleCommand, SignOut
from application.use_cases.sign_in import SignInByLink
from domain.access import Right, Role


class RoleForm(Struct, frozen=True):
    role: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    site_names: Sequence[str]
    signed_out: bool


@get("/sign-in", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def sign_in_page(
    visit: Injected[Visit], list_sites: Injected[ListSites], *, out: FromQuery[bool] = False
) -> Response[str]:
    names = [site.name for site in list_sites() if site.active and site.has_secret]
    return page(visit, "sign-in.html", SignInPage(names, out))


@get("/sign-in/link/{code:str}", right=Right.OPEN_TO_ALL, sync_to_thread=False)
def sign_in_link(code: FromPath[str], visit: Injected[Visit]) -> Response[str]:
    """Mail scanners follow links, so this page changes nothing; its button signs in."""
    return page(visit, "sign-in-link.html", code)


@post("/sign-in/link/{code:str}", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def sign_in_by_link(
    code: FromPath[str],
    request: AnyRequest,
    sign_in_by_link: Injected[SignInByLink],
    session_cookies: Injected[SessionCookies],
    failures: Injected[FailureLimit],
    proxies: Injected[TrustedProxies],
) -> Redirect:
    source = proxies.source_of(request)
    failures.check(source)
    try:
        return signed_in(session_cookies, sign_in_by_link(code))
    except ApplicationError:
        failures.failed(source)
        raise


@post("/sign-out", right=Right.SIGNED_IN, sync_to_thread=True)
def sign_out(
    visit: Injected[Visit], sign_out: Injected[SignOut], session_cookies: Injected[SessionCookies]
) -> Redirect:
    sign_out(visit.session.id)
    return see_other_with("/sign-in?out=true", session_cookies.cleared())


@post("/session", right=Right.SIGNED_IN, sync_to_thread=False, status_code=204)
def extend_session(visit: Injected[Visit]) -> None:
    """Stay signed in; that the request came is what counts."""


@post("/role", right=Right.SIGNED_IN, sync_to_thread=True)
def change_role(
    data: URLEncodedBody[RoleForm], visit: Injected[Visit], change_role: Injected[ChangeRole]
) -> Redirect:
    if data.role not in set(Role):
        raise Invalid("role", "choose one of your roles.")
    change_role(ChangeRoleCommand(visit.session.id, Role(data.role)))
    return see_other(visit, "/")
