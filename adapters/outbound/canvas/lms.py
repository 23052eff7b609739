"""Canvas as an opened `Lms`: its OAuth2 and the gateways of those who consented."""

from contextlib import suppress
from dataclasses import dataclass, replace

import httpx

from adapters.outbound.canvas import consent
from adapters.outbound.canvas.client import CanvasClient
from adapters.outbound.canvas.gateway import CanvasGateway
from adapters.outbound.canvas.oauth import CanvasOAuth
from adapters.outbound.canvas.transport import Wire
from application.errors import LmsError, LmsUnauthorised
from application.ports.lms import LmsGateway
from application.ports.lms_plugin import ConsentPage, Grant, Lms, SiteAccess, TokenSource
from application.ports.runtime import Clock


@dataclass(frozen=True, slots=True, repr=False)
class _NewToken(TokenSource):
    """A token just given: nothing to renew it with is stored yet."""

    text: str

    async def token(self) -> str:
        return self.text

    async def renewed(self, refused: str) -> str:  # noqa: ARG002 the port's signature
        raise LmsUnauthorised("Canvas refuses the token that it just gave.")


class CanvasLms(Lms):
    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._oauth = CanvasOAuth(wire, clock)

    def consent_url(self, site: SiteAccess, *, redirect_uri: str, state: str) -> str:
        return self._oauth.consent_url(site, redirect_uri=redirect_uri, state=state)

    async def consent_page(self, site: SiteAccess, *, redirect_uri: str) -> ConsentPage:
        url = self.consent_url(site, redirect_uri=redirect_uri, state=consent.NOBODY)
        throttle = self._wire.throttles.of(("oauth", site.url))
        asked = httpx.Request("GET", url, headers={"Accept": "text/html"})
        response = await self._wire.exchange(asked, throttle, repeatable=True)
        return consent.page_behind(response, redirect_uri)

    async def redeem(self, site: SiteAccess, *, code: str, redirect_uri: str) -> Grant:
        """The token's answer names the user by id only: login and e-mail are asked for.

        Where Canvas will not tell them, the grant stands all the same.
        """
        grant = await self._oauth.redeem(site, code=code, redirect_uri=redirect_uri)
        with suppress(LmsError):
            account = await self.acting(site, _NewToken(grant.access_token)).me()
            return replace(grant, account=account)
        return grant

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:
        return await self._oauth.refresh(site, refresh_token=refresh_token)

    async def revoke(self, site: SiteAccess, *, access_token: str) -> None:
        await self._oauth.revoke(site, access_token=access_token)

    def acting(self, site: SiteAccess, tokens: TokenSource) -> LmsGateway:
        """Token sources that are equal share one throttle, as Canvas keeps one for a token."""
        throttle = self._wire.throttles.of(tokens)
        return CanvasGateway(CanvasClient(self._wire, site.url.rstrip("/"), tokens, throttle))
