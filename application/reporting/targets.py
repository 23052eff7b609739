"""The target that holds for each SLO of a report."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from application.ports.unit_of_work import UnitOfWork
from domain.ids import OrgId, SloId
from domain.rostering import Org
from domain.slo import SloHead
from domain.target import Target, TargetOf

Targets = Mapping[tuple[TargetOf, str], Target]


def targets_of(unit: UnitOfWork, slos: Iterable[SloHead]) -> dict[SloId, Decimal]:
    """Shares in per cent: the SLO's own, else that of its org or the nearest above."""
    targets = {(one.of, one.subject_id): one for one in unit.curriculum.targets()}
    if not targets:
        return {}
    orgs = {org.id: org for org in unit.roster.orgs()}
    courses = {course.id: course.org_id for course in unit.roster.courses()}
    found: dict[SloId, Decimal] = {}
    for slo in slos:
        org_id = slo.org_id or (courses.get(slo.course_id) if slo.course_id else None)
        target = targets.get((TargetOf.SLO, slo.id)) or nearest_target(targets, orgs, org_id)[0]
        if target is not None:
            found[slo.id] = target.share
    return found


def nearest_target(
    targets: Targets, orgs: Mapping[OrgId, Org], org_id: OrgId | None
) -> tuple[Target | None, str]:
    """That of the org or of the nearest one above it, with that org's name."""
    seen: set[OrgId] = set()
    at = org_id
    while at is not None and at in orgs and at not in seen:
        if found := targets.get((TargetOf.ORG, at)):
            return found, orgs[at].name
        seen.add(at)
        at = orgs[at].parent_id
    return None, ""
