"""The routes of this room: outcomes in the LMS."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.outcomes import (
    lms_rubric,
    outcome_runs,
    outcome_sync,
    outcomes,
    work_outcomes,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *lms_rubric.ROUTES,
    *outcome_runs.ROUTES,
    *outcome_sync.ROUTES,
    *outcomes.ROUTES,
    *work_outcomes.ROUTES,
)
