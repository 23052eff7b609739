"""Scales, SLOs and assessments of the library."""

from decimal import Decimal
from typing import Annotated

from litestar import Response
from litestar.params import FromPath, JSONBody

from adapters.inbound.http.api.asked import Code, CourseAsked, OrgAsked, named
from adapters.inbound.http.api.doors import ROOT, creating, reading, replacing
from adapters.inbound.http.api.etags import IfMatch
from adapters.inbound.http.api.outcome_shapes import (
    AssessmentIn,
    AssessmentOut,
    CriterionIn,
    ScaleOut,
    SloIn,
    SloOut,
    assessment_out,
    scale_out,
    slo_out,
)
from adapters.inbound.http.api.questions import questions_in
from adapters.inbound.http.api.reading import Lists, OneOf, made, with_etag
from adapters.inbound.http.api.wire import Listed
from adapters.inbound.http.caller import Caller
from adapters.inbound.http.injection import Injected
from application.ports.listings import AssessmentsWanted, ScalesWanted, SlosWanted
from application.use_cases.assessments.write_assessment import (
    WriteAssessment,
    WriteAssessmentCommand,
    WrittenCriterion,
    WrittenLevel,
)
from application.use_cases.slos.write_slo import WriteSlo, WriteSloCommand
from domain.access import Right
from domain.assessment import AssessmentKind
from domain.ids import AssessmentId, CourseId, OrgId, ScaleId, SloId
from domain.reflection import ReflectionTemplate
from domain.slo import PerformanceDescriptor, SloKind, SloState

_TAG = "Outcomes and assessments"
_READ, _WRITE = Right.SIGNED_IN, Right.KEEP_OUTCOMES


@reading("/scales", _TAG, _READ)
def list_scales(lists: Injected[Lists], code: Code = None) -> Response[Listed[ScaleOut]]:
    """All versions of all scales."""
    wanted = ScalesWanted(code=code)
    return lists.page(lambda its, _, turn: its.scales(wanted, turn), scale_out)


@reading("/scales/{scale_id:str}", _TAG, _READ, 404)
def one_scale(scale_id: FromPath[ScaleId], one_of: Injected[OneOf]) -> Response[ScaleOut]:
    wanted = ScalesWanted(id=scale_id)
    return one_of.shape(lambda its, _, turn: its.scales(wanted, turn), "This scale", scale_out)


@reading("/slos", _TAG, _READ)
def list_slos(
    lists: Injected[Lists],
    course: CourseAsked = None,
    org: OrgAsked = None,
    code: Code = None,
    kind: Annotated[SloKind | None, named("kind", "Whose SLOs.")] = None,
    slo_state: Annotated[SloState | None, named("state", "In which state.")] = None,
) -> Response[Listed[SloOut]]:
    """SLOs. Drafts are shown to those who keep them only."""
    wanted = SlosWanted(course_id=course, org_id=org, code=code, kind=kind, state=slo_state)
    return lists.page(lambda its, sight, turn: its.slos(sight, wanted, turn), slo_out)


@reading("/slos/{slo_id:str}", _TAG, _READ, 404)
def one_slo(slo_id: FromPath[SloId], one_of: Injected[OneOf]) -> Response[SloOut]:
    wanted = SlosWanted(id=slo_id)
    return one_of.shape(lambda its, sight, turn: its.slos(sight, wanted, turn), "This SLO", slo_out)


@creating("/slos", _TAG, _WRITE, 409)
def make_slo(
    data: JSONBody[SloIn], caller: Injected[Caller], write_slo: Injected[WriteSlo]
) -> Response[SloOut]:
    """Make an SLO; its code must be free."""
    slo = write_slo(_slo_command(caller, data, None))
    return made(f"{ROOT}/slos/{slo.id}", slo_out(slo))


