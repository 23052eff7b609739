"""Roles that an earlier load's file of roles brought, and that end with this one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from application.loading.grant_keys import key_of
from application.loading.marked_grants import MarkedGrants
from application.loading.people import roles_brought
from application.loading.plan import RosterPlan, StoredRoster
from application.ports.unit_of_work import UnitOfWork
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import RowError, Severity
from domain.access import GRANTED_BY_ROSTER, RoleGrant
from domain.ids import PersonId


@dataclass(frozen=True, slots=True)
class EndedGrants:
    """`held`: how many roles earlier loads brought, before any of them ends."""

    revoked: tuple[RoleGrant, ...] = ()
    held: int = 0
    errors: tuple[RowError, ...] = ()


def ended_grants(
    unit: UnitOfWork, plan: RosterPlan, roster: Roster, stored: StoredRoster
) -> EndedGrants:
    """Those that a whole file of roles no longer lists, or a delta marks for removal.

    A role given by hand never ends, nor one that teaching or studying brings. A whole file with
    a row that was left out ends none: it cannot be told which role the row meant.
    """
    listing = roster.grants
    held = unit.directory.granted_by(GRANTED_BY_ROSTER)
    merged = {merge.gone_id: merge.kept_id for merge in unit.merges.standing()}
    errors: tuple[RowError, ...] = ()
    if listing.mode is FileMode.BULK and listing.rows and not listing.refused:
        gone = _unlisted(held, plan, roster, merged)
        cause = "not listed"
    elif listing.mode is FileMode.DELTA and listing.ended_rows:
        marked = MarkedGrants(unit, plan, roster, stored, merged)
        found = marked.keys()
        gone = [grant for grant in held if key_of(grant, merged) in found]
        errors = tuple(marked.without_role({key_of(grant, merged) for grant in held}))
        cause = "marked for removal"
    else:
        return EndedGrants()
    kept = {key_of(grant, merged) for grant in plan.grants}
    if not kept.issuperset(key_of(grant, merged) for grant in gone):
        live = roles_brought(plan.people, plan.enrolments, roster)
        kept |= {key_of(grant, merged) for grant in live}
    revoked = tuple(grant for grant in gone if key_of(grant, merged) not in kept)
    return EndedGrants(revoked, len(held), (*errors, *_told(revoked, roster, cause)))


def _unlisted(
    held: list[RoleGrant],
    plan: RosterPlan,
    roster: Roster,
    merged: Mapping[PersonId, PersonId],
) -> list[RoleGrant]:
    """All that stand, but for people one of whose rows names an org that is not known."""
    rows = roster.grants.rows
    astray = {row.person for row in rows if row.org and row.org not in plan.orgs.live}
    named = [plan.people.live[one].id for one in astray if one in plan.people.live]
    unsure = {merged.get(one, one) for one in named}
    return [grant for grant in held if grant.person_id not in unsure or not grant.org_id]


def _told(revoked: tuple[RoleGrant, ...], roster: Roster, why: str) -> Iterator[RowError]:
    if revoked:
        cause = f"{len(revoked)} roles that an earlier load brought are {why}; they end"
        if len(revoked) == 1:
            cause = f"a role that an earlier load brought is {why}; it ends"
        yield RowError(roster.grants.file, 0, "", "", cause, Severity.INFO)
