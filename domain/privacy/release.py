"""What of a higher SLO's results in one term is shown, merged, and left out.

Everything that anybody is shown of results is a sum of *pieces* decided once, over the whole
college and before any filter: results of single courses, and pools of withheld courses whose
sum gives none of them away. What is in no piece is in no total either, so that no subtraction
leads to it (docs/decisions/0015-suppression.md).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.privacy.group import Group, PrivacyRule, added
from domain.privacy.hiding import hides
from domain.privacy.leaves import Bundle, Standing

POOLED = 3
"""Courses that a pool has at least, so that who knows the results of one learns no other's."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Withheld courses known only together, from `org` upward; empty is the whole college."""

    org: str
    members: tuple[Group, ...]

    @property
    def levels(self) -> tuple[int, ...]:
        return added(self.members, len(self.members[0].levels))


@dataclass(frozen=True, slots=True)
class Release:
    """`left_out` are the courses that no number anywhere contains."""

    shown: tuple[Group, ...]
    pools: tuple[Pool, ...]
    left_out: tuple[Group, ...]


def released(
    slo: str,
    groups: Iterable[Group],
    linked: Iterable[Bundle],
    parents: Mapping[str, str],
    rule: PrivacyRule,
) -> Release:
    """Decide over all courses whose results count for `slo`.

    `groups` are those students by course, `linked` the college's bundles of the same term,
    `parents` leads from org to org upward.
    """
    by_course = {group.key: group for group in groups}
    counting = [bundle for bundle in linked if bundle.counts_for(slo)]
    kinds: dict[frozenset[frozenset[str]], list[Group]] = {}
    shown: list[Group] = []
    left_out: list[Group] = []
    for bundle in counting:
        group = by_course.get(bundle.course)
        if bundle.standing is Standing.POOLED:
            kinds.setdefault(bundle.kind, []).append(group or _nobody(bundle, by_course))
        elif group is not None:
            known = bundle.standing is Standing.OPEN and not rule.withholds(group)
            (shown if known else left_out).append(group)
    pools: list[Pool] = []
    for members in kinds.values():
        merged, alone = _pooled(members, parents, rule)
        pools += merged
        left_out += alone
    return Release(tuple(shown), tuple(pools), tuple(g for g in left_out if g.students))


def _nobody(bundle: Bundle, groups: Mapping[str, Group]) -> Group:
    """A course all of whose students counted elsewhere still belongs to its pool."""
    width = len(next(iter(groups.values())).levels) if groups else 0
    return Group(bundle.course, (0,) * width, 0, bundle.org)


def _pooled(
    members: Collection[Group], parents: Mapping[str, str], rule: PrivacyRule
) -> tuple[list[Pool], list[Group]]:
    """Merged in the lowest org that has `POOLED` of them.

    Where that is depends on which courses are withheld, which everybody sees, and never on
    their numbers: a pool put one org higher because its sum was too small would tell that.
    """
    waiting: dict[str, list[Group]] = {}
    for group in members:
        waiting.setdefault(group.org, []).append(group)
    pools: list[Pool] = []
    alone: list[Group] = []
    for org in _upward(waiting, parents):
        here = tuple(waiting.pop(org, ()))
        if 0 < len(here) < POOLED:
            waiting.setdefault(parents.get(org, ""), []).extend(here)
        elif here and hides(here, rule, range(len(here[0].levels))):
            pools.append(Pool(org, here))
        else:
            alone += here
    return pools, [*alone, *waiting.get("", ())]


def _upward(orgs: Collection[str], parents: Mapping[str, str]) -> list[str]:
    """These orgs and all above them, lower ones first; the college last."""
    depths: dict[str, int] = {}
    for start in orgs:
        path = [start]
        while parents.get(path[-1]):
            path.append(parents[path[-1]])
        depths |= {org: depth for depth, org in enumerate(reversed(path))}
    above = sorted((org for org in depths if org), key=lambda org: (-depths[org], org))
    return [*above, ""]
