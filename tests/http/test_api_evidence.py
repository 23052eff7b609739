"""Evidence, as programs list it, open it and bring links."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.evidence.add_evidence import AddFileCommand
from application.viewers import Viewer
from domain.access import Role
from domain.evaluation import Evaluator, Scoring
from domain.evidence import EvidenceSource, EvidenceTarget, ScanState
from domain.ids import PersonId
from tests.evidence_builders import OF_ANA, WORK, evidence
from tests.http.api_house import ApiHouse, Program
from tests.http.whole import WholeHouse
from tests.improvement_builders import an_action_plan
from tests.stand_ins import NOON, FixedClock

OF_WORK, TESS = "/section-assessments/work-essay/evidence", PersonId("person-tess")
URL = {"url": "https://example.edu/essay", "title": "Essay"}


@pytest.fixture
def house(
    memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock, tmp_path: Path
) -> ApiHouse:
    """Ana brought a draft, `tess` a note on her and samples of the section."""
    whole = WholeHouse(memory_units, memory_jobs, clock, data_dir=str(tmp_path))
    made = ApiHouse(whole)
    faculty = {"owner_id": TESS, "source": EvidenceSource.FACULTY}
    with whole.units() as unit:
        unit.evidence.save(evidence())
        unit.evidence.save(evidence("note", **faculty))
        unit.evidence.save(evidence("samples", target=EvidenceTarget.work(WORK), **faculty))
        unit.evidence.save(
            evidence("bens", target=EvidenceTarget.result(WORK, PersonId("person-ben")),
                     owner_id=PersonId("person-ben"), scan=ScanState.WAITING)
        )  # fmt: skip
        unit.action_plans.save(an_action_plan())
        unit.commit()
    return made


@pytest.fixture
def tess(house: ApiHouse) -> Iterator[Program]:
    with house.program("tess") as program:
        yield program


@pytest.fixture
def ana(tess: Program, house: ApiHouse) -> Program:
    return Program(tess.client, house.token("ana"))


def ids(program: Program, path: str = OF_WORK) -> set[str]:
    return {one["id"].removeprefix("evidence-") for one in program.get(path).json()["items"]}


def test_everybody_sees_what_pages_show(tess: Program, ana: Program) -> None:
    """A teacher's note on a student is theirs once results are released."""
    assert ids(tess) == {"draft", "note", "samples", "bens"}
    assert ids(ana) == {"draft"}
    assert ana.get("/evidence/evidence-note").status_code == 404
    assert ana.get("/evidence/evidence-bens").status_code == 404


@pytest.mark.parametrize("key", ["stew", "cora", "rita", "eva"])
def test_nobody_else_sees_any(house: ApiHouse, tess: Program, key: str) -> None:
    other = Program(tess.client, house.token(key))

    paths = (OF_WORK, "/evidence/evidence-draft", "/evidence/evidence-draft/file")
    assert [other.get(path).status_code for path in paths] == [404] * 3


@pytest.mark.parametrize("hides", [True, False])
def test_evaluators_look_at_it_on_pages(house: ApiHouse, tess: Program, *, hides: bool) -> None:
    """There titles, addresses and ids of students are left out where names are hidden."""
    with house.house.units() as unit:
        unit.evaluations.save_evaluator(
            Evaluator(WORK, PersonId("person-eva"), Scoring.RECORD, hides, "seed",
                      (PersonId("person-ana"), PersonId("person-ben")), "person-tess", NOON,
                      None, 0)
        )  # fmt: skip
        unit.commit()
    eva = Program(tess.client, house.token("eva"))

    for key in ("draft", "samples"):
        assert eva.get(f"/evidence/evidence-{key}").status_code == 404
    assert eva.get(OF_WORK).status_code == 404


@pytest.mark.anyio
async def test_a_file_goes_out_as_it_came(house: ApiHouse, tess: Program) -> None:
    async def blocks() -> object:
        yield b"%PDF-1.7 an essay"

    made = await house.house.use_cases.add_file()(
        AddFileCommand(
            Viewer(PersonId("person-ana"), Role.STUDENT),
            OF_ANA,
            "Essay.pdf",
            blocks(),  # type: ignore[arg-type]
        )
    )
    path = f"/evidence/{made.id}"

    answer = tess.get(f"{path}/file", accept="application/pdf")

    assert (answer.status_code, answer.content) == (200, b"%PDF-1.7 an essay")
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="Essay.pdf"' in answer.headers["content-disposition"]
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert tess.get(path).json()["size"] == len(answer.content)


def test_what_waits_for_its_scan_is_not_opened(tess: Program) -> None:
    assert tess.get("/evidence/evidence-bens").json()["openable"] is False
    assert tess.get("/evidence/evidence-bens/file").status_code == 404


def test_links_are_brought_where_one_has_a_part(tess: Program, ana: Program) -> None:
    made = tess.send("POST", OF_WORK, {**URL, "studentId": "person-ben"})
    own = ana.send("POST", OF_WORK, URL)

    assert (made.status_code, made.json()["studentId"]) == (201, "person-ben")
    assert (own.status_code, own.json()["studentId"]) == (201, "person-ana")
    assert tess.send("POST", OF_WORK, URL).json()["about"] == "section"
    assert tess.send("POST", OF_WORK, {**URL, "studentId": "person-zoe"}).status_code == 404
    assert ana.send("POST", OF_WORK, {**URL, "studentId": "person-ben"}).status_code == 404
    assert tess.send("POST", OF_WORK, {"url": "javascript:alert()"}).status_code == 422


def test_a_plan_has_its_own(house: ApiHouse, tess: Program) -> None:
    path = "/action-plans/action-plan-thesis/evidence"
    made = tess.send("POST", path, URL)
    cora = Program(tess.client, house.token("cora"))

    assert (made.status_code, made.json()["actionPlanId"]) == (201, "action-plan-thesis")
    assert [one["title"] for one in cora.get(path).json()["items"]] == ["Essay"]


def test_words_and_state_change_with_what_was_seen(tess: Program, ana: Program) -> None:
    path = "/evidence/evidence-note"
    seen = tess.get(path).headers["etag"]

    changed = tess.send("PUT", path, {"title": "Remarks.pdf"}, if_match=seen)
    assert (changed.status_code, changed.json()["title"]) == (200, "Remarks.pdf")
    retired = {"state": "retired"}
    assert tess.send("PUT", f"{path}/state", retired, if_match=seen).status_code == 412
    seen = changed.headers["etag"]
    gone = tess.send("PUT", f"{path}/state", retired, if_match=seen)
    assert gone.json()["state"] == "retired"
    kept = tess.send("PUT", f"{path}/state", {"state": "kept"}, if_match=gone.headers["etag"])
    assert kept.json()["state"] == "kept"
    draft = tess.get("/evidence/evidence-draft")
    words = tess.send("PUT", "/evidence/evidence-draft", {"title": "X"},
                      if_match=draft.headers["etag"])  # fmt: skip
    assert words.status_code == 403
