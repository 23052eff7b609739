"""Reading and saving how rosters are read."""

from dataclasses import dataclass

from application.college_rules import today
from application.loading.reading import WrittenReading, reading_of, roster_reading, written
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.rosters.read_options import ReadOptions
from domain.audit import Deed


@dataclass(frozen=True, slots=True)
class ReadRosterReading:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self) -> ReadOptions:
        with self.units(write=False) as unit:
            return roster_reading(unit.settings, today(unit.settings, self.clock.now()))


@dataclass(frozen=True, slots=True)
class SaveRosterReadingCommand:
    actor: str
    typed: WrittenReading


@dataclass(frozen=True, slots=True)
class SaveRosterReading:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SaveRosterReadingCommand) -> ReadOptions:
        """Each setting that changes is a deed of its own. Raises Invalid."""
        now = self.clock.now()
        with self.units() as unit:
            day = today(unit.settings, now)
            reading = reading_of(command.typed, day)
            before = written(roster_reading(unit.settings, day)).stored()
            for name, value in written(reading).stored().items():
                if value != before[name]:
                    unit.settings.put(name, value)
                    details = f"from {_told(before[name])} to {_told(value)}"
                    unit.audit.record(Deed(command.actor, "set", f"setting:{name}", details, now))
            unit.commit()
        return reading


def _told(stored: str) -> str:
    return ", ".join(stored.splitlines()) or "nothing"
