"""A token reaches as far as its person's role: the orgs in which that role is held, no further.

`cora` coordinates English and also teaches a section of history; `rita` reads English.
"""

from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from domain.access import Role
from domain.ids import OrgId
from domain.rostering import EnrolmentRole
from tests.builders import a_role_grant, an_enrolment
from tests.http.api_house import HISTORY, ApiHouse, Program, api_house
from tests.improvement_builders import an_action_plan, an_rfi
from tests.stand_ins import FixedClock

ENGLISH = OrgId("org-english")
LISTS = ("sections", "slos", "assessments", "section-assessments", "links", "import-runs", "people",
         "enrolments", "action-plans", "rfis")  # fmt: skip
OF_HISTORY = {
    "section-hist1-01", "slo-past", "assessment-quiz", "work-quiz", "link-quiz", "import-two",
    "person-hugo", "person-zoe", "enrolment-hugo-hist1-01-teacher",
    "enrolment-zoe-hist1-01-student", "action-plan-past", "rfi-past",
}  # fmt: skip


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    made = api_house(memory_units, memory_jobs, clock)
    with made.house.units() as unit:
        teaches = an_enrolment("cora", "hist1-01", role=EnrolmentRole.TEACHER)
        unit.roster.put_enrolments([teaches])
        unit.directory.revoke(a_role_grant("rita", role=Role.READER))
        unit.roster.grant(a_role_grant("rita", role=Role.READER, org_id=ENGLISH))
        unit.action_plans.save(an_action_plan("past", org_id=HISTORY, asked_ids=()))
        unit.rfis.save(an_rfi("past", org_id=HISTORY))
        unit.commit()
    return made


@pytest.fixture
def cora(house: ApiHouse) -> Iterator[Program]:
    with house.program("cora") as program:
        yield program


@pytest.mark.parametrize("key", ["cora", "rita"])
def test_another_orgs_records_are_not_there(house: ApiHouse, cora: Program, key: str) -> None:
    program = Program(cora.client, house.token(key))
    answers = [program.get(f"/{name}") for name in LISTS]
    found = {one["id"] for answer in answers for one in answer.json().get("items", [])}

    assert "section-engl101-01" in found
    assert found & OF_HISTORY == set()
    assert program.get("/sections/section-hist1-01").status_code == 404
    assert program.get("/reports/slo?org=HIST").status_code == 422


def test_the_sections_she_teaches_are_for_a_token_of_that_role(
    house: ApiHouse, cora: Program
) -> None:
    assert cora.get("/scores").status_code == 403
    sections = cora.get("/sections").json()["items"]
    assert {one["orgId"] for one in sections} == {"org-english"}


def test_another_orgs_outcomes_are_not_hers_to_write(cora: Program) -> None:
    slo = {"code": "HIST.9", "title": "Date", "statement": "Students date.",
           "courseId": "course-hist1"}  # fmt: skip
    assert cora.send("POST", "/slos", slo).status_code == 403
    quiz = {"code": "Q9", "name": "Quiz", "scaleId": "scale-four", "pointsPossible": "10",
            "orgId": "org-history", "sloIds": ["slo-past"]}  # fmt: skip
    assert cora.send("POST", "/assessments", quiz).status_code == 403


def test_a_role_for_the_whole_institution_reaches_all_of_it(house: ApiHouse, cora: Program) -> None:
    with house.house.units() as unit:
        unit.roster.grant(a_role_grant("rita", role=Role.READER))
        unit.commit()
    rita = Program(cora.client, house.token("rita"))

    assert len(rita.get("/sections").json()["items"]) == 3
    assert rita.get("/slos/slo-past").status_code == 200


def test_a_role_that_is_taken_away_in_one_org_reaches_it_no_more(
    house: ApiHouse, cora: Program
) -> None:
    both = a_role_grant("cora", role=Role.COORDINATOR, org_id=HISTORY)
    with house.house.units() as unit:
        unit.roster.grant(both)
        unit.commit()
    assert cora.get("/sections/section-hist1-01").status_code == 200

    with house.house.units() as unit:
        unit.directory.revoke(both)
        unit.commit()
    assert cora.get("/sections/section-hist1-01").status_code == 404
