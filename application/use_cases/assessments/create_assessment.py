"""Make an assessment and use it in a section at once."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from application.assessment_codes import free_code
from application.errors import Invalid
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.assessments.plan_assessment import require_teacher
from domain.assessment import Assessment, AssessmentKind, Purpose, SectionAssessment
from domain.audit import Deed
from domain.ids import (
    AssessmentId,
    PersonId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
    SloId,
)
from domain.reflection import ReflectionTemplate
from domain.rostering import Course
from domain.rubric import Criterion, CriterionLevel, Rubric, outcomes_rubric, slo_row
from domain.scale import AssessmentScale
from domain.slo import Slo

HIGHEST_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """One criterion of Student-Oriented work, mapped to the SLOs that it shows."""

    title: str
    description: str
    weight: Decimal
    slo_ids: tuple[SloId, ...]


@dataclass(frozen=True, slots=True)
class CreateAssessmentCommand:
    """`slo_ids` are the rows of Outcomes-Oriented work, `criteria` those of Student-Oriented.

    `scale_id` None takes the default scale.
    """

    actor_id: PersonId
    section_id: SectionId
    name: str
    description: str
    kind: AssessmentKind
    purpose: Purpose
    scale_id: ScaleId | None
    slo_ids: tuple[SloId, ...]
    criteria: tuple[NewCriterion, ...]
    points_possible: Decimal
    due_at: datetime | None
    reflection: ReflectionTemplate
    in_library: bool


@dataclass(frozen=True, slots=True)
class CreateAssessment:
    """Answers the assessment in the section.

    Raises:
        NotFound: the person does not teach the section.
        Invalid: a field, named, that cannot be used.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: CreateAssessmentCommand) -> SectionAssessmentId:
        with self.units() as unit:
            require_teacher(unit, command.actor_id, command.section_id)
            _require_fields(command)
            assessment = unit.assessments.save(self._assessment(unit, command))
            work = unit.assessments.save_work(self._work(command, assessment.id))
            deed = Deed(command.actor_id, "created assessment", work.id, "", self.clock.now())
            unit.audit.record(deed)
            unit.commit()
            return work.id

    def _assessment(self, unit: UnitOfWork, command: CreateAssessmentCommand) -> Assessment:
        course = unit.roster.course(unit.roster.section(command.section_id).course_id)
        scale = _scale(unit, command.scale_id)
        return Assessment(
            id=AssessmentId(self.new_id()),
            code=_free_code(unit, course, command.name),
            org_id=course.org_id,
            name=command.name.strip(),
            description=command.description.strip(),
            kind=command.kind,
            purpose=command.purpose,
            scale_id=scale.id,
            rubric=self._rubric(unit, command, course, scale),
            points_possible=command.points_possible,
            reflection=command.reflection,
            in_library=command.in_library,
            owner_id=command.actor_id,
            version=0,
        )

    def _rubric(
        self,
        unit: UnitOfWork,
        command: CreateAssessmentCommand,
        course: Course,
        scale: AssessmentScale,
    ) -> Rubric:
        offered = {slo.id: slo for slo in unit.outcomes.slos_of_course(course.id)}
        if command.kind is not AssessmentKind.STUDENT:
            return outcomes_rubric(_chosen(command.slo_ids, offered), scale)
        rows = tuple(
            self._criterion(number, criterion, scale)
            for number, criterion in enumerate(command.criteria, start=1)
        )
        mapped = tuple(dict.fromkeys(slo for c in command.criteria for slo in c.slo_ids))
        outcomes = tuple(slo_row(slo, scale) for slo in _chosen(mapped, offered))
        return Rubric(rows, outcomes)

    def _criterion(self, number: int, new: NewCriterion, scale: AssessmentScale) -> Criterion:
        levels = tuple(
            CriterionLevel(level.points, level.label, level.descriptor, level.mastery)
            for level in scale.levels
        )
        return Criterion(
            RowId(self.new_id()),
            f"C{number}",
            new.title.strip(),
            new.description.strip(),
            levels,
            new.weight,
            new.slo_ids,
        )

    def _work(
        self, command: CreateAssessmentCommand, assessment_id: AssessmentId
    ) -> SectionAssessment:
        return SectionAssessment(
            SectionAssessmentId(self.new_id()),
            assessment_id,
            command.section_id,
            command.due_at,
            planned=False,
            released_at=None,
            snapshot=None,
            version=0,
        )


def _require_fields(command: CreateAssessmentCommand) -> None:
    if not command.name.strip():
        raise Invalid("name", "give the assessment a name.")
    points = command.points_possible
    if not points.is_finite() or not 0 < points <= HIGHEST_POINTS:
        raise Invalid("points", f"give a number above 0, at most {HIGHEST_POINTS:,}.")
    if command.kind is AssessmentKind.STUDENT:
        _require_criteria(command.criteria)


def _require_criteria(criteria: tuple[NewCriterion, ...]) -> None:
    if not criteria:
        raise Invalid("criteria", "write at least one criterion.")
    for criterion in criteria:
        if not criterion.title.strip():
            raise Invalid("criteria", "give each criterion a title.")
        if not criterion.weight.is_finite() or criterion.weight < 0:
            raise Invalid("criteria", "a weight is a number, 0 or more.")
        if not criterion.slo_ids:
            raise Invalid("criteria", f"choose an SLO for '{criterion.title.strip()}'.")
    if not any(criterion.weight for criterion in criteria):
        raise Invalid("criteria", "at least one weight must be above 0.")


def _scale(unit: UnitOfWork, scale_id: ScaleId | None) -> AssessmentScale:
    scales = unit.outcomes.scales()
    for scale in scales:
        if scale_id in {None, scale.id}:
            return scale
    raise Invalid("scale", "choose one of the scales listed.")


def _chosen(wanted: tuple[SloId, ...], offered: dict[SloId, Slo]) -> list[Slo]:
    if not wanted:
        raise Invalid("slos", "choose at least one SLO.")
    if any(slo_id not in offered for slo_id in wanted):
        raise Invalid("slos", "choose SLOs of this course.")
    return [slo for slo_id, slo in offered.items() if slo_id in wanted]


def _free_code(unit: UnitOfWork, course: Course, name: str) -> str:
    """A short code from course and name that no other assessment has."""
    return free_code(f"{course.code} {name}", (one.code for one in unit.assessments.all()))
