"""Self-assessments: a student's own scoring on the rubric that the teacher uses."""

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.doors import reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.paging import PageAsked
from adapters.inbound.http.api.reading import with_etag
from adapters.inbound.http.api.student_shapes import (
    SelfAssessmentIn,
    SelfAssessmentOut,
    self_assessment_out,
)
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.queries.student_work.self_assessment_records import SelfAssessmentRecords
from application.use_cases.student_work.self_assess import SelfAssess, SelfAssessCommand
from domain.access import Right
from domain.ids import RowId, SectionAssessmentId

_TAG, _OWN = "DLAs and self-assessment", "/section-assessments/{work_id:str}/self-assessment"


@reading("/section-assessments/{work_id:str}/self-assessments", _TAG, Right.READ_SCORES, 404)
def list_self_assessments(
    work_id: FromPath[SectionAssessmentId],
    caller: Injected[Caller],
    page_asked: Injected[PageAsked],
    self_assessment_records: Injected[SelfAssessmentRecords],
) -> Response[Listed[SelfAssessmentOut]]:
    """Submitted ones of a section that one teaches, or a student's own."""
    found = self_assessment_records(caller.viewer, work_id, page_asked.turn)
    return page_asked.answer(found, self_assessment_out)


@reading(_OWN, _TAG, Right.SEE_OWN_RESULTS, 404)
def own_self_assessment(
    work_id: FromPath[SectionAssessmentId],
    caller: Injected[Caller],
    self_assessment_records: Injected[SelfAssessmentRecords],
) -> Response[SelfAssessmentOut]:
    """One's own; `version` 0 where nothing was chosen yet."""
    return with_etag(self_assessment_out(self_assessment_records.own(caller.person_id, work_id)))


@replacing(_OWN, _TAG, Right.SEE_OWN_RESULTS)
def assess_oneself(
    work_id: FromPath[SectionAssessmentId],
    data: JSONBody[SelfAssessmentIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    self_assessment_records: Injected[SelfAssessmentRecords],
    self_assess: Injected[SelfAssess],
) -> Response[SelfAssessmentOut]:
    """Score oneself, until the results are released; what was submitted stays so."""
    stored = self_assessment_records.own(caller.person_id, work_id)
    if_match.check(self_assessment_out(stored))
    saved = self_assess(
        SelfAssessCommand(
            caller.person_id,
            work_id,
            {RowId(one.row_id): one.value for one in data.scores},
            {RowId(one.row_id): one.comment for one in data.scores},
            data.note,
            data.submit,
            stored.version,
        )
    )
    return with_etag(self_assessment_out(saved))


ROUTES = (list_self_assessments, own_self_assessment, assess_oneself)
