"""Map SLOs upward from a term on, end a mapping, and save a whole curriculum map."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.college_rules import today
from application.errors import NotFound
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.slos.keeper import keeper_of
from application.slos.mapper import Cell, Mapper, Pair, mapping_term
from application.viewers import Viewer
from domain.audit import Deed
from domain.ids import SloId
from domain.slo import Slo


@dataclass(frozen=True, slots=True)
class MapSlosCommand:
    """`term` is an id, name or source id; empty: the current term.

    A new mapping holds from its beginning, one that is taken away ends before it.
    """

    viewer: Viewer
    cells: Mapping[Pair, Cell]
    term: str = ""


@dataclass(frozen=True, slots=True)
class MapSlos:
    """Answers how many mappings changed. A pair that is as it shall be is left alone.

    Raises:
        NotFound: an SLO. Forbidden: neither end is of an org of the viewer. Invalid: the term.
        NonsenseValue: it does not lead upward, so it could also go in a circle.
    """

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, command: MapSlosCommand) -> int:
        with self.units() as unit:
            keeper = keeper_of(unit, command.viewer)
            term = mapping_term(unit, command.term, today(unit.settings, self.clock.now()))
            mapper = Mapper(unit, term)
            slos = unit.outcomes.slos_by_id({one for pair in command.cells for one in pair})
            changed = 0
            for (lower_id, higher_id), cell in command.cells.items():
                lower, higher = _slo(slos, lower_id), _slo(slos, higher_id)
                if mapper.is_so(lower, higher, cell):
                    continue
                keeper.require(lower, higher)
                details = mapper.make(lower, higher, cell)
                deed = Deed(
                    command.viewer.actor, "mapped SLO", f"slo:{lower.id}", details, self.clock.now()
                )
                unit.audit.record(deed)
                changed += 1
            if changed:
                unit.commit()
            return changed


def _slo(slos: Mapping[SloId, Slo], slo_id: SloId) -> Slo:
    if slo_id not in slos:
        raise NotFound("This SLO")
    return slos[slo_id]
