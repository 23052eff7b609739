"""What a process does without until it is needed: each costs seconds or megabytes."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from entrypoints.bootstrap import upgrade_schema
from entrypoints.settings import load_settings
from sandbox.college import write_college

OTHERS = ("alembic", "dbos", "psycopg", "sandbox", "sqlalchemy.orm")
"""What neither a command nor a web process needs before it is asked for something of it."""
WEB = ("adapters.inbound.http", "granian", "jinja2", "litestar")
LMS = ("adapters.outbound.canvas", "httpx")
SECRETS = ("argon2", "cryptography", "jwt")
FILES = ("obstore", "openpyxl", "typst", "xlsxwriter")
REPORTS = ("application.reports", "adapters.outbound.persistence.summaries.results")

LOADED = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
"""


def loaded_by(program: str, data: Path) -> set[str]:
    """Every module that is there when the program has ended well."""
    outside = {name: value for name, value in os.environ.items() if "ATTAIN_" not in name}
    done = subprocess.run(
        [sys.executable, "-c", LOADED + program],
        env={**outside, "ATTAIN_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def by_command(data: Path, *words: str) -> set[str]:
    argv = ["attain", *words]
    return loaded_by(f"from entrypoints.cli import main; sys.argv = {argv!r}; main()", data)


def of(rooms: tuple[str, ...], loaded: set[str]) -> list[str]:
    """Those that are in one of the rooms, by the beginning of their names."""
    return sorted(
        name for name in loaded if any(f"{name}.".startswith(f"{room}.") for room in rooms)
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation with nothing in it."""
    folder = tmp_path_factory.mktemp("data")
    upgrade_schema(load_settings({"ATTAIN_DATA_DIR": str(folder)}))
    return folder


def test_a_web_process_starts_without_what_only_others_need(data: Path) -> None:
    assert of(OTHERS, loaded_by("import entrypoints.http", data)) == []


def test_the_help_opens_no_house(data: Path) -> None:
    loaded = by_command(data, "--help")

    assert of(("sqlalchemy", "dependency_injector", *WEB), loaded) == []


def test_a_command_enters_its_own_rooms_only(data: Path) -> None:
    loaded = by_command(data, "section", "list")

    assert "application.queries.rosters.section_register" in loaded
    assert of((*WEB, *LMS, *SECRETS, *FILES, *OTHERS, *REPORTS), loaded) == []
    assert len(of(("application.use_cases", "application.queries"), loaded)) < 20


def test_a_roster_is_loaded_without_what_is_done_with_it_later(data: Path, tmp_path: Path) -> None:
    write_college(tmp_path, date(2026, 9, 14))

    loaded = by_command(data, "load", "oneroster", str(tmp_path / "oneroster"))

    assert "application.use_cases.rosters.load_roster" in loaded
    assert of((*WEB, *LMS, *SECRETS, *FILES, *OTHERS, *REPORTS), loaded) == []
