"""A Canvas site asked just now: connection, key, rights, scopes, switches."""

import asyncio
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from application.account_agents import AccountAgents
from application.doctor.consent import SCOPES, about_clock, about_consent, named
from application.doctor.findings import Finding, bad, good, note
from application.errors import LmsError, LmsForbidden, LmsUnauthorised, LmsUnavailable
from application.ports.lms import LmsGateway
from application.ports.lms_plugin import LmsPlugins
from application.ports.runtime import Clock
from application.ports.secrets import Sealer, SecretUnreadable
from application.refusals import sentence
from application.tokens import access_to
from domain.lms_site import LmsSite
from domain.outcomes.found import Found, OutcomePlace, PlaceKind

T = TypeVar("T")

_NO_CODE = "attain-doctor"
"""An authorisation code that nobody was given: Canvas checks the developer key first."""
_KEY_BACK = "put the former key back into ATTAIN_SECRET_KEYS"


@dataclass(frozen=True, slots=True)
class LiveChecks:
    """Each call has `patience` seconds, and one that fails leaves the others alone."""

    agents: AccountAgents
    lms: LmsPlugins
    sealer: Sealer
    clock: Clock
    redirect_uri: str
    patience: float = 8.0

    async def findings(self, site: LmsSite) -> list[Finding]:
        """In a fixed order; an unreachable site hides what lies behind it."""
        name = named(site, "connection")
        answer = await self.tried(name, self._refused_code(site))
        if isinstance(answer, Finding):
            return [answer]
        over = "over TLS" if site.url.startswith("https://") else "without TLS"
        connection = good(name, f"{site.url} answers {over} and accepts Tool ID and Tool Key")
        known = [connection, *await self._consent(site)]
        if not site.account_ref:
            says = "none is chosen, so outcomes of courses cannot be sent"
            return [*known, note(named(site, "account"), says, "choose one, then authorize")]
        return [*known, *await self._account(site)]

    async def tried(self, name: str, call: Awaitable[T]) -> T | Finding:
        """What the call answered, or the finding that it failed."""
        try:
            async with asyncio.timeout(self.patience):
                return await call
        except TimeoutError:
            says = f"no answer within {self.patience:g} seconds"
            return bad(name, says, "try again; if it stays so, look at the network and at Canvas")
        except (LmsError, SecretUnreadable) as error:
            return bad(name, str(error), _cure(error))

    async def _refused_code(self, site: LmsSite) -> bool:
        """Canvas refuses a code that it never gave, but only after it took the key."""
        if site.plugin not in self.lms:
            raise LmsUnavailable(f"The LMS plug-in {site.plugin} is not installed here.")
        access = access_to(site, self.sealer)
        try:
            await self.lms[site.plugin].redeem(
                access, code=_NO_CODE, redirect_uri=self.redirect_uri
            )
        except LmsUnauthorised:
            return True
        return False

    async def _consent(self, site: LmsSite) -> list[Finding]:
        """Redirect URI, scopes and time, as Canvas tells them to nobody in particular."""
        asked = self.lms[site.plugin].consent_page(
            access_to(site, self.sealer), redirect_uri=self.redirect_uri
        )
        page = await self.tried(named(site, "redirect URI"), asked)
        if isinstance(page, Finding):
            return [page]
        found = list(about_consent(site, page, self.redirect_uri))
        if page.clock is not None:
            found.append(about_clock(site, page.clock, self.clock.now()))
        return found

    async def _account(self, site: LmsSite) -> list[Finding]:
        name = named(site, "account right")
        agent = await self.tried(name, self.agents.acting_on(site.id, account_of(site)))
        if isinstance(agent, Finding):
            return [agent]
        says = f"somebody may manage and import outcomes in account {site.account_ref}"
        calls = await self._calls(site, agent.gateway)
        return [good(name, says), *calls, _pace(site, agent.gateway)]

    async def _calls(self, site: LmsSite, gateway: LmsGateway) -> list[Finding]:
        """One call of each kind that needs no course of somebody's: token, then scopes."""
        me = await self.tried(named(site, "token"), gateway.me())
        units = await self.tried(named(site, "accounts"), _count_accounts(gateway))
        found = await self.tried(named(site, "outcomes"), gateway.outcomes_at(account_of(site)))
        kept = await self.tried(named(site, "include parameters"), gateway.includes_are_kept())
        return [
            me if isinstance(me, Finding) else good(named(site, "token"), "works"),
            units
            if isinstance(units, Finding)
            else good(named(site, "accounts"), f"{units} can be seen"),
            *([found] if isinstance(found, Finding) else _outcomes(site, found)),
            kept if isinstance(kept, Finding) else _includes(site, kept=kept),
        ]


def account_of(site: LmsSite) -> OutcomePlace:
    return OutcomePlace(PlaceKind.ACCOUNT, site.account_ref)


async def _count_accounts(gateway: LmsGateway) -> int:
    return len([unit async for unit in gateway.units()])


def _outcomes(site: LmsSite, found: Found) -> Iterator[Finding]:
    says = f"{len(found.outcomes)} in {len(found.folders)} folders can be read"
    yield good(named(site, "outcomes"), says)
    name = named(site, "mastery scales")
    if found.mastery_scales:
        says = "account-level mastery scales are on: Canvas shows its own scale, not ours"
        yield note(name, says, sentence("mastery-scales"))
    else:
        yield good(name, "off, so every outcome keeps its own scale")


def _includes(site: LmsSite, *, kept: bool) -> Finding:
    name = named(site, "include parameters")
    if kept:
        return good(name, "arrive, so rubric scores can be read")
    says = "the developer key strips them, so rubric scores stay away"
    return bad(name, says, "switch on Allow Include Parameters in the developer key")


def _pace(site: LmsSite, gateway: LmsGateway) -> Finding:
    """What this process has seen of the throttle since it started."""
    name, pace = named(site, "throttle"), gateway.pace
    mark = "its mark is not known yet" if pace.mark is None else f"its mark is {pace.mark:g}"
    if not pace.refusals:
        return good(name, f"{mark}, no call was throttled")
    says = f"{mark}, {pace.refusals} calls were throttled and sent again"
    return note(name, says, "nothing is lost; do large synchronisations one at a time")


def _cure(error: Exception) -> str:
    match error:
        case SecretUnreadable():
            return _KEY_BACK
        case LmsForbidden(reason="no-scope"):
            return SCOPES
        case LmsForbidden():
            return sentence(error.reason)
        case LmsUnauthorised():
            return "authorize under System Settings > Integrations > Canvas"
        case _:
            return "check the address, Tool ID and Tool Key of the site, and the network"
