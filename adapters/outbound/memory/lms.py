"""A learning system in memory: fast, and under the same contract suite as Canvas."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from adapters.outbound.memory.lms_door import MemoryDoor
from adapters.outbound.memory.lms_gateway import MemoryGateway
from application.errors import LmsUnauthorised
from application.ports.lms import LmsGateway
from application.ports.lms_plugin import (
    ConsentPage,
    ConsentRefusal,
    Grant,
    Lms,
    SiteAccess,
    TokenSource,
)
from domain.ids import LmsUserRef


@dataclass(slots=True, eq=False, repr=False)
class MemoryLms(MemoryDoor, Lms):
    """Tokens are `access-N` and `refresh-N`; a refresh kills the access token before it."""

    expires_at: datetime | None = None
    redirect_uris: set[str] = field(default_factory=set)
    """Those registered with the client; empty lets any in."""
    clock: datetime | None = None
    """What its clock shows, where it tells that."""
    renewals: int = 0
    _codes: dict[str, LmsUserRef] = field(default_factory=dict)
    _refresh: dict[str, LmsUserRef] = field(default_factory=dict)

    def given_code(self, user: LmsUserRef) -> str:
        """A code as it comes back after consent."""
        code = f"code-{self.state.new_ref()}"
        self._codes[code] = user
        return code

    def given_grant(self, user: LmsUserRef) -> Grant:
        refresh_token = f"refresh-{self.state.new_ref()}"
        self._refresh[refresh_token] = user
        return self._grant(user, refresh_token)

    def expire(self, user: LmsUserRef) -> None:
        """The access tokens of the person stop working; refresh tokens stay."""
        self.access = {text: of for text, of in self.access.items() if of != user}

    def withdraw(self, user: LmsUserRef) -> None:
        """The consent is gone: no token of the person works any more."""
        self.expire(user)
        self._refresh = {text: of for text, of in self._refresh.items() if of != user}

    def consent_url(self, site: SiteAccess, *, redirect_uri: str, state: str) -> str:
        asked = {"client_id": site.client_id, "redirect_uri": redirect_uri, "state": state}
        return f"{site.url}/consent?{urlencode(asked)}"

    async def consent_page(self, site: SiteAccess, *, redirect_uri: str) -> ConsentPage:  # noqa: ARG002 the port's signature
        if self.redirect_uris and redirect_uri not in self.redirect_uris:
            return ConsentPage(ConsentRefusal.REDIRECT, (), self.clock)
        refusal = None if self.scopes_held else ConsentRefusal.SCOPES
        return ConsentPage(refusal, (), self.clock)

    async def redeem(self, site: SiteAccess, *, code: str, redirect_uri: str) -> Grant:  # noqa: ARG002 the port's signature
        user = self._codes.pop(code, None)
        if user is None:
            raise LmsUnauthorised("The code is unknown or was used before.")
        return self.given_grant(user)

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:  # noqa: ARG002 the port's signature
        user = self._refresh.get(refresh_token)
        if user is None:
            raise LmsUnauthorised("The consent is gone.")
        self.renewals += 1
        self.expire(user)
        return self._grant(user, None)

    async def revoke(self, site: SiteAccess, *, access_token: str) -> None:  # noqa: ARG002 the port's signature
        user = self.user_behind(access_token)
        if user is not None:
            self.withdraw(user)

    def acting(self, site: SiteAccess, tokens: TokenSource) -> LmsGateway:  # noqa: ARG002 the port's signature
        return MemoryGateway(self, tokens)

    def _grant(self, user: LmsUserRef, refresh_token: str | None) -> Grant:
        access_token = f"access-{self.state.new_ref()}"
        self.access[access_token] = user
        return Grant(access_token, refresh_token, self.expires_at, self.state.accounts[user])
