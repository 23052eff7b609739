"""Handing the college its data: the roster to write out, and the deed to remember."""

from dataclasses import dataclass

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.rosters.whole import WholeRoster
from domain.audit import Deed


@dataclass(frozen=True, slots=True)
class ReadRoster:
    units: UnitOfWorkFactory

    def __call__(self) -> WholeRoster:
        """Everything that a roster brings, ended records too, as it stands at one moment."""
        with self.units(write=False) as unit:
            roster = unit.roster
            return WholeRoster(
                roster.orgs(),
                roster.terms(),
                roster.courses(),
                roster.sections(),
                roster.all_people(),
                roster.all_enrolments(),
            )


@dataclass(frozen=True, slots=True)
class NoteExport:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor: str, details: str) -> None:
        """Remember that the data of the college were written out, and by whom."""
        with self.units() as unit:
            unit.audit.record(Deed(actor, "exported", "college", details, self.clock.now()))
            unit.commit()
