"""The pages that every web app of the tests has: doors, home and what a steward sets first."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.access import home, sign_in, start
from adapters.inbound.http.matching import (
    launch_log,
    matching_case,
    matching_decisions,
    matching_queue,
    matching_rules,
    matching_trial,
)
from adapters.inbound.http.routes import PLUMBING
from adapters.inbound.http.settings import assessment, audit, canvas, lti, mail, rosters

FOUNDATION: tuple[ControllerRouterHandler, ...] = (
    *PLUMBING,
    *start.ROUTES,
    *sign_in.ROUTES,
    *home.ROUTES,
    *assessment.ROUTES,
    *lti.ROUTES,
    *canvas.ROUTES,
    *matching_rules.ROUTES,
    matching_trial.try_rule_first,
    *launch_log.ROUTES,
    *mail.ROUTES,
    *rosters.ROUTES,
    *audit.ROUTES,
    *matching_queue.ROUTES,
    *matching_case.ROUTES,
    *matching_decisions.ROUTES,
)
