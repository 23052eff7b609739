"""Files that programs bring as evidence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.api_token import TokenScope
from tests.evidence_files import PDF
from tests.http.api_house import ApiHouse, Program
from tests.http.whole import WholeHouse
from tests.improvement_builders import an_action_plan
from tests.stand_ins import FixedClock

OF_WORK = "/section-assessments/work-essay/evidence"
OF_PLAN = "/action-plans/action-plan-thesis/evidence"


@pytest.fixture
def house(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> ApiHouse:
    made = ApiHouse(WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path)))
    with made.house.units() as unit:
        unit.action_plans.save(an_action_plan())
        unit.commit()
    return made


@pytest.fixture
def tess(house: ApiHouse) -> Iterator[Program]:
    with house.program("tess") as program:
        yield program


def bring(
    program: Program, path: str, content: bytes = PDF, name: str = "Essay.pdf", **fields: str
) -> Response:
    return program.client.post(
        f"/api/v1{path}/files",
        data=fields,
        files={"file": (name, content)},
        headers={"authorization": f"Bearer {program.token}"},
    )


def test_a_file_is_brought_where_one_has_a_part(house: ApiHouse, tess: Program) -> None:
    ana = Program(tess.client, house.token("ana"))
    made = bring(tess, OF_WORK, studentId="person-ben", description="A draft")
    own = bring(ana, OF_WORK)

    assert made.status_code == 201, made.text
    one = made.json()
    assert (one["title"], one["mediaType"], one["size"]) == (
        "Essay.pdf",
        "application/pdf",
        len(PDF),
    )
    assert (one["studentId"], one["description"]) == ("person-ben", "A draft")
    assert made.headers["location"].endswith(f"/evidence/{one['id']}")
    assert tess.get(f"/evidence/{one['id']}/file").content == PDF
    assert made.headers["etag"] == tess.get(f"/evidence/{one['id']}").headers["etag"]
    assert (own.status_code, own.json()["studentId"]) == (201, "person-ana")
    assert bring(tess, OF_WORK).json()["about"] == "section"
    assert bring(tess, OF_PLAN).json()["actionPlanId"] == "action-plan-thesis"


def test_nowhere_else(house: ApiHouse, tess: Program) -> None:
    ana, cora, rita = (Program(tess.client, house.token(key)) for key in ("ana", "cora", "rita"))
    reads = Program(tess.client, house.token("tess", TokenScope.READ))

    assert bring(tess, OF_WORK, studentId="person-zoe").status_code == 404
    assert bring(tess, "/section-assessments/work-quiz/evidence").status_code == 404
    assert bring(ana, OF_WORK, studentId="person-ben").status_code == 404
    assert bring(cora, OF_WORK).status_code == 404
    assert bring(rita, OF_PLAN).status_code == 403
    assert bring(reads, OF_WORK).status_code == 403
    assert tess.get(OF_WORK).json()["items"] == []


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"", "a.pdf", "empty"), (b"MZ\x90\x00\x03", "a.pdf", "kind is not taken")],
)
def test_what_pages_refuse_is_refused(tess: Program, content: bytes, name: str, said: str) -> None:
    answer = bring(tess, OF_WORK, content, name)

    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    (wrong,) = answer.json()["errors"]
    assert wrong["field"] == "file"
    assert said in wrong["cure"]
    assert tess.get(OF_WORK).json()["items"] == []


def test_a_form_without_a_file_and_no_form_at_all_are_named(tess: Program) -> None:
    headers = {"authorization": f"Bearer {tess.token}"}
    url = f"/api/v1{OF_WORK}/files"
    bare = tess.client.post(url, data={"description": "x"}, files={"other": b"x"}, headers=headers)
    text = tess.client.post(url, data={"file": "x"}, files={"x": b""}, headers=headers)
    json = tess.send("POST", f"{OF_WORK}/files", {"file": "x"})

    assert [one.status_code for one in (bare, text, json)] == [422, 422, 415]


def test_where_there_is_as_much_as_is_taken_the_next_is_refused(
    house: ApiHouse, tess: Program
) -> None:
    limit = house.house.use_cases.add_file().limits.files
    url = {"url": "https://example.edu/"}
    for number in range(limit):
        assert tess.send("POST", OF_WORK, {**url, "title": str(number)}).status_code == 201
    assert bring(tess, OF_WORK).status_code == 409
