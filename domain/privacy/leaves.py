"""How results of directly assessed SLOs hang together through mappings, course by course.

A withheld number may be reached through another SLO: a PSLO and the ISLO above it count the
same results. So leaves of one course that count for a common SLO are judged together, and
leaves of several courses are only merged where they count for the very same SLOs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from domain.privacy.group import Group, PrivacyRule

Reach = frozenset[str]
"""SLOs of several courses for which a leaf counts: all above it, and its own if it is one."""
NOWHERE: Reach = frozenset()


@dataclass(frozen=True, slots=True)
class Leaf:
    """Students assessed on one version of an SLO itself, in one course and term."""

    slo: str
    version: int
    course: str
    group: Group


class Standing(Enum):
    """What becomes of a course's results where they count for a higher SLO."""

    OPEN = "open"
    POOLED = "pooled"
    LEFT_OUT = "left out"
    """Some of its leaves are shown and some withheld: what is withheld would be the rest."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Leaves of one course that share higher SLOs. `kind` is alike where they may be merged."""

    course: str
    org: str
    standing: Standing
    kind: frozenset[Reach]

    def counts_for(self, slo: str) -> bool:
        return any(slo in reach for reach in self.kind)


def bundles(
    leaves: Iterable[Leaf], reaches: Mapping[str, Reach], rule: PrivacyRule
) -> list[Bundle]:
    """Over all leaves of the college in one term."""
    by_course: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        if leaf.group.students and reaches.get(leaf.slo):
            by_course.setdefault(leaf.course, []).append(leaf)
    return [
        _bundle(joined, reaches, rule)
        for course in sorted(by_course)
        for joined in _joined(by_course[course], reaches)
    ]


def by_higher(found: Iterable[Bundle]) -> dict[str, list[Bundle]]:
    """The bundles that count for each higher SLO."""
    higher: dict[str, list[Bundle]] = {}
    for bundle in found:
        for slo in frozenset[str]().union(*bundle.kind):
            higher.setdefault(slo, []).append(bundle)
    return higher


def _bundle(leaves: Sequence[Leaf], reaches: Mapping[str, Reach], rule: PrivacyRule) -> Bundle:
    kind = frozenset(reaches.get(leaf.slo, NOWHERE) for leaf in leaves)
    withheld = sum(rule.withholds(leaf.group) for leaf in leaves)
    standing = Standing.LEFT_OUT
    if withheld in {0, len(leaves)}:
        standing = Standing.POOLED if withheld else Standing.OPEN
    return Bundle(leaves[0].course, leaves[0].group.org, standing, kind)


def _joined(leaves: Sequence[Leaf], reaches: Mapping[str, Reach]) -> list[list[Leaf]]:
    """Leaves in sets whose reaches do not meet."""
    sets: list[tuple[Reach, list[Leaf]]] = []
    for leaf in leaves:
        reach, members = reaches.get(leaf.slo, NOWHERE), [leaf]
        apart = []
        for other, theirs in sets:
            if other & reach:
                reach, members = reach | other, [*theirs, *members]
            else:
                apart.append((other, theirs))
        sets = [*apart, (reach, members)]
    return [members for _, members in sets]
