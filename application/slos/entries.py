"""What a file says of mastery levels, scales and SLOs, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.foreign import Standard
from domain.ids import SloId
from domain.slo import SloKind, SloState
from domain.slo_mapping import MappingKind


@dataclass(frozen=True, slots=True)
class MasteryEntry:
    code: str
    name: str
    met: bool


@dataclass(frozen=True, slots=True)
class ScoreLevelEntry:
    points: Decimal
    label: str
    descriptor: str
    mastery: str


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """`levels` from lowest to highest."""

    path: str
    code: str
    name: str
    is_default: bool
    levels: tuple[ScoreLevelEntry, ...]


@dataclass(frozen=True, slots=True)
class MapsTo:
    """A higher SLO that this one is mapped to: by its code, or its own entry's `path`."""

    code: str
    kind: MappingKind | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class ForeignMark:
    """Under which identifier a foreign file knows the SLO, and what it says of it as JSON."""

    standard: Standard
    framework: str
    identifier: str
    body: str


@dataclass(frozen=True, slots=True)
class SloEntry:
    """`path` is the entry's place in the file. None leaves what is stored as it is.

    `descriptors` are by scale code, then points. `slo_id` names an SLO of ours, `foreign` one
    of another system; without either, `code` tells which SLO is meant. Where another SLO has
    the code already, the first free one of `alternatives` is taken; none: that is a mistake.
    """

    path: str
    code: str
    kind: SloKind
    course: str | None
    org: str | None
    title: str
    statement: str
    state: SloState | None
    descriptors: Mapping[str, Mapping[Decimal, str]] | None
    maps_to: tuple[MapsTo, ...] = ()
    target: Decimal | None = None
    slo_id: SloId | None = None
    foreign: ForeignMark | None = None
    alternatives: tuple[str, ...] = ()
