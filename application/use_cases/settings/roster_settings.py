"""Reading and saving how rosters are read."""

from dataclasses import dataclass

from application.college_rules import today
from application.loading.reading import (
    COURSE_CODE,
    DEMOGRAPHICS,
    TECH_ID,
    TECH_ID_WIDTH,
    reading_of,
    roster_reading,
)
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
    """As typed; `demographics` are names of attributes between commas, empty for none."""

    actor: str
    tech_id: str
    tech_id_width: str
    course_code: str
    demographics: str


@dataclass(frozen=True, slots=True)
class SaveRosterReading:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: SaveRosterReadingCommand) -> ReadOptions:
        """Each setting that changes is a deed of its own. Raises Invalid."""
        now = self.clock.now()
        with self.units() as unit:
            day = today(unit.settings, now)
            reading = reading_of(
                command.tech_id,
                command.tech_id_width,
                command.course_code,
                command.demographics,
                day,
            )
            before = _stored_form(roster_reading(unit.settings, day))
            for name, value in _stored_form(reading).items():
                if value != before[name]:
                    unit.settings.put(name, value)
                    details = f"from {before[name] or 'nothing'} to {value or 'nothing'}"
                    unit.audit.record(Deed(command.actor, "set", f"setting:{name}", details, now))
            unit.commit()
        return reading


def _stored_form(reading: ReadOptions) -> dict[str, str]:
    return {
        TECH_ID: reading.tech_id,
        TECH_ID_WIDTH: str(reading.tech_id_width),
        COURSE_CODE: reading.course_code,
        DEMOGRAPHICS: ", ".join(sorted(reading.demographics)),
    }
