"""From an empty database to a working college by the commands of the README alone."""

import json
import os
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.inbound.cli.parser import build
from entrypoints.cli import Installation, house
from sandbox.college import write_college

README = Path(__file__).parents[2] / "README.md"


def commands() -> list[list[str]]:
    """The lines of the block below *From nothing to a college*, without their `attain`."""
    text = README.read_text(encoding="utf-8")
    block = re.search(r"## From nothing to a college\n.*?```\n(.*?)```", text, re.DOTALL)
    assert block
    lines = [shlex.split(line) for line in block[1].splitlines()]
    assert {words[0] for words in lines} == {"attain"}
    return [words[1:] for words in lines]


def run(*words: str) -> Result:
    return CliRunner().invoke(build(house, Installation()), words)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_the_readme_makes_a_college(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTAIN_DATA_DIR", "data")
    if kind == "postgres":
        monkeypatch.setenv("ATTAIN_DATABASE_URL", request.getfixturevalue("postgres_url"))
    assert "ATTAIN_CONFIG" not in os.environ
    write_college(tmp_path / "college", datetime.now(UTC).date())

    for words in commands():
        done = run(*words)
        assert done.exit_code == 0, (words, done.output, done.stderr)

    told = {
        name: json.loads(run(*words, "--json").stdout)
        for name, words in {
            "calendar": ("calendar",),
            "people": ("person", "list", "--role", "data-steward"),
            "lti": ("lti", "status"),
            "loads": ("load", "runs"),
            "proof": ("audit", "verify"),
        }.items()
    }
    assert len(told["calendar"]) > 5
    assert "S1" in json.dumps(told["people"])
    assert told["lti"]["enabled"] is True
    assert [one["state"] for one in told["loads"]] == ["applied"]
    assert told["proof"]["broken_at"] is None


def test_the_same_again_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTAIN_DATA_DIR", "data")
    write_college(tmp_path / "college", datetime.now(UTC).date())
    making = [words for words in commands() if words[:2] != ["lti", "key"]]
    for words in making:
        run(*words)
    before = json.loads(run("audit", "--json").stdout)

    for words in making:
        assert run(*words).exit_code == 0, words

    again = json.loads(run("audit", "--json").stdout)[len(before) :]
    assert {entry["verb"] for entry in again} <= {"granted a role to", "made a sign-in link for"}
