"""Roles that an earlier load's file of roles brought, and that the file lists no more."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from application.loading.people import roles_brought
from application.loading.plan import RosterPlan
from application.ports.unit_of_work import UnitOfWork
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import RowError, Severity
from domain.access import GRANTED_BY_ROSTER, RoleGrant
from domain.ids import PersonId

NOBODY_MERGED: Mapping[PersonId, PersonId] = MappingProxyType({})
Key = tuple[PersonId, str, str]


def key_of(grant: RoleGrant, merged: Mapping[PersonId, PersonId] = NOBODY_MERGED) -> Key:
    """What is granted to whom, whoever did it; `merged` people are who they became."""
    return merged.get(grant.person_id, grant.person_id), grant.role, grant.org_id or ""


def ended_grants(unit: UnitOfWork, plan: RosterPlan, roster: Roster) -> tuple[RoleGrant, ...]:
    """Those that a file of roles, being the whole truth, no longer lists.

    A role given by hand never ends, nor one that teaching or studying brings. A file with a
    row that was left out ends none: it cannot be told which role the row meant.
    """
    listing = roster.grants
    if listing.mode is not FileMode.BULK or not listing.rows or listing.refused:
        return ()
    merged = {merge.gone_id: merge.kept_id for merge in unit.merges.standing()}
    astray = {row.person for row in listing.rows if row.org and row.org not in plan.orgs.live}
    named = [plan.people.live[one].id for one in astray if one in plan.people.live]
    unsure = {merged.get(one, one) for one in named}
    kept = {key_of(grant, merged) for grant in plan.grants}
    gone = [
        grant
        for grant in unit.directory.granted_by(GRANTED_BY_ROSTER)
        if key_of(grant, merged) not in kept and (grant.person_id not in unsure or not grant.org_id)
    ]
    if not gone:
        return ()
    live = roles_brought(plan.people, plan.enrolments, roster)
    brought = {key_of(grant, merged) for grant in live}
    return tuple(grant for grant in gone if key_of(grant) not in brought)


def told(revoked: tuple[RoleGrant, ...], roster: Roster) -> Iterator[RowError]:
    if revoked:
        cause = f"{len(revoked)} roles that an earlier load brought are not listed; they end"
        if len(revoked) == 1:
            cause = "a role that an earlier load brought is not listed; it ends"
        yield RowError(roster.grants.file, 0, "", "", cause, Severity.INFO)
