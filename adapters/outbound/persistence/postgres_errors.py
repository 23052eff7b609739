"""Failures of PostgreSQL, turned into ours. Imported only where PostgreSQL is in use."""

from collections.abc import Callable

import psycopg
from psycopg import errors as pg

from adapters.outbound.persistence.errors import AWAY, BELONGS, BUSY, READ_ONLY, SAME, SCHEMA
from application.errors import ApplicationError, Conflict, Invalid, NotFound, StorageUnavailable

_MEANWHILE = "Somebody else changed the same record meanwhile; try again."
_CHARACTER = "it holds a character that cannot be stored; remove it."

# Most specific first.
_KINDS: tuple[tuple[tuple[type[psycopg.Error], ...], Callable[[], ApplicationError]], ...] = (
    ((pg.ForeignKeyViolation,), lambda: NotFound(BELONGS)),
    ((psycopg.IntegrityError,), lambda: Conflict(SAME)),
    ((pg.DeadlockDetected, pg.SerializationFailure), lambda: Conflict(_MEANWHILE)),
    ((pg.LockNotAvailable,), lambda: StorageUnavailable(BUSY)),
    ((pg.ReadOnlySqlTransaction,), lambda: StorageUnavailable(READ_ONLY)),
    ((pg.UndefinedTable, pg.UndefinedColumn), lambda: StorageUnavailable(SCHEMA)),
    ((psycopg.DataError,), lambda: Invalid("text", _CHARACTER)),
)


def from_postgres(error: BaseException | None) -> ApplicationError | None:
    if not isinstance(error, psycopg.Error):
        return None
    for kinds, made in _KINDS:
        if isinstance(error, kinds):
            return made()
    return StorageUnavailable(AWAY)
