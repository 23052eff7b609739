"""Two records of one person made one: what moves, what stays, what contradicts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.belonging import (
    Belonging,
    BelongingKind,
    alike,
    is_empty,
    key_of,
    owned_by,
    owner_of,
    place_of,
    place_text,
    version_of,
)
from domain.ids import MatchingDecisionId, PersonId


@dataclass(frozen=True, slots=True)
class Moved:
    """One record as it stands with its new owner; `swapped` an empty one went the other way."""

    kind: BelongingKind
    key: str
    version: int
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Both people have something of their own in the same place, and they differ."""

    kind: BelongingKind
    place: str


@dataclass(frozen=True, slots=True)
class PersonMerge:
    """`gone_id` is `kept_id` since then; its Tech ID, login and e-mail go on naming the kept."""

    decision_id: MatchingDecisionId
    gone_id: PersonId
    kept_id: PersonId
    moved: tuple[Moved, ...]
    was_active: bool
    merged_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """`before` becomes `after`; a `swap` is the empty record that takes its place."""

    kind: BelongingKind
    before: Belonging
    after: Belonging
    swap: tuple[Belonging, Belonging] | None = None

    def noted(self) -> Moved:
        key = key_of(self.kind, self.after)
        return Moved(self.kind, key, version_of(self.after), self.swap is not None)


@dataclass(frozen=True, slots=True)
class MergePlan:
    moves: tuple[Move, ...]
    contradictions: tuple[Contradiction, ...]


Plans = Mapping[BelongingKind, MergePlan]


def plan_merges(
    belongings: Callable[[BelongingKind, PersonId], Iterable[Belonging]],
    gone_id: PersonId,
    kept_id: PersonId,
) -> Plans:
    """What of the one record becomes the other one's, kind by kind; `belongings` finds them."""
    return {
        kind: _plan_merge(kind, belongings(kind, gone_id), belongings(kind, kept_id), kept_id)
        for kind in BelongingKind
    }


def _plan_merge(
    kind: BelongingKind, gone: Iterable[Belonging], kept: Iterable[Belonging], into: PersonId
) -> MergePlan:
    """What of `gone` becomes the property of `into`; what both have alike stays where it is."""
    standing = {place_of(kind, one): one for one in kept}
    moves, contradictions = [], []
    for one in gone:
        place = place_of(kind, one)
        other = standing.get(place) if place is not None else None
        if other is None:
            moves.append(Move(kind, one, owned_by(kind, one, into)))
        elif is_empty(other) and not is_empty(one):
            swap = (other, owned_by(kind, other, owner_of(kind, one)))
            moves.append(Move(kind, one, owned_by(kind, one, into), swap))
        elif not is_empty(one) and not alike(one, other):
            contradictions.append(Contradiction(kind, place_text(kind, one)))
    return MergePlan(tuple(moves), tuple(contradictions))
