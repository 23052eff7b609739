"""Signing in without a launch, signing out, and changing the role one acts in."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.access.start import signed_in
from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.limits import FailureLimit
from adapters.inbound.http.pages import page, see_other, see_other_with
from adapters.inbound.http.proxies import TrustedProxies
from adapters.inbound.http.visit import AnyRequest, Visit
from application.errors import ApplicationError, Invalid, NotSignedIn
from application.roles import HeldRole
from application.use_cases.access.password_sign_in import (
    PasswordSignInCommand,
    PasswordsInUse,
    SignInByPassword,
)
from application.use_cases.access.sessions import ChangeRole, ChangeRoleCommand, SignOut
from application.use_cases.access.sign_in import SignInByLink
from application.use_cases.lms.lms_sites import ListSites
from domain.access import Right


class RoleForm(Struct, frozen=True):
    role: str = ""
    csrf: str = ""


class PasswordForm(Struct, frozen=True):
    login: str = ""
    password: str = ""
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    site_names: Sequence[str]
    by_password: bool
    signed_out: bool = False
    login: str = ""
    error: str = ""


@get("/sign-in", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def sign_in_page(
    visit: Injected[Visit],
    list_sites: Injected[ListSites],
    passwords_in_use: Injected[PasswordsInUse],
    *,
    out: FromQuery[bool] = False,
) -> Response[str]:
    model = SignInPage(_sites(list_sites), passwords_in_use(), signed_out=out)
    return page(visit, "sign-in.html", model)


@post("/sign-in/password", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def sign_in_with_password(
    data: URLEncodedBody[PasswordForm],
    request: AnyRequest,
    visit: Injected[Visit],
    list_sites: Injected[ListSites],
    sign_in_by_password: Injected[SignInByPassword],
    session_cookies: Injected[SessionCookies],
    failures: Injected[FailureLimit],
    password_failures: Injected[FailureLimit],
    proxies: Injected[TrustedProxies],
) -> Response[str] | Redirect:
    """Failures count for the address and for the login, whether or not anybody has it."""
    source, account = proxies.source_of(request), data.login.strip().casefold()
    failures.check(source)
    password_failures.check(account)
    try:
        command = PasswordSignInCommand(data.login, data.password)
        return signed_in(session_cookies, sign_in_by_password(command))
    except NotSignedIn as wrong:
        failures.failed(source)
        password_failures.failed(account)
        model = SignInPage(_sites(list_sites), by_password=True, login=data.login, error=str(wrong))
        return page(visit, "sign-in.html", model, status=422)


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
    wanted = HeldRole.read(data.role)
    if wanted is None:
        raise Invalid("role", "choose one of your roles.")
    change_role(ChangeRoleCommand(visit.session.id, wanted))
    return see_other(visit, "/")


def _sites(list_sites: ListSites) -> list[str]:
    """Names of those whose people can sign in."""
    return [site.name for site in list_sites() if site.active and site.has_secret]


ROUTES = (
    sign_in_page,
    sign_in_link,
    sign_in_by_link,
    sign_in_with_password,
    sign_out,
    change_role,
    extend_session,
)
