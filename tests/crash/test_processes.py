"""The server as processes: the main job through it, and how it starts, stops and mends itself."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.crash.browsing import Visitor, a_change, visiting
from tests.crash.processes import Processes, children_of, until
from tests.crash.school import ROWS, WORK, School, level_of
from tests.crash.serving import Serving, serving

OLD_SCHEMA = "The database schema is not current. Run `attain db upgrade` first.\n"


def enter(visitor: Visitor) -> None:
    """From the launch to the linked assessment."""
    assert visitor.launch() == "/authorise"
    assert visitor.authorise() == "/assessments"
    assert visitor.link() == f"/works/{WORK}/rubric"


def score_everybody(visitor: Visitor) -> None:
    for number, student in enumerate(visitor.school.students):
        answer = visitor.save(*(a_change(student, row, str(level_of(number))) for row in ROWS))
        assert [cell["state"] for cell in answer.json()["cells"]] == ["saved"] * len(ROWS)


def until_sent(visitor: Visitor, report: str, served: Serving) -> None:
    until(lambda: not visitor.state_of(report)["open"], served.processes.said)
    assert visitor.state_of(report)["settled"] == visitor.school.size


def test_two_web_workers_and_a_job_worker_do_the_main_job(
    small_school: School, processes: Processes
) -> None:
    with serving(small_school, processes) as served, visiting(small_school) as visitor:
        enter(visitor)
        score_everybody(visitor)
        report = visitor.send()
        until_sent(visitor, report, served)
    assert small_school.shown() == small_school.expected()


def test_a_killed_job_worker_is_started_again_and_goes_on(
    ready_school: School, processes: Processes
) -> None:
    canvas = ready_school.canvas
    canvas.jobs.mode = "manual"
    with serving(ready_school, processes) as served, visiting(ready_school) as visitor:
        visitor.launch()
        report = visitor.send()
        until(lambda: visitor.state_of(report)["posting"], processes.said)
        killed = served.job_worker()
        assert killed
        os.kill(killed.pid, signal.SIGKILL)
        until(lambda: killed.is_gone and served.job_worker(), processes.said)
        canvas.jobs.mode = "auto"
        until_sent(visitor, report, served)
    assert ready_school.shown() == ready_school.expected()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_and_twice_is_harmless(
    ready_school: School, processes: Processes, number: signal.Signals
) -> None:
    with serving(ready_school, processes) as served:
        children = served.children()
        served.parent.send_signal(number)
        served.parent.send_signal(number)
        served.parent.wait()
        assert served.parent.returncode == 0
        assert [child for child in children if not child.is_gone] == []
    assert "Traceback" not in processes.said()


def test_a_signal_while_it_starts_stops_everything(
    ready_school: School, processes: Processes
) -> None:
    with processes.running("serve", "--port", str(ready_school.attain_port)) as parent:
        served = Serving(parent, processes)
        until(served.web_workers, processes.said)
        children = served.children()
        parent.terminate()
        until(lambda: parent.poll() is not None, processes.said)
        served.until_gone(children)


def test_no_child_outlives_a_killed_parent(ready_school: School, processes: Processes) -> None:
    with serving(ready_school, processes) as served:
        children = served.children()
        served.parent.kill()
        served.parent.wait()
        served.until_gone(children)


def test_no_child_outlives_a_parent_killed_while_it_starts(
    ready_school: School, processes: Processes
) -> None:
    with processes.running("serve", "--port", str(ready_school.attain_port)) as parent:
        until(lambda: children_of(parent.pid), processes.said)
        served, children = Serving(parent, processes), children_of(parent.pid)
        parent.kill()
        parent.wait()
        served.until_gone(children)


def test_a_busy_port_is_told_in_one_sentence(ready_school: School, processes: Processes) -> None:
    port = ready_school.attain_port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused = processes.run("serve", "--port", str(port))
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == (
        f"Port {port} on 127.0.0.1 is taken. Stop what uses it, or choose another with --port.\n"
    )


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize("with_tables", [False, True], ids=["no tables", "no job tables"])
def test_an_old_schema_is_told_in_one_sentence(
    request: pytest.FixtureRequest, tmp_path: Path, command: str, with_tables: bool
) -> None:
    url = request.getfixturevalue("sqlite_url") if with_tables else f"sqlite:///{tmp_path}/none.db"
    refused = in_place(tmp_path, ATTAIN_DATABASE_URL=url).run(command)
    assert (refused.returncode, refused.stdout, refused.stderr) == (3, "", OLD_SCHEMA)


@pytest.mark.postgres
def test_an_empty_postgresql_database_is_told_in_one_sentence(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    refused = in_place(tmp_path, ATTAIN_DATABASE_URL=empty_postgres_url).run("serve")
    assert (refused.returncode, refused.stdout, refused.stderr) == (3, "", OLD_SCHEMA)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ATTAIN_JOB_CONCURRENCY", "many"), ("ATTAIN_BASE_URL", "attain"), ("ATTAIN_COLOUR", "red")],
)
def test_a_bad_setting_is_told_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    refused = in_place(tmp_path, **{name: value}).run("serve")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(name)
    assert refused.stderr.count("\n") == 1


def in_place(folder: Path, **settings: str) -> Processes:
    """Commands with these settings and a folder of their own."""
    inherited = {name: value for name, value in os.environ.items() if "ATTAIN_" not in name}
    return Processes({**inherited, "ATTAIN_DATA_DIR": str(folder), **settings}, folder / "log")
