"""One assessment, made or changed by a program, within the orgs that it may keep."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.assessment_entries import AssessmentEntry, CriterionEntry, LevelEntry
from application.errors import Invalid, NotFound
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.assessments.import_assessments import (
    ImportAssessments,
    ImportAssessmentsCommand,
)
from application.viewers import Viewer
from application.written_outcomes import (
    BODY,
    SOURCE,
    Keeping,
    org_code,
    refuse,
    refuse_other_code,
    refuse_taken,
    scale_code,
)
from domain.assessment import Assessment, AssessmentKind, Purpose
from domain.ids import AssessmentId, OrgId, ScaleId, SloId
from domain.reflection import ReflectionTemplate


@dataclass(frozen=True, slots=True)
class WrittenLevel:
    """`mastery` None: taken from the scale at the same share of the highest points."""

    points: Decimal
    label: str
    descriptor: str
    mastery: str | None


@dataclass(frozen=True, slots=True)
class WrittenCriterion:
    code: str
    title: str
    description: str
    weight: Decimal
    slo_ids: tuple[SloId, ...]
    levels: tuple[WrittenLevel, ...]


@dataclass(frozen=True, slots=True)
class WriteAssessmentCommand:
    """`assessment_id` None makes a new one; `seen` as in `WriteSloCommand`."""

    viewer: Viewer
    assessment_id: AssessmentId | None
    code: str
    name: str
    description: str
    kind: AssessmentKind
    purpose: Purpose
    scale_id: ScaleId
    points_possible: Decimal
    guide: str
    reflection: ReflectionTemplate
    org_id: OrgId | None
    in_library: bool
    slo_ids: tuple[SloId, ...]
    criteria: tuple[WrittenCriterion, ...]
    seen: Callable[[Assessment], None] | None = None


@dataclass(frozen=True, slots=True)
class WriteAssessment:
    units: UnitOfWorkFactory
    import_assessments: ImportAssessments

    def __call__(self, command: WriteAssessmentCommand) -> Assessment:
        """As an import of one entry does it: what was scored keeps its frozen rubric.

        Raises: as `WriteSlo`.
        """

        def check(unit: UnitOfWork) -> None:
            _check_assessment(unit, command)

        with self.units(write=False) as unit:
            check(unit)
            entry = _assessment_entry(unit, command)
        report = self.import_assessments(
            ImportAssessmentsCommand(command.viewer.actor, SOURCE, (entry,), precondition=check)
        )
        refuse(report.problems)
        with self.units(write=False) as unit:
            return _assessment_coded(unit, command.code)


def _check_assessment(unit: UnitOfWork, command: WriteAssessmentCommand) -> None:
    keeps = Keeping(unit, command.viewer)
    if command.assessment_id is None:
        keeps.require(command.org_id)
        refuse_taken(next((a for a in unit.assessments.all() if a.code == command.code), None))
        return
    stored = unit.assessments.get(command.assessment_id)
    if not keeps.has(stored.org_id):
        raise NotFound("This assessment")
    keeps.require(command.org_id)
    refuse_other_code(stored.code, command.code)
    if command.seen:
        command.seen(stored)


def _assessment_entry(unit: UnitOfWork, command: WriteAssessmentCommand) -> AssessmentEntry:
    asked = [*command.slo_ids, *(slo for row in command.criteria for slo in row.slo_ids)]
    codes = {slo.id: slo.code for slo in unit.outcomes.slos_by_id(asked).values()}
    if command.points_possible <= 0:
        raise Invalid("pointsPossible", "give a number above 0.")
    return AssessmentEntry(
        path=BODY,
        code=command.code,
        name=command.name,
        description=command.description,
        kind=command.kind,
        purpose=command.purpose,
        scale=scale_code(unit, command.scale_id, "scaleId"),
        points_possible=command.points_possible,
        guide=command.guide,
        reflection=command.reflection,
        org=org_code(unit, command.org_id),
        library=command.in_library,
        slos=_slo_codes(codes, command.slo_ids, "sloIds"),
        criteria=_criteria(command.criteria, codes),
        sections=(),
    )


def _criteria(
    written: tuple[WrittenCriterion, ...], codes: Mapping[SloId, str]
) -> tuple[CriterionEntry, ...]:
    if len({one.code for one in written}) < len(written):
        raise Invalid("criteria", "each code stands once.")
    return tuple(
        CriterionEntry(
            f"{BODY}.criteria[{number}]",
            one.code,
            one.title,
            one.description,
            one.weight,
            _slo_codes(codes, one.slo_ids, f"criteria[{number}].sloIds"),
            tuple(
                LevelEntry(level.points, level.label, level.descriptor, level.mastery)
                for level in sorted(one.levels, key=lambda level: level.points)
            ),
        )
        for number, one in enumerate(written)
    )


def _slo_codes(
    codes: Mapping[SloId, str], slo_ids: tuple[SloId, ...], field: str
) -> tuple[str, ...]:
    for slo_id in slo_ids:
        if slo_id not in codes:
            raise Invalid(field, f"no SLO has the id {slo_id}.")
    return tuple(codes[slo_id] for slo_id in slo_ids)


def _assessment_coded(unit: UnitOfWork, code: str) -> Assessment:
    return next(one for one in unit.assessments.all() if one.code == code)
