"""Put an assessment of the library on a section."""

from dataclasses import dataclass
from datetime import datetime

from application.errors import NotFound
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from domain.assessment import Assessment, SectionAssessment
from domain.audit import Deed
from domain.ids import AssessmentId, PersonId, SectionAssessmentId, SectionId
from domain.rostering import EnrolmentRole


@dataclass(frozen=True, slots=True)
class PlanAssessmentCommand:
    actor_id: PersonId
    assessment_id: AssessmentId
    section_id: SectionId
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanAssessment:
    """An assessment stands once in a section; asking again answers the one that is there.

    Raises:
        NotFound: the person does not teach the section, or the assessment is neither in
            the library nor their own.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: PlanAssessmentCommand) -> SectionAssessmentId:
        with self.units() as unit:
            require_teacher(unit, command.actor_id, command.section_id)
            _offered(unit, command)
            there = unit.assessments.work_of(command.assessment_id, command.section_id)
            if there:
                return there.id
            work = unit.assessments.save_work(self._work(command))
            at = self.clock.now()
            unit.audit.record(Deed(command.actor_id, "added assessment", work.id, "", at))
            unit.commit()
            return work.id

    def _work(self, command: PlanAssessmentCommand) -> SectionAssessment:
        return SectionAssessment(
            SectionAssessmentId(self.new_id()),
            command.assessment_id,
            command.section_id,
            command.due_at,
            planned=False,
            released_at=None,
            snapshot=None,
            version=0,
        )


def require_teacher(unit: UnitOfWork, person_id: PersonId, section_id: SectionId) -> None:
    """Raises NotFound unless the person teaches the section."""
    if not unit.roster.is_enrolled(person_id, section_id, EnrolmentRole.TEACHER):
        raise NotFound("This section")


def _offered(unit: UnitOfWork, command: PlanAssessmentCommand) -> Assessment:
    assessment = unit.assessments.get(command.assessment_id)
    if assessment.offered_to(command.actor_id):
        return assessment
    raise NotFound("This assessment")
