"""Examine the installation and the Canvas sites, live."""

from dataclasses import dataclass

from application.doctor.findings import Finding, Verdict, grouped
from application.doctor.installation import Installation
from application.doctor.launches import about_launches, about_rosters
from application.doctor.live import LiveChecks
from application.doctor.probe import Probe
from application.doctor.sites import listed_sites, site_records, switched_off, without_sites
from application.ports.runtime import Transact
from application.ports.unit_of_work import UnitOfWorkFactory
from domain.lms_site import LmsSite


@dataclass(frozen=True, slots=True)
class Examine:
    """Every check one finding, in a fixed order; no failing check hides the rest.

    Only an old schema does: nothing behind it can be read.
    """

    units: UnitOfWorkFactory
    transact: Transact
    installation: Installation
    live: LiveChecks

    async def __call__(self, site_name: str | None = None) -> list[Finding]:
        """`site_name` looks at this Canvas site only."""
        base = [self.installation.address(), await self.transact(self.installation.schema)]
        if any(finding.name == "schema" and finding.verdict is Verdict.BAD for finding in base):
            return grouped("Installation", base)
        sites, findings = await self.transact(lambda: self._stored(base, site_name))
        for site in sites:
            findings += await self._site(site)
        if not sites:
            findings += grouped("Canvas", [without_sites(site_name)])
        return findings

    def _stored(
        self, base: list[Finding], site_name: str | None
    ) -> tuple[list[LmsSite], list[Finding]]:
        now = self.installation.clock.now()
        with self.units(write=False) as unit:
            findings = [
                *grouped("Installation", [*base, *self.installation.stored(unit)]),
                *grouped("Launches", about_launches(unit, now)),
                *grouped("Rosters", about_rosters(unit, now)),
            ]
            return listed_sites(unit, site_name), findings

    async def _site(self, site: LmsSite) -> list[Finding]:
        group = f"Canvas {site.name}"
        if not site.active:
            return grouped(group, [switched_off(site)])
        live = await self.live.findings(site)
        # Read after the live checks: they may have severed somebody just now.
        return grouped(group, [*await self.transact(lambda: self._records(site)), *live])

    def _records(self, site: LmsSite) -> list[Finding]:
        with self.units(write=False) as unit:
            return list(site_records(unit, site))


@dataclass(frozen=True, slots=True)
class ProbeSites:
    """Write to each site in use, and take it back."""

    units: UnitOfWorkFactory
    transact: Transact
    probe: Probe

    async def __call__(self, site_name: str | None = None) -> list[Finding]:
        """Each step in its order."""
        done: list[Finding] = []
        for site in await self.transact(lambda: self._sites(site_name)):
            steps = [step async for step in self.probe.findings(site)]
            done += grouped(f"Canvas {site.name}", steps)
        return done

    def _sites(self, site_name: str | None) -> list[LmsSite]:
        with self.units(write=False) as unit:
            return [site for site in listed_sites(unit, site_name) if site.active]
