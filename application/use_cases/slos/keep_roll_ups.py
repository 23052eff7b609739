"""Work out ahead of the reports what the results of lower SLOs brought the higher ones."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWorkFactory
from application.reporting.counted import climbing_of
from application.reporting.rolled import EVERY_ROLL_UP, rolling_up


@dataclass(frozen=True, slots=True)
class KeepRollUps:
    """Those that are not kept as the results, mappings and terms are now; says how many.

    A roll-up names what it was made of, so it may be stored after others have scored: it
    is then not read, and made again the next time.
    """

    units: UnitOfWorkFactory

    def __call__(self) -> int:
        with self.units(write=False) as unit:
            made = list(rolling_up(unit, climbing_of(unit, EVERY_ROLL_UP)).outdated())
        if made:
            with self.units() as unit:
                unit.results.keep_roll_ups(made)
                unit.commit()
        return len(made)
