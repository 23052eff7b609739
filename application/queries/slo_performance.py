"""How students did on SLOs: counts by mastery level, place by place, nothing withheld.

For suppression to judge. No page, file or route shows these figures as they are.
"""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.reporting.collected import add_collected
from application.reporting.counted import add_counted, climbing_of
from application.reporting.targets import targets_of
from domain.report_cells import CellSums, key_of
from domain.reporting import PerformanceFigures, ReportFilter, ResultCell, Several


@dataclass(frozen=True, slots=True)
class SloPerformance:
    """Quick where counts are kept: SLOs assessed directly, by the latest result.

    Roll-ups, other rules and splits by students read each student's results of the terms
    asked for.
    """

    units: UnitOfWorkFactory

    def __call__(self, wanted: ReportFilter) -> PerformanceFigures:
        with self.units(write=False) as unit:
            return self.within(unit, wanted)

    def within(self, unit: UnitOfWork, wanted: ReportFilter) -> PerformanceFigures:
        """The same in a unit of work that is open."""
        cells = self._cells(unit, wanted)
        slo_ids = {cell.slo_id for cell in cells} | (wanted.slo_ids or frozenset())
        heads = unit.curriculum.slo_heads(slo_ids)
        term_ids = {cell.term_id for cell in cells}
        terms = [term for term in unit.roster.terms() if term.id in term_ids]
        return PerformanceFigures(
            tuple(cells),
            {head.id: head for head in heads},
            tuple(reversed(terms)),
            tuple(unit.curriculum.mastery_levels()),
            targets_of(unit, heads),
        )

    def _cells(self, unit: UnitOfWork, wanted: ReportFilter) -> list[ResultCell]:
        collected = CellSums()
        add_collected(unit, climbing_of(unit, wanted), collected)
        if not _are_kept(wanted):
            add_counted(unit, wanted, collected)
            return collected.cells()
        kept = unit.results.cells(wanted)
        if not collected:
            return kept
        for cell in kept:
            collected.add(key_of(cell), cell.counts.levels, cell.counts.not_assessed)
        return collected.cells()


def _are_kept(wanted: ReportFilter) -> bool:
    return (
        not wanted.rolled_up and wanted.several is Several.LATEST and not wanted.split.of_students
    )
