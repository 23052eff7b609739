"""`attain demo` as a program sees it: one JSON line, everything up, a clean stop."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

PATIENCE = 90


@pytest.fixture(scope="module")
def process() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "entrypoints.cli", "demo", "--json", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


@pytest.fixture(scope="module")
def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line: dict[str, Any] = json.loads(process.stdout.readline())
    return line


def test_the_first_line_says_all_that_a_script_needs(told: dict[str, Any]) -> None:
    wanted = {
        "attain", "canvas", "consumer_key", "shared_secret", "people", "courses", "assignments",
    }  # fmt: skip
    assert wanted <= told.keys()
    assert {"login", "role", "name", "canvas_token"} <= told["people"][0].keys()
    assert {"course_id", "id", "name"} <= told["assignments"][0].keys()
    assert {one["role"] for one in told["people"]} >= {"teacher", "student", "admin"}


def test_both_sides_answer(told: dict[str, Any]) -> None:
    assert httpx.get(f"{told['attain']}/health/ready").text == "ready\n"
    teacher = next(one for one in told["people"] if one["role"] == "teacher")
    bearer = {"Authorization": f"Bearer {teacher['canvas_token']}"}
    me = httpx.get(f"{told['canvas']}/api/v1/users/self", headers=bearer)
    assert me.json()["name"] == teacher["name"]


def test_ctrl_c_stops_everything(process: subprocess.Popen[str], told: dict[str, Any]) -> None:
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    for address in (told["attain"], told["canvas"]):
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)
