"""Assign a DLA to students of a section, and take it away from one who has not begun."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from application.errors import Conflict, Invalid, NotFound
from application.ports.runtime import Clock, NewId
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.student_work.desk import own_dla, taught_dla, taught_section
from application.workplace import taught
from domain.audit import Deed
from domain.dla import AssignedDla, DlaState
from domain.errors import IllegalMove
from domain.ids import AssignedDlaId, DlaId, PersonId, SectionAssessmentId, SectionId
from domain.rostering import EnrolmentRole


@dataclass(frozen=True, slots=True)
class AssignDlaCommand:
    """`work_id`: the assessment whose results led to it, where it came from a filter."""

    actor_id: PersonId
    dla_id: DlaId
    section_id: SectionId
    student_ids: frozenset[PersonId]
    due_at: datetime | None
    work_id: SectionAssessmentId | None = None


@dataclass(frozen=True, slots=True)
class AssignDlaReport:
    """`already` had it in this section; they keep it as it stands."""

    assigned: int
    already: int


@dataclass(frozen=True, slots=True)
class AssignDla:
    """Assigning twice assigns once.

    Raises:
        NotFound: the DLA, the section, the work or a student is not the person's.
        Invalid: nobody is chosen, or it would be overdue at once.
        Conflict: the DLA is out of use, or a student got it at the same moment.
    """

    units: UnitOfWorkFactory
    clock: Clock
    new_id: NewId

    def __call__(self, command: AssignDlaCommand) -> AssignDlaReport:
        now = self.clock.now()
        with self.units() as unit:
            _refuse_foreign(unit, command)
            _refuse_faults(command, now)
            have = {
                one.student_id
                for one in unit.dlas.in_sections([command.section_id])
                if one.dla_id == command.dla_id
            }
            new = sorted(command.student_ids - have)
            unit.dlas.save_assigned(self._assigned(command, new, now))
            if new:
                details = f"{len(new)} students of section {command.section_id}"
                deed = Deed(command.actor_id, "assigned DLA", command.dla_id, details, now)
                unit.audit.record(deed)
                unit.commit()
        return AssignDlaReport(len(new), len(command.student_ids & have))

    def _assigned(
        self, command: AssignDlaCommand, students: Iterable[PersonId], now: datetime
    ) -> list[AssignedDla]:
        return [
            AssignedDla(
                AssignedDlaId(self.new_id()), command.dla_id, command.section_id, student,
                command.work_id, command.due_at, DlaState.ASSIGNED, "", (), command.actor_id,
                now, 0,
            )
            for student in students
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TakeAwayDla:
    """As if it had never been assigned, while the student has not begun.

    Raises:
        NotFound: it is of no section of the person's.
        IllegalMove: the student has begun. Conflict: begins at this moment.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor_id: PersonId, assigned_id: AssignedDlaId) -> AssignedDla:
        with self.units() as unit:
            one = taught_dla(unit, actor_id, assigned_id)
            if not one.untouched:
                raise IllegalMove("This DLA", one.state, "taken away")
            unit.dlas.remove(one)
            unit.audit.record(Deed(actor_id, "took DLA away", one.dla_id, "", self.clock.now()))
            unit.commit()
        return one


def _refuse_foreign(unit: UnitOfWork, command: AssignDlaCommand) -> None:
    dla = own_dla(unit, command.actor_id, command.dla_id)
    section = taught_section(unit, command.actor_id, command.section_id)
    if command.work_id:
        work = taught(unit, command.actor_id, command.work_id).work
        if work.section_id != section.id:
            raise NotFound("This assessment")
    people = unit.roster.people_in(section.id, EnrolmentRole.STUDENT)
    if command.student_ids - {person.id for person in people}:
        raise NotFound("This student")
    if dla.retired_at is not None:
        raise Conflict("This DLA is out of use; restore it before you assign it.")


def _refuse_faults(command: AssignDlaCommand, now: datetime) -> None:
    if not command.student_ids:
        raise Invalid("student", "choose at least one student.")
    if command.due_at is not None and command.due_at <= now:
        raise Invalid("due", "choose a day that is not over.")
