"""The routes of this room: reports, and how they are handed out."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.reporting import reports

ROUTES: tuple[ControllerRouterHandler, ...] = (*reports.ROUTES,)
