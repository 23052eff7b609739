"""Who may bring evidence where, who sees it, and who may end it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from application.errors import Conflict, NotFound
from application.evidence.dla_door import (
    dla_of,
    enter_own_dla,
    enter_taught_dla,
    require_open,
    was_handed_in,
)
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer
from application.workplace import Workplace, given, taken, taught
from domain.access import Right, may
from domain.evidence import (
    Evidence,
    EvidenceKind,
    EvidenceSource,
    EvidenceState,
    EvidenceTarget,
    TargetKind,
)
from domain.ids import PersonId, SectionAssessmentId
from domain.improvement.action_plan import ActionPlan
from domain.rostering import EnrolmentRole
from domain.score import Blank

_UNSEEN = "This evidence"


class Side(StrEnum):
    """From where somebody looks at a piece of evidence."""

    STUDENT = "student"
    """Whose result it is about."""
    FACULTY = "faculty"
    EVALUATOR = "evaluator"
    """Scores the result where somebody else teaches."""
    PLANNER = "planner"
    """Of an action plan."""


class PlanDoor(Protocol):
    def __call__(self, unit: UnitOfWork, viewer: Viewer, action_plan_id: str) -> ActionPlan:
        """Raises: NotFound for an action plan that is not there or not the viewer's to see."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The one place that decides about evidence; stewards have no part in that of results."""

    plan_door: PlanDoor

    def enter(self, unit: UnitOfWork, viewer: Viewer, target: EvidenceTarget) -> Side:
        """From which side the viewer may look at the target.

        Raises:
            NotFound: it is not there, or not for this person in this role.
        """
        if target.kind is TargetKind.ACTION_PLAN:
            self.plan_door(unit, viewer, target.action_plan_id or "")
            return Side.PLANNER
        if target.kind is TargetKind.DLA:
            return _dla_side(unit, viewer, target)
        place = _place(unit, viewer, target)
        if _teaches(viewer):
            _require_student(unit, place, target.student_id)
            return Side.FACULTY
        return Side.STUDENT

    def bring(self, unit: UnitOfWork, viewer: Viewer, target: EvidenceTarget) -> Side:
        """As `enter`, for whoever brings evidence.

        Raises:
            NotFound: as `enter`.
            Conflict: the action plan is withdrawn, or the DLA not with the student.
        """
        side = self.enter(unit, viewer, target)
        if target.kind is TargetKind.DLA:
            if side is not Side.STUDENT:
                raise NotFound("This DLA")
            require_open(dla_of(unit, target))
        if side is Side.PLANNER:
            plan = self.plan_door(unit, viewer, target.action_plan_id or "")
            if not plan.takes_evidence:
                raise Conflict("This action plan is withdrawn and takes no more evidence.")
        return side

    def side_of(self, unit: UnitOfWork, viewer: Viewer, evidence: Evidence) -> Side:
        """The side from which the viewer sees this piece. Raises: NotFound."""
        try:
            side = self._side(unit, viewer, evidence)
        except NotFound:
            raise NotFound(_UNSEEN) from None
        if evidence.state is EvidenceState.REMOVED:
            raise NotFound(_UNSEEN)
        if side is Side.STUDENT and not shown_to_student(unit, evidence):
            raise NotFound(_UNSEEN)
        if side is Side.FACULTY and not shown_to_teacher(unit, evidence):
            raise NotFound(_UNSEEN)
        return side

    def _side(self, unit: UnitOfWork, viewer: Viewer, evidence: Evidence) -> Side:
        """A student who left the section still has what is about them."""
        student = evidence.target.student_id
        if student is not None and student == viewer.person_id and _studies(viewer):
            return Side.STUDENT
        if evidence.target.work_id is not None and _scores(viewer):
            place, teaches = work_scored(unit, viewer, evidence.target.work_id)
            if not teaches:
                _require_shown(unit, place, evidence)
            return Side.FACULTY if teaches else Side.EVALUATOR
        return self.enter(unit, viewer, evidence.target)


def shown_to_student(unit: UnitOfWork, evidence: Evidence) -> bool:
    """What they brought themselves; the rest once their results are released."""
    own = evidence.source is not EvidenceSource.FACULTY
    if own or evidence.target.work_id is None:
        return True
    released = unit.assessments.work(evidence.target.work_id).released_at is not None
    return evidence.is_kept and released


