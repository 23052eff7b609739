"""Which role each row of the files of roles gave before a load, and which it gives after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from application.loading.grant_keys import Key, key_of
from application.loading.plan import RosterPlan
from application.ports.unit_of_work import UnitOfWork
from application.rosters.load_runs import SourceChanges
from application.rosters.roster import FileMode, Roster
from domain.access import GrantSource
from domain.ids import PersonId


@dataclass(frozen=True, slots=True)
class GrantRows:
    """By the ids of the rows. A row that was left out gives what it gave."""

    before: Mapping[str, GrantSource]
    after: Mapping[str, GrantSource]

    def given(self, merged: Mapping[PersonId, PersonId]) -> set[Key]:
        """What some row gives after the load."""
        return {key_of(one, merged) for one in self.after.values()}

    def left(self, merged: Mapping[PersonId, PersonId]) -> set[Key]:
        """What a row gave, and this row gives no longer."""
        gone = (one for key, one in self.before.items() if self.after.get(key) != one)
        return {key_of(one, merged) for one in gone}

    @property
    def changes(self) -> SourceChanges:
        before, after = self.before, self.after
        return SourceChanges(
            tuple(one for key, one in before.items() if after.get(key) != one),
            tuple(one for key, one in after.items() if before.get(key) != one),
        )


def grant_rows(unit: UnitOfWork, plan: RosterPlan, roster: Roster) -> GrantRows:
    """Rows that are marked for removal, mean nothing here or are not listed by a whole file go."""
    listing = roster.grants
    before = {one.source_id: one for one in unit.bulk.grant_sources()}
    gone = listing.ended.keys() | listing.giving_nothing.keys()
    if listing.mode is FileMode.BULK and listing.rows and not listing.refused:
        gone |= before.keys() - {row.source_id for row in listing.rows}
    kept = {key: one for key, one in before.items() if key not in gone}
    return GrantRows(before, {**kept, **dict(_said(plan, roster))})


def _said(plan: RosterPlan, roster: Roster) -> Iterator[tuple[str, GrantSource]]:
    """What each row says that names people and orgs who are here."""
    for row in roster.grants.rows:
        person, org = plan.people.live.get(row.person), plan.orgs.live.get(row.org)
        if person is not None and (org is not None or not row.org):
            org_id = org.id if org else None
            yield row.source_id, GrantSource(row.source_id, person.id, row.role, org_id)
