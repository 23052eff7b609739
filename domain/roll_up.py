"""Results of lower SLOs under higher ones: which SLO counts for which, term by term."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from domain.ids import SloId, TermId
from domain.rostering import Term
from domain.slo_mapping import SloMapping


class Ladder:
    """Mappings as a way up. A result climbs by what held in the term it was given in.

    A mapping holds from the start of its first term to the start of the term without it;
    one that names a term nobody knows holds in none, or for good.
    """

    def __init__(self, mappings: Iterable[SloMapping], terms: Iterable[Term]) -> None:
        self._starts: Mapping[TermId, date] = {term.id: term.starts_on for term in terms}
        self._above: dict[SloId, list[SloMapping]] = defaultdict(list)
        self._below: dict[SloId, set[SloId]] = defaultdict(set)
        for one in mappings:
            self._above[one.lower_id].append(one)
            self._below[one.higher_id].add(one.lower_id)
        self._known: dict[tuple[SloId, TermId], frozenset[SloId]] = {}

    def counts_for(self, slo_id: SloId, term_id: TermId) -> frozenset[SloId]:
        """The SLO itself and all above it, each once, however many ways lead there."""
        key = (slo_id, term_id)
        if key not in self._known:
            above = (
                self.counts_for(one.higher_id, term_id)
                for one in self._above.get(slo_id, ())
                if self._holds(one, term_id)
            )
            self._known[key] = frozenset({slo_id}).union(*above)
        return self._known[key]

    def fed_by(self, slo_ids: Iterable[SloId]) -> frozenset[SloId]:
        """These and all below them, by mappings of any term."""
        found: set[SloId] = set()
        waiting = list(slo_ids)
        while waiting:
            slo_id = waiting.pop()
            if slo_id not in found:
                found.add(slo_id)
                waiting += self._below.get(slo_id, ())
        return frozenset(found)

    def ever_above(self, slo_ids: Iterable[SloId]) -> frozenset[SloId]:
        """These and all above them, by mappings of any term."""
        found: set[SloId] = set()
        waiting = list(slo_ids)
        while waiting:
            slo_id = waiting.pop()
            if slo_id not in found:
                found.add(slo_id)
                waiting += (one.higher_id for one in self._above.get(slo_id, ()))
        return frozenset(found)

    def _holds(self, one: SloMapping, term_id: TermId) -> bool:
        at, since = self._starts.get(term_id), self._starts.get(one.from_term)
        until = self._starts.get(one.until_term) if one.until_term else None
        return at is not None and since is not None and since <= at and (not until or at < until)
