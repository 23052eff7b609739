"""DLAs and self-assessments, as programs of teachers and of students meet them."""

from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.ids import PersonId, RowId, SectionAssessmentId, SectionId
from domain.self_assessment import OwnScore
from tests.builders import a_dla, a_score, a_self_assessment, an_assigned_dla
from tests.http.api_house import ApiHouse, Program, api_house
from tests.stand_ins import NOON, FixedClock

GIVEN, MINE = "/assigned-dlas/assigned-thesis-ana", (
    "/section-assessments/work-essay/self-assessment"
)  # fmt: skip
CLASS = "/section-assessments/work-essay/self-assessments"
WEB = [{"address": "https://example.edu/draft", "label": "Draft"}]


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    """`tess` made a DLA that Ana and Ben have; `hugo` one that Zoe has."""
    made = api_house(memory_units, memory_jobs, clock)
    hugo, there = PersonId("person-hugo"), SectionId("section-hist1-01")
    with made.house.units() as unit:
        unit.dlas.save(a_dla())
        unit.dlas.save(a_dla("past", owner_id=hugo))
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


def change(program: Program, method: str, path: str, body: object, seen: str = "") -> int:
    etag = program.get(seen or path).headers["etag"]
    return program.send(method, path, body, if_match=etag).status_code


def ids(program: Program, path: str) -> list[str]:
    return [one["id"] for one in program.get(path).json()["items"]]


class TestDlas:
    def test_everybody_sees_their_own(self, house: ApiHouse, tess: Program, ana: Program) -> None:
        assert ids(tess, "/dlas") == ["dla-thesis"]
        assert ids(tess, "/assigned-dlas") == ["assigned-thesis-ana", "assigned-thesis-ben"]
        assert ids(tess, "/assigned-dlas?student=person-ben") == ["assigned-thesis-ben"]
        assert ids(ana, "/assigned-dlas") == ["assigned-thesis-ana"]
        assert ana.get("/dlas").status_code == 403
        steward = Program(tess.client, house.token("stew"))
        assert ids(steward, "/assigned-dlas") == []
        assert steward.get(GIVEN).status_code == 404

    def test_a_draft_is_the_students_alone(self, tess: Program, ana: Program) -> None:
        """Until it is handed in; returned, what is written next is a draft again."""
        assert change(ana, "PUT", GIVEN, {"text": "Half.", "links": WEB}) == 200
        assert (shown(ana), shown(tess)) == (("started", "Half.", 1), ("started", "", 0))

        assert change(ana, "PUT", GIVEN, {"text": "Whole.", "handIn": True}) == 200
        assert shown(tess) == ("handed in", "Whole.", 1)
        word = {"decision": "return", "word": "Shorter."}
        assert change(tess, "POST", f"{GIVEN}/decision", word, GIVEN) == 200
        assert shown(tess)[:2] == ("returned", "")
        assert ana.get(GIVEN).json()["word"] == "Shorter."

    def test_links_are_attached_each_once(self, tess: Program, ana: Program) -> None:
        both = [*WEB, {"address": "https://a.example/other", "label": ""}]
        assert change(ana, "PUT", GIVEN, {"text": "One.", "links": WEB}) == 200
        assert change(ana, "PUT", GIVEN, {"text": "Two.", "links": both}) == 200
        assert change(ana, "PUT", GIVEN, {"text": "Three."}) == 200
        assert ana.get(GIVEN).json()["links"] == both
        assert ana.get("/assigned-dlas").json()["items"][0]["links"] == both

        wrong = [{"address": "javascript:alert()"}]
        assert change(ana, "PUT", GIVEN, {"text": "x", "links": wrong}) == 422
        assert change(ana, "PUT", GIVEN, {"text": "Done.", "handIn": True}) == 200
        assert tess.get(GIVEN).json()["links"] == both
        assert change(ana, "PUT", GIVEN, {"text": "x", "links": WEB}) == 409

    def test_nothing_handed_in_is_not_decided(self, tess: Program) -> None:
        accept = {"decision": "accept"}
        assert change(tess, "POST", f"{GIVEN}/decision", accept, GIVEN) == 409

    def test_one_is_made_changed_and_assigned(self, tess: Program) -> None:
        wanted = {"title": "Sources", "instructions": "Find five.", "links": WEB}
        made = tess.send("POST", "/dlas", wanted)
        assert made.status_code == 201, made.text
        path = f"/dlas/{made.json()['id']}"
        assert made.json()["links"] == WEB

        assert change(tess, "PUT", path, {**wanted, "instructions": "Find ten."}) == 200
        to = {"sectionId": "section-engl101-01", "studentIds": ["person-ana"]}
        counts = [tess.send("POST", f"{path}/assignments", to).json() for _ in range(2)]
        assert counts == [{"assigned": 1, "already": 0}, {"assigned": 0, "already": 1}]

    @pytest.mark.parametrize(
        "to",
        [{"sectionId": "section-hist1-01", "studentIds": ["person-zoe"]},
         {"sectionId": "section-engl101-01", "studentIds": ["person-zoe"]}],
    )  # fmt: skip
    def test_nobody_elses_student_is_given_one(self, tess: Program, to: dict[str, object]) -> None:
        assert tess.send("POST", "/dlas/dla-thesis/assignments", to).status_code == 404

    def test_a_link_is_a_web_address(self, tess: Program) -> None:
        wanted = {"title": "X", "instructions": "X", "links": [{"address": "javascript:alert()"}]}
        assert tess.send("POST", "/dlas", wanted).status_code == 422


