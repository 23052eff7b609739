"""Who acts on accounts of the LMS: people whose right there is asked for before each use."""

from dataclasses import dataclass, replace

from application.errors import Conflict, LmsCannot, LmsForbidden, LmsUnauthorised
from application.gateways import Gateways
from application.ports.lms import LmsCapability, LmsGateway
from application.ports.runtime import Clock, Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import PersonId, SiteId
from domain.lms_site import AccountAuthorisation
from domain.outcomes.found import OutcomePlace, PlaceKind

RIGHT_LOST, UNAUTHORISED = "right-lost", "unauthorised"
_NOBODY_LEFT = (
    "No account authorization is left that holds for this Canvas account. A Canvas administrator "
    "who may manage and import outcomes there opens System Settings > Integrations > Canvas and "
    "presses Authorize."
)


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who may manage outcomes in the place, as the LMS said just now."""

    person_id: PersonId
    gateway: LmsGateway


@dataclass(frozen=True, slots=True)
class AccountAgents:
    """Finds who acts, and severs at once those who lost the right in the LMS.

    Only the LMS decides: roles here play no part, so that somebody who is no Data Steward any
    more goes on acting until the right in the LMS goes (F6).
    """

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    gateways: Gateways

    async def acting_on(self, site_id: SiteId, place: OutcomePlace) -> Agent:
        """The first, in the order given, who has both rights in the place.

        Somebody who may act in the authorised account, only not in this place, is passed over
        and stays.

        Raises:
            LmsUnauthorised: nobody is left; work that needs one waits.
            LmsForbidden: reason `no-scope`, which is the developer key's fault, not a person's.
            LmsUnavailable: the LMS could not be asked, so nobody was severed.
        """
        for held in await self.transact(lambda: self._holding(site_id)):
            agent = await self._tried(held, place)
            if agent is not None:
                return agent
        raise LmsUnauthorised(_NOBODY_LEFT)

    async def severed(self, site_id: SiteId, person_id: PersonId, reason: str) -> None:
        """End this person's account authorisation; `reason` is a slug of the refusals.

        The person's own authorisation stays as it is. One that is severed already, or was
        given anew meanwhile, stays too.
        """
        await self.transact(lambda: self._sever(site_id, person_id, reason))

    async def _tried(self, held: AccountAuthorisation, place: OutcomePlace) -> Agent | None:
        try:
            gateway = await self.gateways.acting_for(held.person_id, held.site_id)
            require_outcomes(gateway)
            if (await gateway.outcome_rights(place)).hold:
                await self.transact(lambda: self._noted(held))
                return Agent(held.person_id, gateway)
            lost = "" if await _may_elsewhere(gateway, held, place) else RIGHT_LOST
        except LmsUnauthorised:
            lost = UNAUTHORISED
        except LmsForbidden as refused:
            if refused.reason == "no-scope":
                raise
            lost = RIGHT_LOST
        if lost:
            await self.severed(held.site_id, held.person_id, lost)
        return None

    def _holding(self, site_id: SiteId) -> list[AccountAuthorisation]:
        with self.units(write=False) as unit:
            return [one for one in unit.pairings.accounts(site_id) if one.holds]

    def _noted(self, held: AccountAuthorisation) -> None:
        self._stored(replace(held, checked_at=self.clock.now()))

    def _sever(self, site_id: SiteId, person_id: PersonId, reason: str) -> None:
        now = self.clock.now()
        for held in self._holding(site_id):
            if held.person_id == person_id:
                lost = replace(held, lost_reason=reason, checked_at=now)
                subject = f"account-authorisation:{site_id}:{person_id}"
                self._stored(lost, Deed("system", "severed", subject, reason, now))

    def _stored(self, changed: AccountAuthorisation, *deeds: Deed) -> None:
        try:
            with self.units() as unit:
                unit.pairings.save_account(changed)
                for deed in deeds:
                    unit.audit.record(deed)
                unit.commit()
        except Conflict:  # another run noted the same, or it was given anew
            return


def require_outcomes(gateway: LmsGateway) -> None:
    """Raises: LmsCannot when this LMS adapter knows no outcomes."""
    if LmsCapability.OUTCOMES not in gateway.capabilities:
        raise LmsCannot(LmsCapability.OUTCOMES)


async def _may_elsewhere(
    gateway: LmsGateway, held: AccountAuthorisation, place: OutcomePlace
) -> bool:
    """Whether the right stands in the account it was given for, when `place` is another."""
    given = OutcomePlace(PlaceKind.ACCOUNT, held.account_ref)
    return place != given and (await gateway.outcome_rights(given)).hold
