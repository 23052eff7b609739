"""The start page: where a person goes on by role."""

from litestar import Response, get
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from application.first_page import START, FirstPage
from domain.access import Right


@get(START, right=Right.OPEN_TO_ALL, sync_to_thread=True)
def home(
    visit: Injected[Visit], choose_first_page: Injected[FirstPage]
) -> Response[str] | Redirect:
    """Whoever holds no role learns who gives one, and where work begins."""
    if visit.signed_in is None:
        return see_other(visit, "/sign-in")
    path = choose_first_page(visit.person_id, visit.role)
    return page(visit, "home.html", None) if path == START else see_other(visit, path)


ROUTES = (home,)
