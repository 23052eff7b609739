"""The routes of this room: ePortfolios and credentials."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.portfolio import (
    credential_keys,
    portfolio,
    portfolio_collection,
    portfolio_export,
    portfolio_shares,
    published,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *credential_keys.ROUTES,
    *portfolio.ROUTES,
    *portfolio_collection.ROUTES,
    *portfolio_export.ROUTES,
    *portfolio_shares.ROUTES,
    *published.ROUTES,
)
