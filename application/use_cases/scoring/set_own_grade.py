"""Keep the evaluator's own grade of a student beside the recommended one."""

from dataclasses import dataclass
from decimal import Decimal

from application.errors import Conflict, Invalid, NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import gradable, points_possible
from domain.assessment import OwnGrade
from domain.audit import Deed
from domain.ids import PersonId, SectionAssessmentId
from domain.rostering import EnrolmentRole
from domain.scale import two_decimals
from domain.score import plain


@dataclass(frozen=True, slots=True)
class SetOwnGradeCommand:
    """`points` None goes back to the recommended score; `seen` is the version looked at."""

    actor_id: PersonId
    work_id: SectionAssessmentId
    student_id: PersonId
    points: Decimal | None
    seen: int


@dataclass(frozen=True, slots=True)
class SetOwnGrade:
    """Saying the same twice changes nothing.

    Raises:
        NotFound: no such work for this person, or the student is not in its section.
        Invalid: below 0 or above the points possible.
        Conflict: another person set the grade since `seen`.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SetOwnGradeCommand) -> OwnGrade | None:
        with self.units() as unit:
            points = _usable(unit, command)
            stored = unit.scores.own_grades(command.work_id).get(command.student_id)
            if points == (stored.points if stored else None):
                return stored
            if command.seen != (stored.version if stored else 0):
                raise Conflict("Another person set this grade meanwhile. Look at it, then save.")
            saved = unit.scores.save_own_grade(self._grade(command, points))
            unit.audit.record(self._deed(command))
            unit.commit()
            return saved

    def _grade(self, command: SetOwnGradeCommand, points: Decimal | None) -> OwnGrade:
        return OwnGrade(
            command.work_id,
            command.student_id,
            points,
            command.seen,
            command.actor_id,
            self.clock.now(),
        )

    def _deed(self, command: SetOwnGradeCommand) -> Deed:
        details = f"student {command.student_id}"
        return Deed(command.actor_id, "set own grade", command.work_id, details, self.clock.now())


def _usable(unit: UnitOfWork, command: SetOwnGradeCommand) -> Decimal | None:
    place = gradable(unit, command.actor_id, command.work_id)
    section_id = place.section.id
    if not unit.roster.is_enrolled(command.student_id, section_id, EnrolmentRole.STUDENT):
        raise NotFound("This student")
    if command.points is None:
        return None
    highest = points_possible(unit, place)
    if not command.points.is_finite() or not 0 <= command.points <= highest:
        raise Invalid("Your own grade", f"give a number from 0 to {plain(highest)}.")
    return two_decimals(command.points)
