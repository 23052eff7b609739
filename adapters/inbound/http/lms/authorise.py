"""Authorize: consent in the LMS' own window, and what comes back from there."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.datastructures.state import State
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from adapters.inbound.http.access.start import own_path, signed_in
from adapters.inbound.http.cookies import SessionCookies
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.errors import NotFound
from application.ports.runtime import NewSecret
from application.queries.lms.authorisation_page import AuthorisationPage, AuthorisationView
from application.use_cases.lms.authorise import (
    BeginConsent,
    ConsentAnswer,
    FinishConsent,
)
from application.use_cases.lms.revoke_authorisation import RevokeAuthorisation
from domain.access import Right
from domain.ids import SiteId

_CONSENT_SECONDS = 600


class AuthoriseForm(Struct, frozen=True):
    """`then` is the page of ours to go on to."""

    site_id: str = ""
    then: str = "/"
    csrf: str = ""


@dataclass(frozen=True, slots=True)
class AuthoriseModel:
    sites: tuple[AuthorisationView, ...]
    then: str


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A window of our own that posts `fields` to `action`, which goes on to the LMS at `url`."""

    url: str
    action: str
    fields: dict[str, str]


@get("/authorise", right=Right.SIGNED_IN, sync_to_thread=True)
def show(
    visit: Injected[Visit],
    authorisation_page: Injected[AuthorisationPage],
    then: FromQuery[str] = "/",
) -> Response[str]:
    """Ask once; `then` is the page to go on to."""
    sites = authorisation_page(visit.session)
    return page(visit, "authorise.html", AuthoriseModel(tuple(sites), own_path(then)))


@get("/authorise/state", right=Right.SIGNED_IN, sync_to_thread=True)
def state(
    visit: Injected[Visit], authorisation_page: Injected[AuthorisationPage]
) -> dict[str, bool]:
    """Whether consent stands by now; asked by the page that waits in the frame."""
    return {"authorised": any(site.stands for site in authorisation_page(visit.session))}


@get("/authorise/window/{site_id:str}", right=Right.SIGNED_IN, sync_to_thread=True)
def in_own_window(
    visit: Injected[Visit],
    site_id: FromPath[str],
    authorisation_page: Injected[AuthorisationPage],
) -> Response[str]:
    """Where *Authorize* in a frame leads: a page of our own window that goes on to the LMS."""
    for site in authorisation_page(visit.session):
        if site.site_id == site_id:
            fields = {"site_id": site.site_id, "then": "/authorise/done"}
            return page(visit, "to_canvas.html", OnTheWay(site.url, "/authorise", fields))
    raise NotFound("This Canvas site")


@get("/authorise/done", right=Right.SIGNED_IN, sync_to_thread=True)
def done(visit: Injected[Visit]) -> Response[str]:
    return page(visit, "authorised.html", None)


@post("/authorise", right=Right.SIGNED_IN, sync_to_thread=True)
def begin(
    visit: Injected[Visit],
    data: URLEncodedBody[AuthoriseForm],
    begin_consent: Injected[BeginConsent],
    new_secret: Injected[NewSecret],
) -> Redirect:
    """Off to the LMS, remembering by a short-lived cookie which browser it was."""
    binding = new_secret()
    url = begin_consent(
        SiteId(data.site_id),
        person_id=visit.person_id,
        binding=binding,
        return_to=own_path(data.then),
    )
    return to_the_lms(visit, url, binding)


@post("/authorise/not-now", right=Right.SIGNED_IN, sync_to_thread=False)
def not_now(visit: Injected[Visit], data: URLEncodedBody[AuthoriseForm]) -> Redirect:
    """Go on without; all but sending works, and the list asks again at a later launch."""
    return see_other(visit, own_path(data.then))


@post("/authorise/revoke", right=Right.SIGNED_IN)
async def revoke(
    visit: Injected[Visit],
    data: URLEncodedBody[AuthoriseForm],
    revoke_authorisation: Injected[RevokeAuthorisation],
) -> Redirect:
    await revoke_authorisation(SiteId(data.site_id), visit.person_id)
    return see_other(visit, "/authorise")


@get("/sign-in/canvas/{name:str}", right=Right.OPEN_TO_ALL, sync_to_thread=True)
def sign_in_with_canvas(
    visit: Injected[Visit],
    name: FromPath[str],
    begin_consent: Injected[BeginConsent],
    new_secret: Injected[NewSecret],
    authorisation_page: Injected[AuthorisationPage],
) -> Redirect:
    site = authorisation_page.site_named(name)
    if site is None:
        raise NotFound("This Canvas site")
    binding = new_secret()
    url = begin_consent(site.id, person_id=None, binding=binding, return_to="/")
    return to_the_lms(visit, url, binding)


@get("/integrations/canvas/callback", right=Right.OPEN_TO_ALL)
async def callback(
    request: Request[object, object, State],
    visit: Injected[Visit],
    finish_consent: Injected[FinishConsent],
    session_cookies: Injected[SessionCookies],
    code: FromQuery[str] = "",
    error: FromQuery[str] = "",
    consent_state: Annotated[str, QueryParameter(name="state")] = "",
) -> Response[str] | Redirect:
    """What the LMS sent back: consent, or a refusal with its reason."""
    binding = request.cookies.get(_cookie_name(visit), "")
    given = await finish_consent(ConsentAnswer(consent_state, code, error, (binding,)))
    if given.started is not None:
        return signed_in(session_cookies, given.started)
    if visit.signed_in is not None:
        return see_other(visit, given.return_to)
    return page(visit, "authorised.html", given)


def to_the_lms(visit: Visit, url: str, binding: str) -> Redirect:
    """Off to the page of consent, with the cookie by which this browser is known again."""
    return Redirect(url, status_code=303, cookies=[_consent_cookie(visit, binding)])


def _cookie_name(visit: Visit) -> str:
    return "__Host-attain-consent" if visit.house.is_secure else "attain-consent"


def _consent_cookie(visit: Visit, binding: str) -> Cookie:
    return Cookie(
        _cookie_name(visit),
        value=binding,
        max_age=_CONSENT_SECONDS,
        secure=visit.house.is_secure,
        httponly=True,
        samesite="lax",
    )


ROUTES = (show, state, in_own_window, begin, done, not_now, revoke, sign_in_with_canvas, callback)
