"""Words for roles that the last load met and that give nothing here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.rosters.row_errors import RowError
from application.rosters.unread_roles import Gives, unread_in
from domain.ids import LoadRunId

_LOADS_LOOKED_AT = 10
_PORTIONS_LOOKED_AT = 10
"""Of a load's findings; one that found more is wrong in worse ways than an unknown word."""


@dataclass(frozen=True, slots=True)
class ReadUnreadRoles:
    units: UnitOfWorkFactory

    def __call__(self) -> Mapping[Gives, tuple[str, ...]]:
        """Of the newest load that has been read, previewed ones too; all empty before there is one.

        A word that was given a meaning since is still among them.
        """
        with self.units(write=False) as unit:
            read = (one for one in unit.loads.recent(_LOADS_LOOKED_AT) if not one.is_open)
            newest = next(read, None)
            return unread_in(_findings(unit, newest.id) if newest else ())


def _findings(unit: UnitOfWork, run_id: LoadRunId) -> Iterator[RowError]:
    for number in range(_PORTIONS_LOOKED_AT):
        portion = unit.loads.findings(run_id, number)
        if portion is None:
            return
        yield from portion.findings
