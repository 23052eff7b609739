"""Make, read back and remove one outcome in a site's account, saying each step."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal

from application.doctor.consent import named
from application.doctor.findings import Finding, bad, good
from application.doctor.live import LiveChecks, account_of
from application.ports.lms import LmsGateway
from application.ports.runtime import NewId
from domain.ids import LmsFolderRef, LmsOutcomeRef
from domain.lms_site import LmsSite
from domain.outcomes.content import OutcomeContent, OutcomeScale, Rating
from domain.outcomes.sync_plan import FolderWish

TITLE = "Attain connection probe"
_SAYS = "Made by the connection doctor of Attain, and removed again. Safe to delete."
_CONTENT = OutcomeContent(
    TITLE,
    TITLE,
    _SAYS,
    OutcomeScale((Rating(Decimal(1), "Met"), Rating(Decimal(0), "Not met")), Decimal(1)),
)


@dataclass(frozen=True, slots=True)
class Probe:
    """Writes to Canvas, so it runs only when it is asked for."""

    live: LiveChecks
    new_id: NewId

    async def findings(self, site: LmsSite) -> AsyncIterator[Finding]:
        """Step by step; what was made is removed also when a later step fails."""
        name, place = named(site, "probe"), account_of(site)
        agent = await self.live.tried(name, self.live.agents.acting_on(site.id, place))
        if isinstance(agent, Finding):
            yield agent
            return
        gateway, guid = agent.gateway, f"attain:probe:{self.new_id()}"
        wish = FolderWish(guid, TITLE, _SAYS)
        folder = await self.live.tried(named(site, "probe folder"), gateway.put_folder(place, wish))
        if isinstance(folder, Finding):
            yield folder
            return
        yield good(named(site, "probe folder"), f"made: {TITLE}")
        async for finding in self._outcome(site, gateway, folder.ref, f"{guid}:1"):
            yield finding
        gone = await self.live.tried(
            named(site, "probe folder removed"), gateway.remove_folder(place, folder.ref)
        )
        yield gone or good(named(site, "probe folder removed"), "nothing of the probe is left")

    async def _outcome(
        self, site: LmsSite, gateway: LmsGateway, folder: LmsFolderRef, guid: str
    ) -> AsyncIterator[Finding]:
        place, name = account_of(site), named(site, "probe outcome")
        made = await self.live.tried(name, gateway.add_outcome(place, folder, guid, _CONTENT))
        if isinstance(made, Finding):
            yield made
            return
        yield good(name, "made")
        yield await self._read_back(site, gateway, made.ref, guid)
        gone = await self.live.tried(
            named(site, "probe outcome removed"), gateway.unlink_outcome(place, folder, made.ref)
        )
        yield gone or good(named(site, "probe outcome removed"), "taken out of its folder")

    async def _read_back(
        self, site: LmsSite, gateway: LmsGateway, ref: LmsOutcomeRef, guid: str
    ) -> Finding:
        name = named(site, "probe read back")
        found = await self.live.tried(name, gateway.outcomes_at(account_of(site)))
        if isinstance(found, Finding):
            return found
        there = found.outcome(ref, "")
        if there is None:
            return bad(name, "the outcome is not there", "try again; Canvas may be slow just now")
        differing = _CONTENT.differences(there.content)
        differing += () if there.guid == guid else ("guid",)
        if differing:
            says = f"it reads back with another {', '.join(differing)}"
            return bad(name, says, "compare the outcome settings of the account in Canvas")
        return good(name, "it reads back as it was sent, guid and scale included")
