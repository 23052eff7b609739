"""Scales, SLOs and assessments as they go out and come in."""

from typing import Annotated

import msgspec

from adapters.inbound.http.api.questions import QuestionIn, QuestionOut, questions_out
from adapters.inbound.http.api.wire import In, Line, Number, Out, Prose
from domain.assessment import Assessment, AssessmentKind, Purpose
from domain.rubric import Criterion, Rubric
from domain.scale import AssessmentScale, MasteryLevel
from domain.score import plain
from domain.slo import Slo, SloKind, SloState

PositiveNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,9}(\.[0-9]{1,4})?$")]


class MasteryOut(Out, frozen=True):
    """`position` counts upward from 0; `met` is at or above the threshold."""

    code: str
    name: str
    position: int
    met: bool


class ScoreLevelOut(Out, frozen=True):
    points: Number
    label: str
    descriptor: str
    mastery: MasteryOut


class ScaleOut(Out, frozen=True):
    """Score levels from lowest to highest."""

    id: str
    code: str
    name: str
    version: int
    is_default: bool
    levels: list[ScoreLevelOut]


class DescriptorShape(In, frozen=True):
    """What work at one level of a scale looks like, in the SLO's own words."""

    scale_id: Line
    points: Number
    text: Prose


class SloOut(Out, frozen=True):
    """`version` counts wordings."""

    id: str
    code: str
    kind: SloKind
    course_id: str | None
    org_id: str | None
    title: str
    statement: str
    state: SloState
    version: int
    descriptors: list[DescriptorShape]


class SloIn(In, frozen=True):
    """A CSLO names the course that owns it. The code of an SLO that is there stays."""

    code: Line
    title: Line
    statement: Annotated[Prose, msgspec.Meta(min_length=1)]
    kind: SloKind = SloKind.COURSE
    course_id: Line | None = None
    org_id: Line | None = None
    state: SloState = SloState.ACTIVE
    descriptors: tuple[DescriptorShape, ...] = ()


class RowLevelShape(In, frozen=True):
    """`mastery` is the code of a mastery level."""

    points: Number
    label: Line
    descriptor: Prose = ""
    mastery: Line | None = None


class CriterionOut(Out, frozen=True):
    """One row of a rubric; `weight` is relative to the other rows."""

    id: str
    code: str
    title: str
    description: str
    weight: Number
    slo_ids: list[str]
    levels: list[RowLevelShape]


class RubricOut(Out, frozen=True):
    """`criteria` are scored; `outcomes` are SLO rows derived from them, if any."""

    criteria: list[CriterionOut]
    outcomes: list[CriterionOut]


class AssessmentOut(Out, frozen=True):
    """A definition that can be used in many sections."""

    id: str
    code: str
    org_id: str | None
    name: str
    description: str
    kind: AssessmentKind
    purpose: Purpose
    scale_id: str
    rubric: RubricOut
    points_possible: Number
    guide: str
    reflection: list[QuestionOut]
    in_library: bool
    owner_id: str | None
    version: int


class CriterionIn(In, frozen=True):
    """Without levels it takes those of the scale."""

    code: Line
    title: Line
    description: Prose = ""
    weight: PositiveNumber = "1"
    slo_ids: tuple[Line, ...] = ()
    levels: tuple[RowLevelShape, ...] = ()


class AssessmentIn(In, frozen=True):
    """`sloIds` are the rows of kind `outcomes`, `criteria` those of kind `student`."""

    code: Line
    name: Line
    scale_id: Line
    points_possible: PositiveNumber
    kind: AssessmentKind = AssessmentKind.OUTCOMES
    purpose: Purpose = Purpose.SUMMATIVE
    description: Prose = ""
    guide: Prose = ""
    reflection: tuple[QuestionIn, ...] = ()
    org_id: Line | None = None
    in_library: bool = True
    slo_ids: tuple[Line, ...] = ()
    criteria: tuple[CriterionIn, ...] = ()


def scale_out(scale: AssessmentScale) -> ScaleOut:
    levels = [
        ScoreLevelOut(plain(one.points), one.label, one.descriptor, _mastery(one.mastery))
        for one in scale.levels
    ]
    return ScaleOut(scale.id, scale.code, scale.name, scale.version, scale.is_default, levels)


def slo_out(slo: Slo) -> SloOut:
    return SloOut(
        id=slo.id,
        code=slo.code,
        kind=slo.kind,
        course_id=slo.course_id,
        org_id=slo.org_id,
        title=slo.title,
        statement=slo.statement,
        state=slo.state,
        version=slo.version,
        descriptors=[
            DescriptorShape(one.scale_id, plain(one.points), one.text) for one in slo.descriptors
        ],
    )


def assessment_out(one: Assessment) -> AssessmentOut:
    return AssessmentOut(
        id=one.id,
        code=one.code,
        org_id=one.org_id,
        name=one.name,
        description=one.description,
        kind=one.kind,
        purpose=one.purpose,
        scale_id=one.scale_id,
        rubric=rubric_out(one.rubric),
        points_possible=plain(one.points_possible),
        guide=one.guide,
        reflection=questions_out(one.reflection.questions),
        in_library=one.in_library,
        owner_id=one.owner_id,
        version=one.version,
    )


def rubric_out(rubric: Rubric) -> RubricOut:
    return RubricOut(
        [_criterion(row) for row in rubric.criteria], [_criterion(row) for row in rubric.outcomes]
    )


def _criterion(row: Criterion) -> CriterionOut:
    return CriterionOut(
        id=row.id,
        code=row.code,
        title=row.title,
        description=row.description,
        weight=plain(row.weight),
        slo_ids=list(row.slo_ids),
        levels=[
            RowLevelShape(plain(one.points), one.label, one.descriptor, one.mastery.code)
            for one in row.levels
        ],
    )


def _mastery(level: MasteryLevel) -> MasteryOut:
    return MasteryOut(level.code, level.name, level.position, level.met)
