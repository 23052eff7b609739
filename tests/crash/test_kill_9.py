"""A send of 200 grades whose process is killed anywhere: every grade arrives, and no silence."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from application.ports.jobs import JobState
from application.queries.sending.send_report import SendReport
from domain.delivery import DeliveryState, SendState
from entrypoints.bootstrap import House
from tests.crash.processes import Processes, until
from tests.crash.school import School

SEND = ("scores", "send", "ENGL101-01", "ESSAY", "--as", "Ctess")
CALLS = 2
"""Bulk calls that 200 grades need, at 100 each."""


@dataclass(frozen=True, slots=True)
class Killed:
    """Where a worker died, and how it then stood.

    `canvas_held`: Canvas still has its bulk jobs queued when the worker dies. `canvas_went_on`:
    it works through them before another worker comes. `calls` are made in all.
    """

    point: str
    sent: int
    canvas_held: bool = False
    canvas_went_on: bool = False
    calls: int = CALLS

    def __str__(self) -> str:
        return f"{self.point}{' and Canvas went on' if self.canvas_went_on else ''}"


WORKERS = (
    Killed("before the progress id is stored", sent=0, canvas_held=True, calls=CALLS + 1),
    Killed("while polling", sent=0, canvas_held=True),
    Killed("before the read-back is stored", sent=0),
)
FURTHER = (
    Killed("before the call goes out", sent=0),
    Killed("before the progress id is stored", sent=0, canvas_held=True, canvas_went_on=True),
    Killed("before the send is closed", sent=200),
)
"""Seen on one database: what they ask is asked of Canvas and the rows alike."""


def the_report(school: School, house: House) -> SendReport:
    (report,) = school.reports(house)
    return report


def job_state(house: House, report: SendReport) -> JobState | None:
    job = house.jobs.view(report.send.job_id) if report.send.job_id else None
    return job.state if job else None


def work_until_done(school: School, processes: Processes) -> None:
    """Run the plain worker until nothing is left to do."""
    with school.house() as house, processes.working():
        until(lambda: not the_report(school, house).send.is_open, processes.said)
        report = the_report(school, house)
        until(lambda: job_state(house, report) is JobState.DONE, processes.said)
    assert "Traceback" not in processes.said()


def all_arrived(school: School, calls: int = CALLS) -> None:
    """Canvas shows every grade, the report says just that, and nothing is pending anywhere."""
    with school.house() as house:
        report = the_report(school, house)
        proof = house.use_cases.verify_audit()()
    assert school.shown() == school.expected()
    assert school.unfinished() == []
    assert {row.delivery.state for row in report.rows} == {DeliveryState.SENT}
    read_back = {row.delivery.user_ref: row.delivery.read_back for row in report.rows}
    assert read_back == {user: Decimal(grade) for user, grade in school.expected().items()}
    assert (report.send.state, report.send.reason) == (SendState.DONE, "")
    assert sum(school.posts.values()) == calls
    assert proof.broken_at is None


def test_a_decision_that_was_not_committed_never_was(
    large_school: School, processes: Processes
) -> None:
    processes.dies("before the decision is committed", *SEND)
    with large_school.house() as house:
        assert large_school.reports(house) == []
        assert house.jobs.recent() == []

    pressed_again = processes.run(*SEND)

    assert pressed_again.returncode == 0, pressed_again.stderr
    work_until_done(large_school, processes)
    all_arrived(large_school)


def test_a_decision_that_was_committed_is_carried_out(
    large_school: School, processes: Processes
) -> None:
    processes.dies("after the decision is committed", *SEND)
    with large_school.house() as house:
        report = the_report(large_school, house)
        assert report.counted(DeliveryState.PENDING) == large_school.size
        assert job_state(house, report) is JobState.QUEUED
    assert large_school.shown() == {}

    work_until_done(large_school, processes)

    all_arrived(large_school)


@pytest.mark.parametrize("killed", WORKERS, ids=str)
def test_the_next_worker_takes_up_what_a_killed_one_left(
    large_school: School, processes: Processes, killed: Killed
) -> None:
    dies_and_is_followed(large_school, processes, killed)


@pytest.mark.parametrize("killed", FURTHER, ids=str)
def test_wherever_else_it_was_killed(
    busy_school: School, processes: Processes, killed: Killed
) -> None:
    dies_and_is_followed(busy_school, processes, killed)


def dies_and_is_followed(school: School, processes: Processes, killed: Killed) -> None:
    canvas = school.canvas
    canvas.jobs.mode = "manual" if killed.canvas_held else "auto"
    school.press_send()
    processes.dies(killed.point, "worker")
    with school.house() as house:
        report = the_report(school, house)
        assert report.send.is_open
        assert report.counted(DeliveryState.SENT) == killed.sent
        assert job_state(house, report) is JobState.RUNNING
    if killed.canvas_went_on:
        canvas.run_jobs()
    canvas.jobs.mode = "auto"

    work_until_done(school, processes)

    all_arrived(school, killed.calls)
