from sqlalchemy import Connection, bindparam, func, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import access
from adapters.outbound.persistence.writing import InsertNew
from application.errors import Conflict
from application.ports.repositories import AuditTrail
from domain.audit import AuditEntry, Deed, entry_after

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


class SqlAuditTrail(AuditTrail):
    """On SQLite the unit's BEGIN IMMEDIATE makes writers queue; PostgreSQL needs a lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, deed: Deed) -> AuditEntry:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_ONE_AT_A_TIME)
        entry = entry_after(ENTRIES.first(self._connection, _LAST), deed)
        if not _INSERT(self._connection, [ENTRIES.row(entry)]):
            raise Conflict("The audit trail was written to from elsewhere; try again.")
        return entry

    def entries(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        return ENTRIES.fetch(self._connection, _AFTER, after=after, limit=limit)
