"""dbos' own tables beside ours, and the table of worker slots."""

from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa

from adapters.outbound.jobs.names import SCHEMA
from adapters.outbound.jobs.slots import CREATE_SLOTS
from adapters.outbound.jobs.urls import is_sqlite, plain_url

OWN_TABLES = ("attain_worker_slots", "attain_job_schema")
"""Made here, not by alembic."""

# dbos does not say publicly whether its tables are up to date; since its version is pinned
# exactly, the version that made them says as much.
_CREATE_SCHEMA = sa.text(
    "CREATE TABLE IF NOT EXISTS attain_job_schema (dbos_version TEXT NOT NULL PRIMARY KEY)"
)
_FORGET = sa.text("DELETE FROM attain_job_schema")
_REMEMBER = sa.text("INSERT INTO attain_job_schema (dbos_version) VALUES (:version)")
_READ = sa.text("SELECT dbos_version FROM attain_job_schema")


def migrate(url: str) -> None:
    """Bring the tables of background work up to date; again changes nothing.

    SQLite: sets the journal to WAL, which stays with the file. dbos writes from a process
    of its own while the web processes write too.
    """
    from dbos import DBOS  # noqa: PLC0415 its attribute is called: see application.later

    address = plain_url(url)
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    if is_sqlite(url):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    DBOS.migrate(address, schema=SCHEMA)
    with engine.begin() as connection:
        connection.execute(CREATE_SLOTS)
        connection.execute(_CREATE_SCHEMA)
        connection.execute(_FORGET)
        connection.execute(_REMEMBER, {"version": version("dbos")})


def is_migrated(url: str) -> bool:
    """Whether `migrate` was run by this version. Creates nothing."""
    if is_sqlite(url) and not Path(sa.make_url(url).database or "").is_file():
        return False
    engine = sa.create_engine(plain_url(url), poolclass=sa.NullPool)
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("attain_job_schema"):
            return False
        return connection.execute(_READ).scalar() == version("dbos")
