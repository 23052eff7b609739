"""Scores on their way from Canvas, and the worker killed anywhere: all come, each once."""

import pytest

from application.ports.jobs import JobState
from domain.score import Scored
from domain.score_import.import_run import ImportState
from entrypoints.bootstrap import House
from tests.crash.processes import Processes, until
from tests.crash.rating import POINTS, RATED, Rating
from tests.crash.school import ROWS, School

EVERYWHERE = ("between two portions", "in the middle of applying")
FURTHER = ("before the assignments are stored", "before the reading is closed")
"""Seen on one database: what they ask is asked of the rows alone."""
READ = {
    "before the assignments are stored": 0,
    "between two portions": 25,
    "before the reading is closed": len(RATED),
    "in the middle of applying": len(RATED),
}
"""Assignments that the killed worker had read."""


@pytest.mark.parametrize("point", EVERYWHERE)
def test_the_next_worker_takes_up_what_a_killed_one_left(
    small_school: School, processes: Processes, point: str
) -> None:
    dies_and_is_followed(small_school, processes, point)


@pytest.mark.parametrize("point", FURTHER)
def test_wherever_else_it_was_killed(lone_school: School, processes: Processes, point: str) -> None:
    dies_and_is_followed(lone_school, processes, point)


def dies_and_is_followed(school: School, processes: Processes, point: str) -> None:
    rating = Rating(school)
    rating.begin()
    processes.dies(point, "worker")
    with school.house() as house:
        applying = point == "in the middle of applying"
        state = rating.score_import(house).state
        assert state is (ImportState.READ if applying else ImportState.READING)
        assert rating.readings(house) == READ[point]
        assert rating.scores(house) == []
        assert job_state(rating, house) is JobState.RUNNING

    with school.house() as house, processes.running("worker"):
        until(lambda: job_state(rating, house) is JobState.DONE, processes.said)
    assert "Traceback" not in processes.said()

    all_came(rating)


def job_state(rating: Rating, house: House) -> JobState | None:
    job_id = rating.score_import(house).job_id
    job = house.jobs.view(job_id) if job_id else None
    return job.state if job else None


def all_came(rating: Rating) -> None:
    """Every score is there, written once, with its source; the import says just that."""
    cells = rating.school.size * len(ROWS)
    with rating.school.house() as house:
        one, scores = rating.score_import(house), rating.scores(house)
        with house.use_cases.units()(write=False) as unit:
            sources = unit.imports.sources(one.work_id)
            verbs = [entry.verb for entry in unit.audit.entries()]
        proof = house.use_cases.verify_audit()()
    assert (one.state, one.reason, one.counts.new) == (ImportState.APPLIED, "", cells)
    assert [(score.value, score.version) for score in scores] == [(Scored(POINTS), 1)] * cells
    assert len(sources) == cells
    assert verbs.count("imported scores") == 1
    assert proof.broken_at is None
