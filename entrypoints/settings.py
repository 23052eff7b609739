"""Settings from `ATTAIN_*` variables or the TOML file that `ATTAIN_CONFIG` names."""

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from adapters.outbound.clamd.address import clamd_address
from adapters.outbound.mail.address import smtp_server

PREFIX = "ATTAIN_"
_NOT_OURS = ("ATTAIN_TEST_", "ATTAIN_REQUIRE", "ATTAIN_CONFIG")
"""Belong to the tests, or name the file itself."""
FILE_SCHEMES = ("file", "s3", "gs", "az")
_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


class BadSetting(Exception):
    """A setting that cannot be used; the message names the variable and the cure."""

    slug = "invalid"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How this installation runs. Times are in the unit that the name says."""

    data_dir: str = "var"
    database_url: str = ""
    base_url: str = "http://127.0.0.1:8400"
    secret_keys: str = ""
    """Comma separated; the first encrypts, all decrypt. Empty: kept in a file of the data dir."""
    trusted_proxies: str = ""
    """Addresses or networks whose forwarded headers are believed, comma separated."""
    launch_max_age_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 60
    launch_max_ahead_minutes: Annotated[int, msgspec.Meta(ge=0, le=60)] = 5
    lms: str = "canvas"
    job_concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 4
    job_poll_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 1.0
    log_level: str = "info"
    instance_name: str = ""
    """Shown as a banner on every page when set, such as `Test`."""
    smtp_url: str = ""
    """`smtp://user:password@host:587` or `smtps://host`; empty: no mail is sent."""
    mail_from: str = ""
    """The sender's address of every mail."""
    files_url: str = ""
    """Where evidence lies: `s3://bucket/path`, `gs://`, `az://`, `file:///path`; empty: the data
    directory."""
    clamd: str = ""
    """The malware scanner: `tcp://host:3310` or `unix:///path`; empty: nothing is scanned."""
    evidence_max_mb: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 250
    evidence_max_files: Annotated[int, msgspec.Meta(ge=1, le=500)] = 30
    """On one student's result, one section or one action plan."""
    evidence_keep_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] = 2190
    for_lms: dict[str, str] = {}
    """What the LMS plug-in takes: `ATTAIN_CANVAS_...` without its beginning."""

    @property
    def data_path(self) -> Path:
        return Path(self.data_dir).expanduser().absolute()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_path / 'attain.db'}"

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, None where it is no SQLite database."""
        kind, _, path = self.database.partition(":///")
        return Path(path) if kind == "sqlite" else None

    @property
    def canvas_callback(self) -> str:
        """The redirect URI to register with the developer key."""
        return f"{self.base_url.rstrip('/')}/integrations/canvas/callback"

    @property
    def launch_max_age(self) -> timedelta:
        return timedelta(minutes=self.launch_max_age_minutes)

    @property
    def launch_max_ahead(self) -> timedelta:
        return timedelta(minutes=self.launch_max_ahead_minutes)

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return tuple(
            ip_network(part.strip(), strict=False) for part in _parts(self.trusted_proxies)
        )


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Settings of this environment.

    Raises:
        BadSetting: an unknown variable, or a value that cannot be used.
    """
    given = {**_from_file(environment.get("ATTAIN_CONFIG")), **_from_environment(environment)}
    given["for_lms"] = _take_lms(given, str(given.get("lms", "canvas")))
    known = Settings.__struct_fields__
    for name in given:
        if name not in known:
            offered = ", ".join(PREFIX + one.upper() for one in known if one != "for_lms")
            raise BadSetting(f"{PREFIX}{name.upper()} is not a setting. There are: {offered}.")
    try:
        settings = msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSetting(naming_the_variable(str(error))) from None
    _check(settings)
    return msgspec.structs.replace(settings, base_url=_public_address(settings.base_url))


def _take_lms(given: dict[str, object], lms: str) -> dict[str, str]:
    start = f"{lms}_"
    names = [name for name in given if name.startswith(start)]
    return {name.removeprefix(start): str(given.pop(name)) for name in names}


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and not name.startswith(_NOT_OURS)
    }


def _from_file(path: str | None) -> dict[str, object]:
    if not path:
        return {}
    try:
        with Path(path).open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise BadSetting(f"ATTAIN_CONFIG names {path}, which cannot be read: {error.strerror}.") \
            from None  # fmt: skip
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"ATTAIN_CONFIG names {path}, which is not valid TOML: {error}.") from None


def naming_the_variable(message: str, prefix: str = PREFIX) -> str:
    """The library names a path like `$.base_url`; people know the variable."""
    said, _, path = message.partition(" - at `$.")
    return f"{prefix}{path.rstrip('`').upper()} cannot be used: {said}."


def _check(settings: Settings) -> None:
    if not settings.database.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise BadSetting(
            "ATTAIN_DATABASE_URL must begin with sqlite:/// or postgresql://; other databases "
            "are not supported."
        )
    _check_mail(settings)
    _check_files(settings)
    try:
        _ = settings.proxies
    except ValueError as error:
        raise BadSetting(f"ATTAIN_TRUSTED_PROXIES cannot be used: {error}.") from None


def _check_files(settings: Settings) -> None:
    schemes = tuple(f"{scheme}://" for scheme in FILE_SCHEMES)
    if settings.files_url and not settings.files_url.startswith(schemes):
        raise BadSetting(f"ATTAIN_FILES_URL must begin with one of {', '.join(schemes)}.")
    if settings.clamd:
        try:
            clamd_address(settings.clamd)
        except ValueError as error:
            raise BadSetting(f"ATTAIN_CLAMD cannot be used: {error}.") from None


def _check_mail(settings: Settings) -> None:
    """The server's address may hold a password, so no message repeats it."""
    if not settings.smtp_url:
        return
    try:
        smtp_server(settings.smtp_url)
    except ValueError as error:
        raise BadSetting(f"ATTAIN_SMTP_URL cannot be used: {error}.") from None
    if not _ADDRESS.fullmatch(settings.mail_from):
        raise BadSetting(
            "ATTAIN_MAIL_FROM must be the address that mails come from, such as "
            "attain@college.edu, where ATTAIN_SMTP_URL is set."
        )


def _public_address(typed: str) -> str:
    """The base URL as browsers write it in `Origin`: lower case, no port that is understood.

    A path stays, without its last slash.
    """
    wrong = BadSetting(
        f"ATTAIN_BASE_URL is {typed!r}; give the public address people use, such as "
        "https://attain.college.edu."
    )
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        raise wrong from None
    host = parts.hostname
    if parts.scheme not in _PORTS or not host or parts.query or parts.fragment or parts.username:
        raise wrong
    named = f"[{host}]" if ":" in host else host
    at = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{named}{at}{parts.path.rstrip('/')}"


def _parts(listed: str) -> list[str]:
    return [part for part in listed.split(",") if part.strip()]
