"""The gateway that acts for one person at one site, from what is stored."""

from dataclasses import dataclass

from application.errors import LmsUnauthorised
from application.ports.lms import LmsGateway
from application.ports.lms_plugin import LmsPlugins
from application.tokens import TokenVault, access_to
from domain.ids import PersonId, SiteId
from domain.lms_site import Authorisation, AuthorisationState, LmsSite

_NO_CONSENT = "You have not authorized Attain in Canvas yet. Press Authorize to go on."


@dataclass(frozen=True, slots=True)
class Gateways:
    vault: TokenVault
    lms: LmsPlugins

    async def acting_for(self, person_id: PersonId, site_id: SiteId) -> LmsGateway:
        """Raises: LmsUnauthorised when the person has no authorisation that holds."""
        held, site = await self.vault.transact(lambda: self._held(person_id, site_id))
        if held is None or held.state is not AuthorisationState.ACTIVE:
            raise LmsUnauthorised(_NO_CONSENT)
        lms, access = self.lms[site.plugin], access_to(site, self.vault.sealer)
        return lms.acting(access, self.vault.of(held.id, lms, access))

    def _held(self, person_id: PersonId, site_id: SiteId) -> tuple[Authorisation | None, LmsSite]:
        with self.vault.units(write=False) as unit:
            return unit.sites.authorisation(site_id, person_id), unit.sites.get(site_id)
