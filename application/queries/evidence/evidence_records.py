"""Evidence as programs read it, for exactly those who see it on pages."""

from dataclasses import dataclass

from application.errors import NotFound
from application.evidence.doors import (
    Doors,
    Side,
    shown_to_student,
    shown_to_teacher,
    work_taught,
)
from application.ports.listings import Page, Turn
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.queries.lists.turned import turned
from application.viewers import Viewer
from domain.access import Right
from domain.evidence import Evidence, EvidenceState, EvidenceTarget
from domain.ids import ActionPlanId, AssignedDlaId, EvidenceId, PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class EvidenceRecords:
    """Raises: NotFound for whoever has no part in the work, the plan or the piece."""

    units: UnitOfWorkFactory
    doors: Doors

    def of_work(self, viewer: Viewer, work_id: SectionAssessmentId, turn: Turn) -> Page[Evidence]:
        """All of it for who teaches there, else a student's own."""
        with self.units(write=False) as unit:
            return turned(self._of_work(unit, viewer, work_id), lambda one: one.id, turn)

    def of_plan(self, viewer: Viewer, plan_id: ActionPlanId, turn: Turn) -> Page[Evidence]:
        target = EvidenceTarget.action_plan(plan_id)
        with self.units(write=False) as unit:
            self.doors.enter(unit, viewer, target)
            return turned(unit.evidence.of_target(target), lambda one: one.id, turn)

    def of_dla(self, viewer: Viewer, assigned_id: AssignedDlaId, turn: Turn) -> Page[Evidence]:
        """All of one's own DLA, or what was handed in for who teaches there."""
        with self.units(write=False) as unit:
            asked = EvidenceTarget.dla(assigned_id, viewer.person_id or PersonId(""))
            side = self.doors.enter(unit, viewer, asked)
            owner = unit.dlas.assigned(assigned_id).student_id
            every = unit.evidence.of_target(EvidenceTarget.dla(assigned_id, owner))
            shown = [
                one
                for one in every
                if one.state is not EvidenceState.REMOVED
                and (side is Side.STUDENT or shown_to_teacher(unit, one))
            ]
            return turned(shown, lambda one: one.id, turn)

    def one(self, viewer: Viewer, evidence_id: EvidenceId) -> Evidence:
        """Evaluators look on pages, where what may tell a name is left out."""
        with self.units(write=False) as unit:
            evidence = unit.evidence.get(evidence_id)
            side = self.doors.side_of(unit, viewer, evidence)
        if side is Side.EVALUATOR:
            raise NotFound("This evidence")
        return evidence

    def _of_work(
        self, unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId
    ) -> list[Evidence]:
        if viewer.may(Right.TEACH):
            work_taught(unit, viewer, work_id)
            return unit.evidence.of_work(work_id)
        target = own_target(viewer, work_id)
        self.doors.enter(unit, viewer, target)
        return [one for one in unit.evidence.of_target(target) if shown_to_student(unit, one)]


def own_target(viewer: Viewer, work_id: SectionAssessmentId) -> EvidenceTarget:
    """The viewer's own result; the doors tell whether there is one."""
    return EvidenceTarget.result(work_id, viewer.person_id or PersonId(""))
