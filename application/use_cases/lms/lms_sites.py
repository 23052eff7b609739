"""Configured LMS sites: address, developer key, account."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from application.errors import Conflict, Invalid
from application.ports.runtime import Clock, NewId
from application.ports.secrets import Sealer, site_row
from application.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from application.refusals import sentence
from domain.audit import Deed
from domain.ids import PersonId, SiteId
from domain.lms_site import LmsSite

_PRIVATE_SUFFIXES = (".test", ".localhost", ".local", ".internal")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class AuthorisationLine:
    """Somebody's consent at a site, as a steward sees it."""

    person_name: str
    state: str
    lost_reason: str
    authorised_at: datetime


@dataclass(frozen=True, slots=True)
class AccountLine:
    """Somebody's account authorisation. `cure` is empty while it holds."""

    person_id: PersonId
    person_name: str
    account_ref: str
    given_at: datetime
    checked_at: datetime
    lost_reason: str
    cure: str

    @property
    def holds(self) -> bool:
        return not self.lost_reason


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site without its secret. `accounts` are those who may act on its account."""

    id: SiteId
    name: str
    plugin: str
    url: str
    client_id: str
    has_secret: bool
    account_ref: str
    test: bool
    active: bool
    authorisations: tuple[AuthorisationLine, ...]
    accounts: tuple[AccountLine, ...]

    @property
    def account_holds(self) -> bool:
        return any(one.holds for one in self.accounts)


@dataclass(frozen=True, slots=True)
class ListSites:
    units: UnitOfWorkFactory

    def __call__(self) -> list[SiteLine]:
        """By name, inactive ones too."""
        with self.units(write=False) as unit:
            return [_line(unit, site) for site in unit.sites.sites()]


@dataclass(frozen=True, slots=True)
class ConfigureSiteCommand:
    """`client_secret` None or empty keeps the stored one; a new site needs it."""

    actor: str
    name: str
    url: str
    client_id: str
    client_secret: str | None = None
    account_ref: str = ""
    test: bool = False
    plugin: str = "canvas"
    active: bool = True


@dataclass(frozen=True, slots=True)
class ConfigureSite:
    units: UnitOfWorkFactory
    clock: Clock
    sealer: Sealer
    new_id: NewId

    def __call__(self, command: ConfigureSiteCommand) -> LmsSite:
        """Make the site of this name, or change it. Raises Invalid, Conflict.

        Another address means another site: links and identities belong to the one there
        was, so a named site keeps its address once it is set.
        """
        wanted = _checked(command)
        with self.units() as unit:
            before = unit.sites.named(wanted.name)
            _refuse_other_address(before, wanted.url)
            saved = unit.sites.save(self._site(before, wanted))
            verb = "changed" if before else "configured"
            deed = Deed(wanted.actor, verb, site_row(saved.id), saved.url, self.clock.now())
            unit.audit.record(deed)
            unit.commit()
        return saved

    def _site(self, before: LmsSite | None, wanted: ConfigureSiteCommand) -> LmsSite:
        site_id = before.id if before else SiteId(self.new_id())
        sealed = before.client_secret if before else b""
        if wanted.client_secret:
            sealed = self.sealer.seal(wanted.client_secret, site_row(site_id))
        if not sealed:
            raise Invalid("client_secret", "give the Tool Key of the developer key.")
        return LmsSite(
            id=site_id,
            name=wanted.name,
            plugin=wanted.plugin,
            url=wanted.url,
            client_id=wanted.client_id,
            client_secret=sealed,
            account_ref=wanted.account_ref,
            test=wanted.test,
            active=wanted.active,
            version=before.version if before else 0,
        )


def origin_of(url: str) -> str:
    """`https://host[:port]` of a site's address as typed.

    Plain http is for hosts of one's own network only: the Tool Key would travel readable.

    Raises:
        Invalid: no http address, or more than scheme and host.
    """
    parts = urlsplit(url.strip().rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Invalid("url", "give the address of the LMS, such as https://canvas.example.edu.")
    if parts.path or parts.query or parts.fragment:
        raise Invalid("url", "give only scheme and host, without a path.")
    if parts.scheme == "http" and not _is_private(parts.hostname):
        raise Invalid("url", "use https; plain http is for private test machines only.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _checked(command: ConfigureSiteCommand) -> ConfigureSiteCommand:
    name = command.name.strip().lower()
    plain = name.replace("-", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum() and len(name) <= _LONGEST_NAME):
        raise Invalid("name", f"use up to {_LONGEST_NAME} letters, digits, dashes.")
    if not command.client_id.strip():
        raise Invalid("client_id", "give the Tool ID of the developer key.")
    return replace(
        command,
        name=name,
        url=origin_of(command.url),
        client_id=command.client_id.strip(),
        client_secret=(command.client_secret or "").strip() or None,
        account_ref=command.account_ref.strip(),
    )


def _refuse_other_address(before: LmsSite | None, url: str) -> None:
    if before is not None and before.url != url:
        raise Conflict(f"Site {before.name} is at {before.url}. Add the new address as a new site.")


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_SUFFIXES)


def _line(unit: UnitOfWork, site: LmsSite) -> SiteLine:
    return SiteLine(
        site.id,
        site.name,
        site.plugin,
        site.url,
        site.client_id,
        bool(site.client_secret),
        site.account_ref,
        site.test,
        site.active,
        tuple(_authorisations(unit, site.id)),
        tuple(_accounts(unit, site.id)),
    )


def _authorisations(unit: UnitOfWork, site_id: SiteId) -> Sequence[AuthorisationLine]:
    found = unit.sites.authorisations(site_id)
    people = unit.roster.people({one.person_id for one in found})
    return [
        AuthorisationLine(
            people[one.person_id].full_name, one.state, one.lost_reason, one.authorised_at
        )
        for one in found
    ]


def _accounts(unit: UnitOfWork, site_id: SiteId) -> Sequence[AccountLine]:
    found = unit.pairings.accounts(site_id)
    people = unit.roster.people({one.person_id for one in found})
    return [
        AccountLine(
            one.person_id,
            people[one.person_id].full_name,
            one.account_ref,
            one.given_at,
            one.checked_at,
            one.lost_reason,
            sentence(one.lost_reason) if one.lost_reason else "",
        )
        for one in found
    ]
