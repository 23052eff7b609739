"""One SLO or one assessment, made or changed by a program, within the orgs that it may keep."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.assessment_entries import AssessmentEntry, CriterionEntry, LevelEntry
from application.errors import Conflict, Forbidden, Invalid, NotFound
from application.import_report import ImportProblem
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.import_assessments import ImportAssessments, ImportAssessmentsCommand
from application.use_cases.import_slos import ImportSlos, ImportSlosCommand, SloEntry
from application.viewers import Viewer, kept_orgs
from domain.access import Role
from domain.assessment import Assessment, AssessmentKind, Purpose
from domain.ids import AssessmentId, CourseId, OrgId, PersonId, ScaleId, SloId
from domain.reflection import ReflectionTemplate
from domain.slo import PerformanceDescriptor, Slo, SloKind, SloState

_BODY = "body"
_SOURCE = "API"


@dataclass(frozen=True, slots=True)
class WriteSloCommand:
    """`slo_id` None makes a new one. `seen` raises when the stored one is another than seen."""

    person_id: PersonId
    role: Role
    slo_id: SloId | None
    code: str
    kind: SloKind
    course_id: CourseId | None
    org_id: OrgId | None
    title: str
    statement: str
    state: SloState
    descriptors: tuple[PerformanceDescriptor, ...]
    seen: Callable[[Slo], None] | None = None


@dataclass(frozen=True, slots=True)
class WriteSlo:
    units: UnitOfWorkFactory
    import_slos: ImportSlos

    def __call__(self, command: WriteSloCommand) -> Slo:
        """As an import of one entry does it: another wording is the next version.

        Raises:
            NotFound: it is not there, or not in an org that this person keeps.
            Conflict: a new one's code is taken. Invalid: a field cannot be used.
        """

        def check(unit: UnitOfWork) -> None:
            _check_slo(unit, command)

        with self.units(write=False) as unit:
            check(unit)
            entry = _slo_entry(unit, command)
        report = self.import_slos(
            ImportSlosCommand(command.person_id, _SOURCE, (), (), (entry,), precondition=check)
        )
        _refuse(report.problems)
        with self.units(write=False) as unit:
            return _slo_coded(unit, command.code)


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

    person_id: PersonId
    role: Role
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
            ImportAssessmentsCommand(command.person_id, _SOURCE, (entry,), precondition=check)
        )
        _refuse(report.problems)
        with self.units(write=False) as unit:
            return _assessment_coded(unit, command.code)


def _check_slo(unit: UnitOfWork, command: WriteSloCommand) -> None:
    keeps = _Keeping(unit, command.person_id, command.role)
    org_id = _slo_org(unit, command.course_id, command.org_id)
    if command.slo_id is None:
        keeps.require(org_id)
        _refuse_taken(next((s for s in unit.outcomes.slos() if s.code == command.code), None))
        return
    stored = unit.outcomes.slos_by_id([command.slo_id]).get(command.slo_id)
    if stored is None or not keeps.has(_slo_org(unit, stored.course_id, stored.org_id)):
        raise NotFound("This SLO")
    keeps.require(org_id)
    _refuse_other_code(stored.code, command.code)
    if command.seen:
        command.seen(stored)


def _check_assessment(unit: UnitOfWork, command: WriteAssessmentCommand) -> None:
    keeps = _Keeping(unit, command.person_id, command.role)
    if command.assessment_id is None:
        keeps.require(command.org_id)
        _refuse_taken(next((a for a in unit.assessments.all() if a.code == command.code), None))
        return
    stored = unit.assessments.get(command.assessment_id)
    if not keeps.has(stored.org_id):
        raise NotFound("This assessment")
    keeps.require(command.org_id)
    _refuse_other_code(stored.code, command.code)
    if command.seen:
        command.seen(stored)


class _Keeping:
    """The orgs whose outcomes this person keeps; stewards also what belongs to none."""

    def __init__(self, unit: UnitOfWork, person_id: PersonId, role: Role) -> None:
        viewer = Viewer(person_id, role)
        self._all = viewer.sees_all
        self._orgs = kept_orgs(unit, viewer)

    def has(self, org_id: OrgId | None) -> bool:
        return self._all or org_id in self._orgs

    def require(self, org_id: OrgId | None) -> None:
        if not self.has(org_id):
            raise Forbidden("You keep the outcomes of your own orgs only; name one of them.")


def _slo_org(unit: UnitOfWork, course_id: CourseId | None, org_id: OrgId | None) -> OrgId | None:
    """The org that owns it; a course's SLO belongs to the org of the course."""
    if course_id is None:
        return org_id
    try:
        return unit.roster.course(course_id).org_id
    except NotFound:
        raise Invalid("courseId", "no course has this id.") from None


