"""Slots of workers: one holder each, a lease, and the seen death of a holder."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import pytest
import sqlalchemy as sa

from adapters.outbound.jobs.processes import is_alive, this_process
from adapters.outbound.jobs.schema import is_migrated, migrate
from adapters.outbound.jobs.slots import Slots, SlotTaken
from adapters.outbound.jobs.urls import plain_url

ELSEWHERE = "another-host/boot/ns 77 123"
"""A holder of whom nothing can be seen from here."""

LONG, SHORT = 300.0, 0.2


@pytest.fixture
def url(migrated_url: str) -> str:
    migrate(migrated_url)
    return migrated_url


@pytest.fixture
def sqlite(sqlite_url: str) -> str:
    migrate(sqlite_url)
    return sqlite_url


@pytest.fixture
def dead_process() -> str:
    """The name that a process had which has ended."""
    program = "from adapters.outbound.jobs.processes import this_process; print(this_process())"
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    return run.stdout.decode().strip()


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


@contextmanager
def writing_to(sqlite: str) -> Iterator[None]:
    """Somebody holds the one lock for writers."""
    engine = sa.create_engine(plain_url(sqlite), poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        connection.rollback()


def put(url: str, number: int, holder: str, *, age: float = 0.0) -> None:
    """Write a slot by hand, last heard of `age` seconds ago by the database's clock."""
    engine = sa.create_engine(plain_url(url), poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO attain_worker_slots VALUES (:number, :holder, :at)"),
            {"number": number, "holder": holder, "at": _now(connection) - age},
        )


def _now(connection: sa.Connection) -> float:
    clock = {
        "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
        "postgresql": "SELECT extract(epoch FROM now())",
    }
    return float(connection.execute(sa.text(clock[connection.dialect.name])).scalar_one())


class TestClaiming:
    async def test_the_first_worker_takes_slot_1_and_gives_it_back(self, url: str) -> None:
        slots = Slots(url, lease_seconds=LONG)
        assert await slots.claim() == 1
        assert slots.living_executors() == ["worker-1"]
        slots.release(1)
        assert slots.rows() == []

    @pytest.mark.postgres
    async def test_postgresql_takes_any_number_of_workers(self, postgres_url: str) -> None:
        migrate(postgres_url)
        put(postgres_url, 1, ELSEWHERE)
        put(postgres_url, 2, ELSEWHERE)
        assert await Slots(postgres_url, lease_seconds=LONG).claim() == 3

    async def test_the_slot_of_a_dead_process_is_free_at_once(
        self, url: str, dead_process: str
    ) -> None:
        put(url, 1, dead_process)
        assert await Slots(url, lease_seconds=LONG).claim() == 1

    async def test_a_slot_is_free_when_its_lease_ran_out(self, url: str) -> None:
        put(url, 1, ELSEWHERE, age=31)
        assert await Slots(url, lease_seconds=30).claim() == 1

    async def test_sqlite_refuses_while_the_holder_lives(self, sqlite: str) -> None:
        put(sqlite, 1, this_process())
        with pytest.raises(SlotTaken, match=f"process {os.getpid()}"):
            await Slots(sqlite, lease_seconds=LONG).claim()

    async def test_sqlite_waits_a_lease_for_a_holder_it_cannot_see(self, sqlite: str) -> None:
        put(sqlite, 1, ELSEWHERE)
        assert await Slots(sqlite, lease_seconds=SHORT).claim() == 1

    async def test_sqlite_refuses_when_such_a_holder_is_heard_of_again(self, sqlite: str) -> None:
        put(sqlite, 1, ELSEWHERE)
        engine = sa.create_engine(plain_url(sqlite), poolclass=sa.NullPool)
        refused = anyio.Event()

        async def claim() -> None:
            with pytest.raises(SlotTaken, match="process 77"):
                await Slots(sqlite, lease_seconds=10).claim()
            refused.set()

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(claim)
            while not refused.is_set():
                with engine.begin() as connection:
                    connection.execute(
                        sa.text("UPDATE attain_worker_slots SET heartbeat_at = :at"),
                        {"at": _now(connection)},
                    )
                await anyio.sleep(0.01)


