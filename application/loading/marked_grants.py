"""Roles that a delta marks for removal: which person and org its rows mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from application.loading.diff import KindPlan
from application.loading.grant_keys import Key, key_of
from application.loading.plan import RosterPlan, StoredRoster
from application.ports.unit_of_work import UnitOfWork
from application.rosters.records import GrantRecord
from application.rosters.roster import Roster
from application.rosters.row_errors import RowError, Severity
from domain.ids import OrgId, PersonId
from domain.rostering import Org, Person


@dataclass(frozen=True, slots=True)
class MarkedGrants:
    """Its rows name what is live, or what ended with or before this load."""

    unit: UnitOfWork
    plan: RosterPlan
    roster: Roster
    stored: StoredRoster
    merged: Mapping[PersonId, PersonId]

    def keys(self) -> dict[Key, GrantRecord]:
        """The roles that are marked, as they are told apart."""
        people = _ids(self.plan.people, self.stored.people)
        orgs = _ids(self.plan.orgs, self.stored.orgs)
        found: dict[Key, GrantRecord] = {}
        for row in self.roster.grants.ended_rows:
            person, org = people.get(row.person), orgs.get(row.org)
            if person is not None and (org is not None or not row.org):
                person_id = PersonId(person)
                key = self.merged.get(person_id, person_id), row.role, org or ""
                found[key] = row
        return found

    def without_role(self, held: set[Key]) -> Iterator[RowError]:
        """The rows that end nothing, each with the reason."""
        marked = self.keys()
        by_hand = {key_of(one) for one in self.unit.bulk.grants_of({key[0] for key in marked})}
        ending = {row.source_id: key for key, row in marked.items()}
        for row in self.roster.grants.ended_rows:
            key = ending.get(row.source_id)
            if key in held:
                continue
            if key in by_hand:
                cause = "marked for removal, but no load brought this role; it stays"
                yield self._told(row, cause, Severity.INFO)
            else:
                cause = "marked for removal, but nobody here holds this role: nothing to end"
                yield self._told(row, cause, Severity.WARNING)

    def _told(self, row: GrantRecord, cause: str, severity: Severity) -> RowError:
        listing = self.roster.grants
        column = listing.columns.get("person", "person")
        return RowError(*listing.place(row.line), column, "", cause, severity)


def _ids(
    plan: KindPlan[Person] | KindPlan[Org], stored: list[Person] | list[Org]
) -> dict[str, PersonId | OrgId]:
    """By source id, the live ones before those that have ended."""
    ended = {one.source_id: one.id for one in stored}
    return {**ended, **{source_id: one.id for source_id, one in plan.live.items()}}
