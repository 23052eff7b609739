"""Take consent back: a person's own, or the one to act on an account."""

from dataclasses import dataclass, replace

from application.errors import NotFound
from application.ports.lms_plugin import LmsPlugins
from application.ports.runtime import Clock, Transact
from application.ports.secrets import Sealer, authorisation_row
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.tokens import access_to
from domain.audit import Deed
from domain.ids import PersonId, SiteId
from domain.lms_site import Authorisation, AuthorisationState, LmsSite

REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class RevokeAuthorisation:
    """Forget a person's tokens here and give them back to the LMS."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    sealer: Sealer
    lms: LmsPlugins

    async def __call__(self, site_id: SiteId, person_id: PersonId) -> None:
        held, site = await self.transact(lambda: self._revoked(site_id, person_id))
        token = self.sealer.open(held.access_token, authorisation_row(held.id))
        await self.lms[site.plugin].revoke(access_to(site, self.sealer), access_token=token)

    def _revoked(self, site_id: SiteId, person_id: PersonId) -> tuple[Authorisation, LmsSite]:
        with self.units() as unit:
            held = unit.sites.authorisation(site_id, person_id)
            if held is None or held.state is not AuthorisationState.ACTIVE:
                raise NotFound("An authorisation of yours")
            unit.sites.save_authorisation(replace(held, state=AuthorisationState.REVOKED))
            now = self.clock.now()
            unit.audit.record(Deed(person_id, "revoked", f"lms-site:{site_id}", "", now))
            if _stands(unit, site_id, person_id):
                _end(unit, site_id, person_id, Deed(person_id, "revoked", "", "", now))
            site = unit.sites.get(site_id)
            unit.commit()
        return held, site


@dataclass(frozen=True, slots=True)
class RevokeAccount:
    """End somebody's account authorisation; that person's own authorisation stays."""

    units: UnitOfWorkFactory
    clock: Clock

    def __call__(self, actor: str, site_id: SiteId, person_id: PersonId) -> None:
        """Raises: NotFound when the person holds none at the site."""
        with self.units() as unit:
            if not _stands(unit, site_id, person_id):
                raise NotFound("This account authorisation")
            _end(unit, site_id, person_id, Deed(actor, "revoked", "", "", self.clock.now()))
            unit.commit()


def account_row(site_id: SiteId, person_id: PersonId) -> str:
    """The subject of deeds about an account authorisation."""
    return f"account-authorisation:{site_id}:{person_id}"


def _stands(unit: UnitOfWork, site_id: SiteId, person_id: PersonId) -> bool:
    held = unit.pairings.accounts(site_id)
    return any(one.holds and one.person_id == person_id for one in held)


def _end(unit: UnitOfWork, site_id: SiteId, person_id: PersonId, deed: Deed) -> None:
    for held in unit.pairings.accounts(site_id):
        if held.person_id == person_id:
            unit.pairings.save_account(replace(held, lost_reason=REVOKED, checked_at=deed.at))
            unit.audit.record(replace(deed, subject=account_row(site_id, person_id)))
