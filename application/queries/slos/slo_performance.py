"""How students did on SLOs: counts by mastery level, place by place, nothing withheld.

For suppression to judge. No page, file or route shows these figures as they are.
"""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reporting.collected import add_collected
from application.reporting.counted import Climbing, add_counted, climbing_of
from application.reporting.rolled import rolling_up
from domain.assessment import Purpose
from domain.counted_cells import counted_cells, to_grain
from domain.report_cells import CellSums
from domain.reporting import ReportFilter, ResultCell, Several


@dataclass(frozen=True, slots=True)
class SloPerformance:
    """Quick where counts or roll-ups are kept: by the latest result, of whole courses.

    Other rules, splits, sections of roll-ups, and roll-ups that are not kept as the results
    are now, read each student's results of the terms asked for.
    """

    units: UnitOfWorkFactory

    def __call__(self, wanted: ReportFilter) -> list[ResultCell]:
        with self.units(write=False) as unit:
            return self.cells(unit, wanted)

    def cells(self, unit: UnitOfWork, wanted: ReportFilter) -> list[ResultCell]:
        """The same in a unit of work that is open."""
        climbing = climbing_of(unit, wanted)
        cells, collected = _counted(unit, climbing), CellSums()
        add_collected(unit, climbing, collected)
        return to_grain([*cells, *collected.cells()], wanted.grain) if collected else cells


def _counted(unit: UnitOfWork, climbing: Climbing) -> list[ResultCell]:
    """Of those who were scored one by one, by the shortest way there is."""
    wanted = climbing.wanted
    is_latest = wanted.several is Several.LATEST and not wanted.split.of_students
    if is_latest and not wanted.rolled_up:
        return unit.results.cells(wanted)
    if is_latest and not wanted.looks_into_courses and wanted.purpose is Purpose.SUMMATIVE:
        orgs = unit.results.orgs() if wanted.names_places else {}
        return counted_cells(rolling_up(unit, climbing).counted(), orgs, wanted)
    sums = CellSums()
    add_counted(unit, climbing, sums)
    return to_grain(sums.cells(), wanted.grain)
