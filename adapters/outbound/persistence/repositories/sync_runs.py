from collections.abc import Iterable

from sqlalchemy import Connection, bindparam

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import exchange
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.exchange_repositories import SyncRunRepository
from domain.ids import SyncRunId
from domain.outcomes.sync_run import SyncItem, SyncRun, Upload

RUNS = VersionedRecords(exchange.sync_runs, SyncRun)
ITEMS = Records(exchange.sync_items, SyncItem)
UPLOADS = Records(exchange.sync_uploads, Upload)

_RECENT = RUNS.select.order_by(RUNS.c.requested_at.desc(), RUNS.c.id.desc()).limit(
    bindparam("limit")
)
_OPEN = RUNS.select.where(exchange.OPEN).order_by(RUNS.c.requested_at, RUNS.c.id)
_ITEMS = ITEMS.select.where(ITEMS.c.run_id == bindparam("run_id")).order_by(
    ITEMS.c.number, ITEMS.c.id
)
_UPLOADS = UPLOADS.select.where(UPLOADS.c.run_id == bindparam("run_id")).order_by(
    UPLOADS.c.place, UPLOADS.c.number
)


class SqlSyncRuns(SyncRunRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, run_id: SyncRunId) -> SyncRun:
        return RUNS.get(self._connection, "This synchronisation", run_id)

    def recent(self, limit: int = 50) -> list[SyncRun]:
        return RUNS.fetch(self._connection, _RECENT, limit=limit)

    def open_runs(self) -> list[SyncRun]:
        return RUNS.fetch(self._connection, _OPEN)

    def save(self, run: SyncRun) -> SyncRun:
        return RUNS.save(self._connection, run)

    def items(self, run_id: SyncRunId) -> list[SyncItem]:
        return ITEMS.fetch(self._connection, _ITEMS, run_id=run_id)

    def put_items(self, items: Iterable[SyncItem]) -> None:
        ITEMS.put(self._connection, items)

    def uploads(self, run_id: SyncRunId) -> list[Upload]:
        return UPLOADS.fetch(self._connection, _UPLOADS, run_id=run_id)

    def put_upload(self, upload: Upload) -> None:
        UPLOADS.put(self._connection, [upload])
