"""Evidence of action plans: whoever may see a plan may write it, and bring evidence to it."""

from application.improvement.sight import seen_plan
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from domain.ids import ActionPlanId
from domain.improvement.action_plan import ActionPlan


def plan_door(unit: UnitOfWork, viewer: Viewer, action_plan_id: str) -> ActionPlan:
    """For those who keep the plan and those who answer it. Raises: NotFound."""
    plan, _ = seen_plan(unit, viewer, ActionPlanId(action_plan_id))
    return plan
