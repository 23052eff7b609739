"""Mappings: results of a lower SLO count as evidence for a higher one (glossary 1)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import NonsenseValue
from domain.ids import SloId, TermId
from domain.slo import Slo, SloKind

_HEIGHT = {SloKind.COURSE: 0, SloKind.PROGRAM: 1, SloKind.INSTITUTION: 2}


class MappingKind(StrEnum):
    INTRODUCED = "introduced"
    REINFORCED = "reinforced"
    MASTERED = "mastered"


@dataclass(frozen=True, slots=True)
class SloMapping:
    """From the beginning of `from_term` on; `until_term` is the first term without it."""

    lower_id: SloId
    higher_id: SloId
    from_term: TermId
    until_term: TermId | None
    kind: MappingKind | None

    @property
    def is_open(self) -> bool:
        return self.until_term is None

    def ended(self, until: TermId) -> "SloMapping":
        return replace(self, until_term=until)


def require_upward(lower: Slo, higher: Slo) -> None:
    """CSLO to PSLO or ISLO, PSLO to ISLO. As every step rises, no circle can come about.

    Raises:
        NonsenseValue: it does not rise.
    """
    if _HEIGHT[lower.kind] >= _HEIGHT[higher.kind]:
        raise NonsenseValue(
            "mapping",
            f"{lower.code} to {higher.code}",
            "map a CSLO to a PSLO or ISLO, a PSLO to an ISLO",
        )
