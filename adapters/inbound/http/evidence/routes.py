"""The routes of this room: evidence, wherever it is seen."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.evidence import evidence_acts, my_evidence, plan_evidence, work_evidence

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *evidence_acts.ROUTES,
    *my_evidence.ROUTES,
    *plan_evidence.ROUTES,
    *work_evidence.ROUTES,
)
