"""Failures of the database, turned into ours at one place for every statement and commit."""

import sqlite3
from collections.abc import Callable
from typing import Never

import psycopg
from psycopg import errors as pg
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from application.errors import ApplicationError, Conflict, Invalid, NotFound, StorageUnavailable

_SAME = "Another record of this kind exists already, or was stored meanwhile."
_MEANWHILE = "Somebody else changed the same record meanwhile; try again."
_BUSY = "The database is busy with other writers; try again."
_SCHEMA = "The database has another schema than this program; run `attain db upgrade`."
_AWAY = "The database cannot be used now; see that it runs and has room, then try again."
_READ_ONLY = "A unit of work that was opened for reading cannot write."

_BELONGS = "A record that this one belongs to"
_CHARACTER = "it holds a character that cannot be stored; remove it."

# Most specific first.
_POSTGRES: tuple[tuple[tuple[type[psycopg.Error], ...], Callable[[], ApplicationError]], ...] = (
    ((pg.ForeignKeyViolation,), lambda: NotFound(_BELONGS)),
    ((psycopg.IntegrityError,), lambda: Conflict(_SAME)),
    ((pg.DeadlockDetected, pg.SerializationFailure), lambda: Conflict(_MEANWHILE)),
    ((pg.LockNotAvailable,), lambda: StorageUnavailable(_BUSY)),
    ((pg.ReadOnlySqlTransaction,), lambda: StorageUnavailable(_READ_ONLY)),
    ((pg.UndefinedTable, pg.UndefinedColumn), lambda: StorageUnavailable(_SCHEMA)),
    ((psycopg.DataError,), lambda: Invalid("text", _CHARACTER)),
)


def translate_errors(engine: Engine) -> None:
    """Let no error of SQLAlchemy or its drivers cross the ports of this engine's users."""
    event.listen(engine, "handle_error", _translate)


def _translate(context: ExceptionContext) -> None:
    original = context.original_exception
    if isinstance(original, sqlite3.Error):
        raise _from_sqlite(original) from original
    if isinstance(original, psycopg.Error):
        raise _from_postgres(original) from original


def _from_sqlite(error: sqlite3.Error) -> ApplicationError:
    name = getattr(error, "sqlite_errorname", None) or ""
    text = str(error)
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY" or text.startswith("FOREIGN KEY"):
        return NotFound(_BELONGS)
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict(_SAME)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StorageUnavailable(_BUSY)
    if name == "SQLITE_READONLY":
        return StorageUnavailable(_READ_ONLY)
    return StorageUnavailable(_SCHEMA if "no such" in text else _AWAY)


def _from_postgres(error: psycopg.Error) -> ApplicationError:
    for kinds, made in _POSTGRES:
        if isinstance(error, kinds):
            return made()
    return StorageUnavailable(_AWAY)


def refuse(error: Exception) -> Never:
    """For failures that reach no driver, such as a pool that has no connection left."""
    raise StorageUnavailable(_BUSY) from error
