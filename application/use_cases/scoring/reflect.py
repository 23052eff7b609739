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
    """`submit` makes it visible to coordinators; else it stays with its writer.

    `share` True shows it to the department too, which submits it; False ends that; None
    leaves it as it is.
    """

    actor_id: PersonId
    work_id: SectionAssessmentId
    answers: Mapping[str, str]
    """Texts by question id; questions that the template does not have are left out."""
    submit: bool
    seen: int
    share: bool | None = None


@dataclass(frozen=True, slots=True)
class Reflect:
    """What was submitted once stays submitted; later answers replace the earlier.

    The questions are kept with the first answers: a template changed later asks others of
    those who have not begun.

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
            template = stored.asked or place.assessment.reflection
            wanted = _written(template, stored, command, now)
            if wanted == stored:
                return stored
            saved = unit.assessments.save_reflection(wanted)
            verb = _verb(stored, saved)
            unit.audit.record(Deed(command.actor_id, verb, command.work_id, "", now))
            unit.commit()
            return saved


def _stored(unit: UnitOfWork, place: Workplace, command: ReflectCommand) -> Reflection:
    stored = unit.assessments.reflection(command.work_id, command.actor_id)
    if stored is None and not place.assessment.reflection.asks:
        raise NotFound("A reflection on this assessment")
    return stored or Reflection(command.work_id, command.actor_id, (), None, 0)


def _written(
    template: ReflectionTemplate, stored: Reflection, command: ReflectCommand, now: datetime
) -> Reflection:
    public = command.submit or bool(command.share) or stored.submitted_at is not None
    _refuse_faults(template, command.answers, public=public)
    answers = tuple(
        Answer(question.id, question.prompt, command.answers.get(question.id, ""))
        for question in template.questions
    )
    submitted_at = (stored.submitted_at or now) if public else None
    shared = stored.shared_at is not None if command.share is None else command.share
    wanted = replace(
        stored,
        answers=answers,
        submitted_at=submitted_at,
        asked=template,
        shared_at=(stored.shared_at or now) if shared else None,
    )
    if wanted != stored and command.seen != stored.version:
        raise Conflict("You saved another text meanwhile, in another window.")
    return wanted


def _verb(before: Reflection, after: Reflection) -> str:
    if (before.shared_at is None) is not (after.shared_at is None):
        return "shared reflection" if after.shared_at else "stopped sharing reflection"
    return "submitted reflection" if after.submitted_at else "saved reflection"


def _refuse_faults(
    template: ReflectionTemplate, answers: Mapping[str, str], *, public: bool
) -> None:
    for question in template.questions:
        if fault := question.fault_of(answers.get(question.id, "")):
            raise Invalid(question.id, f"{fault}.")
    missing = template.missing(answers) if public else None
    if missing:
        raise Invalid(missing.id, "answer this before you submit.")
