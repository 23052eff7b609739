"""Openings of dbos' client: it enqueues, looks and steers, and never executes."""

import logging

import sqlalchemy as sa
from dbos import DBOSClient, DBOSPortableJSONSerializer

from adapters.outbound.jobs.names import APPLICATION, SCHEMA

# dbos adds a console handler of its own unless its logger has one; ours belongs to the house.
logging.getLogger("dbos").addHandler(logging.NullHandler())


def client_at(url: str) -> DBOSClient:
    """A client with connections of its own. Close it with `destroy()`.

    Its connections, not ours: dbos begins transactions itself, and on SQLite ours begin
    by a listener, which would make it a transaction within a transaction.
    """
    return DBOSClient(
        system_database_url=url,
        dbos_system_schema=SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
        retry_connection_errors=False,
    )


def client_within(engine: sa.Engine) -> DBOSClient:
    """A client that only ever writes inside transactions of this engine which others began."""
    return DBOSClient(
        system_database_engine=engine,
        dbos_system_schema=SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
    )
