"""Engines: one for units that write and one for units that only read."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from adapters.outbound.persistence.errors import from_sqlite, translate_errors
from application.errors import Invalid
from application.later import imported_later

with imported_later(__name__):
    from adapters.outbound.persistence.postgres_errors import from_postgres

_WAIT_SECONDS = 30
# As many as a web process has worker threads (anyio allows 40); the pool keeps five open.
_POOL = {"pool_size": 5, "max_overflow": 35, "pool_timeout": _WAIT_SECONDS}
_CURE = "use sqlite:////path/to/file or postgresql://user@host/database"


@dataclass(frozen=True, slots=True)
class Engines:
    """`writer` waits for other writers at BEGIN where the database has one writer (SQLite)."""

    writer: Engine
    reader: Engine

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def database_url(text: str) -> URL:
    """The address of a database that Attain supports, with the driver that it uses.

    Raises:
        Invalid: another kind of database, or SQLite without a file.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise Invalid("database URL", _CURE) from error
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url.set(drivername="sqlite")
    raise Invalid("database URL", _CURE)


def open_engines(text: str) -> Engines:
    """Engines for a database URL; nothing is connected before the first use."""
    url = database_url(text)
    if url.get_backend_name() == "sqlite":
        return Engines(_sqlite(url, write=True), _sqlite(url, write=False))
    writer = _postgres(url)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(writer, reader)


def _sqlite(url: URL, *, write: bool) -> Engine:
    engine = create_engine(url, hide_parameters=True, **_POOL)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        _configure_sqlite(connection, write=write)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred BEGIN that turns into a write fails at once when another wrote first.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    translate_errors(engine, from_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, *, write: bool) -> None:
    connection.isolation_level = None  # BEGIN is ours: Python's own opens it too late
    connection.execute(f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}")
    # Readers too: a restored copy is not in WAL mode, and who reads it would lock writers out.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if not write:
        connection.execute("PRAGMA query_only=ON")


def _postgres(url: URL) -> Engine:
    settings: dict[str, Any] = {"options": f"-c timezone=UTC -c lock_timeout={_WAIT_SECONDS}s"}
    engine = create_engine(
        url, hide_parameters=True, pool_pre_ping=True, connect_args=settings, **_POOL
    )
    translate_errors(engine, from_postgres)
    return engine
