"""Numbered slots that workers hold: who is alive, and whose jobs are whose.

A slot's number is the worker's executor id, under which dbos keeps its running jobs. So a
worker that takes a dead one's slot takes up its jobs too, at once.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio
import anyio.to_thread
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.outbound.jobs.names import executor_of
from adapters.outbound.jobs.processes import is_alive, pid_of, this_process
from adapters.outbound.jobs.urls import is_sqlite, plain_url
from application.errors import ApplicationError

T = TypeVar("T")

CREATE_SLOTS = sa.text(
    "CREATE TABLE IF NOT EXISTS attain_worker_slots (number INTEGER NOT NULL PRIMARY KEY,"
    " holder TEXT NOT NULL, heartbeat_at DOUBLE PRECISION NOT NULL)"
)
"""`heartbeat_at` is in seconds since 1970 by the database's clock, not the worker's."""

_SLOTS = sa.table(
    "attain_worker_slots", sa.column("number"), sa.column("holder"), sa.column("heartbeat_at")
)
_NOW: dict[str, sa.ColumnElement[float]] = {
    "sqlite": sa.literal_column("(julianday('now') - 2440587.5) * 86400.0"),
    "postgresql": sa.literal_column("extract(epoch FROM clock_timestamp())::double precision"),
}


class SlotTaken(ApplicationError):
    """Another worker is at work where only one may be."""

    slug = "conflict"

    def __init__(self, pid: str) -> None:
        super().__init__(
            f"Another worker (process {pid}) is at work on this SQLite database, which takes"
            " one at a time: stop that one first, or move to PostgreSQL."
        )


class SlotLost(ApplicationError):
    """This worker fell silent for longer than its lease and somebody took its slot."""

    slug = "conflict"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Worker slot {number} was taken over after this worker fell silent;"
            " start the worker again."
        )


@dataclass(frozen=True, slots=True)
class SlotRow:
    """`age` is the seconds since the last heartbeat."""

    number: int
    holder: str
    heartbeat_at: float
    age: float


class Slots:
    """The table of slots. `limit` None: as many workers as are started."""

    def __init__(self, url: str, *, lease_seconds: float) -> None:
        self.lease_seconds = lease_seconds
        waiting = {"timeout": lease_seconds / 3} if is_sqlite(url) else {}
        self._engine = sa.create_engine(plain_url(url), poolclass=sa.NullPool, connect_args=waiting)
        self._limit = 1 if is_sqlite(url) else None
        self._now = _NOW[self._engine.dialect.name]
        self._me = this_process()

    async def claim(self) -> int:
        """Take a free slot and return its number.

        A slot is free when its holder's process is seen to be dead, or its lease ran out.
        Where all are held by workers that cannot be seen from here (another container,
        say), this waits for one lease to tell a dead holder from a living one.

        Raises: SlotTaken when every slot is held by a living worker.
        """
        seen = await anyio.to_thread.run_sync(self.rows)
        while (number := await _when_writable(self._take)) is None:
            rows = await anyio.to_thread.run_sync(self.rows)
            self._refuse_if_alive(rows, seen)
            await anyio.sleep(self.lease_seconds / 10)
        return number

    def rows(self) -> list[SlotRow]:
        with self._engine.connect() as connection:
            age = self._now - _SLOTS.c.heartbeat_at
            found = connection.execute(
                sa.select(_SLOTS.c.number, _SLOTS.c.holder, _SLOTS.c.heartbeat_at, age).order_by(
                    _SLOTS.c.number
                )
            )
            return [SlotRow(*row) for row in found]

    def living_executors(self) -> list[str]:
        """Executor ids whose lease has not run out, lowest number first."""
        return [executor_of(row.number) for row in self.rows() if not self._expired(row)]

    def beat(self, number: int) -> bool:
        """Renew the lease; False when the slot is somebody else's now."""
        mine = sa.update(_SLOTS).where(_SLOTS.c.number == number, _SLOTS.c.holder == self._me)
        with self._engine.begin() as connection:
            return connection.execute(mine.values(heartbeat_at=self._now)).rowcount == 1

    def release(self, number: int) -> None:
        """Give the slot up, so that others see at once that its jobs are free."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.delete(_SLOTS).where(_SLOTS.c.number == number, _SLOTS.c.holder == self._me)
            )

    async def keep(self, number: int) -> None:
        """Renew the lease three times a lease; returns only when the slot is lost.

        A SQLite database that somebody writes to for longer than the lease loses nothing:
        whoever would take the slot has to wait too.
        """
        last = anyio.current_time()
        while anyio.current_time() - last < self.lease_seconds:
            await anyio.sleep(self.lease_seconds / 3)
            try:
                if not await _when_writable(lambda: self.beat(number)):
                    return
            except DBAPIError:
                continue  # the database may be back before the lease is over
            last = anyio.current_time()

    def _take(self) -> int | None:
        rows = self.rows()
        for row in rows:
            if self._free(row) and self._take_over(row):
                return row.number
        number = max((row.number for row in rows), default=0) + 1
        if self._limit is not None and number > self._limit:
            return None
        return number if self._open(number) else None

    def _free(self, row: SlotRow) -> bool:
        return self._expired(row) or is_alive(row.holder) is False

    def _expired(self, row: SlotRow) -> bool:
        return row.age > self.lease_seconds

    def _take_over(self, row: SlotRow) -> bool:
        unchanged = sa.update(_SLOTS).where(
            _SLOTS.c.number == row.number,
            _SLOTS.c.holder == row.holder,
            _SLOTS.c.heartbeat_at == row.heartbeat_at,
        )
        with self._engine.begin() as connection:
            taken = connection.execute(unchanged.values(holder=self._me, heartbeat_at=self._now))
            return taken.rowcount == 1

    def _open(self, number: int) -> bool:
        values = {"number": number, "holder": self._me, "heartbeat_at": self._now}
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(_SLOTS).values(values))
        except IntegrityError:
            return False  # somebody else was first; look again
        return True

    def _refuse_if_alive(self, rows: list[SlotRow], seen: list[SlotRow]) -> None:
        if self._limit is None:
            return
        silent = {(row.number, row.heartbeat_at) for row in seen}
        for row in rows:
            if is_alive(row.holder) or (row.number, row.heartbeat_at) not in silent:
                raise SlotTaken(pid_of(row.holder))


async def _when_writable(work: Callable[[], T]) -> T:
    """Do it as soon as whoever writes to a SQLite database lets others write."""
    while True:
        try:
            return await anyio.to_thread.run_sync(work)
        except DBAPIError as error:
            if not _is_locked(error):
                raise


def _is_locked(error: DBAPIError) -> bool:
    """What Python itself says of a connection has no name of SQLite."""
    name = getattr(error.orig, "sqlite_errorname", "")
    return isinstance(error.orig, sqlite3.Error) and name.startswith("SQLITE_BUSY")
