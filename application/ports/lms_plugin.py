"""What an installed LMS adapter offers: the object that its `attain.lms` entry point names."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from application.ports.lms import LmsAccount, LmsGateway
from application.ports.runtime import Clock

Settings = TypeVar("Settings")


@dataclass(frozen=True, slots=True)
class SiteAccess:
    """One configured site as an adapter needs it: origin, and the OAuth2 client's pair."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens as the LMS gave them. `refresh_token` None: keep the one already held."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: datetime | None
    account: LmsAccount


class ConsentRefusal(StrEnum):
    """Why an LMS would not even ask a person for consent: the client was set up otherwise."""

    CLIENT = "client"
    """It does not know the client, or has switched it off."""
    REDIRECT = "redirect"
    """Our redirect URI is not registered with the client."""
    SCOPES = "scopes"
    """The client lacks scopes that Attain asks for."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """What stands behind the consent URL. `refusal` None: a person would be asked.

    `lacking` names the scopes, where the LMS tells them. `clock` is the time there, to the
    second; None where it is not told.
    """

    refusal: ConsentRefusal | None
    lacking: tuple[str, ...]
    clock: datetime | None


class TokenSource(Protocol):
    """Where a gateway gets its access token; renewing happens once for all who wait.

    Sources of one authorisation are equal and hash alike: adapters throttle per source.
    """

    async def token(self) -> str: ...

    async def renewed(self, refused: str) -> str:
        """A newer token than the one the LMS just refused.

        Raises:
            LmsUnauthorised: consent is lost; a person must authorise again.
        """


class Lms(Protocol):
    """One opened LMS adapter: connections are shared by all sites and people."""

    def consent_url(self, site: SiteAccess, *, redirect_uri: str, state: str) -> str:
        """Where to send the person's browser to ask for consent (OAuth2 code flow)."""

    async def consent_page(self, site: SiteAccess, *, redirect_uri: str) -> ConsentPage:
        """Look whether people who are sent to the consent URL would be asked; asks nobody.

        Raises: LmsUnavailable, LmsSpokeNonsense.
        """

    async def redeem(self, site: SiteAccess, *, code: str, redirect_uri: str) -> Grant:
        """Turn the code that came back into tokens. Raises LmsUnauthorised, LmsUnavailable."""

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:
        """Raises LmsUnauthorised when the consent is gone, LmsUnavailable otherwise."""

    async def revoke(self, site: SiteAccess, *, access_token: str) -> None:
        """Give the token back. A token already dead is no error."""

    def acting(self, site: SiteAccess, tokens: TokenSource) -> LmsGateway:
        """The gateway that acts for the person behind `tokens`."""


@dataclass(frozen=True, slots=True)
class LmsRuntime:
    """What the house lends an adapter."""

    clock: Clock
    user_agent: str


class LmsPlugin(Protocol[Settings]):
    """`settings` is a type that the entrypoint fills from `ATTAIN_<NAME>_*` variables."""

    name: str
    settings: type[Settings]

    def open(self, settings: Settings, runtime: LmsRuntime) -> AbstractAsyncContextManager[Lms]:
        """Open connections; leaving the context closes what was opened."""


LmsPlugins = Mapping[str, Lms]
"""The opened adapters by plug-in name."""
