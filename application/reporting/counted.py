"""Cells of a report that kept counts alone do not answer: student by student, term by term."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from application.ports.unit_of_work import UnitOfWork
from domain.ids import SectionAssessmentId, SloId, TermId
from domain.kept_roll_up import IN_THE_WORDS_OF_THE_TERM, RollUp
from domain.report_cells import CellKey, CellSums, cell_key, is_in_places
from domain.reporting import NOT_TOLD, ReportFilter
from domain.results import Counted, Place, SloResults, StudentKey
from domain.roll_up import Ladder
from domain.rostering import Term
from domain.several_results import how_many_count, who_counts
from domain.slo_version import SloVersion, version_on


def add_counted(unit: UnitOfWork, climbing: "Climbing", sums: CellSums) -> None:
    """Add the students of all SLOs, terms and places asked for."""
    counter, wanted = _counter(unit, climbing), climbing.wanted
    for term in _terms(unit, wanted):
        found = unit.results.results(
            replace(wanted, slo_ids=counter.fed_by, term_ids=frozenset({term.id}))
        )
        counter.add_term(term, list(found), sums)


@dataclass(frozen=True, slots=True)
class Climbing:
    """For which SLOs a result counts, and in which of their versions."""

    wanted: ReportFilter
    ladder: Ladder
    versions: Mapping[SloId, list[SloVersion]]
    current: Mapping[SloId, int]
    ends: Mapping[TermId, date]

    def goals(self, slo_id: SloId, term_id: TermId) -> frozenset[SloId]:
        rolled_up = self.wanted.rolled_up
        goals = self.ladder.counts_for(slo_id, term_id) if rolled_up else frozenset({slo_id})
        return goals if self.wanted.slo_ids is None else goals & self.wanted.slo_ids

    def version(self, goal: SloId, term_id: TermId) -> int:
        """The one in use at the end of the term: a lower SLO's result names none of it."""
        day = self.ends.get(term_id, date.max)
        return version_on(self.versions.get(goal, ()), day, self.current.get(goal, 1))

    def counted(self, roll_up: RollUp) -> Iterator[Counted]:
        slo_id, term_id = roll_up.slo_id, roll_up.term_id
        words = self.version(slo_id, term_id)
        for one in roll_up.cells:
            is_from_below = one.slo_version == IN_THE_WORDS_OF_THE_TERM
            version = words if is_from_below else one.slo_version
            place = one.course_id, one.section_id
            yield slo_id, version, term_id, *place, one.levels, one.not_assessed


_Students = tuple[dict[str, int], int]
"""How many count by level, and those with N/A."""


@dataclass(frozen=True, slots=True)
class _Counter:
    climbing: Climbing
    fed_by: frozenset[SloId] | None
    positions: Mapping[str, int]
    groups: Mapping[StudentKey, str]
    places: Mapping[SectionAssessmentId, Place]

    def add_term(self, term: Term, results: list[SloResults], sums: CellSums) -> None:
        goals: defaultdict[SloId, list[SloResults]] = defaultdict(list)
        for one in results:
            for goal in self.climbing.goals(one.slo_id, term.id):
                goals[goal].append(one)
        for goal, behind in goals.items():
            for (number, group), levels in self._students(behind).items():
                if key := self._key(goal, behind[number], group):
                    sums.add(key, *levels)

    def _students(self, behind: list[SloResults]) -> dict[tuple[int, str], _Students]:
        """By the place of their result among those given, and their group."""
        rule, groups = self.climbing.wanted.several, self.groups
        counted: Counter[tuple[int, str, str | None]] = Counter()
        if groups:
            counting = who_counts(behind, rule, self.positions)
            counted.update(
                (number, groups.get(StudentKey(student), NOT_TOLD), level)
                for number, student, level in counting
            )
        else:
            for (number, level), count in how_many_count(behind, rule, self.positions).items():
                counted[number, NOT_TOLD, level] = count
        found: dict[tuple[int, str], _Students] = {}
        for (number, group, level), count in counted.items():
            levels, without = found.get((number, group), ({}, 0))
            if level is not None:
                levels[level] = count
            found[number, group] = (levels, without if level is not None else count)
        return found

    def _key(self, goal: SloId, one: SloResults, group: str) -> CellKey | None:
        wanted, place = self.climbing.wanted, self.places.get(one.work_id)
        if place and not is_in_places(wanted, place):
            return None
        direct = goal == one.slo_id
        version = one.slo_version if direct else self.climbing.version(goal, one.term_id)
        return cell_key(wanted, (goal, version, one.term_id), place, group)


def climbing_of(unit: UnitOfWork, wanted: ReportFilter) -> Climbing:
    terms = unit.roster.terms()
    mappings = unit.curriculum.mappings() if wanted.rolled_up else []
    higher = {one.higher_id for one in mappings}
    heads = unit.curriculum.slo_heads(higher)
    return Climbing(
        wanted,
        Ladder(mappings, terms),
        unit.curriculum.versions(higher),
        {head.id: head.version for head in heads},
        {term.id: term.ends_on for term in terms},
    )


def _counter(unit: UnitOfWork, climbing: Climbing) -> _Counter:
    wanted = climbing.wanted
    attribute = wanted.split.of_students
    needs_places = wanted.names_places or (wanted.is_split and not attribute)
    return _Counter(
        climbing,
        None if wanted.slo_ids is None else climbing.ladder.fed_by(wanted.slo_ids),
        {level.code: level.position for level in unit.curriculum.mastery_levels()},
        unit.results.groups(attribute) if attribute else {},
        unit.results.places(None) if needs_places else {},
    )


def _terms(unit: UnitOfWork, wanted: ReportFilter) -> Iterator[Term]:
    """One after the other, so that a whole college's students never stand in memory at once."""
    return (
        term
        for term in unit.roster.terms()
        if wanted.term_ids is None or term.id in wanted.term_ids
    )