def shown_to_teacher(unit: UnitOfWork, evidence: Evidence) -> bool:
    """With a DLA what was handed in; the rest whatever its state."""
    if evidence.target.kind is not TargetKind.DLA:
        return True
    return was_handed_in(dla_of(unit, evidence.target), evidence)


def may_change(viewer: Viewer, evidence: Evidence) -> bool:
    """What it is called is the word of whoever brought it."""
    return evidence.is_kept and _is_own(viewer, evidence)


def may_remove(unit: UnitOfWork, viewer: Viewer, evidence: Evidence) -> bool:
    """By its owner, until a score rests on it or it was handed in; then it is only retired."""
    if not _is_own(viewer, evidence):
        return False
    if evidence.target.kind is TargetKind.DLA:
        return not was_handed_in(dla_of(unit, evidence.target), evidence)
    work_id, student_id = evidence.target.work_id, evidence.target.student_id
    if work_id is None or student_id is None:
        return True
    scores = unit.scores.of_student(work_id, student_id)
    return all(isinstance(score.value, Blank) for score in scores.values())


def may_retire(unit: UnitOfWork, viewer: Viewer, evidence: Evidence, side: Side) -> bool:
    """By its owner, and by those who teach or plan there; of a DLA while the student has it."""
    if side is Side.STUDENT and evidence.target.kind is TargetKind.DLA:
        return _is_own(viewer, evidence) and dla_of(unit, evidence.target).with_student
    return _is_own(viewer, evidence) or side in {Side.FACULTY, Side.PLANNER}


def _is_own(viewer: Viewer, evidence: Evidence) -> bool:
    """What came from the LMS is nobody's to change here: it comes again."""
    return evidence.source is not EvidenceSource.LMS and evidence.owner_id == viewer.person_id


def work_taught(unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId) -> Workplace:
    """Raises: NotFound."""
    if viewer.person_id is None or not _teaches(viewer):
        raise NotFound("This assessment")
    return taught(unit, viewer.person_id, work_id)


def work_scored(
    unit: UnitOfWork, viewer: Viewer, work_id: SectionAssessmentId
) -> tuple[Workplace, bool]:
    """For whoever scores there, and whether that is as somebody who teaches. Raises: NotFound."""
    if viewer.person_id is None or not _scores(viewer):
        raise NotFound("This assessment")
    place = given(unit, viewer.person_id, work_id)
    return place, place.evaluator is None and _teaches(viewer)


def _require_shown(unit: UnitOfWork, place: Workplace, evidence: Evidence) -> None:
    """Kept, of the section or its students; where names are hidden no address: it may tell one."""
    if not evidence.is_kept:
        raise NotFound(_UNSEEN)
    _require_student(unit, place, evidence.target.student_id)
    if place.hides_names and evidence.kind is not EvidenceKind.FILE:
        raise NotFound(_UNSEEN)


def _place(unit: UnitOfWork, viewer: Viewer, target: EvidenceTarget) -> Workplace:
    if target.work_id is None:
        raise NotFound("This assessment")
    if _teaches(viewer):
        return work_taught(unit, viewer, target.work_id)
    own = viewer.person_id is not None and viewer.person_id == target.student_id
    if viewer.person_id is None or not own or not _studies(viewer):
        raise NotFound("This assessment")
    return taken(unit, viewer.person_id, target.work_id)


def _dla_side(unit: UnitOfWork, viewer: Viewer, target: EvidenceTarget) -> Side:
    if viewer.person_id is None:
        raise NotFound("This DLA")
    if _teaches(viewer):
        enter_taught_dla(unit, viewer.person_id, target)
        return Side.FACULTY
    if not _studies(viewer):
        raise NotFound("This DLA")
    enter_own_dla(unit, viewer.person_id, target)
    return Side.STUDENT


def _require_student(unit: UnitOfWork, place: Workplace, student_id: PersonId | None) -> None:
    if student_id is None:
        return
    if not unit.roster.is_enrolled(student_id, place.section.id, EnrolmentRole.STUDENT):
        raise NotFound("This student")


def _teaches(viewer: Viewer) -> bool:
    return viewer.role is not None and may(viewer.role, Right.TEACH)


def _scores(viewer: Viewer) -> bool:
    return viewer.role is not None and may(viewer.role, Right.SCORE)


def _studies(viewer: Viewer) -> bool:
    return viewer.role is not None and may(viewer.role, Right.SEE_OWN_RESULTS)
