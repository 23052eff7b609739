"""Action plans, requests for information and their reports, as programs work with them."""

from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.api_token import TokenScope
from domain.ids import OrgId, SectionId
from domain.improvement.action_plan import ActionPlanState, OwnerKind, PlanOwner
from tests.http.api_house import ApiHouse, Program, api_house
from tests.improvement_builders import an_action_plan, an_ask, an_rfi
from tests.stand_ins import FixedClock

PLAN, HISTORY = "/action-plans/action-plan-thesis", OrgId("org-history")
GIVEN = [{"questionId": "q1", "text": "More drafts."}]


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    """A plan and a request of English, and of history."""
    made = api_house(memory_units, memory_jobs, clock)
    there = PlanOwner(OwnerKind.SECTION, SectionId("section-hist1-01"))
    with made.house.units() as unit:
        unit.action_plans.save(an_action_plan())
        unit.action_plans.save(
            an_action_plan("done", state=ActionPlanState.FOLLOWED_UP, asked_ids=())
        )
        unit.action_plans.save(an_action_plan("past", owner=there, org_id=HISTORY))
        unit.rfis.save(an_rfi())
        unit.rfis.save(an_rfi("past", org_id=HISTORY))
        unit.rfis.save_asks([an_ask("tess"), an_ask("hugo"), an_ask("hugo", "past")])
        unit.commit()
    return made


@pytest.fixture
def cora(house: ApiHouse) -> Iterator[Program]:
    with house.program("cora") as program:
        yield program


@pytest.fixture
def tess(cora: Program, house: ApiHouse) -> Program:
    return Program(cora.client, house.token("tess"))


def change(program: Program, method: str, path: str, body: object, seen: str = "") -> int:
    """With the ETag of the record as it stands now, or of the record at `seen`."""
    etag = program.get(seen or path).headers["etag"]
    return program.send(method, path, body, if_match=etag).status_code


class TestActionPlans:
    def test_coordinators_read_those_of_their_orgs(self, cora: Program) -> None:
        (first, second) = cora.get("/action-plans").json()["items"]

        assert [first["id"], second["id"]] == ["action-plan-done", "action-plan-thesis"]
        assert second["owner"] == {"kind": "section", "id": "section-engl101-01"}
        assert [one["id"] for one in second["questions"]] == ["q1", "q2"]

    def test_filters_and_pages_hold_together(self, cora: Program) -> None:
        page = cora.get("/action-plans?limit=1&owner=section-engl101-01").json()
        rest = cora.get(page["next"].removeprefix("https://tool.test/api/v1")).json()

        assert [one["id"] for one in page["items"] + rest["items"]] == [
            "action-plan-done", "action-plan-thesis",
        ]  # fmt: skip
        assert rest["next"] is None
        one_state = cora.get("/action-plans?state=followed%20up").json()["items"]
        assert [one["id"] for one in one_state] == ["action-plan-done"]

    def test_a_cursor_of_another_list_is_named(self, cora: Program) -> None:
        answer = cora.get("/action-plans?cursor=WyJhIiwiYiJd")

        assert answer.json()["errors"][0]["field"] == "cursor"

    def test_a_plan_goes_from_the_question_to_the_work(self, cora: Program, tess: Program) -> None:
        """Written and handed in by faculty, sent back and approved by who keeps the org."""
        draft = {"answers": GIVEN, "who": "Tess", "byWhen": "2027-01-31", "submit": True}

        assert change(tess, "PUT", PLAN, draft) == 200
        assert change(tess, "POST", f"{PLAN}/moves", {"move": "approve"}, PLAN) == 409
        back = {"move": "send back", "note": "By whom?"}
        assert change(cora, "POST", f"{PLAN}/moves", back, PLAN) == 200
        assert change(tess, "PUT", PLAN, draft) == 200
        assert change(cora, "POST", f"{PLAN}/moves", {"move": "approve"}, PLAN) == 200
        plan = tess.get(PLAN).json()
        assert (plan["state"], plan["answers"][0]["text"]) == ("approved", "More drafts.")
        assert [step["by"] for step in plan["history"]][-1] == "person-cora"

    def test_nobody_writes_over_another(self, cora: Program, tess: Program) -> None:
        seen = tess.get(PLAN).headers["etag"]
        change(cora, "PUT", PLAN, {"who": "Cora"})

        assert tess.send("PUT", PLAN, {"who": "Tess"}, if_match=seen).status_code == 412
        assert tess.send("PUT", PLAN, {"who": "Tess"}).status_code == 428
        assert tess.get(PLAN).json()["who"] == "Cora"

    def test_what_is_missing_is_named(self, tess: Program) -> None:
        etag = tess.get(PLAN).headers["etag"]
        answer = tess.send("PUT", PLAN, {"submit": True}, if_match=etag)

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "q1"

    def test_one_is_asked_for_in_ones_own_orgs_only(self, cora: Program) -> None:
        asked = {"title": "Sources", "ownerKind": "course", "owner": "ENGL101",
                 "slos": ["slo-thesis"], "people": ["Ctess"]}  # fmt: skip
        answer = cora.send("POST", "/action-plans", asked)
        assert answer.status_code == 201, answer.text
        assert answer.headers["location"].endswith(answer.json()["id"])
        assert answer.json()["askedIds"] == ["person-tess"]

        assert cora.send("POST", "/action-plans", {**asked, "owner": "HIST1"}).status_code == 422

    def test_only_a_later_result_closes_the_loop(self, cora: Program) -> None:
        assert cora.get(f"{PLAN}/citable-results").json() == {"items": [], "next": None}
        cited = {"sloId": "slo-thesis", "sectionAssessmentId": "work-essay", "result": "Better."}
        assert change(cora, "POST", f"{PLAN}/follow-up", cited, PLAN) == 404

    def test_a_reading_token_moves_nothing(self, house: ApiHouse, cora: Program) -> None:
        reading = Program(cora.client, house.token("cora", TokenScope.READ))

        assert change(reading, "POST", f"{PLAN}/moves", {"move": "withdraw"}, PLAN) == 403
        assert reading.get(PLAN).json()["state"] == "requested"


