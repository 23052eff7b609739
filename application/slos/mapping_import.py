"""Mappings that a file names, beside those that stand already."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from application.errors import Invalid
from application.import_report import ImportProblem
from application.ports.unit_of_work import UnitOfWork
from application.slos.keeper import Keeper
from application.slos.mapper import Cell, Mapper, mapping_term
from application.slos.slo_import import PlannedSlo
from domain.errors import DomainError
from domain.slo import Slo


class MappingImport:
    def __init__(self, unit: UnitOfWork, keeper: Keeper, by_code: Mapping[str, Slo]) -> None:
        self.problems: list[ImportProblem] = []
        self._unit = unit
        self._keeper = keeper
        self._by_code = by_code

    def made(self, planned: Sequence[PlannedSlo], term: str, today: date) -> int:
        """How many mappings are new or of another kind."""
        if not any(one.entry.maps_to for one in planned):
            return 0
        try:
            mapper = Mapper(self._unit, mapping_term(self._unit, term, today))
        except Invalid as missing:
            self.problems.append(ImportProblem(missing.field, missing.cure))
            return 0
        listed = {one.entry.path: one.change.after for one in planned}
        return sum(1 for one in planned for _ in self._made(one, mapper, listed))

    def _made(
        self, planned: PlannedSlo, mapper: Mapper, listed: Mapping[str, Slo]
    ) -> Iterator[None]:
        path, lower = f"{planned.entry.path}.maps_to", planned.change.after
        for wanted in planned.entry.maps_to:
            by_path = listed.get(wanted.path)
            higher = by_path if wanted.path else self._by_code.get(wanted.code)
            if higher is None:
                self.problems.append(ImportProblem(path, f"no SLO has the code {wanted.code}"))
                continue
            cell = Cell(mapped=True, kind=wanted.kind)
            if mapper.is_so(lower, higher, cell):
                continue
            if not (self._keeper.keeps(lower) or self._keeper.keeps(higher)):
                cause = "neither SLO belongs to an org that you coordinate"
                self.problems.append(ImportProblem(path, cause))
                continue
            try:
                mapper.make(lower, higher, cell)
            except (DomainError, Invalid) as refused:
                self.problems.append(ImportProblem(path, str(refused)))
            else:
                yield
