"""All routes of the API."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.api import (
    action_plans,
    counts,
    desk,
    dla_evidence,
    dlas,
    evidence,
    evidence_files,
    exchange,
    improvement_reports,
    loads,
    outcomes,
    reports,
    rfis,
    roster,
    self_assessments,
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
    *dlas.ROUTES,
    *self_assessments.ROUTES,
    *dla_evidence.ROUTES,
    *evidence.ROUTES,
    *evidence_files.ROUTES,
    *action_plans.ROUTES,
    *rfis.ROUTES,
    *reports.ROUTES,
    *improvement_reports.ROUTES,
)
