"""Whom a command means by a Tech ID."""

from dataclasses import dataclass

from application.errors import NotFound
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.identity import LocalField
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class PersonByTechId:
    """The one active person with a Tech ID, for commands about that person."""

    units: UnitOfWorkFactory

    def __call__(self, tech_id: str) -> Person:
        """Raises NotFound unless the Tech ID names exactly one active person."""
        with self.units(write=False) as unit:
            people = unit.roster.people_where(LocalField.TECH_ID, tech_id)
        active = [person for person in people if person.active]
        if len(active) != 1:
            raise NotFound("A person with this Tech ID")
        return active[0]
