"""The start page: where a person goes on by role."""

from litestar import Response, get
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.first_page import START, first_page
from domain.access import Right


@get(START, right=Right.OPEN_TO_ALL, sync_to_thread=False)
def home(visit: Injected[Visit]) -> Response[str] | Redirect:
    """Whoever has no place of their own learns that work begins in the LMS."""
    if visit.signed_in is None:
        return see_other(visit, "/sign-in")
    path = first_page(visit.role)
    return page(visit, "home.html", None) if path == START else see_other(visit, path)
