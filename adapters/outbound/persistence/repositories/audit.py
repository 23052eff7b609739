from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.writing import InsertNew
from application.errors import Conflict
from application.ports.system_repositories import AuditTrail
from domain.audit import AuditEntry, AuditFilter, Deed, entry_after

ENTRIES = Records(access.audit_entries, AuditEntry)

_LAST = ENTRIES.select.order_by(ENTRIES.c.number.desc()).limit(1)
_AFTER = (
    ENTRIES.select.where(ENTRIES.c.number > bindparam("after"))
    .order_by(ENTRIES.c.number)
    .limit(bindparam("limit"))
)
_INSERT = InsertNew(access.audit_entries)
# Held to the end of the transaction; a second writer waits, then reads the entry before his.
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(0x617474_61696E))


def one_at_a_time(connection: Connection) -> None:
    """Wait for the unit that writes what all units share, and hold the others up until commit.

    On SQLite the unit's BEGIN IMMEDIATE makes writers queue; PostgreSQL needs a lock. There
    is one for all that is shared, so that no two units wait for each other.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)


class SqlAuditTrail(AuditTrail):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, deed: Deed) -> AuditEntry:
        one_at_a_time(self._connection)
        entry = entry_after(ENTRIES.first(self._connection, _LAST), deed)
        if not _INSERT(self._connection, [ENTRIES.row(entry)]):
            raise Conflict("The audit trail was written to from elsewhere; try again.")
        return entry

    def entries(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        return ENTRIES.fetch(self._connection, _AFTER, after=after, limit=limit)

    def search(
        self, wanted: AuditFilter, *, before: int | None = None, limit: int = 100
    ) -> list[AuditEntry]:
        newest_first = ENTRIES.select.order_by(ENTRIES.c.number.desc()).limit(limit)
        return ENTRIES.fetch(self._connection, newest_first.where(*_conditions(wanted, before)))


def _conditions(wanted: AuditFilter, before: int | None) -> Iterator[ColumnElement[bool]]:
    columns = ENTRIES.c
    if before is not None:
        yield columns.number < before
    if wanted.since is not None:
        yield columns.at >= wanted.since
    if wanted.until is not None:
        yield columns.at < wanted.until
    if wanted.actor:
        yield columns.actor == wanted.actor
    for column, beginning in ((columns.verb, wanted.verb), (columns.subject, wanted.subject)):
        if beginning:
            # Case counts as in the domain, which LIKE of SQLite would not say.
            yield func.substr(column, 1, len(beginning)) == beginning
