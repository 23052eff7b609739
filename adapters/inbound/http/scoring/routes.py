"""The routes of this room: the tabs of an assessment in a section."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.scoring import (
    counts,
    downloads,
    evaluators,
    reflection,
    reflections,
    release,
    scorecard,
    scorecard_upload,
    scoring,
    work_state,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *counts.ROUTES,
    *downloads.ROUTES,
    *evaluators.ROUTES,
    *reflection.ROUTES,
    *reflections.ROUTES,
    *release.ROUTES,
    *scorecard.ROUTES,
    *scorecard_upload.ROUTES,
    *scoring.ROUTES,
    *work_state.ROUTES,
)
