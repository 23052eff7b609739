"""Examine the installation: every check one finding, with the cure where one is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from application.ports.runtime import Clock
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.use_cases.lti_switch import lti_is_enabled
from domain.lms_site import AuthorisationState, LmsSite

_CLOCK_SLACK = timedelta(minutes=5)


class Verdict(StrEnum):
    GOOD = "good"
    NOTE = "note"
    """Works, and is worth knowing."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`cure` is empty when all is well."""

    name: str
    verdict: Verdict
    says: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Examine:
    """`schema_is_current` and `workers_alive` look where this use case cannot."""

    units: UnitOfWorkFactory
    clock: Clock
    base_url: str
    schema_is_current: Callable[[], bool]
    workers_alive: Callable[[], int]

    def __call__(self, site_name: str | None = None) -> list[Finding]:
        """All findings in a fixed order. An old schema hides what lies behind it."""
        findings = [self._address()]
        if not self.schema_is_current():
            says = "the database is of another version than this program"
            return [*findings, _bad("schema", says, "run `attain db upgrade`")]
        findings.append(_good("schema", "current"))
        findings.append(self._worker())
        with self.units(write=False) as unit:
            findings.append(self._clock(unit))
            findings.extend((_switch(unit), self._key(unit), _roster(unit)))
            findings.extend(_sites(unit, site_name))
        return findings

    def _address(self) -> Finding:
        parts = urlsplit(self.base_url)
        if parts.scheme == "https":
            return _good("base URL", self.base_url)
        if _is_loopback(parts.hostname or ""):
            cure = "set ATTAIN_BASE_URL to the https address that people use"
            return Finding("base URL", Verdict.NOTE, f"{self.base_url}, this machine only", cure)
        cure = "put a TLS proxy in front and set ATTAIN_BASE_URL to https"
        return _bad("base URL", f"{self.base_url} is not encrypted", cure)

    def _worker(self) -> Finding:
        alive = self.workers_alive()
        if alive:
            return _good("worker", f"{alive} at work")
        return _bad("worker", "none is alive", "run `attain serve` or `attain worker`")

    def _clock(self, unit: UnitOfWork) -> Finding:
        """Launches are signed with the time, so a wrong clock refuses all of them."""
        now = self.clock.now()
        latest = max((record.at for record in unit.identities.recent(1)), default=now)
        if latest > now + _CLOCK_SLACK:
            cure = "let the machine keep its time by NTP"
            return _bad("clock", f"{now:%Y-%m-%d %H:%M} UTC is before the last launch", cure)
        return _good("clock", f"{now:%Y-%m-%d %H:%M} UTC")

    def _key(self, unit: UnitOfWork) -> Finding:
        active = sum(key.active for key in unit.registrations.keys())  # noqa: SIM118 no dict
        if active:
            return _good("consumer key", f"{active} active")
        return _bad("consumer key", "there is none", "run `attain lti key new`")


def _switch(unit: UnitOfWork) -> Finding:
    if lti_is_enabled(unit.settings):
        return _good("LTI", "enabled")
    return _bad("LTI", "disabled, every launch is refused", "run `attain lti enable`")


def _roster(unit: UnitOfWork) -> Finding:
    sections = sum(section.active for section in unit.roster.sections())
    if sections:
        return _good("roster", f"{sections} active sections")
    return _bad("roster", "no section is loaded", "run `attain load oneroster`")


def _sites(unit: UnitOfWork, name: str | None) -> Iterator[Finding]:
    sites = [site for site in unit.sites.sites() if name in {None, site.name}]
    if not sites:
        says = "no site is configured" if name is None else f"no site is named {name}"
        cure = "run `attain canvas configure`; launches and scoring work without"
        yield Finding("canvas", Verdict.NOTE if name is None else Verdict.BAD, says, cure)
    for site in sites:
        yield _site(unit, site)


def _site(unit: UnitOfWork, site: LmsSite) -> Finding:
    given = unit.sites.authorisations(site.id)
    active = sum(one.state is AuthorisationState.ACTIVE for one in given)
    says = f"{site.url}, authorised: {active}"
    if not site.active:
        return Finding(f"canvas {site.name}", Verdict.NOTE, f"{site.url}, switched off")
    return _good(f"canvas {site.name}", says)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _good(name: str, says: str) -> Finding:
    return Finding(name, Verdict.GOOD, says)


def _bad(name: str, says: str, cure: str) -> Finding:
    return Finding(name, Verdict.BAD, says, cure)
