"""Accept what students handed in, or return it with a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.errors import Invalid
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.student_work.desk import taught_dla
from domain.audit import Deed
from domain.dla import AssignedDla
from domain.errors import IllegalMove
from domain.ids import AssignedDlaId, PersonId


@dataclass(frozen=True, slots=True)
class DecideDlasCommand:
    """`word` goes to every student among them; to return one it is needed."""

    actor_id: PersonId
    assigned_ids: Sequence[AssignedDlaId]
    accept: bool
    word: str = ""


@dataclass(frozen=True, slots=True)
class DecideDlasReport:
    """`left` could not be decided: not handed in, or so decided already."""

    decided: int
    left: int


@dataclass(frozen=True, slots=True)
class DecideDlas:
    """One that cannot be decided stops no other.

    Raises:
        NotFound: one of them is of no section of the person's; then nothing is decided.
        Invalid: nothing is chosen, or returned without a word.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: DecideDlasCommand) -> DecideDlasReport:
        _refuse_faults(command)
        now = self.clock.now()
        verb = "accepted DLA" if command.accept else "returned DLA"
        with self.units() as unit:
            asked = [
                taught_dla(unit, command.actor_id, one)
                for one in dict.fromkeys(command.assigned_ids)
            ]
            moved = [after for one in asked if (after := _decided(one, command, now))]
            unit.dlas.save_assigned(moved)
            for one in moved:
                unit.audit.record(Deed(command.actor_id, verb, one.id, "", now))
            unit.commit()
        return DecideDlasReport(len(moved), len(asked) - len(moved))


def _decided(one: AssignedDla, command: DecideDlasCommand, now: datetime) -> AssignedDla | None:
    """The next state, or None where there is nothing to decide."""
    try:
        if command.accept:
            return one.accepted(command.word, now, command.actor_id)
        return one.returned(command.word, now, command.actor_id)
    except IllegalMove:
        return None


def _refuse_faults(command: DecideDlasCommand) -> None:
    if not command.assigned_ids:
        raise Invalid("dla", "choose at least one.")
    if not command.accept and not command.word.strip():
        raise Invalid("word", "tell the student what to change.")
