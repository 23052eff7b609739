"""Evidence of an action plan, for whoever may see the plan."""

from litestar.params import FromPath

from adapters.inbound.http.evidence.evidence_subject import EvidenceSubject, subject_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.visit import Visit
from application.queries.evidence.evidence_page import EvidencePages
from domain.access import Right
from domain.evidence import EvidenceTarget


def action_plan(
    plan_id: FromPath[str], visit: Injected[Visit], evidence_pages: Injected[EvidencePages]
) -> EvidenceSubject:
    return EvidenceSubject(
        f"/action-plans/{plan_id}",
        "plan-evidence.html",
        EvidenceTarget.action_plan(plan_id),
        lambda: evidence_pages.of_plan(visit.viewer, plan_id),
    )


ROUTES = subject_routes("/action-plans/{plan_id:str}/evidence", Right.IMPROVE, action_plan)
