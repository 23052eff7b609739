"""People as a register shows them: searched, filtered, a page at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from application.paging import ListPage, page_within
from application.ports.people_repositories import PAGE, PeopleSearch, Standing
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.viewers import with_those_below
from domain.access import Role
from domain.ids import OrgId, PersonId
from domain.rostering import Person


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A granted role; `org` is a code, empty for the whole college."""

    role: Role
    org: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    person: Person
    roles: tuple[RoleLine, ...]
    """Granted ones; those that enrolments bring stand on the person's page."""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """As an address says it; `org` is an org's id, with all below it. Pages count from 1."""

    text: str = ""
    role: Role | None = None
    org: OrgId | None = None
    standing: Standing = Standing.ACTIVE
    page: int = 1


@dataclass(frozen=True, slots=True)
class PeopleRegister:
    units: UnitOfWorkFactory

    def __call__(self, wanted: PeopleFilter) -> ListPage[PersonLine]:
        with self.units(write=False) as unit:
            search = _search(unit, wanted)
            total = unit.directory.count_people(search)
            page = page_within(wanted.page, total, PAGE)
            people = unit.directory.people(search, start=(page - 1) * PAGE)
            roles = _roles(unit, [person.id for person in people])
            lines = (PersonLine(person, tuple(roles.get(person.id, ()))) for person in people)
            return ListPage(tuple(lines), total, page, PAGE)


def _search(unit: UnitOfWork, wanted: PeopleFilter) -> PeopleSearch:
    orgs = None if wanted.org is None else with_those_below(unit.roster.orgs(), [wanted.org])
    return PeopleSearch(wanted.text, wanted.role, orgs, wanted.standing)


def _roles(unit: UnitOfWork, ids: Iterable[PersonId]) -> Mapping[PersonId, list[RoleLine]]:
    codes = {org.id: org.code for org in unit.roster.orgs()}
    found: dict[PersonId, list[RoleLine]] = {}
    for grant in unit.directory.grants_of(ids):
        org = codes.get(grant.org_id, "") if grant.org_id else ""
        found.setdefault(grant.person_id, []).append(RoleLine(grant.role, org))
    return found
