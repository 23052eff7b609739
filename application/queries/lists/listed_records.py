"""One page of a long list, or one record of it, for the person who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from application.errors import NotFound
from application.ports.listings import Listings, Page, Turn
from application.ports.unit_of_work import UnitOfWorkFactory
from application.sight import sight_of
from application.viewers import Viewer
from domain.sight import Sight

R = TypeVar("R")
Ask = Callable[[Listings, Sight, Turn], Page[R]]
"""Asks one list for what is wanted."""


@dataclass(frozen=True, slots=True)
class ListRecords:
    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer, ask: Ask[R], turn: Turn) -> Page[R]:
        with self.units(write=False) as unit:
            return ask(unit.listings, sight_of(unit, viewer), turn)


@dataclass(frozen=True, slots=True)
class FindRecord:
    list_records: ListRecords

    def __call__(self, viewer: Viewer, ask: Ask[R], what: str) -> R:
        """Raises NotFound, which says `what`: it is not there, or not for this person."""
        found = self.list_records(viewer, ask, Turn(1)).records
        if not found:
            raise NotFound(what)
        return found[0]
