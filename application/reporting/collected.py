"""Counts of Collective work under the same filter as the results of students."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.reporting.counted import Climbing
from domain.ids import SloId
from domain.report_cells import CellSums, cell_key, is_in_places
from domain.reporting import CollectiveCounts, ReportFilter
from domain.results import Place
from domain.slo_version import SloVersion, version_on


def add_collected(unit: UnitOfWork, climbing: Climbing, sums: CellSums) -> None:
    """Nobody is named in them: they add up, roll up, and stand with those not told of."""
    wanted = climbing.wanted
    below = None if wanted.slo_ids is None else climbing.ladder.fed_by(wanted.slo_ids)
    counts = unit.counts.reported(below, wanted.term_ids)
    places = unit.results.places({one.work_id for one in counts})
    collected = _Collected(climbing, unit.curriculum.versions({one.slo_id for one in counts}))
    for one in counts:
        if _is_wanted(wanted, places[one.work_id]):
            collected.add(one, places[one.work_id], sums)


@dataclass(frozen=True, slots=True)
class _Collected:
    climbing: Climbing
    versions: Mapping[SloId, list[SloVersion]]

    def add(self, one: CollectiveCounts, place: Place, sums: CellSums) -> None:
        for goal in self.climbing.goals(one.slo_id, place.term_id):
            cell = (goal, self._version(one, goal, place), place.term_id)
            key = cell_key(self.climbing.wanted, cell, place)
            sums.add_collective(key, one.levels, one.not_assessed)

    def _version(self, one: CollectiveCounts, goal: SloId, place: Place) -> int:
        """The words that were in use when the counts were entered."""
        if goal != one.slo_id:
            return self.climbing.version(goal, place.term_id)
        return version_on(self.versions.get(goal, ()), one.entered_at.date(), 1)


def _is_wanted(wanted: ReportFilter, place: Place) -> bool:
    return place.purpose is wanted.purpose and is_in_places(wanted, place)
