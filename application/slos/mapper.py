"""Changes of mappings, as of one term; spans of one pair never overlap."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from application.errors import Invalid
from application.ports.unit_of_work import UnitOfWork
from application.slos.names import term_named, usual_term
from domain.ids import SloId
from domain.rostering import Term
from domain.slo import Slo, SloState
from domain.slo_mapping import MappingKind, SloMapping, require_upward

Pair = tuple[SloId, SloId]
"""The lower SLO and the higher one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell of the map shall say. `mapped` False: no mapping."""

    mapped: bool
    kind: MappingKind | None = None


class Mapper:
    """Changes mappings of one unit of work, as of one term."""

    def __init__(self, unit: UnitOfWork, term: Term) -> None:
        self._unit = unit
        self._term = term
        self._starts = {one.id: one.starts_on for one in unit.roster.terms()}
        self._by_pair: dict[Pair, list[SloMapping]] = {}
        for mapping in unit.curriculum.mappings():
            self._by_pair.setdefault((mapping.lower_id, mapping.higher_id), []).append(mapping)

    def is_so(self, lower: Slo, higher: Slo, cell: Cell) -> bool:
        found = self._open(lower, higher)
        if found is None:
            return not cell.mapped
        return cell.mapped and found.kind is cell.kind

    def make(self, lower: Slo, higher: Slo, cell: Cell) -> str:
        """Answers what was done, in words for the audit trail."""
        changed = list(self._made(lower, higher, cell))
        self._unit.curriculum.put_mappings(changed)
        pair = f"{lower.code} to {higher.code}"
        if not cell.mapped:
            return f"{pair} ended, {self._term.source_id}"
        return f"{pair} from {self._term.source_id}, {cell.kind or 'no kind'}"

    def _made(self, lower: Slo, higher: Slo, cell: Cell) -> Iterator[SloMapping]:
        found = self._open(lower, higher)
        if not cell.mapped:
            if found is not None:
                yield from self._ended(found)
        elif found is not None:
            yield replace(found, kind=cell.kind)
        else:
            require_upward(lower, higher)
            if SloState.RETIRED in {lower.state, higher.state}:
                raise Invalid(
                    "mapping", "a retired SLO takes part in no new mapping; reinstate it."
                )
            yield self._begun(lower, higher, cell.kind)

    def _ended(self, mapping: SloMapping) -> Iterator[SloMapping]:
        """One that has not begun by then never held, and is forgotten."""
        if self._starts[mapping.from_term] >= self._term.starts_on:
            self._unit.curriculum.drop_mapping(mapping)
        else:
            yield mapping.ended(self._term.id)

    def _begun(self, lower: Slo, higher: Slo, kind: MappingKind | None) -> SloMapping:
        """An ended one that the term falls into goes on, so that spans never overlap."""
        for one in self._by_pair.get((lower.id, higher.id), []):
            if one.until_term and self._starts[one.until_term] >= self._term.starts_on:
                return replace(one, until_term=None, kind=kind)
        return SloMapping(lower.id, higher.id, self._term.id, None, kind)

    def _open(self, lower: Slo, higher: Slo) -> SloMapping | None:
        pair = self._by_pair.get((lower.id, higher.id), [])
        return next((one for one in pair if one.is_open), None)


def mapping_term(unit: UnitOfWork, name: str, today: date) -> Term:
    """The named term, else the current one. Raises Invalid."""
    found = term_named(unit, name) if name else usual_term(unit, today)
    if found is None:
        raise Invalid("term", "there is no term yet; load a roster first.")
    return found
