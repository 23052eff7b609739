"""The schema of the database: bring it up to date, ask for its state, copy it."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, Engine, column, func, inspect, select, table

from adapters.outbound.persistence.engine import database_url, open_engines
from adapters.outbound.persistence.tables.base import SCHEMA_VERSION
from application.errors import Invalid, StorageUnavailable
from application.later import imported_later

with imported_later(__name__):
    from alembic.command import upgrade as run_migrations
    from alembic.config import Config

    from adapters.outbound.persistence.summaries.mending import fill

_MIGRATIONS = "adapters.outbound.persistence:migrations"
_MIGRATION_FILE = re.compile(r"v(\d{4})_\w+\.py")
"""`v0002_what_it_does.py` holds revision `0002`."""
_REVISION = select(table(SCHEMA_VERSION, column("version_num")).c.version_num)
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(0x617474_736368))


def upgrade(url: str) -> None:
    """Run all migrations that the database lacks, in one transaction; again is harmless.

    What reports read is counted from scores that were there before.
    """
    with _connected(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_AT_A_TIME)
        run_migrations(migration_config(connection), "head")
        # Not in its migration: it reads the tables as they are at the end.
        fill(connection)


def current_and_head(url: str) -> tuple[str | None, str]:
    """The revision of the database (None: it has no tables yet) and that of this program."""
    engines = open_engines(url)
    try:
        return _current(engines.writer), _head()
    finally:
        engines.close()


def is_current(engine: Engine) -> bool:
    return _current(engine) == _head()


def backup(url: str, file: Path) -> None:
    """Copy a SQLite database while it is in use, to a file that does not exist yet.

    The copy is one moment of the database, readable by its owner only; it appears under its
    name when it is whole.

    Raises:
        Invalid: the file exists, its folder does not, or the database is PostgreSQL.
        StorageUnavailable: the database cannot be read.
    """
    address = database_url(url)
    if address.get_backend_name() != "sqlite":
        raise Invalid("database", "back up PostgreSQL with its own pg_dump.")
    source = Path(address.database or "").resolve()
    if not source.is_file():
        raise StorageUnavailable(f"There is no database at {source}; run `attain db upgrade`.")
    with _fresh_file_beside(file) as part:
        _copy(source, part)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engines = open_engines(url)
    try:
        with engines.writer.begin() as connection:
            yield connection
    finally:
        engines.close()


def migration_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS)
    config.attributes["connection"] = connection
    return config


def _current(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(SCHEMA_VERSION):
            return None
        return connection.execute(_REVISION).scalar()


def _head() -> str:
    """By the names of the files: every start asks, and alembic is slow to import."""
    folder = Path(__file__).parent / "migrations" / "versions"
    found = (_MIGRATION_FILE.fullmatch(path.name) for path in folder.iterdir())
    head = max((match[1] for match in found if match), default=None)
    if head is None:
        raise StorageUnavailable("This program lacks its migrations; install it again.")
    return head


@contextmanager
def _fresh_file_beside(file: Path) -> Iterator[Path]:
    """A private file to fill, which takes the name `file` at the end if nobody has it."""
    part = file.with_name(f".{file.name}.{token_hex(8)}")
    if file.exists():
        raise Invalid("backup file", f"{file} exists already; name another.")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise Invalid("backup file", f"{file.parent} cannot be written to.") from error
    try:
        yield part
        _name(part, file)
    finally:
        part.unlink()


def _name(part: Path, file: Path) -> None:
    try:
        os.link(part, file)  # refuses to overwrite, unlike rename
    except FileExistsError as error:
        raise Invalid("backup file", f"{file} exists already; name another.") from error


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # the copy shall be one file
    except sqlite3.Error as error:
        raise StorageUnavailable("The database could not be read or copied whole.") from error
