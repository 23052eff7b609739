"""Files that programs of students attach to DLAs, and what programs of teachers see of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.api_token import TokenScope
from domain.evidence import EvidenceState, ScanState
from domain.ids import EvidenceId, PersonId, SectionId
from tests.builders import a_dla, an_assigned_dla
from tests.evidence_files import PDF
from tests.http.api_house import ApiHouse, Program
from tests.http.test_api_evidence_files import bring
from tests.http.test_api_student_work import change, ids
from tests.http.whole import WholeHouse
from tests.stand_ins import FixedClock

GIVEN = "/assigned-dlas/assigned-thesis-ana"
FILES = f"{GIVEN}/evidence"
BENS, ZOES = "/assigned-dlas/assigned-thesis-ben", "/assigned-dlas/assigned-past-zoe"


@pytest.fixture
def house(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> ApiHouse:
    """`tess` made a DLA that Ana and Ben have; `hugo` one that Zoe has."""
    made = ApiHouse(WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path)))
    with made.house.units() as unit:
        unit.dlas.save(a_dla())
        unit.dlas.save(a_dla("past", owner_id=PersonId("person-hugo")))
        there = SectionId("section-hist1-01")
        zoes = an_assigned_dla("zoe", "past", section_id=there, work_id=None)
        unit.dlas.save_assigned([an_assigned_dla(), an_assigned_dla("ben"), zoes])
        unit.commit()
    return made


@pytest.fixture
def tess(house: ApiHouse) -> Iterator[Program]:
    with house.program("tess") as program:
        yield program


@pytest.fixture
def ana(tess: Program, house: ApiHouse) -> Program:
    return Program(tess.client, house.token("ana"))


def hand_in(ana: Program) -> None:
    assert change(ana, "PUT", GIVEN, {"text": "", "handIn": True}) == 200


def test_a_file_is_attached_and_starts_the_dla(tess: Program, ana: Program) -> None:
    made = bring(ana, FILES, description="Page one")
    assert made.status_code == 201, made.text
    one = made.json()
    assert (one["about"], one["assignedDlaId"], one["studentId"]) == (
        "DLA", "assigned-thesis-ana", "person-ana",
    )  # fmt: skip
    assert (one["title"], one["size"], one["description"], one["source"]) == (
        "Essay.pdf", len(PDF), "Page one", "student",
    )  # fmt: skip
    assert made.headers["location"].endswith(f"/evidence/{one['id']}")
    assert ana.get(f"/evidence/{one['id']}/file").content == PDF
    assert ana.get(GIVEN).json()["state"] == "started"


def test_its_teacher_sees_it_once_it_is_handed_in(
    house: ApiHouse, tess: Program, ana: Program
) -> None:
    key = bring(ana, FILES).json()["id"]
    assert (ids(ana, FILES), ids(tess, FILES)) == ([key], [])
    assert tess.get(f"/evidence/{key}/file").status_code == 404

    hand_in(ana)
    assert ids(tess, FILES) == [key]
    assert tess.get(f"/evidence/{key}/file").content == PDF

    word = {"decision": "return", "word": "Shorter."}
    assert change(tess, "POST", f"{GIVEN}/decision", word, GIVEN) == 200
    house.house.clock.advance(minutes=5)
    second = bring(ana, FILES).json()["id"]
    assert (ids(ana, FILES), ids(tess, FILES)) == ([key, second], [key])


def test_it_is_refused_while_the_dla_is_with_the_teacher(ana: Program) -> None:
    bring(ana, FILES)
    hand_in(ana)
    refused = bring(ana, FILES)
    assert (refused.status_code, "take it back" in refused.json()["detail"]) == (409, True)
    assert len(ids(ana, FILES)) == 1


def test_nobody_else_attaches_or_looks(house: ApiHouse, tess: Program, ana: Program) -> None:
    stew, cora = (Program(tess.client, house.token(key)) for key in ("stew", "cora"))
    reads = Program(tess.client, house.token("ana", TokenScope.READ))
    assert [bring(ana, f"{one}/evidence").status_code for one in (BENS, ZOES)] == [404, 404]
    assert [ana.get(f"{one}/evidence").status_code for one in (BENS, ZOES)] == [404, 404]
    assert tess.get(f"{ZOES}/evidence").status_code == 404
    assert [one.get(FILES).status_code for one in (stew, cora)] == [404, 404]
    assert [bring(one, FILES).status_code for one in (tess, stew, cora, reads)] == [403] * 4
    assert ids(ana, FILES) == []


def test_what_was_removed_is_no_longer_listed_for_anybody(
    house: ApiHouse, tess: Program, ana: Program
) -> None:
    key = bring(ana, FILES).json()["id"]
    hand_in(ana)
    with house.house.units() as unit:
        stored = unit.evidence.get(EvidenceId(key))
        unit.evidence.save(replace(stored, state=EvidenceState.REMOVED))
        unit.commit()
    assert (ids(ana, FILES), ids(tess, FILES)) == ([], [])


def test_a_file_that_is_being_scanned_is_listed_and_opens_for_nobody(
    house: ApiHouse, ana: Program
) -> None:
    key = bring(ana, FILES).json()["id"]
    with house.house.units() as unit:
        stored = unit.evidence.get(EvidenceId(key))
        unit.evidence.save(replace(stored, scan=ScanState.WAITING))
        unit.commit()
    (one,) = ana.get(FILES).json()["items"]
    assert (one["scan"], one["openable"]) == ("waiting", False)
    assert ana.get(f"/evidence/{key}/file").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "empty"), (b"MZ\x90\x00\x03", "kind is not taken")]
)
def test_what_the_page_refuses_is_refused(ana: Program, content: bytes, said: str) -> None:
    answer = bring(ana, FILES, content)
    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["field"]) == (422, "file")
    assert said in wrong["cure"]
    assert ana.get(GIVEN).json()["state"] == "assigned"


def test_there_is_no_room_for_more_than_the_limit(house: ApiHouse, ana: Program) -> None:
    limit = house.house.use_cases.add_file().limits.files
    links = [{"address": f"https://a.example/{n}", "label": ""} for n in range(limit)]
    for start in range(0, limit, 10):
        assert change(ana, "PUT", GIVEN, {"text": "", "links": links[: start + 10]}) == 200
    assert len(ids(ana, f"{FILES}?limit=200")) == limit
    assert bring(ana, FILES).status_code == 409
