"""People here who share what should be one person's own."""

from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWork
from domain.identity import LocalField
from domain.ids import PersonId
from domain.matching_case import people_of, people_subject
from domain.rostering import Person

MOST = 1_000
"""Values of each field that are looked at."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`fields` are what all of these people have in common."""

    people: tuple[Person, ...]
    fields: tuple[LocalField, ...]

    @property
    def case_id(self) -> str:
        return people_subject(person.id for person in self.people)

    @property
    def shared(self) -> str:
        return ", ".join(self.fields)


def duplicates(unit: UnitOfWork) -> list[Duplicate]:
    """By the name of the first, without those that a steward put aside for the same reason."""
    found: dict[frozenset[PersonId], tuple[list[Person], list[LocalField]]] = {}
    for field in LocalField:
        for people in unit.matching.sharing(field, MOST):
            key = frozenset(person.id for person in people)
            found.setdefault(key, (people, []))[1].append(field)
    every = [Duplicate(tuple(people), tuple(fields)) for people, fields in found.values()]
    aside = unit.matching.standing(one.case_id for one in every)
    waiting = [
        one
        for one in every
        if one.case_id not in aside or aside[one.case_id].compared != one.shared
    ]
    return sorted(waiting, key=lambda one: (one.people[0].list_name.casefold(), one.case_id))


def duplicate(unit: UnitOfWork, case_id: str) -> Duplicate:
    """Raises NotFound when these people share nothing (any more)."""
    wanted = people_subject(people_of(case_id))
    found = next((one for one in duplicates(unit) if one.case_id == wanted), None)
    if found is None:
        raise NotFound("This case")
    return found
