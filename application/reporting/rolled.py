"""Results of lower SLOs under higher ones, kept or worked out: the same figures either way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from application.ports.unit_of_work import UnitOfWork
from application.reporting.counted import Climbing
from domain.ids import SloId, TermId
from domain.kept_roll_up import RollUp, mark_of, rolled_cells
from domain.reporting import ReportFilter
from domain.results import Counted, SloCount, SloResults

Goal = tuple[TermId, SloId]
"""A term, and an SLO whose results of it are asked for."""
EVERY_ROLL_UP = ReportFilter(rolled_up=True)
"""All that can be kept."""


@dataclass(frozen=True, slots=True)
class RollingUp:
    """Summative results of the SLOs and terms asked for, the latest of each student.

    `below` are the counts whose results count for each of them.
    """

    unit: UnitOfWork
    climbing: Climbing
    below: Mapping[Goal, list[SloCount]]
    positions: Mapping[str, int]

    def counted(self) -> list[Counted]:
        """By course."""
        found = [
            one.counted
            for (_, slo_id), counts in self.below.items()
            if _is_alone(slo_id, counts)
            for one in counts
        ]
        marks = self._marks()
        held = self._held(marks)
        for roll_up in (*held, *self._made(marks, held)):
            found += self.climbing.counted(roll_up)
        return found

    def outdated(self) -> Iterator[RollUp]:
        """As they are now: those that are not kept so."""
        marks = self._marks()
        return self._made(marks, self._held(marks))

    def wrong(self) -> Iterator[RollUp]:
        """Those that would be read and are not what the results say."""
        kept = {_goal(one): one for one in self._held(self._marks())}
        now = self._made({goal: one.mark for goal, one in kept.items()}, ())
        return (one for one in now if one != kept[_goal(one)])

    def _marks(self) -> dict[Goal, str]:
        """Those that roll-ups must have to hold."""
        return {
            goal: mark_of(counts, self.positions)
            for goal, counts in self.below.items()
            if not _is_alone(goal[1], counts)
        }

    def _held(self, marks: Mapping[Goal, str]) -> list[RollUp]:
        """The roll-ups that are kept and hold."""
        if not marks:
            return []
        asked = replace(self.climbing.wanted, slo_ids=frozenset(slo_id for _, slo_id in marks))
        kept = self.unit.results.roll_ups(asked)
        return [one for one in kept if marks.get(_goal(one)) == one.mark]

    def _made(self, marks: Mapping[Goal, str], held: Iterable[RollUp]) -> Iterator[RollUp]:
        """The others, out of the results of students, one term after the other."""
        terms: dict[TermId, list[SloId]] = defaultdict(list)
        for term_id, slo_id in marks.keys() - {_goal(one) for one in held}:
            terms[term_id].append(slo_id)
        for term_id, slo_ids in sorted(terms.items()):
            results = self._results(term_id, slo_ids)
            for slo_id in sorted(slo_ids):
                cells = rolled_cells(slo_id, results[slo_id], self.positions)
                yield RollUp(term_id, slo_id, marks[term_id, slo_id], cells)

    def _results(
        self, term_id: TermId, slo_ids: Iterable[SloId]
    ) -> Mapping[SloId, list[SloResults]]:
        wanted = set(slo_ids)
        behind = {one.slo_id for slo_id in wanted for one in self.below[term_id, slo_id]}
        asked = replace(
            self.climbing.wanted, slo_ids=frozenset(behind), term_ids=frozenset({term_id})
        )
        found: dict[SloId, list[SloResults]] = defaultdict(list)
        for one in self.unit.results.results(asked):
            for slo_id in self.climbing.goals(one.slo_id, term_id) & wanted:
                found[slo_id].append(one)
        return found


def rolling_up(unit: UnitOfWork, climbing: Climbing) -> RollingUp:
    wanted = climbing.wanted
    fed_by = None if wanted.slo_ids is None else climbing.ladder.fed_by(wanted.slo_ids)
    below: dict[Goal, list[SloCount]] = defaultdict(list)
    for one in unit.results.counts(replace(wanted, slo_ids=fed_by)):
        for slo_id in climbing.goals(one.slo_id, one.term_id):
            below[one.term_id, slo_id].append(one)
    levels = unit.curriculum.mastery_levels()
    return RollingUp(unit, climbing, below, {level.code: level.position for level in levels})


def _is_alone(slo_id: SloId, counts: Iterable[SloCount]) -> bool:
    """Whether none but its own results count for it."""
    return all(one.slo_id == slo_id for one in counts)


def _goal(one: RollUp) -> Goal:
    return one.term_id, one.slo_id
