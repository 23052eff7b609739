"""A student's own doing: write on a DLA, hand it in, take it back."""

from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import Conflict, Invalid
from application.evidence.dla_door import attached_names
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.student_work.desk import students_dla
from domain.audit import Deed
from domain.dla import AssignedDla
from domain.errors import NonsenseValue
from domain.ids import AssignedDlaId, PersonId

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class WriteDlaCommand:
    """`hand_in` False keeps a draft that only the student reads."""

    actor_id: PersonId
    assigned_id: AssignedDlaId
    text: str
    hand_in: bool
    seen: int


@dataclass(frozen=True, slots=True)
class WriteDla:
    """Saying the same again is no change.

    Raises:
        NotFound: it is not the person's own.
        IllegalMove: it is with the teacher, or accepted.
        Invalid: the text is too long, or there is nothing to hand in.
        Conflict: something else was saved since `seen`: in another window, or by the teacher.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: WriteDlaCommand) -> AssignedDla:
        now = self.clock.now()
        with self.units() as unit:
            stored = students_dla(unit, command.actor_id, command.assigned_id)
            wanted = _written(stored, command, attached_names(unit, stored), now)
            if replace(wanted, steps=stored.steps) == stored and not command.hand_in:
                return stored
            if command.seen != stored.version:
                raise Conflict("This DLA was changed meanwhile; your text is below, not saved.")
            (saved,) = unit.dlas.save_assigned([wanted])
            verb = "handed DLA in" if command.hand_in else "wrote on DLA"
            unit.audit.record(Deed(command.actor_id, verb, stored.id, "", now))
            unit.commit()
        return saved


@dataclass(frozen=True, slots=True)
class TakeDlaBack:
    """Raises NotFound, and IllegalMove once the teacher has decided."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor_id: PersonId, assigned_id: AssignedDlaId) -> AssignedDla:
        now = self.clock.now()
        with self.units() as unit:
            stored = students_dla(unit, actor_id, assigned_id)
            (saved,) = unit.dlas.save_assigned([stored.taken_back(now)])
            unit.audit.record(Deed(actor_id, "took DLA back", stored.id, "", now))
            unit.commit()
        return saved


def _written(
    stored: AssignedDla,
    command: WriteDlaCommand,
    attached: tuple[str, ...],
    now: datetime,
) -> AssignedDla:
    if len(command.text) > LONGEST:
        raise Invalid("text", f"write at most {LONGEST} characters.")
    if not command.hand_in:
        return stored.written(command.text, now)
    try:
        return stored.handed_in(command.text, now, attached)
    except NonsenseValue as wrong:
        raise Invalid("text", "write something, or attach a file or a link.") from wrong
