"""Home of faculty: what is due."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromQuery

from adapters.inbound.http.injection import Injected
from adapters.inbound.http.pages import page
from adapters.inbound.http.visit import Visit
from application.launch_context import LaunchContext
from application.queries.home.home_page import HomePage, HomeView
from domain.access import Right


@dataclass(frozen=True, slots=True)
class DueModel:
    view: HomeView

    @property
    def terms(self) -> list[tuple[str, str]]:
        return [(term.id, term.name) for term in self.view.terms]


@get("/home", right=Right.TEACH, sync_to_thread=True)
def due(
    visit: Injected[Visit], home_page: Injected[HomePage], term: FromQuery[str] = ""
) -> Response[str]:
    context = LaunchContext.from_session(visit.session.context)
    return page(visit, "due.html", DueModel(home_page(visit.viewer, context, term)))


ROUTES = (due,)
