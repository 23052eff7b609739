from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, select

from adapters.outbound.persistence.records import Records
from adapters.outbound.persistence.tables import loading
from adapters.outbound.persistence.versioned import VersionedRecords
from application.ports.load_repositories import LoadPace, LoadRepository
from application.rosters.load_runs import (
    LoadBefore,
    LoadDoubles,
    LoadFindings,
    LoadRun,
    LoadState,
)
from application.rosters.records import RecordKind
from domain.ids import LoadRunId

RUNS = VersionedRecords(loading.load_runs, LoadRun)
FINDINGS = Records(loading.load_findings, LoadFindings)
DOUBLES = Records(loading.load_doubles, LoadDoubles)
BEFORE = Records(loading.load_before, LoadBefore)
PACES = Records(loading.load_paces, LoadPace)

_RECENT = RUNS.select.order_by(RUNS.c.requested_at.desc(), RUNS.c.id.desc()).limit(
    bindparam("limit")
)
_LAST = (
    RUNS.select.where(RUNS.c.state == LoadState.APPLIED)
    .order_by(RUNS.c.finished_at.desc(), RUNS.c.id.desc())
    .limit(1)
)
_OPEN = RUNS.select.where(RUNS.c.state.in_((LoadState.CHECKING, LoadState.LOADING))).order_by(
    RUNS.c.requested_at, RUNS.c.id
)
_BEFORE = BEFORE.select.where(BEFORE.c.run_id == bindparam("run_id"))
_PARTS = (FINDINGS.table, DOUBLES.table, BEFORE.table, PACES.table)
# Held to the end of the transaction; on SQLite the unit's BEGIN IMMEDIATE does as much.
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(0x617474_6C6F6164))


class SqlLoads(LoadRepository):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_ONE_AT_A_TIME)

    def get(self, run_id: LoadRunId) -> LoadRun:
        return RUNS.get(self._connection, "This load", run_id)

    def recent(self, limit: int = 100) -> list[LoadRun]:
        return RUNS.fetch(self._connection, _RECENT, limit=limit)

    def last_applied(self) -> LoadRun | None:
        return RUNS.first(self._connection, _LAST)

    def open_runs(self) -> list[LoadRun]:
        return RUNS.fetch(self._connection, _OPEN)

    def save(self, run: LoadRun) -> LoadRun:
        return RUNS.save(self._connection, run)

    def remove(self, run_id: LoadRunId) -> None:
        for part in _PARTS:
            self._connection.execute(delete(part).where(part.c.run_id == run_id))
        self._connection.execute(delete(RUNS.table).where(RUNS.c.id == run_id))

    def findings(self, run_id: LoadRunId, number: int) -> LoadFindings | None:
        return FINDINGS.find(self._connection, run_id, number)

    def put_findings(self, run_id: LoadRunId, portions: Iterable[LoadFindings]) -> None:
        self._connection.execute(delete(FINDINGS.table).where(FINDINGS.c.run_id == run_id))
        FINDINGS.put(self._connection, portions)

    def doubles(self, run_id: LoadRunId) -> LoadDoubles | None:
        return DOUBLES.find(self._connection, run_id)

    def put_doubles(self, doubles: LoadDoubles) -> None:
        DOUBLES.put(self._connection, [doubles])

    def before(self, run_id: LoadRunId) -> list[LoadBefore]:
        order = list(RecordKind)
        found = BEFORE.fetch(self._connection, _BEFORE, run_id=run_id)
        return sorted(found, key=lambda part: order.index(part.kind))

    def put_before(self, before: Iterable[LoadBefore]) -> None:
        BEFORE.put(self._connection, before)

    def pace(self, run_id: LoadRunId) -> LoadPace | None:
        return PACES.find(self._connection, run_id)

    def put_pace(self, pace: LoadPace) -> None:
        PACES.put(self._connection, [pace])
