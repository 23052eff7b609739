"""What dbos keeps of a job, and that only this adapter knows dbos."""

import ast
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
import sqlalchemy as sa

import adapters
from adapters.outbound.jobs.slots import SlotLost
from adapters.outbound.jobs.urls import plain_url
from adapters.outbound.jobs.worker import run_worker
from application.ports.jobs import JobContext, JobState, Payload
from tests.adapters.jobs.conftest import Plant
from tests.contract.jobs_bench import eventually

ROOT = Path(adapters.__file__).parent.parent
ROOM = ROOT / "adapters" / "outbound" / "jobs"
SOURCES = ("domain", "application", "adapters", "entrypoints", "sandbox")


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_dbos_is_imported_in_this_adapter_alone() -> None:
    users = {
        source
        for folder in SOURCES
        for source in (ROOT / folder).rglob("*.py")
        if any(name.split(".")[0] == "dbos" for name in imported(source))
    }
    assert users
    assert all(source.is_relative_to(ROOM) for source in users)


def test_a_job_is_stored_under_names_that_never_move_and_as_json(sqlite_plant: Plant) -> None:
    # A row of an older release must run on a newer one, so a change here strands jobs.
    sqlite_plant.bench.enqueue("write", "send-1", lane="course-9")
    engine = sa.create_engine(plain_url(sqlite_plant.url), poolclass=sa.NullPool)
    with engine.begin() as connection:
        stored = connection.execute(
            sa.text(
                "SELECT name, class_name, config_name, queue_name, queue_partition_key,"
                " application_version, workflow_uuid, workflow_input.inputs"
                " FROM workflow_status JOIN workflow_input USING (workflow_uuid)"
            )
        ).one()
    assert tuple(stored) == (
        "job",
        "Jobs",
        "default",
        "jobs",
        "course-9",
        "1",
        "send-1",
        '{"namedArgs":{},"positionalArgs":["write",{"of":"send-1"},"course-9"]}',
    )


async def test_lanes_run_side_by_side(plant: Plant) -> None:
    met = {"course-1": anyio.Event(), "course-2": anyio.Event()}

    async def meet(context: JobContext, payload: Payload) -> None:
        async def work() -> None:
            met[payload["of"]].set()
            for other in met.values():
                await other.wait()

        await context.step("meet", work)

    jobs = [plant.bench.enqueue("meet", lane, lane=lane) for lane in met]
    async with plant.bench.working({"meet": meet}):
        for job_id in jobs:
            await plant.bench.reached(job_id, JobState.DONE)


async def test_a_worker_whose_slot_was_taken_stops(plant: Plant) -> None:
    engine = sa.create_engine(plain_url(plant.url), poolclass=sa.NullPool)

    def steal() -> bool:
        with engine.begin() as connection:
            taken = connection.execute(
                sa.text("UPDATE attain_worker_slots SET holder = 'another-host 7 1'")
            )
            return taken.rowcount == 1

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(eventually, steal)
        with pytest.raises(SlotLost, match="Worker slot 1 was taken over"):
            await run_worker(plant.url, {}, stop=anyio.Event(), lease_seconds=0.6)
