"""The routes of this room: action plans and requests for information."""

from litestar.types import ControllerRouterHandler

from adapters.inbound.http.improvement import (
    action_plan,
    action_plan_new,
    action_plans,
    question_templates,
    rfi_answer,
    rfis,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *action_plan.ROUTES,
    *action_plan_new.ROUTES,
    *action_plans.ROUTES,
    *question_templates.ROUTES,
    *rfi_answer.ROUTES,
    *rfis.ROUTES,
)
