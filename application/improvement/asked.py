"""Who is asked by name for action plans, when records of people are made one."""

from collections.abc import Iterable

from application.ports.improvement_repositories import ActionPlanRepository
from domain.belonging import Belonging
from domain.improvement.action_plan import PlanAsked


def ask_instead(
    plans: ActionPlanRepository, gone: Iterable[Belonging], put: Iterable[Belonging]
) -> None:
    """Those of `put` are asked in place of those of `gone`; each plan gets a new version."""
    before = [one for one in gone if isinstance(one, PlanAsked)]
    after = [one for one in put if isinstance(one, PlanAsked)]
    for plan_id in dict.fromkeys(one.plan_id for one in (*before, *after)):
        left = [one.person_id for one in before if one.plan_id == plan_id]
        came = [one.person_id for one in after if one.plan_id == plan_id]
        plans.save(plans.get(plan_id).asked_instead(left, came))
