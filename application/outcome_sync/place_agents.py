"""Who acts in a place of the LMS: one person, or whoever may act on its account."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from application.account_agents import UNAUTHORISED, AccountAgents, require_outcomes
from application.errors import (
    LmsCannot,
    LmsForbidden,
    LmsRecordMissing,
    LmsRefused,
    LmsUnauthorised,
)
from application.ports.lms import LmsGateway
from domain.ids import PersonId, SiteId
from domain.outcomes.found import OutcomePlace, PlaceKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlaceAgents:
    agents: AccountAgents

    async def work_at(
        self,
        site_id: SiteId,
        place: OutcomePlace,
        acts_as: PersonId | None,
        work: Callable[[LmsGateway], Awaitable[T]],
    ) -> T:
        """Do the work as this person, else as the first who may act on the account.

        When an account's agent loses the right meanwhile, the next one does it from its
        start: the work must be safe to repeat.

        Raises:
            LmsUnauthorised: the person, or everybody, has no authorisation that holds.
            LmsForbidden: the person may not; for an account only `no-scope`, and what the LMS
                refuses to somebody whose right it confirms.
            LmsRefused: reason `place-missing`, or `not-supported` by this kind of LMS.
        """
        try:
            if acts_as is not None or place.kind is PlaceKind.COURSE:
                return await work(await self._own(site_id, place, acts_as))
            return await self._by_agents(site_id, place, work)
        except LmsRecordMissing as error:
            cause = "This place is not there any more."
            raise LmsRefused(cause, reason="place-missing") from error
        except LmsCannot as error:
            raise LmsRefused(str(error), reason="not-supported") from error

    async def _by_agents(
        self, site_id: SiteId, place: OutcomePlace, work: Callable[[LmsGateway], Awaitable[T]]
    ) -> T:
        refused: PersonId | None = None
        while True:
            agent = await self.agents.acting_on(site_id, place)
            try:
                return await work(agent.gateway)
            except LmsUnauthorised:
                await self.agents.severed(site_id, agent.person_id, UNAUTHORISED)
            except LmsForbidden as error:
                if error.reason == "no-scope" or agent.person_id == refused:
                    raise
                # Asked once more; who lost the right is severed by that.
                refused = agent.person_id

    async def _own(
        self, site_id: SiteId, place: OutcomePlace, acts_as: PersonId | None
    ) -> LmsGateway:
        if acts_as is None:
            raise LmsUnauthorised("Nobody acts in this Canvas course.")
        gateway = await self.agents.gateways.acting_for(acts_as, site_id)
        require_outcomes(gateway)
        if not (await gateway.outcome_rights(place)).hold:
            raise LmsForbidden("You may not manage outcomes there.", reason="no-right")
        return gateway
