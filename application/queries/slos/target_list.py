"""Targets of orgs: their own, and what they take from above."""

from dataclasses import dataclass
from decimal import Decimal

from application.org_tree import TreeOrg, drawn_orgs
from application.ports.unit_of_work import UnitOfWorkFactory
from application.reporting.targets import nearest_target
from application.viewers import Viewer, kept_orgs
from domain.target import TargetOf


@dataclass(frozen=True, slots=True)
class OrgTarget:
    """`own` None: `inherited`, if any, is that of the org named."""

    place: TreeOrg
    own: Decimal | None
    inherited: Decimal | None
    inherited_from: str


@dataclass(frozen=True, slots=True)
class TargetList:
    """Orgs that the viewer keeps, as a tree. Raises Forbidden."""

    units: UnitOfWorkFactory

    def __call__(self, viewer: Viewer) -> tuple[OrgTarget, ...]:
        with self.units(write=False) as unit:
            kept = kept_orgs(unit, viewer)
            targets = {(one.of, one.subject_id): one for one in unit.curriculum.targets()}
            orgs = {org.id: org for org in unit.roster.orgs()}
            listed = []
            for place in drawn_orgs(org for org in orgs.values() if org.id in kept):
                own = targets.get((TargetOf.ORG, place.org.id))
                above, name = nearest_target(targets, orgs, place.org.parent_id)
                listed.append(
                    OrgTarget(
                        place, own.share if own else None, above.share if above else None, name
                    )
                )
            return tuple(listed)
