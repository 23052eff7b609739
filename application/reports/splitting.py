"""Shown results in parts: by mode, location, program or an attribute of students."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from application.reports.pieces import Pieces, Told, summed
from domain.ids import CourseId
from domain.privacy.group import Group, PrivacyRule
from domain.privacy.split import Split, split


@dataclass(frozen=True, slots=True)
class Values:
    """All values that a split can have in the college, whether or not anybody was assessed.

    Were only the present ones judged, a value's presence would tell that somebody has it.
    """

    names: tuple[str, ...]

    def judged(
        self, parts: Sequence[Group], rule: PrivacyRule, told_on: Collection[str] = ()
    ) -> Split:
        """Over all values, those without anybody too."""
        there = {part.key: part for part in parts}
        width = len(parts[0].levels)
        nobody = [Group(name, (0,) * width, 0) for name in self.names if name not in there]
        return split([*parts, *nobody], rule, told_on)


@dataclass(frozen=True, slots=True)
class SplitTold:
    """`rows` by value; `rest` are students of withheld parts, known only together.

    A value that is withheld somewhere is in `partly`; its row then lacks some students.
    """

    total: Told
    rows: Mapping[str, tuple[int, ...]]
    rest: tuple[int, ...]
    partly: frozenset[str]


@dataclass(frozen=True, slots=True)
class SplitPieces:
    """`parts` of courses shown by themselves, one split for each version of the SLO."""

    pieces: Pieces
    parts: Mapping[CourseId, Sequence[Split]]

    def within(self, courses: AbstractSet[CourseId]) -> SplitTold:
        total = self.pieces.within(courses)
        seen = [one for course, splits in self.parts.items() if course in courses for one in splits]
        shown: dict[str, list[tuple[int, ...]]] = {}
        for part in (part for one in seen for part in one.shown):
            shown.setdefault(part.key, []).append(part.levels)
        rows = {name: summed(every) for name, every in shown.items()}
        everybody = total.levels or ()
        known = summed(list(rows.values())) or (0,) * len(everybody)
        rest = tuple(all_ - had for all_, had in zip(everybody, known, strict=True))
        partly = frozenset(part.key for one in seen for part in one.withheld)
        return SplitTold(total, rows, rest, partly)
