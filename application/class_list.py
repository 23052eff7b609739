"""The students of a section as the person who scores sees them: by name, or by number."""

from dataclasses import dataclass
from typing import Self

from application.ports.unit_of_work import UnitOfWork
from application.workplace import Workplace
from domain.evaluation import Evaluator
from domain.ids import PersonId
from domain.rostering import EnrolmentRole, Person


@dataclass(frozen=True, slots=True)
class Face:
    """`id` is what pages, forms and addresses call the student; `person_id` who it is.

    Where names are hidden `id` is an alias, and nothing else here tells who it is. `key` is
    what names the student in files: the Tech ID, or one made of the alias.
    """

    id: PersonId
    person_id: PersonId
    list_name: str
    tech_id: str
    key: str

    @classmethod
    def of(cls, person: Person) -> Self:
        return cls(person.id, person.id, person.list_name, person.tech_id, person.tech_id)


def class_list(unit: UnitOfWork, place: Workplace) -> tuple[Face, ...]:
    """By name, or where names are hidden by number."""
    people = unit.roster.people_in(place.section.id, EnrolmentRole.STUDENT)
    if place.evaluator is None or not place.hides_names:
        return tuple(map(Face.of, people))
    return numbered(place.evaluator, people)


def numbered(evaluator: Evaluator, people: list[Person]) -> tuple[Face, ...]:
    """Nameless, in the order of their numbers."""
    numbers = evaluator.numbers(person.id for person in people)
    return tuple(
        _nameless(evaluator.alias(student), student, number)
        for student, number in sorted(numbers.items(), key=lambda one: one[1])
    )


def _nameless(alias: str, student: PersonId, number: int) -> Face:
    """The letter keeps spreadsheets from taking the key for a number."""
    return Face(PersonId(alias), student, f"Student {number}", "", f"K-{alias}")


def student_called(unit: UnitOfWork, place: Workplace, name: PersonId) -> PersonId | None:
    """Who is meant by the `id` of a `Face`; None for nobody in the section."""
    if place.hides_names:
        return next((f.person_id for f in class_list(unit, place) if f.id == name), None)
    enrolled = unit.roster.is_enrolled(name, place.section.id, EnrolmentRole.STUDENT)
    return name if enrolled else None
