"""Orgs as a tree, drawn as a list with depths, and the sub-account that each leads to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.ids import OrgId
from domain.lms_site import OrgPairing
from domain.rostering import Org, collation_key


@dataclass(frozen=True, slots=True)
class TreeOrg:
    org: Org
    depth: int


def drawn_orgs(orgs: Iterable[Org]) -> tuple[TreeOrg, ...]:
    """Active orgs, each before those below it, sisters by name."""
    listed = {org.id: org for org in orgs if org.active}
    below: dict[OrgId | None, list[Org]] = {}
    for org in listed.values():
        above = org.parent_id if org.parent_id in listed else None
        below.setdefault(above, []).append(org)
    return tuple(_drawn(below, None, 0))


def pairing_of(
    org_id: OrgId, orgs: Mapping[OrgId, Org], pairings: Mapping[OrgId, OrgPairing]
) -> OrgPairing | None:
    """The org's own pairing, else that of the nearest org above it."""
    seen: set[OrgId] = set()
    at: OrgId | None = org_id
    while at is not None and at not in seen:
        if at in pairings:
            return pairings[at]
        seen.add(at)
        at = orgs[at].parent_id if at in orgs else None
    return None


def _drawn(
    below: Mapping[OrgId | None, list[Org]], parent: OrgId | None, depth: int
) -> Iterator[TreeOrg]:
    for org in sorted(below.get(parent, []), key=lambda one: collation_key(one.name)):
        yield TreeOrg(org, depth)
        yield from _drawn(below, org.id, depth + 1)
