"""A token for one org reaches that org and those below, and nothing besides.

`cora` coordinates English and History, teaches in History, and is asked for things there.
"""

from collections.abc import Iterator

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import Forbidden, Invalid
from application.use_cases.access.api_tokens import NewTokenCommand
from domain.access import Role
from domain.api_token import TokenScope
from domain.ids import OrgId, PersonId
from domain.rostering import EnrolmentRole
from tests.builders import a_role_grant, an_enrolment
from tests.http.api_house import HISTORY, ApiHouse, Program, api_house
from tests.http.test_api_orgs import ENGLISH, LISTS, OF_HISTORY
from tests.improvement_builders import an_action_plan, an_ask, an_rfi
from tests.stand_ins import FixedClock

CORA = PersonId("person-cora")


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    made = api_house(memory_units, memory_jobs, clock)
    with made.house.units() as unit:
        unit.roster.grant(a_role_grant("cora", role=Role.COORDINATOR, org_id=HISTORY))
        unit.roster.grant(a_role_grant("rita", role=Role.READER))
        teaches = an_enrolment("cora", "hist1-01", role=EnrolmentRole.TEACHER)
        unit.roster.put_enrolments([teaches])
        unit.action_plans.save(an_action_plan("past", org_id=HISTORY, asked_ids=(CORA,)))
        unit.rfis.save(an_rfi("past", org_id=HISTORY))
        unit.rfis.save_asks([an_ask("cora", "past")])
        unit.commit()
    return made


def narrowed(house: ApiHouse, key: str, role: Role, org_id: OrgId = ENGLISH) -> str:
    command = NewTokenCommand(
        "test", PersonId(f"person-{key}"), role, TokenScope.WRITE, org_id=org_id
    )
    return house.house.use_cases.make_token()(command).text


@pytest.fixture
def cora(house: ApiHouse) -> Iterator[Program]:
    with house.program("cora") as program:
        yield program


def listed(program: Program) -> set[str]:
    answers = [program.get(f"/{name}") for name in LISTS]
    return {one["id"] for answer in answers for one in answer.json().get("items", [])}


@pytest.mark.parametrize("key", ["cora", "rita"])
def test_only_that_org_is_there(house: ApiHouse, cora: Program, key: str) -> None:
    role = Role.COORDINATOR if key == "cora" else Role.READER
    one = Program(cora.client, narrowed(house, key, role))
    whole = Program(cora.client, house.token(key))
    own = {f"enrolment-{key}-hist1-01-teacher"}

    assert "section-hist1-01" in listed(whole)
    assert "section-engl101-01" in listed(one)
    assert listed(one) & OF_HISTORY == set()
    assert listed(one) <= listed(whole) | own
    assert one.get("/me").json()["orgId"] == ENGLISH
    assert whole.get("/me").json()["orgId"] is None
    assert one.get("/sections/section-hist1-01").status_code == 404
    assert one.get("/reports/slo?org=HIST").status_code == 422


def test_what_is_asked_or_taught_elsewhere_is_not_for_it(house: ApiHouse, cora: Program) -> None:
    one = Program(cora.client, narrowed(house, "cora", Role.COORDINATOR))

    assert cora.get("/action-plans/action-plan-past").status_code == 200
    assert one.get("/action-plans/action-plan-past").status_code == 404
    assert [ask["id"] for ask in cora.get("/rfi-asks").json()["items"]] == ["ask-past-cora"]
    assert one.get("/rfi-asks").json()["items"] == []
    assert one.get("/rfi-asks/ask-past-cora").status_code == 404
    asked = {"siteId": "site-main", "courseId": "course-hist1"}
    assert one.send("POST", "/outcome-plans", asked).status_code == 404


def test_it_writes_within_that_org_only(house: ApiHouse, cora: Program) -> None:
    one = Program(cora.client, narrowed(house, "cora", Role.COORDINATOR))
    slo = {"code": "NEW.9", "title": "Date", "statement": "Students date."}
    there, here = {**slo, "courseId": "course-hist1"}, {**slo, "courseId": "course-engl101"}

    assert one.send("POST", "/slos", there).status_code == 403
    assert one.send("POST", "/slos", here).status_code == 201


def test_it_ends_with_the_role_there(house: ApiHouse, cora: Program) -> None:
    one = Program(cora.client, narrowed(house, "cora", Role.COORDINATOR, HISTORY))
    assert one.get("/sections").status_code == 200

    with house.house.units() as unit:
        unit.directory.revoke(a_role_grant("cora", role=Role.COORDINATOR, org_id=HISTORY))
        unit.commit()

    assert one.get("/sections").status_code == 403
    assert cora.get("/sections").status_code == 200


def test_no_token_is_made_for_what_is_not_held(house: ApiHouse) -> None:
    with pytest.raises(Forbidden, match="in that org"):
        narrowed(house, "cora", Role.COORDINATOR, OrgId("org-none"))
    for key, role in (("tess", Role.FACULTY), ("stew", Role.DATA_STEWARD)):
        with pytest.raises(Invalid, match="leave it out"):
            narrowed(house, key, role)


def test_the_trail_names_the_org(house: ApiHouse) -> None:
    narrowed(house, "cora", Role.COORDINATOR)
    with house.house.units(write=False) as unit:
        details = [one.details for one in unit.audit.entries() if one.verb == "made"]
    assert details == ["write as coordinator in ENGL for person:person-cora"]
