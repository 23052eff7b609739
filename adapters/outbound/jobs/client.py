"""Openings of dbos' client: it enqueues, looks and steers, and never executes.

Importing dbos takes longer and more memory than all else of a web process' start, so it is
left to the first use.
"""

import logging
from collections.abc import Callable
from threading import Lock

import sqlalchemy as sa

from adapters.outbound.jobs.names import APPLICATION, SCHEMA
from application.later import imported_later

with imported_later(__name__):
    from dbos import DBOSClient, DBOSPortableJSONSerializer

# dbos adds a console handler of its own unless its logger has one; ours belongs to the house.
logging.getLogger("dbos").addHandler(logging.NullHandler())


def client_at(url: str) -> "DBOSClient":
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


def client_within(engine: sa.Engine) -> "DBOSClient":
    """A client that only ever writes inside transactions of this engine which others began."""
    return DBOSClient(
        system_database_engine=engine,
        dbos_system_schema=SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        lazy=True,
    )


class LateClient:
    """A client made when it is first asked for, once for all threads."""

    def __init__(self, make: "Callable[[], DBOSClient]") -> None:
        self._make = make
        self._made: DBOSClient | None = None
        self._lock = Lock()

    def __call__(self) -> "DBOSClient":
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def close(self) -> None:
        if self._made is not None:
            self._made.destroy()
