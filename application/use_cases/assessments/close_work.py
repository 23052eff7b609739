"""Close work as not assessed, reopen it, and take away what was added by mistake."""

from dataclasses import dataclass

from application.errors import Forbidden
from application.planning.keeping import reached
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import Viewer
from application.workplace import taught
from domain.assessment import SectionAssessment
from domain.audit import Deed
from domain.errors import IllegalMove
from domain.ids import PersonId, SectionAssessmentId
from domain.score import Blank


@dataclass(frozen=True, slots=True)
class CloseWorkCommand:
    viewer: Viewer
    work_id: SectionAssessmentId
    reason: str


@dataclass(frozen=True, slots=True)
class CloseWork:
    """Closing again changes the reason.

    Raises:
        NotFound: neither taught nor kept by the viewer.
        IllegalMove: something is scored there; students who were not assessed get N/A.
        NonsenseValue: no reason.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: CloseWorkCommand) -> SectionAssessment:
        now = self.clock.now()
        with self.units() as unit:
            work = reached(unit, command.viewer, command.work_id).work
            if _is_scored(unit, work.id):
                raise IllegalMove("This assessment", "scored here", "not assessed")
            closed = work.not_assessed(command.reason, now)
            if closed == work:
                return work
            saved = unit.assessments.save_work(closed)
            unit.audit.record(
                Deed(command.viewer.actor, "closed as not assessed", work.id, "", now)
            )
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class ReopenWork:
    """Raises NotFound. Reopening what is open changes nothing."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, viewer: Viewer, work_id: SectionAssessmentId) -> SectionAssessment:
        with self.units() as unit:
            work = reached(unit, viewer, work_id).work
            if not work.closed:
                return work
            saved = unit.assessments.save_work(work.reopened())
            unit.audit.record(Deed(viewer.actor, "reopened", work.id, "", self.clock.now()))
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class RemoveWork:
    """Faculty take away what they added themselves.

    Raises:
        NotFound: the person does not teach the section.
        Forbidden: it was planned. IllegalMove: something belongs to it already.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, work_id: SectionAssessmentId) -> None:
        with self.units() as unit:
            work = taught(unit, person_id, work_id).work
            if work.planned:
                raise Forbidden(
                    "Your coordinator planned this assessment, so it cannot be removed. "
                    "Close it as not assessed, with the reason."
                )
            if unit.assessments.works_in_use([work.id]):
                raise IllegalMove("This assessment", "in use here", "removed")
            unit.assessments.remove_works([work.id])
            unit.audit.record(Deed(person_id, "removed assessment", work.id, "", self.clock.now()))
            unit.commit()


def _is_scored(unit: UnitOfWork, work_id: SectionAssessmentId) -> bool:
    counted = unit.counts.of_work(work_id).values()
    return any(not isinstance(score.value, Blank) for score in unit.scores.of_work(work_id)) or any(
        not row.is_blank for row in counted
    )