def shown(program: Program) -> tuple[str, str, int]:
    one = program.get(GIVEN).json()
    return one["state"], one["text"], len(one["links"])


class TestSelfAssessment:
    def test_a_student_scores_themself(self, ana: Program) -> None:
        assert ana.get(MINE).json()["version"] == 0
        row = row_of(ana)

        assert change(ana, "PUT", MINE, {"scores": [{"rowId": row, "value": "4"}]}) == 200
        given = {one["rowId"]: one["value"] for one in ana.get(MINE).json()["scores"]}
        assert given == {row: "4", "row-evidence": ""}
        assert change(ana, "PUT", MINE, {"scores": [], "submit": True}) == 422

    def test_a_teacher_sees_it_unswayed(self, house: ApiHouse, tess: Program, ana: Program) -> None:
        """Submitted ones, on rows that they decided; the note once that is all of them."""
        both = tuple(OwnScore(RowId(f"row-{row}"), "3") for row in ("thesis", "evidence"))
        with house.house.units() as unit:
            for key in ("ana", "ben"):
                own = a_self_assessment(key, scores=both, submitted_at=NOON, note="Hard.")
                unit.self_assessments.save(own)
            unit.commit()

        assert seen_by(tess) == {"person-ana": (["row-thesis"], ""), "person-ben": ([], "")}
        with house.house.units() as unit:
            unit.scores.save(a_score(row="evidence"))
            unit.commit()
        whole = (["row-thesis", "row-evidence"], "Hard.")
        assert seen_by(tess) == {"person-ana": whole, "person-ben": ([], "")}
        assert seen_by(ana) == {"person-ana": whole}

    def test_a_draft_is_the_students_alone(
        self, house: ApiHouse, tess: Program, ana: Program
    ) -> None:
        with house.house.units() as unit:
            unit.self_assessments.save(a_self_assessment(submitted_at=None))
            unit.commit()

        assert tess.get(CLASS).json()["items"] == []
        assert len(ana.get(CLASS).json()["items"]) == 1

    @pytest.mark.parametrize("key", ["stew", "rita", "cora", "eva"])
    def test_it_is_for_nobody_else(self, house: ApiHouse, tess: Program, key: str) -> None:
        other = Program(tess.client, house.token(key))
        assert other.get(CLASS).status_code in {403, 404}

    def test_release_ends_it(self, house: ApiHouse, ana: Program) -> None:
        row = row_of(ana)
        with house.house.units() as unit:
            work = unit.assessments.work(SectionAssessmentId("work-essay"))
            unit.assessments.save_work(work.released(NOON))
            unit.commit()

        assert change(ana, "PUT", MINE, {"scores": [{"rowId": row, "value": "4"}]}) == 409


def seen_by(program: Program) -> dict[str, tuple[list[str], str]]:
    found = program.get(CLASS).json()["items"]
    return {
        one["studentId"]: ([score["rowId"] for score in one["scores"]], one["note"])
        for one in found
    }


def row_of(program: Program) -> str:
    work = program.get("/section-assessments/work-essay").json()
    assessment = program.get(f"/assessments/{work['assessmentId']}").json()
    return str(assessment["rubric"]["criteria"][0]["id"])
