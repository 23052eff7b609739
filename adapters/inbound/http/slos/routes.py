"""The routes of this room: SLOs, maps, scales and targets."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.slos import scales, slo_edits, slo_files, slo_map, slo_targets, slos

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *scales.ROUTES,
    *slo_edits.ROUTES,
    *slo_files.ROUTES,
    *slo_map.ROUTES,
    *slo_targets.ROUTES,
    *slos.ROUTES,
)
