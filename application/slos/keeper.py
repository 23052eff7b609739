"""Which SLOs a person may change: stewards all, coordinators those of their orgs."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.errors import Forbidden
from application.ports.unit_of_work import UnitOfWork
from application.viewers import Viewer, kept_orgs
from domain.ids import CourseId, OrgId
from domain.slo import Slo, SloHead


@dataclass(frozen=True, slots=True)
class Keeper:
    """Everybody who keeps outcomes reads all SLOs: mappings reach from org to org."""

    viewer: Viewer
    orgs: frozenset[OrgId]
    everything: bool
    """All orgs, and with them the SLOs that no org owns."""
    course_orgs: Mapping[CourseId, OrgId]

    def org_of(self, slo: Slo | SloHead) -> OrgId | None:
        """Its own org, else that of its course."""
        return slo.org_id or (self.course_orgs.get(slo.course_id) if slo.course_id else None)

    def keeps(self, slo: Slo | SloHead) -> bool:
        org_id = self.org_of(slo)
        return self.everything or (org_id is not None and org_id in self.orgs)

    def require(self, *slos: Slo) -> None:
        """Raises Forbidden unless the viewer keeps one of them."""
        if not any(self.keeps(slo) for slo in slos):
            named = " or ".join(slo.code for slo in slos)
            raise Forbidden(f"SLO {named} belongs to an org that you do not coordinate.")


def keeper_of(unit: UnitOfWork, viewer: Viewer) -> Keeper:
    """Raises Forbidden for a role that keeps no outcomes."""
    orgs = kept_orgs(unit, viewer)
    everything = viewer.sees_all or orgs >= {org.id for org in unit.roster.orgs()}
    course_orgs = {course.id: course.org_id for course in unit.roster.courses()}
    return Keeper(viewer, orgs, everything, course_orgs)
