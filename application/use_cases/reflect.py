"""Write the reflection on an assessment in a section."""

from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import Conflict, Invalid, NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import taught
from domain.assessment import Reflection
from domain.audit import Deed
from domain.ids import PersonId, SectionAssessmentId


@dataclass(frozen=True, slots=True)
class ReflectCommand:
    """`submit` makes it visible to coordinators; else it stays with its writer."""

    actor_id: PersonId
    work_id: SectionAssessmentId
    text: str
    submit: bool
    seen: int


@dataclass(frozen=True, slots=True)
class Reflect:
    """What was submitted once stays submitted; a later text replaces it.

    Raises:
        NotFound: no such work for this person, or it asks for no reflection.
        Invalid: submitted without a word.
        Conflict: the writer saved another text since `seen`, in another window.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ReflectCommand) -> Reflection:
        now = self.clock.now()
        with self.units() as unit:
            stored = _stored(unit, command)
            wanted = _written(stored, command, now)
            if wanted == stored:
                return stored
            saved = unit.assessments.save_reflection(wanted)
            verb = "submit reflection" if command.submit else "save reflection"
            unit.audit.record(Deed(command.actor_id, verb, command.work_id, "", now))
            unit.commit()
            return saved


def _stored(unit: UnitOfWork, command: ReflectCommand) -> Reflection:
    place = taught(unit, command.actor_id, command.work_id)
    if not place.assessment.reflection_question:
        raise NotFound("A reflection on this assessment")
    stored = unit.assessments.reflection(command.work_id, command.actor_id)
    return stored or Reflection(command.work_id, command.actor_id, "", None, 0)


def _written(stored: Reflection, command: ReflectCommand, now: datetime) -> Reflection:
    public = command.submit or stored.submitted_at is not None
    if public and not command.text.strip():
        raise Invalid("Your answer", "write something before you submit it.")
    submitted_at = (stored.submitted_at or now) if public else None
    wanted = replace(stored, text=command.text, submitted_at=submitted_at)
    if wanted != stored and command.seen != stored.version:
        raise Conflict("You saved another text meanwhile, in another window.")
    return wanted
