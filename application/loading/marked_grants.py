"""Roles that a delta marks for removal: which person and org its rows mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from application.loading.diff import KindPlan
from application.loading.grant_keys import Key, key_of
from application.loading.grant_rows import GrantRows
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
    rows: GrantRows

    def keys(self) -> set[Key]:
        """The roles that are marked, as they are told apart."""
        before = self.rows.before
        known = (before[one] for one in self.roster.grants.ended if one in before)
        return {key_of(one, self.merged) for one in known} | set(self._said().values())

    def without_effect(self, held: set[Key]) -> Iterator[RowError]:
        """The rows that end nothing, each with the reason."""
        said = self._said()
        by_hand = {
            key_of(one) for one in self.unit.bulk.grants_of({key[0] for key in said.values()})
        }
        given = self.rows.given(self.merged)
        for row in self.roster.grants.ended_rows:
            key = said.get(row.source_id)
            if key in held and key in given:
                cause = "marked for removal, but another row gives this role; it stays"
                yield self._told(row, cause, Severity.INFO)
            elif key not in held and key in by_hand:
                cause = "marked for removal, but no load brought this role; it stays"
                yield self._told(row, cause, Severity.INFO)
            elif key not in held:
                cause = "marked for removal, but nobody here holds this role: nothing to end"
                yield self._told(row, cause, Severity.WARNING)

    def _said(self) -> dict[str, Key]:
        """By the ids of the rows: what each gave, or what it says where no load was told it."""
        people = _ids(self.plan.people, self.stored.people)
        orgs = _ids(self.plan.orgs, self.stored.orgs)
        found: dict[str, Key] = {}
        for row in self.roster.grants.ended_rows:
            person, org = people.get(row.person), orgs.get(row.org)
            if row.source_id in self.rows.before:
                found[row.source_id] = key_of(self.rows.before[row.source_id], self.merged)
            elif person is not None and (org is not None or not row.org):
                person_id = PersonId(person)
                found[row.source_id] = (
                    self.merged.get(person_id, person_id), row.role, org or "",
                )  # fmt: skip
        return found

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
