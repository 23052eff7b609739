"""For which SLOs one counts, which count for it, and which may still be chosen."""

from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.slos.keeper import Keeper
from domain.ids import SloId
from domain.slo import Slo, SloKind, SloState
from domain.slo_mapping import MappingKind

_HIGHER = {
    SloKind.COURSE: (SloKind.PROGRAM, SloKind.INSTITUTION),
    SloKind.PROGRAM: (SloKind.INSTITUTION,),
    SloKind.INSTITUTION: (),
}


@dataclass(frozen=True, slots=True)
class MappedSlo:
    id: SloId
    code: str
    title: str
    kind: SloKind
    state: SloState
    mapping_kind: MappingKind | None
    from_term: str
    until_term: str | None
    may_change: bool


def mapped_slos(
    unit: UnitOfWork, keeper: Keeper, slo: Slo
) -> tuple[tuple[MappedSlo, ...], tuple[MappedSlo, ...]]:
    """Those above it and those below, each by code, what has ended last."""
    mappings = unit.curriculum.mappings_of(slo.id)
    others = unit.outcomes.slos_by_id(
        one for mapping in mappings for one in (mapping.lower_id, mapping.higher_id)
    )
    names = {term.id: term.name for term in unit.roster.terms()}
    up: list[MappedSlo] = []
    down: list[MappedSlo] = []
    for mapping in mappings:
        is_up = mapping.lower_id == slo.id
        other = others[mapping.higher_id if is_up else mapping.lower_id]
        shown = MappedSlo(
            other.id, other.code, other.title, other.kind, other.state, mapping.kind,
            names.get(mapping.from_term, ""),
            names.get(mapping.until_term, "") if mapping.until_term else None,
            mapping.is_open and (keeper.keeps(slo) or keeper.keeps(other)),
        )  # fmt: skip
        (up if is_up else down).append(shown)
    return _by_code(up), _by_code(down)


def _by_code(mapped: list[MappedSlo]) -> tuple[MappedSlo, ...]:
    return tuple(sorted(mapped, key=lambda one: (one.until_term is not None, one.code)))


def mapping_choices(
    unit: UnitOfWork, slo: Slo, mapped: set[SloId]
) -> tuple[tuple[SloId, str], ...]:
    return tuple(
        (other.id, f"{other.code} {other.title}")
        for other in unit.outcomes.slos()
        if other.kind in _HIGHER[slo.kind]
        and other.state is not SloState.RETIRED
        and other.id not in mapped
    )
