"""`attain export`: everything of the college leaves whole, no secret does, and it loads again."""

import csv
import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from adapters.inbound.cli.parser import build
from adapters.outbound.persistence.dump import WITHHELD, exported_columns
from adapters.outbound.persistence.engine import open_engines
from adapters.outbound.persistence.tables.base import PREFIX
from adapters.outbound.persistence.tables.every import metadata
from entrypoints.bootstrap import upgrade_schema
from entrypoints.cli import Installation, house
from entrypoints.settings import load_settings
from sandbox.college import write_college

Attain = Callable[..., Any]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def attain(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: Any) -> Attain:
    """The command line of an installation with the sample college."""
    monkeypatch.setenv("ATTAIN_DATA_DIR", str(tmp_path / "data"))
    if request.param == "postgres":
        monkeypatch.setenv("ATTAIN_DATABASE_URL", request.getfixturevalue("postgres_url"))
    return at_work()


def at_work() -> Attain:
    """Commands in the environment as it is; the last one that asks for JSON gets it."""
    import os

    upgrade_schema(load_settings(os.environ))
    root = build(house, Installation())

    def run(*words: str) -> Any:
        done = CliRunner().invoke(root, words)
        assert done.exit_code == 0, (words, done.output, done.exception)
        return json.loads(done.stdout) if "--json" in words else done.stdout

    return run


def furnish(attain: Attain, folder: Path) -> None:
    write_college(folder, date(2026, 9, 14))
    attain("load", "oneroster", str(folder / "oneroster"))
    attain("slo", "import", str(folder / "slos.json"))
    attain("assessment", "import", str(folder / "assessments.json"))
    attain("lti", "key", "new", "--key", "canvas", "--secret", "hush-hush")


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


def test_all_records_leave_and_no_secret(attain: Attain, tmp_path: Path) -> None:
    furnish(attain, tmp_path / "college")
    told = {one["file"]: one["rows"] for one in attain("export", str(tmp_path / "out"), "--json")}

    tables = tmp_path / "out" / "tables"
    assert told["tables/person.csv"] == len(rows(tables / "person.csv")) > 10
    assert rows(tables / "scale.csv")[0]["levels"].startswith("[{")
    assert rows(tables / "audit_entry.csv")[0]["verb"] == "loaded roster"
    written = b"".join(file.read_bytes() for file in (tmp_path / "out").rglob("*.csv"))
    assert b"hush-hush" not in written
    assert "secret" not in rows(tables / "consumer_key.csv")[0]
    assert oct((tmp_path / "out").stat().st_mode)[-3:] == "700"
    assert attain("audit", "--json")[-1]["verb"] == "exported"


def test_the_roster_loads_again_to_the_same_state(
    attain: Attain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(attain, tmp_path / "college")
    attain("export", str(tmp_path / "out"))

    again = attain("load", "oneroster", str(tmp_path / "out" / "oneroster"), "--dry-run", "--json")
    assert [(c["added"], c["changed"], c["ended"]) for c in again["counts"]] == [(0, 0, 0)] * 6
    assert {one["severity"] for one in again["errors"]} == {"warning"}

    monkeypatch.setenv("ATTAIN_DATA_DIR", str(tmp_path / "other"))
    monkeypatch.setenv("ATTAIN_DATABASE_URL", f"sqlite:///{tmp_path}/other.db")
    other = at_work()
    other("load", "oneroster", str(tmp_path / "out" / "oneroster"))
    other("export", str(tmp_path / "second"))
    for file in sorted((tmp_path / "out" / "oneroster").iterdir()):
        first, second = (set(f.read_text().splitlines()) for f in (
            file, tmp_path / "second" / "oneroster" / file.name))  # fmt: skip
        assert first == second, file.name


def test_a_folder_that_holds_something_is_left_alone(attain: Attain, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    done = CliRunner().invoke(build(house, Installation()), ("export", str(tmp_path)))
    assert done.exit_code == 3
    assert "name a new folder" in done.stderr


def test_every_table_is_exported_or_withheld_for_a_reason() -> None:
    known = {name.removeprefix(PREFIX) for name in metadata.tables}
    assert known == exported_columns().keys() | WITHHELD.keys()


def test_what_is_backed_up_can_be_put_in_place_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The restore of docs/operate.md, to the letter: copy, keys, upgrade, check."""
    monkeypatch.setenv("ATTAIN_DATA_DIR", str(tmp_path / "data"))
    attain = at_work()
    furnish(attain, tmp_path / "college")
    before = attain("audit", "--json")
    attain("db", "backup", str(tmp_path / "copy.db"))
    attain("lti", "enable")

    restored = tmp_path / "restored"
    restored.mkdir()
    (tmp_path / "copy.db").rename(restored / "attain.db")
    (tmp_path / "data" / "secret-keys").rename(restored / "secret-keys")
    monkeypatch.setenv("ATTAIN_DATA_DIR", str(restored))
    attain = at_work()

    assert attain("db", "check", "--json") == {"current": True, "differences": []}
    assert attain("audit", "--json") == before
    assert "whole" in attain("audit", "verify")
    told = attain("lti", "key", "show", "canvas", "--secret", "--json")
    assert told["secret"] == "hush-hush"
    with closing(open_engines(f"sqlite:///{restored}/attain.db")) as engines:
        connection = engines.reader.connect()
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        connection.close()
