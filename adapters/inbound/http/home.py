"""The start page: where a person goes on by role."""

from litestar import Response, get
from litestar.response import Redirect

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page, see_other
from adapters.inbound.http.visit import Visit
from domain.access import Right

_PLACES = (
    (Right.TEACH, "/assessments"),
    (Right.SEE_OWN_RESULTS, "/mine"),
    (Right.RUN_SYSTEM, "/settings/lti"),
    (Right.SYNC_OUTCOMES, "/outcomes"),
)


@get("/", right=Right.OPEN_TO_ALL, sync_to_thread=False)
def home(visit: Injected[Visit]) -> Response[str] | Redirect:
    """Whoever has no place of their own learns that work begins in the LMS."""
    if visit.signed_in is None:
        return see_other(visit, "/sign-in")
    for right, path in _PLACES:
        if visit.may(right):
            return see_other(visit, path)
    return page(visit, "home.html", None)
