"""Evidence at the terminal: what is stored, what is past its date, what does not agree."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from domain.evidence import Evidence, StoredFile
from tests.cli.cli_house import Terminal
from tests.evidence_builders import WORK, a_link_as_evidence, evidence
from tests.stand_ins import NOON


async def content() -> AsyncIterator[bytes]:
    yield b"twelve bytes"


def given(terminal: Terminal, *pieces: Evidence, stored: bool = True) -> None:
    with terminal.units() as unit:
        for one in pieces:
            unit.evidence.save(one)
            if stored and one.file.key:
                asyncio.run(terminal.house.files.put(one.file.key, content()))
        unit.commit()


def test_a_list_names_no_person_and_no_file(terminal: Terminal) -> None:
    assert "No evidence is stored." in terminal.said("evidence", "list")
    given(terminal, evidence("draft"), a_link_as_evidence())

    said = terminal.said("evidence", "list")
    assert "12 bytes" in said
    assert "draft.pdf" not in said
    assert [one["kind"] for one in terminal.told("evidence", "list")] == ["file"]
    of_work = terminal.told("evidence", "list", "--work", WORK)
    assert sorted(one["kind"] for one in of_work) == ["file", "link"]
    assert "not there" in terminal.refused("evidence", "list", "--work", "x")


def test_what_is_past_its_date_goes_after_a_look(terminal: Terminal) -> None:
    yesterday = (NOON - timedelta(days=1)).date()
    given(terminal, evidence("old", keep_until=yesterday), evidence("new"))

    looked = terminal.said("evidence", "expire", "--dry-run")
    assert looked.strip() == "Would remove 1 pieces; 1 files, 12 bytes."
    assert len(terminal.told("evidence", "list")) == 2
    report = terminal.told("evidence", "expire")
    assert report == {"removed": 1, "files": 1, "size": 12}
    assert [one["id"] for one in terminal.told("evidence", "list")] == ["evidence-new"]
    assert terminal.told("evidence", "check")["missing"] == []


def test_what_does_not_agree_is_named(terminal: Terminal) -> None:
    given(terminal, evidence("there"))
    assert terminal.said("evidence", "check").strip() == "1 files, 12 bytes."

    given(terminal, evidence("lost", file=StoredFile("gone", "text/plain", 3, "")), stored=False)
    said = terminal.said("evidence", "check", code=5)
    assert "evidence-lost is missing in the store; bring it back from a backup." in said
