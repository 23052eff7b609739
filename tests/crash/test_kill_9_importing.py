"""Scores on their way from Canvas, and the worker killed anywhere: all come, each once."""

from dataclasses import dataclass

import pytest

from application.ports.jobs import JobState
from domain.score import Scored
from domain.score_import.import_run import ImportState
from entrypoints.bootstrap import House
from tests.crash.processes import Processes, until
from tests.crash.rating import POINTS, RATED, Rating
from tests.crash.school import ROWS, School


@dataclass(frozen=True, slots=True)
class Killed:
    """Where a worker died, and what stood here then: assignments read, state, scores or none."""

    point: str
    read: int = 0
    state: ImportState = ImportState.READING
    written: bool = False

    def __str__(self) -> str:
        return self.point


ALL = len(RATED)
EVERYWHERE = (
    Killed("between two portions", read=25),
    Killed("in the middle of applying", ALL, ImportState.READ),
)
FURTHER = (
    Killed("before anything is read"),
    Killed("before the assignments are stored"),
    Killed("after the assignments are stored"),
    Killed("before the reading is closed", ALL),
    Killed("after the scores are written", ALL, ImportState.APPLIED, written=True),
)
"""Seen on one database: what they ask is asked of the rows alone."""


@pytest.mark.parametrize("killed", EVERYWHERE, ids=str)
def test_the_next_worker_takes_up_what_a_killed_one_left(
    small_school: School, processes: Processes, killed: Killed
) -> None:
    rating = Rating(small_school)
    rating.begin()
    dies_and_is_followed(rating, processes, killed)
    all_came(rating)


@pytest.mark.parametrize("killed", FURTHER, ids=str)
def test_wherever_else_it_was_killed(
    lone_school: School, processes: Processes, killed: Killed
) -> None:
    rating = Rating(lone_school)
    rating.begin()
    dies_and_is_followed(rating, processes, killed)
    all_came(rating)


def test_an_import_that_a_person_began_waits_for_them_with_all_that_was_given(
    lone_school: School, processes: Processes
) -> None:
    rating = Rating(lone_school, scheduled=False)
    rating.press_read()
    dies_and_is_followed(rating, processes, Killed("between two portions", read=25))
    with lone_school.house() as house:
        assert rating.score_import(house).state is ImportState.READ
        assert (rating.readings(house), rating.scores(house)) == (ALL, [])
    rating.press_import()
    all_came(rating)


def dies_and_is_followed(rating: Rating, processes: Processes, killed: Killed) -> None:
    processes.dies(killed.point, "worker")
    with rating.school.house() as house:
        assert rating.score_import(house).state is killed.state
        assert rating.readings(house) == killed.read
        assert bool(rating.scores(house)) is killed.written
        assert job_state(rating, house) is JobState.RUNNING

    with rating.school.house() as house, processes.working():
        until(lambda: job_state(rating, house) is JobState.DONE, processes.said)
    assert "Traceback" not in processes.said()


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