@replacing("/slos/{slo_id:str}", _TAG, _WRITE)
def change_slo(
    slo_id: FromPath[SloId],
    data: JSONBody[SloIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    write_slo: Injected[WriteSlo],
) -> Response[SloOut]:
    """Change an SLO; another title or statement is its next version."""
    return with_etag(slo_out(write_slo(_slo_command(caller, data, slo_id, if_match))))


@reading("/assessments", _TAG, _READ)
def list_assessments(
    lists: Injected[Lists],
    org: OrgAsked = None,
    code: Code = None,
    kind: Annotated[AssessmentKind | None, named("kind", "What is scored.")] = None,
    in_library: Annotated[bool | None, named("inLibrary", "Offered to all, or not.")] = None,
) -> Response[Listed[AssessmentOut]]:
    """Definitions: one's own, those of one's orgs or sections, and those of the library."""
    wanted = AssessmentsWanted(org_id=org, code=code, kind=kind, in_library=in_library)
    return lists.page(lambda its, sight, turn: its.assessments(sight, wanted, turn), assessment_out)


@reading("/assessments/{assessment_id:str}", _TAG, _READ, 404)
def one_assessment(
    assessment_id: FromPath[AssessmentId], one_of: Injected[OneOf]
) -> Response[AssessmentOut]:
    wanted = AssessmentsWanted(id=assessment_id)
    return one_of.shape(
        lambda its, sight, turn: its.assessments(sight, wanted, turn),
        "This assessment",
        assessment_out,
    )


@creating("/assessments", _TAG, _WRITE, 409)
def make_assessment(
    data: JSONBody[AssessmentIn],
    caller: Injected[Caller],
    write_assessment: Injected[WriteAssessment],
) -> Response[AssessmentOut]:
    """Make an assessment; its code must be free."""
    one = write_assessment(_assessment_command(caller, data, None))
    return made(f"{ROOT}/assessments/{one.id}", assessment_out(one))


@replacing("/assessments/{assessment_id:str}", _TAG, _WRITE)
def change_assessment(
    assessment_id: FromPath[AssessmentId],
    data: JSONBody[AssessmentIn],
    caller: Injected[Caller],
    if_match: Injected[IfMatch],
    write_assessment: Injected[WriteAssessment],
) -> Response[AssessmentOut]:
    """Change an assessment; what was scored keeps the rubric it was scored by."""
    command = _assessment_command(caller, data, assessment_id, if_match)
    return with_etag(assessment_out(write_assessment(command)))


def _slo_command(
    caller: Caller, data: SloIn, slo_id: SloId | None, if_match: IfMatch | None = None
) -> WriteSloCommand:
    return WriteSloCommand(
        viewer=caller.viewer,
        slo_id=slo_id,
        code=data.code,
        kind=data.kind,
        course_id=CourseId(data.course_id) if data.course_id else None,
        org_id=OrgId(data.org_id) if data.org_id else None,
        title=data.title,
        statement=data.statement,
        state=data.state,
        descriptors=tuple(
            PerformanceDescriptor(ScaleId(one.scale_id), Decimal(one.points), one.text)
            for one in data.descriptors
        ),
        seen=None if if_match is None else lambda slo: if_match.check(slo_out(slo)),
    )


def _assessment_command(
    caller: Caller,
    data: AssessmentIn,
    assessment_id: AssessmentId | None,
    if_match: IfMatch | None = None,
) -> WriteAssessmentCommand:
    return WriteAssessmentCommand(
        viewer=caller.viewer,
        assessment_id=assessment_id,
        code=data.code,
        name=data.name,
        description=data.description,
        kind=data.kind,
        purpose=data.purpose,
        scale_id=ScaleId(data.scale_id),
        points_possible=Decimal(data.points_possible),
        guide=data.guide,
        reflection=ReflectionTemplate(questions_in("reflection", data.reflection)),
        org_id=OrgId(data.org_id) if data.org_id else None,
        in_library=data.in_library,
        slo_ids=tuple(SloId(one) for one in data.slo_ids),
        criteria=tuple(_criterion(one) for one in data.criteria),
        seen=None if if_match is None else lambda one: if_match.check(assessment_out(one)),
    )


def _criterion(row: CriterionIn) -> WrittenCriterion:
    return WrittenCriterion(
        row.code,
        row.title,
        row.description,
        Decimal(row.weight),
        tuple(SloId(one) for one in row.slo_ids),
        tuple(
            WrittenLevel(Decimal(one.points), one.label, one.descriptor, one.mastery)
            for one in row.levels
        ),
    )


ROUTES = (
    list_scales,
    one_scale,
    list_slos,
    one_slo,
    make_slo,
    change_slo,
    list_assessments,
    one_assessment,
    make_assessment,
    change_assessment,
)
