"""A student's own DLAs."""

from dataclasses import dataclass

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.queries.student_work.dla_desk import AssignedView, assigned_view
from application.queries.student_work.dla_lines import DlaLine, dla_lines
from application.student_work.desk import students_dla
from domain.ids import AssignedDlaId, PersonId


@dataclass(frozen=True, slots=True)
class MyDlas:
    """What is to be done first, the earliest due at the top; then the rest, newest first."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId) -> tuple[DlaLine, ...]:
        with self.units(write=False) as unit:
            found = unit.dlas.of_student(person_id)
            lines = dla_lines(unit, reversed(found), self.clock.now(), names=False)
        return tuple(sorted(lines, key=_place))


@dataclass(frozen=True, slots=True)
class MyDla:
    """Raises NotFound for another student's."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId, assigned_id: AssignedDlaId) -> AssignedView:
        with self.units(write=False) as unit:
            students_dla(unit, person_id, assigned_id)
            return assigned_view(unit, assigned_id, self.clock.now(), names=False)


def _place(line: DlaLine) -> tuple[bool, float]:
    if not line.waits_for_student:
        return True, 0
    return False, line.due_at.timestamp() if line.due_at else float("inf")
