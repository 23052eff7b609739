"""The routes of this room: the identity console."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.matching import (
    launch_log,
    matching_case,
    matching_decisions,
    matching_queue,
    matching_rules,
    matching_trial,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *launch_log.ROUTES,
    *matching_case.ROUTES,
    *matching_decisions.ROUTES,
    *matching_queue.ROUTES,
    *matching_rules.ROUTES,
    *matching_trial.ROUTES,
)
