"""Outcomes on their way to Canvas, and the worker killed anywhere: all arrive, nothing twice."""

from dataclasses import dataclass

import pytest

from application.ports.jobs import JobState
from domain.outcomes.sync_run import ItemState, RunState
from entrypoints.bootstrap import House
from tests.crash.exchange import Sending
from tests.crash.processes import Processes, until
from tests.crash.school import School

MANY = ("thesis", "evidence", "style", "voice", "sources", "genre", "audience")
"""More than go by single calls."""
FEW = MANY[:3]


@dataclass(frozen=True, slots=True)
class Killed:
    """Where a worker died, and what Canvas had got by then.

    `held`: Canvas has not worked on its upload when the worker dies. `went_on`: it does so
    before another worker comes. `uploads` are handed over in all.
    """

    point: str
    slos: tuple[str, ...] = MANY
    held: bool = False
    went_on: bool = False
    uploads: int = 1

    def __str__(self) -> str:
        return f"{self.point}{' and Canvas went on' if self.went_on else ''}"


EVERYWHERE = (
    Killed("before the upload's reference is stored", held=True, uploads=2),
    Killed("between two outcomes", slos=FEW, uploads=0),
)
FURTHER = (
    Killed("before the upload goes out"),
    Killed("before the upload's reference is stored", held=True, went_on=True),
    Killed("while the upload is worked on", held=True),
    Killed("before the outcomes are settled"),
    Killed("before the run is closed"),
)
"""Seen on one database: what they ask is asked of Canvas and the rows alike."""


@pytest.mark.parametrize("killed", EVERYWHERE, ids=str)
def test_the_next_worker_takes_up_what_a_killed_one_left(
    small_school: School, processes: Processes, killed: Killed
) -> None:
    dies_and_is_followed(small_school, processes, killed)


@pytest.mark.parametrize("killed", FURTHER, ids=str)
def test_wherever_else_it_was_killed(
    lone_school: School, processes: Processes, killed: Killed
) -> None:
    dies_and_is_followed(lone_school, processes, killed)


def dies_and_is_followed(school: School, processes: Processes, killed: Killed) -> None:
    canvas, sending = school.canvas, Sending(school, slos=killed.slos)
    canvas.jobs.mode = "manual" if killed.held else "auto"
    sending.press_send()
    processes.dies(killed.point, "worker")
    with school.house() as house:
        report = sending.report(house)
        assert report.run.state is RunState.RUNNING
        assert job_state(sending, house) is JobState.RUNNING
    if killed.went_on:
        canvas.run_jobs()
    canvas.jobs.mode = "auto"

    work_until_done(sending, processes)

    all_arrived(sending, killed)


def job_state(sending: Sending, house: House) -> JobState | None:
    job_id = sending.report(house).run.job_id
    job = house.jobs.view(job_id) if job_id else None
    return job.state if job else None


def work_until_done(sending: Sending, processes: Processes) -> None:
    """Run the plain worker until nothing is left to do."""
    with sending.school.house() as house, processes.working():
        until(lambda: job_state(sending, house) is JobState.DONE, processes.said)
    assert "Traceback" not in processes.said()


def all_arrived(sending: Sending, killed: Killed) -> None:
    """Canvas shows each outcome once in one folder; report and records say just that."""
    with sending.school.house() as house:
        report = sending.report(house)
        with house.use_cases.units()(write=False) as unit:
            known = unit.publications.of_site(report.run.site_id)
        proof = house.use_cases.verify_audit()()
    assert sending.shown() == sending.expected()
    assert len(sending.folders()) == 1
    assert sending.calls["uploads"] == killed.uploads
    assert sending.calls["added"] == (0 if killed.uploads else len(killed.slos))
    assert (report.run.state, report.run.reason) == (RunState.DONE, "")
    assert {line.item.state for line in report.lines} == {ItemState.DONE}
    assert [one for one in report.uploads if one.import_ref and not one.settled] == []
    assert report.reached == report.total
    assert sorted(one.guid for one in known if one.live) == sorted(sending.expected())
    assert proof.broken_at is None
