"""The house, opened: engine, connections, plug-in and use cases, closed again in order."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version

from adapters.outbound.jobs.dbos_jobs import DbosJobs
from adapters.outbound.jobs.dbos_queue import DbosQueues
from adapters.outbound.jobs.schema import is_migrated, migrate
from adapters.outbound.persistence import schema
from adapters.outbound.persistence.engine import Engines, open_engines
from adapters.outbound.persistence.unit_of_work import SqlUnits
from adapters.outbound.runtime.chance import new_id, new_secret
from adapters.outbound.runtime.clock import SystemClock
from adapters.outbound.runtime.threads import in_thread
from application.later import imported_later
from entrypoints.containers import UseCases
from entrypoints.needs import Once, Use
from entrypoints.secret_keys import secret_keys
from entrypoints.settings import Settings
from entrypoints.startup import SchemaOutdated

with imported_later(__name__):
    from adapters.outbound.jobs.slots import Slots
    from adapters.outbound.persistence.dump import dumped_tables
    from adapters.outbound.persistence.launch_ledgers import SqlConsumerSecrets, SqlNonceLedger
    from adapters.outbound.secrets.keyring import Keyring
    from adapters.outbound.secrets.passwords import Argon2Passwords
    from application.ports.jobs import JobHandler
    from application.ports.lms_plugin import Lms, LmsRuntime
    from entrypoints.plugins import load_plugin

LEASE_SECONDS = 30.0
"""How long a silent worker keeps its slot."""


@dataclass(frozen=True, slots=True)
class House:
    """All that an entrypoint needs: settings, engines, and the container of use cases."""

    settings: Settings
    engines: Engines
    jobs: DbosJobs
    use_cases: UseCases
    lms: dict[str, Lms]
    """Opened plug-ins by name; empty until `with_lms`."""

    def handlers(self) -> dict[str, JobHandler]:
        """What runs as a job, by kind."""
        return {
            "send-scores": self.use_cases.deliver_scores(),
            "read-scores": self.use_cases.read_lms_scores(),
            "refresh-scores": self.use_cases.refresh_scores(),
            "load-roster": self.use_cases.run_load(),
            "sync-outcomes": self.use_cases.publish_outcomes(),
            "send-reminders": self.use_cases.deliver_reminders(),
            "make-download": self.use_cases.make_long_download(),
            "scan-evidence": self.use_cases.scan_evidence(),
        }


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    """The house without its LMS connections: enough for commands that touch no network."""
    clock = SystemClock()
    engines = open_engines(settings.database)
    jobs = DbosJobs(settings.database)
    sealer = Once(Keyring, secret_keys(settings))
    lms: dict[str, Lms] = {}
    use_cases = UseCases(
        units=SqlUnits(engines, DbosQueues(engines.writer)),
        clock=clock,
        new_id=new_id,
        new_secret=new_secret,
        sealer=sealer,
        hasher=Use(Argon2Passwords),
        transact=in_thread,
        pause=asyncio.sleep,
        lms=lms,
        jobs=jobs,
        consumer_secrets=Use(SqlConsumerSecrets, engines, sealer),
        nonces=Use(SqlNonceLedger, engines),
        settings=settings,
        schema_is_current=lambda: schema_is_current(settings),
        workers_alive=lambda: living_workers(settings),
        dump_tables=lambda: dumped_tables(engines.reader),
    )
    use_cases.check_dependencies()
    try:
        yield House(settings, engines, jobs, use_cases, lms)
    finally:
        jobs.close()
        engines.close()


@asynccontextmanager
async def with_lms(house: House) -> AsyncIterator[House]:
    """The house with its LMS connections open."""
    plugin, plugin_settings = load_plugin(house.settings)
    runtime = LmsRuntime(SystemClock(), f"Attain/{version('attain')}")
    async with plugin.open(plugin_settings, runtime) as lms:
        house.lms[plugin.name] = lms
        yield house
        house.lms.clear()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[House]:
    """The whole house, for servers, workers, tests and benchmarks.

    Raises:
        SchemaOutdated: `attain db upgrade` must run first.
    """
    require_current_schema(settings)
    with opened(settings) as house:
        async with with_lms(house) as ready:
            yield ready


def require_current_schema(settings: Settings) -> None:
    """Raises SchemaOutdated unless the schema is of this version."""
    if not schema_is_current(settings):
        raise SchemaOutdated


def schema_is_current(settings: Settings) -> bool:
    """Whether our tables and those of the jobs are of this version; a new place has none."""
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        return False
    current, head = schema.current_and_head(settings.database)
    return current == head and is_migrated(settings.database)


def living_workers(settings: Settings) -> int:
    """How many job workers are at work, wherever they run."""
    return len(Slots(settings.database, lease_seconds=LEASE_SECONDS).living_executors())


def upgrade_schema(settings: Settings) -> None:
    """Run our migrations, then those of the job tables; the only thing that migrates."""
    settings.data_path.mkdir(parents=True, exist_ok=True)
    schema.upgrade(settings.database)
    migrate(settings.database)
