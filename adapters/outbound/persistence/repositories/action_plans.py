from collections.abc import Collection

from sqlalchemy import BindParameter, Connection, bindparam, delete, or_, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import improvement
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.improvement_repositories import ActionPlanRepository
from domain.ids import ActionPlanId, OrgId, PersonId, SectionId
from domain.improvement.action_plan import ActionPlan, PlanAsked

PLANS = VersionedRecords(
    improvement.action_plans, ActionPlan, derived={"section_id": lambda one: one.owner.section_id}
)
ASKED = Records(improvement.asked_people, PlanAsked)
"""Finds the plans that ask somebody by name."""
_AMONG: BindParameter[tuple[str, ...]] = bindparam("among", expanding=True)
_ALL = PLANS.select.order_by(PLANS.c.made_at.desc(), PLANS.c.id.desc())
_IN_ORGS = PLANS.select.where(PLANS.c.org_id.in_(_AMONG))
_TO_ANSWER = PLANS.select.where(
    or_(
        PLANS.c.section_id.in_(_AMONG),
        PLANS.c.id.in_(select(ASKED.c.plan_id).where(ASKED.c.person_id == bindparam("person_id"))),
    )
)
_FORGET = delete(improvement.asked_people).where(ASKED.c.plan_id == bindparam("plan"))


class SqlActionPlans(ActionPlanRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, plan_id: ActionPlanId) -> ActionPlan:
        return PLANS.get(self._connection, "This action plan", plan_id)

    def save(self, plan: ActionPlan) -> ActionPlan:
        saved = PLANS.save(self._connection, plan)
        self._connection.execute(_FORGET, {"plan": plan.id})
        ASKED.put(self._connection, (PlanAsked(plan.id, one) for one in plan.asked_ids))
        return saved

    def in_orgs(self, org_ids: Collection[OrgId] | None) -> list[ActionPlan]:
        if org_ids is None:
            return PLANS.fetch(self._connection, _ALL)
        return _newest(PLANS.among(self._connection, _IN_ORGS, org_ids))

    def to_answer(
        self, person_id: PersonId | None, section_ids: Collection[SectionId]
    ) -> list[ActionPlan]:
        return _newest(
            PLANS.fetch(self._connection, _TO_ANSWER, among=tuple(section_ids), person_id=person_id)
        )


def _newest(plans: list[ActionPlan]) -> list[ActionPlan]:
    return sorted(plans, key=lambda one: (one.made_at, one.id), reverse=True)
