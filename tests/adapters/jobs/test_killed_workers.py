"""Workers that die: what they had finished stays, what they had not is done by the next."""

import pytest

from application.ports.jobs import JobState
from tests.adapters.jobs.conftest import Plant
from tests.adapters.jobs.worker_process import HELD, REFUSED, STEPS
from tests.contract.jobs_bench import eventually

ALL = [f"send-1-{number}" for number in range(STEPS)]
REPEATED = [*ALL[: HELD + 1], *ALL[HELD:]]
"""Steps begun, when the worker was killed in the held one."""


async def until_held(plant: Plant) -> None:
    await eventually(lambda: f"send-1-{HELD}" in plant.lines("begin"))


async def test_a_restarted_worker_goes_on_where_the_killed_one_was(plant: Plant) -> None:
    # The lease is long: the new worker sees by itself that the holder of its slot is dead.
    job_id = plant.bench.enqueue("write", "send-1")
    killed = plant.start(lease=300)
    await until_held(plant)
    killed.kill()
    plant.open_gate()
    plant.start(lease=300)
    view = await plant.bench.reached(job_id, JobState.DONE)
    assert plant.lines("end") == ALL
    assert plant.lines("begin") == REPEATED
    assert (view.done, view.total) == (STEPS, STEPS)


async def test_a_stopped_worker_ends_its_step_and_leaves_the_rest(plant: Plant) -> None:
    job_id = plant.bench.enqueue("write", "send-1")
    stopped = plant.start()
    await until_held(plant)
    stopped.terminate()
    plant.open_gate()
    assert stopped.wait() == 0
    assert plant.lines("end") == ALL[: HELD + 1]
    assert plant.held_slots() == 0
    assert plant.bench.seen(job_id).state is JobState.RUNNING
    plant.start()
    await plant.bench.reached(job_id, JobState.DONE)
    assert plant.lines("begin") == plant.lines("end") == ALL


async def test_sqlite_refuses_a_second_worker(sqlite_plant: Plant) -> None:
    first = sqlite_plant.start()
    await eventually(lambda: sqlite_plant.held_slots() == 1)
    second = sqlite_plant.start()
    _, told = second.communicate()
    assert told.strip() == (
        f"Another worker (process {first.pid}) is at work on this SQLite database, which takes"
        " one at a time: stop that one first, or move to PostgreSQL."
    )
    assert second.returncode == REFUSED


@pytest.mark.postgres
async def test_a_living_worker_takes_over_from_a_dead_one(postgres_plant: Plant) -> None:
    plant = postgres_plant
    job_id = plant.bench.enqueue("write", "send-1")
    killed = plant.start(lease=1.5)
    await until_held(plant)
    living = plant.start(lease=1.5)
    await eventually(lambda: plant.held_slots() == 2)
    killed.kill()
    plant.open_gate()
    await plant.bench.reached(job_id, JobState.DONE)
    assert plant.lines("end") == ALL
    assert plant.lines("begin") == REPEATED
    assert plant.workers_of(f"send-1-{HELD}") == [living.pid]


@pytest.mark.postgres
async def test_two_workers_never_do_one_job_twice(postgres_plant: Plant) -> None:
    plant = postgres_plant
    plant.open_gate()
    names = [f"send-{number}" for number in range(12)]
    jobs = [plant.bench.enqueue("write", name, lane=name) for name in names]
    plant.start()
    plant.start()
    for job_id in jobs:
        await plant.bench.reached(job_id, JobState.DONE)
    assert sorted(plant.lines("begin")) == sorted(
        f"{name}-{number}" for name in names for number in range(STEPS)
    )
