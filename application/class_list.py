"""The students of a section as the person who scores sees them: by name, or by number."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.evaluation import Evaluator
from domain.ids import PersonId
from domain.rostering import EnrolmentRole, Person


@dataclass(frozen=True, slots=True)
class Face:
    """`id` is what pages, forms and addresses call the student; `person_id` who it is.

    Where names are hidden `id` is an alias, and nothing else here tells who it is.
    """

    id: PersonId
    person_id: PersonId
    list_name: str
    tech_id: str


def class_list(unit: UnitOfWork, place: Workplace) -> tuple[Face, ...]:
    """By name, or where names are hidden by number."""
    people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    evaluator = place.evaluator
    if evaluator is None or not evaluator.hides_names:
        return tuple(Face(one.id, one.id, one.list_name, one.tech_id) for one in people)
    return numbered(evaluator, people)


def numbered(evaluator: Evaluator, people: list[Person]) -> tuple[Face, ...]:
    """Nameless, in the order of their numbers."""
    numbers = evaluator.numbers(person.id for person in people)
    return tuple(
        Face(PersonId(evaluator.alias(student)), student, f"Student {number}", "")
        for student, number in sorted(numbers.items(), key=lambda one: one[1])
    )


def student_called(unit: UnitOfWork, place: Workplace, name: PersonId) -> PersonId | None:
    """Who is meant by the `id` of a `Face`; None for nobody in the section."""
    evaluator = place.evaluator
    if evaluator is not None and evaluator.hides_names:
        return next((f.person_id for f in class_list(unit, place) if f.id == name), None)
    enrolled = unit.roster.is_enrolled(name, place.section.id, EnrolmentRole.STUDENT)
    return name if enrolled else None
