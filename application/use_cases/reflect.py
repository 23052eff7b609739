"""Write the reflection on an assessment in a section."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from application.errors import Conflict, Invalid, NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.workplace import Workplace, given
from domain.audit import Deed
from domain.ids import PersonId, SectionAssessmentId
from domain.reflection import Answer, Reflection, ReflectionTemplate


@dataclass(frozen=True, slots=True)
class ReflectCommand:
    """`submit` makes it visible to coordinators; else it stays with its writer."""

    actor_id: PersonId
    work_id: SectionAssessmentId
    answers: Mapping[str, str]
    """Texts by question id; questions that the template does not have are left out."""
    submit: bool
    seen: int


@dataclass(frozen=True, slots=True)
class Reflect:
    """What was submitted once stays submitted; later answers replace the earlier.

    Raises:
        NotFound: no such work for this person, or it asks for no reflection.
        Invalid: submitted without a required answer, or an answer that is none; the field is
            the id of the question.
        Conflict: the writer saved other answers since `seen`, in another window.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: ReflectCommand) -> Reflection:
        now = self.clock.now()
        with self.units() as unit:
            place = given(unit, command.actor_id, command.work_id)
            stored = _stored(unit, place, command)
            wanted = _written(place.assessment.reflection, stored, command, now)
            if wanted == stored:
                return stored
            saved = unit.assessments.save_reflection(wanted)
            verb = "submit reflection" if command.submit else "save reflection"
            unit.audit.record(Deed(command.actor_id, verb, command.work_id, "", now))
            unit.commit()
            return saved


def _stored(unit: UnitOfWork, place: Workplace, command: ReflectCommand) -> Reflection:
    if not place.assessment.reflection.asks:
        raise NotFound("A reflection on this assessment")
    stored = unit.assessments.reflection(command.work_id, command.actor_id)
    return stored or Reflection(command.work_id, command.actor_id, (), None, 0)


def _written(
    template: ReflectionTemplate, stored: Reflection, command: ReflectCommand, now: datetime
) -> Reflection:
    public = command.submit or stored.submitted_at is not None
    _refuse_faults(template, command.answers, public=public)
    answers = tuple(
        Answer(question.id, question.prompt, command.answers.get(question.id, ""))
        for question in template.questions
    )
    submitted_at = (stored.submitted_at or now) if public else None
    wanted = replace(stored, answers=answers, submitted_at=submitted_at)
    if wanted != stored and command.seen != stored.version:
        raise Conflict("You saved another text meanwhile, in another window.")
    return wanted


def _refuse_faults(
    template: ReflectionTemplate, answers: Mapping[str, str], *, public: bool
) -> None:
    for question in template.questions:
        if fault := question.fault_of(answers.get(question.id, "")):
            raise Invalid(question.id, f"{fault}.")
    missing = template.missing(answers) if public else None
    if missing:
        raise Invalid(missing.id, "answer this before you submit.")
