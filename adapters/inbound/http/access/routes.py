"""The routes of this room: who gets in, and where a person begins."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.access import (
    account,
    account_tokens,
    due,
    home,
    launches,
    sign_in,
    start,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *account.ROUTES,
    *account_tokens.ROUTES,
    *due.ROUTES,
    *home.ROUTES,
    *launches.ROUTES,
    *sign_in.ROUTES,
    *start.ROUTES,
)