class TestKeeping:
    async def test_a_heartbeat_renews_the_lease(self, url: str) -> None:
        slots = Slots(url, lease_seconds=LONG)
        number = await slots.claim()
        before = slots.rows()[0].heartbeat_at
        while slots.rows()[0].heartbeat_at == before:
            assert slots.beat(number)

    async def test_a_lost_slot_ends_the_keeping(self, url: str) -> None:
        slots = Slots(url, lease_seconds=SHORT)
        number = await slots.claim()
        slots.release(number)
        put(url, number, ELSEWHERE)
        assert not slots.beat(number)
        with anyio.fail_after(30):
            await slots.keep(number)

    async def test_a_long_write_of_somebody_else_loses_no_slot(self, sqlite: str) -> None:
        """Such as a big import: nobody can take the slot meanwhile either."""
        slots = Slots(sqlite, lease_seconds=SHORT)
        number = await slots.claim()
        kept = anyio.Event()

        async def keep() -> None:
            await slots.keep(number)
            kept.set()

        async with anyio.create_task_group() as tasks:
            with writing_to(sqlite):
                tasks.start_soon(keep)
                await anyio.sleep(5 * SHORT)
            assert not kept.is_set()
            while slots.rows()[0].age > SHORT:  # noqa: ASYNC110 the database wakes nobody
                await anyio.sleep(0.01)
            tasks.cancel_scope.cancel()

    async def test_a_worker_that_starts_waits_for_a_long_write(self, sqlite: str) -> None:
        slots = Slots(sqlite, lease_seconds=SHORT)
        with writing_to(sqlite), anyio.move_on_after(2 * SHORT) as waited:
            await slots.claim()
        assert waited.cancelled_caught
        assert await slots.claim() == 1

    async def test_releasing_leaves_the_slot_of_another(self, url: str) -> None:
        put(url, 1, ELSEWHERE)
        Slots(url, lease_seconds=LONG).release(1)
        assert [row.holder for row in Slots(url, lease_seconds=LONG).rows()] == [ELSEWHERE]

    async def test_an_expired_slot_is_not_living(self, url: str) -> None:
        put(url, 1, ELSEWHERE, age=31)
        put(url, 2, ELSEWHERE)
        assert Slots(url, lease_seconds=30).living_executors() == ["worker-2"]


class TestProcesses:
    def test_this_process_lives(self) -> None:
        assert is_alive(this_process()) is True

    def test_a_process_that_ended_is_dead(self, dead_process: str) -> None:
        assert is_alive(dead_process) is False

    def test_a_process_elsewhere_cannot_be_told(self) -> None:
        assert is_alive(ELSEWHERE) is None

    def test_another_process_with_the_same_number_is_not_the_holder(self) -> None:
        place, pid, _ = this_process().rsplit(" ", 2)
        assert is_alive(f"{place} {pid} 1") is False

    def test_a_killed_child_that_nobody_waited_for_is_dead(
        self, waiting: subprocess.Popen[bytes]
    ) -> None:
        place, _, _ = this_process().rsplit(" ", 2)
        os.kill(waiting.pid, 9)
        os.waitid(os.P_PID, waiting.pid, os.WEXITED | os.WNOWAIT)
        assert is_alive(f"{place} {waiting.pid} {_born(waiting.pid)}") is False


def _born(pid: int) -> str:
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123 one line of proc(5)
        return stat.read().rpartition(")")[2].split()[19]


class TestSchema:
    def test_migrating_twice_changes_nothing(self, migrated_url: str) -> None:
        assert not is_migrated(migrated_url)
        migrate(migrated_url)
        migrate(migrated_url)
        assert is_migrated(migrated_url)

    def test_tables_of_another_version_are_not_up_to_date(self, url: str) -> None:
        engine = sa.create_engine(plain_url(url), poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE attain_job_schema SET dbos_version = '3.3.0'"))
        assert not is_migrated(url)

    def test_looking_makes_no_file(self, tmp_path: os.PathLike[str]) -> None:
        assert not is_migrated(f"sqlite:///{tmp_path}/none.db")
        assert os.listdir(tmp_path) == []  # noqa: PTH208 any entry at all

    def test_sqlite_keeps_its_journal_as_wal(self, sqlite: str) -> None:
        engine = sa.create_engine(plain_url(sqlite), poolclass=sa.NullPool)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
