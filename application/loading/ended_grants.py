"""Roles that an earlier load's file of roles brought, and that end with this one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from application.loading.grant_keys import Key, key_of
from application.loading.grant_rows import grant_rows
from application.loading.marked_grants import MarkedGrants
from application.loading.people import roles_brought
from application.loading.plan import RosterPlan, StoredRoster
from application.ports.unit_of_work import UnitOfWork
from application.rosters.load_runs import NO_SOURCES, SourceChanges
from application.rosters.roster import FileMode, Roster
from application.rosters.row_errors import RowError, Severity
from domain.access import GRANTED_BY_ROSTER, RoleGrant
from domain.ids import PersonId

Merged = Mapping[PersonId, PersonId]
_UNLISTED = "not listed"
_MARKED = "marked for removal"
_CHANGED = "no longer what their rows say", "no longer what its row says"


@dataclass(frozen=True, slots=True)
class EndedGrants:
    """`held`: how many roles earlier loads brought, before any of them ends."""

    revoked: tuple[RoleGrant, ...] = ()
    held: int = 0
    errors: tuple[RowError, ...] = ()
    sources: SourceChanges = NO_SOURCES


def ended_grants(
    unit: UnitOfWork, plan: RosterPlan, roster: Roster, stored: StoredRoster
) -> EndedGrants:
    """Those that a whole file no longer lists, a delta marks for removal, or a row gives no longer.

    A role given by hand never ends, nor one that teaching or studying brings, nor one that
    another row gives. A whole file with a row that was left out ends none for not being listed:
    it cannot be told which role the row meant.
    """
    listing = roster.grants
    if listing.mode is FileMode.ABSENT:
        return EndedGrants()
    held = unit.directory.granted_by(GRANTED_BY_ROSTER)
    merged = {merge.gone_id: merge.kept_id for merge in unit.merges.standing()}
    rows = grant_rows(unit, plan, roster)
    marked = MarkedGrants(unit, plan, roster, stored, merged, rows)
    held_keys = {key_of(grant, merged) for grant in held}
    unlisted = _unlisted(held, plan, roster, merged)
    ends = dict.fromkeys(rows.left(merged), _CHANGED)
    ends |= dict.fromkeys(marked.keys(), (_MARKED, _MARKED))
    ends |= dict.fromkeys((key_of(one, merged) for one in unlisted), (_UNLISTED, _UNLISTED))
    kept = _kept(ends.keys() & held_keys, plan, roster, merged) | rows.given(merged)
    revoked = [one for one in held if key_of(one, merged) in ends.keys() - kept]
    causes = [ends[key_of(one, merged)] for one in revoked]
    errors = (*marked.without_effect(held_keys), *_told(causes, roster))
    return EndedGrants(tuple(revoked), len(held), errors, rows.changes)


def _kept(gone: set[Key], plan: RosterPlan, roster: Roster, merged: Merged) -> set[Key]:
    """What this roster gives all the same; all of it is worked out only where it matters."""
    kept = {key_of(grant, merged) for grant in plan.grants}
    if not kept.issuperset(gone):
        live = roles_brought(plan.people, plan.enrolments, roster)
        kept |= {key_of(grant, merged) for grant in live}
    return kept


def _unlisted(
    held: list[RoleGrant], plan: RosterPlan, roster: Roster, merged: Merged
) -> list[RoleGrant]:
    """All that stand, but for people one of whose rows names an org that is not known.

    Those of them that are listed are told apart later. None unless the file is the whole truth.
    """
    listing = roster.grants
    if listing.mode is not FileMode.BULK or not listing.rows or listing.refused:
        return []
    astray = {row.person for row in listing.rows if row.org and row.org not in plan.orgs.live}
    named = [plan.people.live[one].id for one in astray if one in plan.people.live]
    unsure = {merged.get(one, one) for one in named}
    return [grant for grant in held if grant.person_id not in unsure or not grant.org_id]


def _told(causes: Iterable[tuple[str, str]], roster: Roster) -> Iterator[RowError]:
    """How many end for which cause; a cause has a word for many roles, and one for a single."""
    counted = list(causes)
    for many, one in dict.fromkeys(counted):
        number = counted.count((many, one))
        cause = f"{number} roles that an earlier load brought are {many}; they end"
        if number == 1:
            cause = f"a role that an earlier load brought is {one}; it ends"
        yield RowError(roster.grants.file, 0, "", "", cause, Severity.INFO)
