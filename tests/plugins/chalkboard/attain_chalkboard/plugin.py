"""The object that the entry point `attain.lms: chalkboard` names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from application.errors import LmsCannot, LmsUnauthorised
from application.ports.lms import LmsCapability, LmsGateway
from application.ports.lms_plugin import (
    ConsentPage,
    Grant,
    Lms,
    LmsPlugin,
    LmsRuntime,
    SiteAccess,
    TokenSource,
)

from .board import Board
from .gateway import ChalkGateway


@dataclass(frozen=True, slots=True)
class ChalkboardSettings:
    """ATTAIN_CHALKBOARD_FILE: where the board is."""

    file: str


@dataclass(frozen=True, slots=True, repr=False)
class Chalkboard(Lms):
    """Nobody consents at a board, so signing in by it is not declared."""

    board: Board

    def consent_url(self, site: SiteAccess, *, redirect_uri: str, state: str) -> str:
        _no_sign_in()

    async def consent_page(self, site: SiteAccess, *, redirect_uri: str) -> ConsentPage:
        _no_sign_in()

    async def redeem(self, site: SiteAccess, *, code: str, redirect_uri: str) -> Grant:
        _no_sign_in()

    async def refresh(self, site: SiteAccess, *, refresh_token: str) -> Grant:
        raise LmsUnauthorised("A name on the board is not renewed.")

    async def revoke(self, site: SiteAccess, *, access_token: str) -> None:
        """There is nothing to give back."""

    def acting(self, site: SiteAccess, tokens: TokenSource) -> LmsGateway:
        return ChalkGateway(self.board, tokens)


def _no_sign_in() -> Never:
    raise LmsCannot(LmsCapability.SIGN_IN)


class ChalkboardPlugin(LmsPlugin[ChalkboardSettings]):
    name = "chalkboard"
    settings = ChalkboardSettings

    @asynccontextmanager
    async def open(self, settings: ChalkboardSettings, runtime: LmsRuntime) -> AsyncIterator[Lms]:
        """A board needs neither clock nor User-Agent, and nothing stays open."""
        yield Chalkboard(Board(Path(settings.file)))


plugin = ChalkboardPlugin()
