"""Results of one SLO in one term as they may be told: the pieces that every number is made of."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.ids import CourseId, SloId, TermId
from domain.privacy.group import Group
from domain.privacy.release import Release

SloTerm = tuple[SloId, TermId]


@dataclass(frozen=True, slots=True)
class Piece:
    """Students by level, lowest first, of courses that are told together."""

    levels: tuple[int, ...]
    courses: frozenset[CourseId]


@dataclass(frozen=True, slots=True)
class Told:
    """What a filter leaves. `levels` is None where nothing may be told.

    `withheld`: there are more results that are in no number.
    """

    levels: tuple[int, ...] | None
    withheld: bool

    @property
    def is_empty(self) -> bool:
        return self.levels is None and not self.withheld


@dataclass(frozen=True, slots=True)
class Pieces:
    """`left_out` are courses with results that are in no number anywhere."""

    shown: tuple[Piece, ...] = ()
    left_out: frozenset[CourseId] = frozenset()

    def within(self, courses: AbstractSet[CourseId]) -> Told:
        """The pieces that lie in these courses as a whole; a part of one is never told."""
        inside, cut = [], not self.left_out.isdisjoint(courses)
        for piece in self.shown:
            if piece.courses <= courses:
                inside.append(piece.levels)
            elif not piece.courses.isdisjoint(courses):
                cut = True
        return Told(summed(inside) or None, cut)


def summed(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Place by place; nothing of nothing."""
    return tuple(map(sum, zip(*rows, strict=True)))


def pieces_of(found: Release) -> Pieces:
    """Groups stand for the course that is their key."""
    shown = [Piece(one.levels, _courses([one])) for one in found.shown if one.students]
    pools = [Piece(one.levels, _courses(one.members)) for one in found.pools]
    return Pieces((*shown, *pools), _courses(found.left_out))


def joined(several: Iterable[Pieces]) -> Pieces:
    """Of several versions of an SLO, each judged by itself."""
    every = list(several)
    return Pieces(
        tuple(piece for one in every for piece in one.shown),
        frozenset[CourseId]().union(*(one.left_out for one in every)),
    )


def _courses(groups: Iterable[Group]) -> frozenset[CourseId]:
    return frozenset(CourseId(one.key) for one in groups)


Judged = Mapping[SloTerm, Pieces]
