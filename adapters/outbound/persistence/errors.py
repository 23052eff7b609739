"""Failures of the database, turned into ours at one place for every statement and commit."""

import sqlite3
from collections.abc import Callable
from typing import Never

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from application.errors import ApplicationError, Conflict, NotFound, StorageUnavailable

SAME = "Another record of this kind exists already, or was stored meanwhile."
BUSY = "The database is busy with other writers; try again."
SCHEMA = "The database has another schema than this program; run `attain db upgrade`."
AWAY = "The database cannot be used now; see that it runs and has room, then try again."
READ_ONLY = "A unit of work that was opened for reading cannot write."

BELONGS = "A record that this one belongs to"

FromDriver = Callable[[BaseException | None], ApplicationError | None]
"""Ours for a failure of one driver; None for what is not its failure."""


def translate_errors(engine: Engine, from_driver: FromDriver) -> None:
    """Let no error of SQLAlchemy or its drivers cross the ports of this engine's users."""

    def translate(context: ExceptionContext) -> None:
        if error := from_driver(context.original_exception):
            raise error from context.original_exception

    event.listen(engine, "handle_error", translate)


def from_sqlite(error: BaseException | None) -> ApplicationError | None:
    if not isinstance(error, sqlite3.Error):
        return None
    name = getattr(error, "sqlite_errorname", None) or ""
    text = str(error)
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY" or text.startswith("FOREIGN KEY"):
        return NotFound(BELONGS)
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict(SAME)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StorageUnavailable(BUSY)
    if name == "SQLITE_READONLY":
        return StorageUnavailable(READ_ONLY)
    return StorageUnavailable(SCHEMA if "no such" in text else AWAY)


def refuse(error: Exception) -> Never:
    """For failures that reach no driver, such as a pool that has no connection left."""
    raise StorageUnavailable(BUSY) from error
