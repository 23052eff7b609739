"""Orgs as a tree, with what hangs on each: pairing, courses, people with roles."""

from collections import Counter
from dataclasses import dataclass

from application.org_tree import drawn_orgs
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.access import Role
from domain.ids import OrgId, PersonId
from domain.lms_site import OrgPairing
from domain.rostering import Org, Person


@dataclass(frozen=True, slots=True)
class OrgLine:
    """`holders` counts roles granted there; `paired` is the name of an account, may be empty."""

    org: Org
    depth: int
    paired: str
    courses: int
    holders: int


@dataclass(frozen=True, slots=True)
class OrgHolder:
    person: Person
    role: Role


@dataclass(frozen=True, slots=True)
class OrgView:
    org: Org
    parent: Org | None
    below: tuple[Org, ...]
    holders: tuple[OrgHolder, ...]
    pairings: tuple[OrgPairing, ...]
    courses: int


@dataclass(frozen=True, slots=True)
class ListOrgs:
    units: UnitOfWorkFactory

    def __call__(self, *, ended: bool = False) -> list[OrgLine]:
        """Active ones as a tree; with `ended`, the others after them by name."""
        with self.units(write=False) as unit:
            orgs = unit.roster.orgs()
            courses = Counter(one.org_id for one in unit.roster.courses() if one.active)
            grants = Counter(one.org_id for one in unit.directory.grants_in(o.id for o in orgs))
            paired = {
                pairing.org_id: pairing.account_name or pairing.account_ref
                for site in unit.sites.sites()
                if site.active
                for pairing in unit.pairings.orgs(site.id).values()
            }
        drawn = [(tree.org, tree.depth) for tree in drawn_orgs(orgs)]
        if ended:
            gone = sorted((org for org in orgs if not org.active), key=lambda org: org.name)
            drawn += [(org, 0) for org in gone]
        return [
            OrgLine(org, depth, paired.get(org.id, ""), courses[org.id], grants[org.id])
            for org, depth in drawn
        ]


@dataclass(frozen=True, slots=True)
class ReadOrg:
    units: UnitOfWorkFactory

    def __call__(self, org_id: OrgId) -> OrgView:
        """Raises NotFound."""
        with self.units(write=False) as unit:
            org = unit.roster.org(org_id)
            orgs = unit.roster.orgs()
            grants = unit.directory.grants_in([org_id])
            people = unit.roster.people(PersonId(grant.person_id) for grant in grants)
            pairings = [
                pairing
                for site in unit.sites.sites()
                if site.active
                for pairing in unit.pairings.orgs(site.id).values()
                if pairing.org_id == org_id
            ]
            holders = [OrgHolder(people[grant.person_id], grant.role) for grant in grants]
            return OrgView(
                org,
                next((one for one in orgs if one.id == org.parent_id), None),
                tuple(one for one in orgs if one.parent_id == org_id and one.active),
                tuple(sorted(holders, key=lambda one: (one.person.name_key, one.role))),
                tuple(pairings),
                sum(one.active and one.org_id == org_id for one in unit.roster.courses()),
            )
