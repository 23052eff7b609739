"""The web server's side of the house: the app with its use cases, one for each process."""

import gc
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import parent_process
from time import monotonic
from typing import Generic, TypeVar

from dependency_injector import providers
from litestar import Litestar

from adapters.inbound.http.app import AppParts, Lifespan, create_app
from adapters.inbound.http.proxies import TrustedProxies
from adapters.outbound.runtime.clock import SystemClock
from adapters.outbound.runtime.threads import in_thread
from application.college_rules import CollegeRules
from application.errors import StorageUnavailable
from application.ports.unit_of_work import UnitOfWorkFactory
from entrypoints.bootstrap import House, opened, require_current_schema, with_lms
from entrypoints.lifeline import leave_with_parent
from entrypoints.logs import configure_logs
from entrypoints.observed import observing
from entrypoints.settings import load_settings
from entrypoints.startup import SchemaOutdated

_HOSTED = ("https://*.instructure.com", "https://*.canvaslms.com")
"""Canvas as Instructure hosts it, its beta and test instances included (lti.md 5.1)."""
_KEPT_SECONDS = 10.0

T = TypeVar("T")


def create() -> Litestar:
    """The application of one web process; the server's workers call this."""
    settings = load_settings(os.environ)
    configure_logs(settings.log_level)
    require_current_schema(settings)
    if (server := parent_process()) and server.pid:
        leave_with_parent(server.pid)
    opening = opened(settings)
    house = opening.__enter__()

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        try:
            async with with_lms(house):
                yield
        finally:
            opening.__exit__(None, None, None)

    app = app_of(house, lifespan=[lifespan])
    gc.freeze()  # it lives as long as the server: no look for garbage goes through it again
    return app


def app_of(house: House, lifespan: Sequence[Lifespan] = ()) -> Litestar:
    """The web application over an opened house."""
    settings = house.settings
    return create_app(
        AppParts(
            base_url=settings.base_url,
            clock=SystemClock(),
            transact=in_thread,
            continue_session=house.use_cases.continue_session(),
            providers=pages_providers(house),
            lms_origins=Kept[Sequence[str]](_HOSTED, lambda: lms_origins(house.use_cases.units())),
            rules=Kept(CollegeRules(), house.use_cases.read_college_rules()),
            ready_check=lambda: ready(house),
            proxies=TrustedProxies(settings.proxies),
            gauges=lambda: gauges(house),
            lifespan=lifespan,
        )
    )


def pages_providers(house: House) -> Mapping[str, Callable[[], object]]:
    """Every use case by its name, logged; parts that are no use case as they are."""
    found: dict[str, Callable[[], object]] = {}
    for name, provider in house.use_cases.providers.items():
        if isinstance(provider, providers.Factory):
            found[name] = observing(provider)
        elif isinstance(provider, providers.Dependency):
            found[name] = provider
    return found


@dataclass(slots=True)
class Kept(Generic[T]):
    """What is asked at every answer and seldom changes: read anew now and then.

    While the database does not answer, what was known last still holds.
    """

    known: T
    read: Callable[[], T]
    _read_at: float = field(default=float("-inf"))

    def __call__(self) -> T:
        if monotonic() - self._read_at > _KEPT_SECONDS:
            self._read_at = monotonic()
            with suppress(StorageUnavailable):
                self.known = self.read()
        return self.known


def lms_origins(units: UnitOfWorkFactory) -> Sequence[str]:
    """Which sites may frame us: hosted Canvas and the configured ones."""
    with units(write=False) as unit:
        return (
            *_HOSTED,
            *(site.url.rstrip("/") for site in unit.sites.sites() if site.active),
        )


def ready(house: House) -> list[str]:
    """What hinders this process from serving."""
    try:
        require_current_schema(house.settings)
    except SchemaOutdated as error:
        return [str(error)]
    return []


def gauges(house: House) -> Mapping[str, float]:
    """How many of the newest jobs are in which state."""
    counts: dict[str, float] = {}
    for job in house.jobs.recent(200):
        name = f'attain_jobs{{state="{job.state}"}}'
        counts[name] = counts.get(name, 0) + 1
    return counts
