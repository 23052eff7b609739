"""What hangs on the people of a roster: further logins, roles, attributes."""

from collections.abc import Iterator

from application.loading.diff import KindPlan
from application.rosters.records import DemographicsRecord, GrantRecord, LoginRecord
from application.rosters.roster import Listing, Roster
from application.rosters.row_errors import RowError
from domain.access import GRANTED_BY_ROSTER, RoleGrant
from domain.ids import PersonId
from domain.rostering import Demographic, Org, Person

Login = tuple[PersonId, str]


def demographics_of(
    listing: Listing[DemographicsRecord], people: KindPlan[Person], kept: frozenset[str]
) -> Iterator[Demographic]:
    """Of live people, the attributes that are kept."""
    for record in listing.rows if kept else ():
        person = people.live.get(record.source_id)
        if person is not None:
            yield from (
                Demographic(person.id, attribute, value)
                for attribute, value in record.attributes.items()
                if attribute in kept and value
            )


def further_logins(listing: Listing[LoginRecord], people: KindPlan[Person]) -> Iterator[Login]:
    """Logins of live people besides the one of their own record."""
    for record in listing.rows:
        person = people.live.get(record.person)
        if person is not None and record.login != person.login:
            yield person.id, record.login


def granted(
    roster: Roster, people: KindPlan[Person], orgs: KindPlan[Org]
) -> tuple[list[RoleGrant], list[RowError]]:
    """Roles in orgs as the roster gives them, and the rows that name nobody or nothing here."""
    grants: list[RoleGrant] = []
    errors: list[RowError] = []
    for record in roster.grants.rows:
        person, org = people.live.get(record.person), orgs.live.get(record.org)
        if person is None:
            cause = f"{roster.people.file} has no such user, or it has ended"
            errors.append(_refused(roster.grants, record, "person", record.person, cause))
        elif record.org and org is None:
            cause = f"{roster.orgs.file} has no such org, or it has ended"
            errors.append(_refused(roster.grants, record, "org", record.org, cause))
        else:
            org_id = org.id if org else None
            grants.append(RoleGrant(person.id, record.role, org_id, GRANTED_BY_ROSTER))
    return grants, errors


def _refused(
    listing: Listing[GrantRecord], record: GrantRecord, field: str, value: str, cause: str
) -> RowError:
    return RowError(*listing.place(record.line), listing.columns.get(field, field), value, cause)
