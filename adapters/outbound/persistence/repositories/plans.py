from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.tables import planning
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.planning_repositories import PlanRepository
from domain.ids import AssessmentId, PlanId, TermId
from domain.planning import AssessmentPlan

PLANS = VersionedRecords(planning.plans, AssessmentPlan)
_OF_TERM = PLANS.select.where(PLANS.c.term_id == bindparam("term_id")).order_by(
    PLANS.c.made_at, PLANS.c.id
)
_OF_ASSESSMENT = PLANS.select.where(PLANS.c.assessment_id == bindparam("assessment_id")).order_by(
    PLANS.c.made_at.desc(), PLANS.c.id.desc()
)


class SqlPlans(PlanRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, plan_id: PlanId) -> AssessmentPlan:
        return PLANS.get(self._connection, "This plan", plan_id)

    def of_term(self, term_id: TermId) -> list[AssessmentPlan]:
        return PLANS.fetch(self._connection, _OF_TERM, term_id=term_id)

    def of_assessment(self, assessment_id: AssessmentId) -> list[AssessmentPlan]:
        return PLANS.fetch(self._connection, _OF_ASSESSMENT, assessment_id=assessment_id)

    def save(self, plan: AssessmentPlan) -> AssessmentPlan:
        return PLANS.save(self._connection, plan)
