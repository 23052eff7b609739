"""A person's stored authorisation as a token source, refreshed by one flight at a time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from application.errors import Conflict, LmsUnauthorised, LmsUnavailable
from application.ports.lms_plugin import Grant, Lms, SiteAccess
from application.ports.runtime import Clock, Transact
from application.ports.secrets import Sealer, authorisation_row, site_row
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.audit import Deed
from domain.ids import AuthorisationId
from domain.lms_site import Authorisation, AuthorisationState, LmsSite

_LEASE = timedelta(seconds=30)
_EARLY = timedelta(minutes=2)
_WAITS = 60
_LOST = "Canvas asks for your authorization again. Press Authorize to go on."

Pause = Callable[[float], Awaitable[None]]
"""Wait for so many seconds; tests wait for none."""


def access_to(site: LmsSite, sealer: Sealer) -> SiteAccess:
    return SiteAccess(site.url, site.client_id, sealer.open(site.client_secret, site_row(site.id)))


@dataclass(frozen=True, slots=True)
class TokenVault:
    """What every stored authorisation needs to be read and renewed."""

    units: UnitOfWorkFactory
    transact: Transact
    clock: Clock
    sealer: Sealer
    pause: Pause

    def of(self, authorisation_id: AuthorisationId, lms: Lms, site: SiteAccess) -> "StoredTokens":
        return StoredTokens(self, authorisation_id, lms, site)


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """A `TokenSource` over one authorisation row.

    Canvas kills the earlier access token at each refresh, so that two flights at once would
    lock each other out: the row's lease lets one process refresh, the others read again.
    """

    vault: TokenVault
    authorisation_id: AuthorisationId
    lms: Lms
    site: SiteAccess

    async def token(self) -> str:
        row = await self._read()
        token = self._opened(row)
        ends = row.expires_at
        if ends is not None and ends - _EARLY <= self.vault.clock.now():
            return await self.renewed(token)
        return token

    async def renewed(self, refused: str) -> str:
        for _ in range(_WAITS):
            row = await self._read()
            token = self._opened(row)
            if token != refused:
                return token
            leased = await self.vault.transact(partial(self._lease, row))
            if leased is not None:
                return await self._refresh(leased)
            await self.vault.pause(0.5)
        raise LmsUnavailable("The Canvas authorization is being renewed elsewhere; try again.")

    async def _refresh(self, row: Authorisation) -> str:
        refresh_token = self.vault.sealer.open(row.refresh_token, authorisation_row(row.id))
        try:
            grant = await self.lms.refresh(self.site, refresh_token=refresh_token)
        except LmsUnauthorised:
            if await self.vault.transact(lambda: self._lose(row)):
                raise
            return self._opened(await self._read())
        except BaseException:
            await self.vault.transact(lambda: self._store(replace(row, lease_until=None)))
            raise
        stored = await self.vault.transact(lambda: self._store(self._granted(row, grant)))
        return self._opened(stored or await self._read())

    async def _read(self) -> Authorisation:
        row = await self.vault.transact(self._load)
        if row.state is not AuthorisationState.ACTIVE:
            raise LmsUnauthorised(_LOST)
        return row

    def _load(self) -> Authorisation:
        with self.vault.units(write=False) as unit:
            return unit.sites.authorisation_by_id(self.authorisation_id)

    def _lease(self, row: Authorisation) -> Authorisation | None:
        now = self.vault.clock.now()
        if row.lease_until is not None and row.lease_until > now:
            return None
        return self._store(replace(row, lease_until=now + _LEASE))

    def _lose(self, row: Authorisation) -> Authorisation | None:
        lost = replace(row, state=AuthorisationState.LOST, lost_reason="refused", lease_until=None)
        now = self.vault.clock.now()
        deed = Deed("system", "authorisation lost", f"authorisation:{row.id}", "", now)
        return self._store(lost, deed)

    def _store(self, row: Authorisation, *deeds: Deed) -> Authorisation | None:
        """None when the row was changed meanwhile: consent was given again or revoked."""
        try:
            with self.vault.units() as unit:
                stored = unit.sites.save_authorisation(row)
                for deed in deeds:
                    unit.audit.record(deed)
                unit.commit()
        except Conflict:
            return None
        return stored

    def _granted(self, row: Authorisation, grant: Grant) -> Authorisation:
        sealer, name = self.vault.sealer, authorisation_row(row.id)
        renewed = grant.refresh_token
        return replace(
            row,
            access_token=sealer.seal(grant.access_token, name),
            refresh_token=row.refresh_token if renewed is None else sealer.seal(renewed, name),
            expires_at=grant.expires_at,
            lease_until=None,
        )

    def _opened(self, row: Authorisation) -> str:
        return self.vault.sealer.open(row.access_token, authorisation_row(row.id))
