"""The routes of this room: system settings and the audit trail."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.settings import (
    accounts,
    assessment,
    audit,
    canvas,
    doctor,
    lti,
    mail,
    rosters,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *accounts.ROUTES,
    *assessment.ROUTES,
    *audit.ROUTES,
    *canvas.ROUTES,
    *doctor.ROUTES,
    *lti.ROUTES,
    *mail.ROUTES,
    *rosters.ROUTES,
)
