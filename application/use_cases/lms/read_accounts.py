"""Read the accounts of a site that somebody here may administer there."""

from collections.abc import Awaitable
from dataclasses import dataclass

from application.account_agents import AccountAgents, require_outcomes
from application.account_tree import AccountTree, tree_of
from application.errors import LmsError
from application.ports.lms import LmsGateway
from application.refusals import why_unread
from domain.ids import PersonId
from domain.lms_site import LmsSite
from domain.outcomes.found import OutcomePlace, PlaceKind

_NOBODY, _NONE = AccountTree(unread="unauthorised"), AccountTree(unread="administers-none")


@dataclass(frozen=True, slots=True)
class ReadAccounts:
    """By the person's own authorisation, else by that of whoever acts on the site's account."""

    agents: AccountAgents

    async def __call__(self, site: LmsSite, person_id: PersonId | None) -> AccountTree:
        """Never raises an LmsError: why the LMS could not be asked stands in the tree."""
        own = _NOBODY
        if person_id is not None:
            own = await _read(self.agents.gateways.acting_for(person_id, site.id))
        if own.accounts or not site.account_ref:
            return own
        by_agent = await _read(self._agent(site))
        return own if by_agent == _NOBODY else by_agent

    async def _agent(self, site: LmsSite) -> LmsGateway:
        account = OutcomePlace(PlaceKind.ACCOUNT, site.account_ref)
        return (await self.agents.acting_on(site.id, account)).gateway


async def _read(entering: Awaitable[LmsGateway]) -> AccountTree:
    try:
        gateway = await entering
        require_outcomes(gateway)
        units = [unit async for unit in gateway.units()]
    except LmsError as error:
        return AccountTree(unread=why_unread(error))
    return AccountTree(tree_of(units)) if units else _NONE
