"""The JSON API as programs meet it: by token, page by page, with ETags and problems."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.access.api_tokens import NewTokenCommand, RevokeTokenCommand
from domain.access import Role
from domain.api_token import TokenScope
from domain.ids import PersonId
from domain.rostering import EnrolmentRole
from tests.builders import a_person, an_enrolment
from tests.http.api_house import ROLES, ApiHouse, Program, api_house
from tests.stand_ins import FixedClock

VERSIONED = "application/vnd.attain.v1+json"


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    return api_house(memory_units, memory_jobs, clock)


@pytest.fixture
def steward(house: ApiHouse) -> Iterator[Program]:
    with house.program("stew") as program:
        yield program


def acting(program: Program, house: ApiHouse, key: str) -> Program:
    return Program(program.client, house.token(key))


def slug(answer_json: dict[str, str]) -> str:
    return answer_json["type"].rpartition(":")[2]


class TestTokens:
    def test_says_whom_it_stands_for(self, steward: Program) -> None:
        me = steward.get("/me").json()

        assert me["person"]["techId"] == "Cstew"
        assert (me["role"], me["scope"]) == ("data-steward", "write")

    @pytest.mark.parametrize("header", ["", "Basic x", "Bearer", "Bearer attain_wrong", "Bearer x"])
    def test_nothing_else_is_let_in(self, steward: Program, header: str) -> None:
        answer = steward.client.get("/api/v1/me", headers={"authorization": header})

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="attain"'
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        assert slug(answer.json()) == "not-signed-in"

    def test_ends_with_its_days(self, steward: Program, clock: FixedClock) -> None:
        clock.advance(days=364)
        assert steward.get("/me").status_code == 200
        clock.advance(days=1)
        assert steward.get("/me").status_code == 401

    def test_ends_when_it_is_revoked(self, steward: Program, house: ApiHouse) -> None:
        use_cases = house.house.use_cases
        (line,) = use_cases.list_tokens()(PersonId("person-stew"))
        use_cases.revoke_token()(RevokeTokenCommand("test", line.token.id))

        assert steward.get("/me").status_code == 401

    def test_ends_with_its_person(self, steward: Program, house: ApiHouse) -> None:
        with house.house.units() as unit:
            unit.roster.put_people([a_person("stew", active=False)])
            unit.commit()

        assert steward.get("/me").status_code == 401

    def test_is_refused_once_the_role_is_lost(self, steward: Program, house: ApiHouse) -> None:
        make_token = house.house.use_cases.make_token()
        text = make_token(NewTokenCommand("test", PersonId("person-hugo"), Role.FACULTY)).text
        teacher = Program(steward.client, text)
        assert teacher.get("/scores").status_code == 200

        with house.house.units() as unit:
            ended = an_enrolment("hugo", "hist1-01", role=EnrolmentRole.TEACHER, active=False)
            unit.roster.put_enrolments([ended])
            unit.commit()

        assert teacher.get("/scores").status_code == 403
        assert "does not hold its role" in teacher.get("/me").json()["detail"]

    def test_that_only_reads_changes_nothing(self, house: ApiHouse) -> None:
        with house.program("stew", TokenScope.READ) as program:
            answer = program.send("PUT", "/settings/lti", {"enabled": True}, if_match="*")
            assert answer.status_code == 403
            assert program.get("/settings/lti").json() == {"enabled": False}

    def test_guessing_is_slowed(self, steward: Program) -> None:
        guess = {"authorization": "Bearer attain_guess"}
        statuses = [steward.client.get("/api/v1/me", headers=guess).status_code for _ in range(31)]

        assert statuses == [401] * 30 + [429]

    def test_never_stands_in_a_log(self, steward: Program) -> None:
        with capture_logs() as logs:
            steward.get("/people?login=ana")
            steward.client.get("/api/v1/me", headers={"authorization": "Bearer attain_wrong"})

        assert logs
        assert "attain_" not in str(logs)
        assert "ana" not in [log.get("route") for log in logs]

    def test_its_last_use_is_kept(self, steward: Program, house: ApiHouse) -> None:
        steward.get("/me")

        (line,) = house.house.use_cases.list_tokens()(PersonId("person-stew"))
        assert line.token.last_used_at == house.house.clock.now()


class TestLists:
    def test_next_leads_through_everything_once(self, steward: Program) -> None:
        found: list[str] = []
        address: str | None = "/people?limit=4"
        while address:
            answer = steward.get(address.removeprefix("https://tool.test/api/v1"))
            body = answer.json()
            found += [person["id"] for person in body["items"]]
            address = body["next"]
            link = answer.headers.get("link")
            assert link == (f'<{address}>; rel="next"' if address else None)

        assert len(found) == len(set(found)) == 9
        assert found == sorted(found)

    def test_filters_stay_on_the_next_page(self, steward: Program) -> None:
        body = steward.get("/enrolments?role=student&limit=1").json()

        assert "role=student" in body["next"]
        assert "limit=1" in body["next"]

    @pytest.mark.parametrize(
        ("query", "field"),
        [("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"),
         ("cursor=nonsense", "cursor"), ("cursor=WyJhIiwiYiJd", "cursor"),
         ("active=perhaps", "active")],
    )  # fmt: skip
    def test_a_wrong_question_is_named(self, steward: Program, query: str, field: str) -> None:
        answer = steward.get(f"/people?{query}")

        assert answer.status_code == 422
        assert slug(answer.json()) == "invalid"
        assert [one["field"] for one in answer.json()["errors"]] == [field]

    def test_scores_need_a_time_with_its_zone(self, steward: Program) -> None:
        assert steward.get("/scores?since=2026-09-14T12:00:00").status_code == 422
        found = steward.get("/scores?since=2026-09-14T12:00:00Z").json()["items"]
        assert {one["value"] for one in found} == {"3"}


class TestMedia:
    def test_the_version_is_named_to_those_who_ask(self, steward: Program) -> None:
        answer = steward.get("/me", accept=VERSIONED)

        assert answer.headers["content-type"] == VERSIONED
        assert steward.get("/me").headers["content-type"] == "application/json"

    @pytest.mark.parametrize("accept", ["application/vnd.attain.v2+json", "text/html"])
    def test_another_one_is_not_there(self, steward: Program, accept: str) -> None:
        answer = steward.get("/me", accept=accept)

        assert answer.status_code == 406
        assert answer.headers["content-type"] == "application/problem+json"

    def test_a_form_is_no_json(self, steward: Program) -> None:
        answer = steward.client.post(
            "/api/v1/people", data={"techId": "x"},
            headers={"authorization": f"Bearer {steward.token}"},
        )  # fmt: skip
        assert answer.status_code == 415

    def test_what_is_no_json_at_all_is_told_apart(self, steward: Program) -> None:
        answer = steward.client.post(
            "/api/v1/people", content=b"{",
            headers={"authorization": f"Bearer {steward.token}", "content-type": VERSIONED},
        )  # fmt: skip
        assert answer.status_code == 400

    @pytest.mark.parametrize("path", ["/nowhere", "/people/x/y"])
    def test_an_unknown_address_is_a_problem_too(self, steward: Program, path: str) -> None:
        answer = steward.get(path)

        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


FOREIGN = {
    "tess": ["/people/person-zoe", "/sections/section-hist1-01", "/sections/section-engl101-02",
             "/slos/slo-past", "/assessments/assessment-quiz", "/section-assessments/work-quiz",
             "/links/link-quiz", "/import-runs/import-two", "/sends/none",
             "/enrolments/enrolment-zoe-hist1-01-student"],
    "cora": ["/people/person-ana", "/people/person-hugo", "/sections/section-hist1-01",
             "/slos/slo-past", "/assessments/assessment-quiz", "/section-assessments/work-quiz",
             "/links/link-quiz", "/import-runs/import-two", "/sync-runs/run-one",
             "/enrolments/enrolment-ana-engl101-01-student"],
    "ana": ["/people/person-ben", "/people/person-tess", "/sections/section-engl101-02",
            "/section-assessments/work-quiz", "/enrolments/enrolment-ben-engl101-01-student"],
    "rita": ["/people/person-ana", "/enrolments/enrolment-ana-engl101-01-student"],
    "eva": ["/people/person-ana", "/sections/section-engl101-01",
            "/section-assessments/work-essay"],
}  # fmt: skip


class TestSight:
    @pytest.mark.parametrize("key", FOREIGN)
    def test_what_is_for_others_is_not_there(
        self, steward: Program, house: ApiHouse, key: str
    ) -> None:
        program = acting(steward, house, key)

        assert {path: program.get(path).status_code for path in FOREIGN[key]} == dict.fromkeys(
            FOREIGN[key], 404
        )

    @pytest.mark.parametrize("key", ["cora", "eva", "rita"])
    def test_student_level_scores_are_not_for_all(
        self, steward: Program, house: ApiHouse, key: str
    ) -> None:
        answer = acting(steward, house, key).get("/scores")

        assert answer.status_code == 403
        assert slug(answer.json()) == "forbidden"

    def test_a_student_sees_scores_once_they_are_released(
        self, steward: Program, house: ApiHouse
    ) -> None:
        ana = acting(steward, house, "ana")
        assert ana.get("/scores").json()["items"] == []
        with house.house.units() as unit:
            (work,) = unit.assessments.works_in(["section-engl101-01"])  # type: ignore[list-item]
            unit.assessments.save_work(work.released(house.house.clock.now()))
            unit.commit()

        (score,) = ana.get("/scores").json()["items"]
        assert (score["studentId"], score["value"]) == ("person-ana", "3")

    @pytest.mark.parametrize("key", ROLES)
    def test_everybody_sees_the_catalogue(
        self, steward: Program, house: ApiHouse, key: str
    ) -> None:
        program = acting(steward, house, key)

        assert len(program.get("/orgs").json()["items"]) == 2
        assert len(program.get("/courses").json()["items"]) == 2


class TestSchema:
    def test_programs_get_json(self, steward: Program) -> None:
        answer = steward.client.get("/schema")

        assert answer.json()["openapi"].startswith("3.1")
        assert answer.headers["vary"].startswith("Accept")
        security = answer.json()["components"]["securitySchemes"]["bearer"]
        assert (security["type"], security["scheme"]) == ("http", "bearer")

    def test_people_get_a_page_without_foreign_script(self, steward: Program) -> None:
        answer = steward.client.get("/schema", headers={"accept": "text/html"})

        assert "GET /api/v1/people" in answer.text
        assert "http://" not in answer.text
        assert "cdn" not in answer.text

    def test_no_page_stands_in_it(self, steward: Program) -> None:
        paths = steward.client.get("/schema/openapi.json").json()["paths"]

        assert paths
        assert all(path.startswith("/api/v1/") for path in paths)
