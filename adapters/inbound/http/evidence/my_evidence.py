"""What students bring themselves: on their own result, and for a DLA before handing it in."""

from litestar.params import FromPath

from adapters.inbound.http.evidence.evidence_subject import EvidenceSubject, subject_routes
from adapters.inbound.http.injection import Injected
from adapters.inbound.http.visit import Visit
from application.queries.evidence.evidence_page import EvidencePages
from domain.access import Right
from domain.evidence import EvidenceTarget
from domain.ids import AssignedDlaId, SectionAssessmentId


def own_result(
    work_id: FromPath[str], visit: Injected[Visit], evidence_pages: Injected[EvidencePages]
) -> EvidenceSubject:
    work = SectionAssessmentId(work_id)
    return EvidenceSubject(
        f"/works/{work}/mine",
        "my-evidence.html",
        EvidenceTarget.result(work, visit.person_id),
        lambda: evidence_pages.mine(visit.viewer, work),
    )


def own_dla(
    assigned_id: FromPath[str], visit: Injected[Visit], evidence_pages: Injected[EvidencePages]
) -> EvidenceSubject:
    assigned = AssignedDlaId(assigned_id)
    return EvidenceSubject(
        f"/mine/dlas/{assigned}",
        "my-dla-evidence.html",
        EvidenceTarget.dla(assigned, visit.person_id),
        lambda: evidence_pages.of_dla(visit.viewer, assigned),
    )


ROUTES = (
    *subject_routes("/works/{work_id:str}/mine/evidence", Right.SEE_OWN_RESULTS, own_result),
    *subject_routes("/mine/dlas/{assigned_id:str}/evidence", Right.SEE_OWN_RESULTS, own_dla),
)
