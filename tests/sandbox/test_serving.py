"""The program on a port: it starts, refuses plainly, and goes when it should."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from sandbox.canvas.__main__ import main
from sandbox.canvas.app import Canvas
from sandbox.canvas.seed import Seed, read_seed
from sandbox.canvas.serving import free_port, running, until_listening
from tests.sandbox.college import a_seed

Started = tuple[subprocess.Popen[bytes], int]


@pytest.fixture
def seed_file(tmp_path: Path) -> Path:
    path = tmp_path / "seed.json"
    path.write_bytes(msgspec.json.encode(a_seed()))
    return path


@pytest.fixture
def started(seed_file: Path) -> Iterator[Started]:
    port = free_port("127.0.0.1")
    command = [sys.executable, "-m", "sandbox.canvas", "--seed", str(seed_file)]
    program = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE)
    until_listening("127.0.0.1", port)
    yield program, port
    program.kill()
    program.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(started: Started, number: signal.Signals) -> None:
    program, port = started
    assert httpx.get(f"http://127.0.0.1:{port}/login").status_code == 200
    program.send_signal(number)
    _, said = program.communicate(timeout=20)
    assert (program.returncode, said) == (0, b"")


def test_it_goes_with_its_parent(seed_file: Path) -> None:
    """A parent that starts it and dies at once; its end closes the pipe that it holds."""
    port = free_port("127.0.0.1")
    parent = (
        "import os, subprocess, sys\n"
        f"command = [sys.executable, '-m', 'sandbox.canvas', '--seed', {str(seed_file)!r},"
        f" '--port', '{port}', '--parent-pid', str(os.getpid())]\n"
        "subprocess.Popen(command)\n"
    )
    subprocess.run([sys.executable, "-c", parent], stdout=subprocess.PIPE, check=True, timeout=60)
    assert free_port("127.0.0.1", port) == port


def test_a_busy_port_is_one_sentence(seed_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--seed", str(seed_file), "--port", str(port)]) == 2
    assert capsys.readouterr().err == (
        f"Port {port} of 127.0.0.1 is in use. Choose another one with --port.\n"
    )


@pytest.mark.parametrize(
    ("content", "named"),
    [("{", "truncated"), ('{"host": "http://x"}', "root_account"), ('{"hots": 1}', "hots")],
)
def test_a_wrong_seed_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, named: str
) -> None:
    path = tmp_path / "seed.json"
    path.write_text(content)
    assert main(["--seed", str(path), "--port", "0"]) == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.count("\n") == 1


def test_a_missing_seed_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", str(tmp_path / "none.json"), "--port", "0"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_seed_reads_back_as_it_was_written(seed_file: Path) -> None:
    assert read_seed(seed_file) == a_seed()
    assert isinstance(read_seed(seed_file), Seed)


def test_a_given_chance_makes_the_same_tokens() -> None:
    one, two = Canvas(a_seed(), seed_chance=1), Canvas(a_seed(), seed_chance=1)
    assert one.token_for(10) == two.token_for(10)
    assert one.token_for(10) == one.token_for(10)
    assert Canvas(a_seed(), seed_chance=2).token_for(10) != one.token_for(10)


def test_real_connections_are_served_in_a_thread() -> None:
    canvas = Canvas(a_seed())
    with running(canvas) as url:
        assert httpx.get(f"{url}/api/v1/users/self").status_code == 401
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/login")
