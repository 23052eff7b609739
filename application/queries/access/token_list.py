"""The tokens of one person, and to which orgs a new one can be narrowed."""

from dataclasses import dataclass

from application.org_tree import TreeOrg, drawn_orgs
from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWorkFactory
from application.viewers import Viewer, reported_orgs
from domain.access import REACH, Reach, Role
from domain.api_token import ApiToken, TokenState
from domain.ids import PersonId
from domain.rostering import Org


@dataclass(frozen=True, slots=True)
class TokenLine:
    """`org` None: the token reaches wherever its role is held."""

    token: ApiToken
    state: TokenState
    org: Org | None = None


@dataclass(frozen=True, slots=True)
class ListTokens:
    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, person_id: PersonId) -> list[TokenLine]:
        """Newest first, those that are over too."""
        now = self.clock.now()
        with self.units(write=False) as unit:
            orgs = {org.id: org for org in unit.roster.orgs()}
            return [
                TokenLine(one, one.state(now), orgs.get(one.org_id) if one.org_id else None)
                for one in unit.api_tokens.of_person(person_id)
            ]


@dataclass(frozen=True, slots=True)
class TokenOrgs:
    """The orgs to one of which a new token in this role can be narrowed, as a tree."""

    units: UnitOfWorkFactory

    def __call__(self, person_id: PersonId, role: Role) -> tuple[TreeOrg, ...]:
        """Nothing for a role that does not reach by org."""
        if REACH[role] is not Reach.ORGS:
            return ()
        with self.units(write=False) as unit:
            reached = reported_orgs(unit, Viewer(person_id, role))
            return drawn_orgs(org for org in unit.roster.orgs() if org.id in reached)