class TestRequests:
    def test_they_are_their_orgs(self, cora: Program, tess: Program) -> None:
        assert [one["id"] for one in cora.get("/rfis").json()["items"]] == ["rfi-hours"]
        assert cora.get("/rfis/rfi-past").status_code == 404
        assert cora.get("/rfis/rfi-past/answers").status_code == 404
        assert tess.get("/rfis").status_code == 403

    def test_saved_answers_are_read_once_they_are_given(self, cora: Program, tess: Program) -> None:
        mine = "/rfi-asks/ask-hours-tess"
        assert [one["id"] for one in tess.get("/rfi-asks").json()["items"]] == ["ask-hours-tess"]

        assert change(tess, "PUT", mine, {"answers": GIVEN}) == 200
        assert told(cora)["ask-hours-tess"] == ("opened", [])
        assert change(tess, "PUT", mine, {"answers": GIVEN, "give": True}) == 200
        assert told(cora)["ask-hours-tess"] == ("answered", ["More drafts.", ""])
        assert told(cora)["ask-hours-hugo"] == ("sent", [])

    def test_another_persons_is_not_there(self, tess: Program) -> None:
        assert tess.get("/rfi-asks/ask-hours-hugo").status_code == 404

    def test_closed_nobody_answers(self, cora: Program, tess: Program) -> None:
        hours, mine = "/rfis/rfi-hours", "/rfi-asks/ask-hours-tess"
        assert change(cora, "PUT", f"{hours}/closed", {"closed": True}, hours) == 200
        assert change(tess, "PUT", mine, {"answers": GIVEN}) == 409
        assert change(cora, "PUT", f"{hours}/closed", {"closed": False}, hours) == 200
        assert change(tess, "PUT", mine, {"answers": GIVEN}) == 200

    def test_one_is_sent_with_its_questions(self, cora: Program, tess: Program) -> None:
        asked = {"title": "Labs", "dueAt": "2027-01-31T12:00:00Z", "people": ["Ctess"],
                 "questions": [{"prompt": "How many?", "kind": "number"}]}  # fmt: skip
        answer = cora.send("POST", "/rfis", {**asked, "org": "ENGL"})

        assert answer.status_code == 201, answer.text
        assert "Labs" in {one["title"] for one in tess.get("/rfi-asks").json()["items"]}
        wrong = {**asked, "org": "ENGL", "questions": [{"prompt": " ", "kind": "text"}]}
        assert cora.send("POST", "/rfis", wrong).json()["errors"][0]["field"] == "questions"


def told(program: Program) -> dict[str, tuple[str, list[str]]]:
    found = program.get("/rfis/rfi-hours/answers").json()["items"]
    return {one["id"]: (one["state"], [each["text"] for each in one["answers"]]) for one in found}


class TestReports:
    def test_improvement_counts_what_was_closed(self, cora: Program) -> None:
        report = cora.get("/reports/improvement").json()

        assert (report["term"], report["total"]["opened"]) == (None, 2)
        (line,) = report["lines"]
        assert line["states"] == {"requested": 1, "followed up": 1}
        assert (line["closed"], line["closedShare"]) == (1, "50.0")

    def test_agreement_says_what_is_withheld(self, cora: Program) -> None:
        report = cora.get("/reports/agreement").json()

        assert report["lines"] == []
        assert report["rules"]

    def test_a_strange_filter_is_named(self, cora: Program) -> None:
        answer = cora.get("/reports/improvement?org=HIST")

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "org"
