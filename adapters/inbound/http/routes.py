"""All pages of this package, room by room, and what handlers are given besides providers."""

from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from adapters.inbound.http import schema_pages
from adapters.inbound.http.access import routes as access
from adapters.inbound.http.api import routes as api
from adapters.inbound.http.assessments import routes as assessments
from adapters.inbound.http.evidence import routes as evidence
from adapters.inbound.http.health import live, metrics, ready
from adapters.inbound.http.improvement import routes as improvement
from adapters.inbound.http.lms import routes as lms
from adapters.inbound.http.matching import routes as matching
from adapters.inbound.http.matching.matching_rules import provide_matching_view
from adapters.inbound.http.outcomes import routes as outcomes
from adapters.inbound.http.people import routes as people
from adapters.inbound.http.portfolio import routes as portfolio
from adapters.inbound.http.reporting import routes as reporting
from adapters.inbound.http.rosters import routes as rosters
from adapters.inbound.http.scoring import routes as scoring
from adapters.inbound.http.settings import routes as settings
from adapters.inbound.http.settings.lti import provide_lti_settings
from adapters.inbound.http.slos import routes as slos
from adapters.inbound.http.static_files import static_file
from adapters.inbound.http.student_work import routes as student_work
from adapters.inbound.http.visit import provide_visit

PLUMBING = (live, ready, metrics, static_file)
ROUTES: tuple[ControllerRouterHandler, ...] = (
    *PLUMBING,
    *access.ROUTES,
    *settings.ROUTES,
    *people.ROUTES,
    *matching.ROUTES,
    *rosters.ROUTES,
    *lms.ROUTES,
    *slos.ROUTES,
    *outcomes.ROUTES,
    *assessments.ROUTES,
    *scoring.ROUTES,
    *evidence.ROUTES,
    *student_work.ROUTES,
    *portfolio.ROUTES,
    *improvement.ROUTES,
    *reporting.ROUTES,
    *schema_pages.ROUTES,
    *api.ROUTES,
)

VIEWS: dict[str, Provide] = {
    "visit": Provide(provide_visit, sync_to_thread=False),
    "lti_settings": Provide(provide_lti_settings, sync_to_thread=False),
    "matching_view": Provide(provide_matching_view, sync_to_thread=False),
}
