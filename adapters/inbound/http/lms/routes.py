"""The routes of this room: consent, links, sends and imports."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.lms import authorise, import_start, imports, link_offers, links, sends

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *authorise.ROUTES,
    *import_start.ROUTES,
    *imports.ROUTES,
    *link_offers.ROUTES,
    *links.ROUTES,
    *sends.ROUTES,
)
