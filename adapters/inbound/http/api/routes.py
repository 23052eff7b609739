"""All routes of the API."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.api import (
    counts,
    desk,
    exchange,
    loads,
    outcomes,
    reports,
    roster,
    works,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *desk.ROUTES,
    *roster.ROUTES,
    *loads.ROUTES,
    *outcomes.ROUTES,
    *works.ROUTES,
    *counts.ROUTES,
    *exchange.ROUTES,
    *reports.ROUTES,
)