def _slo_entry(unit: UnitOfWork, command: WriteSloCommand) -> SloEntry:
    course = unit.roster.course(command.course_id).code if command.course_id else None
    descriptors: dict[str, dict[Decimal, str]] = {}
    for one in command.descriptors:
        code = _scale_code(unit, one.scale_id, "descriptors")
        descriptors.setdefault(code, {})[one.points] = one.text
    return SloEntry(
        path=_BODY,
        code=command.code,
        kind=command.kind,
        course=course,
        org=_org_code(unit, command.org_id),
        title=command.title,
        statement=command.statement,
        state=command.state,
        descriptors=descriptors,
    )


def _assessment_entry(unit: UnitOfWork, command: WriteAssessmentCommand) -> AssessmentEntry:
    asked = [*command.slo_ids, *(slo for row in command.criteria for slo in row.slo_ids)]
    codes = {slo.id: slo.code for slo in unit.outcomes.slos_by_id(asked).values()}
    if command.points_possible <= 0:
        raise Invalid("pointsPossible", "give a number above 0.")
    return AssessmentEntry(
        path=_BODY,
        code=command.code,
        name=command.name,
        description=command.description,
        kind=command.kind,
        purpose=command.purpose,
        scale=_scale_code(unit, command.scale_id, "scaleId"),
        points_possible=command.points_possible,
        guide=command.guide,
        reflection=command.reflection,
        org=_org_code(unit, command.org_id),
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
            f"{_BODY}.criteria[{number}]",
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


def _org_code(unit: UnitOfWork, org_id: OrgId | None) -> str | None:
    if org_id is None:
        return None
    try:
        return unit.roster.org(org_id).code
    except NotFound:
        raise Invalid("orgId", "no org has this id.") from None


def _scale_code(unit: UnitOfWork, scale_id: ScaleId, field: str) -> str:
    """The code of a scale that is the newest of its versions."""
    scales = unit.outcomes.scales()
    asked = next((scale for scale in scales if scale.id == scale_id), None)
    if asked is None:
        raise Invalid(field, f"no scale has the id {scale_id}.")
    newest = max((one for one in scales if one.code == asked.code), key=lambda one: one.version)
    if newest.id != scale_id:
        raise Invalid(field, f"scale {scale_id} has a newer version: {newest.id}.")
    return asked.code


def _refuse_taken(stored: Slo | Assessment | None) -> None:
    if stored is not None:
        raise Conflict(f"The code {stored.code} is taken; change what is there instead.")


def _refuse_other_code(stored: str, asked: str) -> None:
    if stored != asked:
        raise Invalid("code", f"it is {stored} and stays so.")


def _refuse(problems: tuple[ImportProblem, ...]) -> None:
    """The first problem; the name of the body itself is left out."""
    if problems:
        first = problems[0]
        raise Invalid(first.path.removeprefix(_BODY).lstrip(".") or _BODY, f"{first.cause}.")


def _slo_coded(unit: UnitOfWork, code: str) -> Slo:
    return next(slo for slo in unit.outcomes.slos() if slo.code == code)


def _assessment_coded(unit: UnitOfWork, code: str) -> Assessment:
    return next(one for one in unit.assessments.all() if one.code == code)
