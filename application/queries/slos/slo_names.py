"""Ids of SLOs and scales by the names that people give them."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWorkFactory
from application.slos.names import slo_named
from domain.ids import SloId


@dataclass(frozen=True, slots=True)
class SloNames:
    units: UnitOfWorkFactory

    def __call__(self, name: str, field: str = "slo") -> SloId:
        """By id or code. Raises Invalid, naming the field."""
        with self.units(write=False) as unit:
            return slo_named(unit, name, field).id
