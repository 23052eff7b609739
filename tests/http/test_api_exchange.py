"""Programs send grades and outcomes to the LMS, and ask how it went."""

from collections.abc import Iterator

import anyio
import pytest
from litestar.testing import TestClient

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.access.api_tokens import NewTokenCommand
from domain.access import Role
from domain.api_token import TokenScope
from domain.ids import PersonId
from tests import builders
from tests.application.accounts import SITE
from tests.application.sending import TEACHER, WORK, Classroom
from tests.application.syncing import SyncDesk
from tests.http.api_house import Program
from tests.http.support import SECURE
from tests.http.whole import WholeHouse, under
from tests.loading import a_load_run
from tests.stand_ins import FixedClock

SENDS = f"/section-assessments/{WORK}/sends"


def calling(house: WholeHouse, person_id: PersonId, role: Role) -> Program:
    command = NewTokenCommand("test", person_id, role, TokenScope.WRITE)
    return Program(
        TestClient(house.app(routes=under("/api")), base_url=SECURE),
        house.use_cases.make_token()(command).text,
    )


class TestSends:
    @pytest.fixture
    def room(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
    ) -> Classroom:
        return Classroom(memory_units, memory_jobs, clock)

    @pytest.fixture
    def teacher(self, room: Classroom) -> Iterator[Program]:
        house = WholeHouse(room.units, room.jobs, room.clock, room.lms, pause=room.nap)
        program = calling(house, TEACHER, Role.FACULTY)
        with program.client:
            yield program

    def test_is_started_and_asked_for(self, teacher: Program, room: Classroom) -> None:
        started = teacher.send("POST", SENDS, {"students": ["person-ana", "person-bo"]})
        assert started.status_code == 202
        waiting = teacher.get(started.headers["location"].removeprefix("/api/v1"))
        assert {one["state"] for one in waiting.json()["grades"]} == {"pending"}

        anyio.run(room.runner.run_all)

        done = teacher.get(f"/sends/{started.json()['id']}").json()
        assert done["state"] == "done"
        assert {one["studentId"]: one["state"] for one in done["grades"]} == {
            "person-ana": "sent", "person-bo": "sent"
        }  # fmt: skip

    def test_a_lost_authorisation_is_said(self, teacher: Program, room: Classroom) -> None:
        room.lms.withdraw(room.teacher)

        answer = teacher.send("POST", SENDS, {})

        assert answer.status_code == 409
        assert answer.json()["type"].endswith(":lms-unauthorised")

    def test_those_who_cannot_be_sent_are_named(self, teacher: Program) -> None:
        answer = teacher.send("POST", SENDS, {"students": ["person-nobody"]})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "students"


class TestOutcomes:
    @pytest.fixture
    def desk(
        self, memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock
    ) -> SyncDesk:
        return SyncDesk(memory_units, memory_jobs, clock)

    @pytest.fixture
    def steward(self, desk: SyncDesk) -> Iterator[Program]:
        with desk.units() as unit:
            unit.roster.grant(builders.a_role_grant("dana", role=Role.DATA_STEWARD))
            unit.commit()
        house = WholeHouse(desk.units, desk.jobs, desk.clock, desk.lms, pause=desk.nap)
        program = calling(house, PersonId("person-dana"), Role.DATA_STEWARD)
        with program.client:
            yield program

    def test_are_planned_and_sent(self, steward: Program, desk: SyncDesk) -> None:
        asked = {"siteId": SITE, "courseId": builders.a_course().id}
        plan = steward.send("POST", "/outcome-plans", asked).json()
        assert plan["sends"]
        assert {line["step"] for place in plan["places"] for line in place["lines"]} == {"add"}

        started = steward.send("POST", "/sync-runs", asked)
        assert started.status_code == 202, started.text
        anyio.run(desk.runner.run_all)

        run = steward.get(f"/sync-runs/{started.json()['id']}").json()
        assert (run["state"], run["requestedBy"]) == ("done", "person-dana")
        again = steward.send("POST", "/sync-runs", asked)
        assert again.json() == {"id": None}

    def test_a_course_or_an_org(self, steward: Program) -> None:
        asked = {"siteId": SITE, "courseId": "a", "orgId": "b"}

        assert steward.send("POST", "/outcome-plans", asked).status_code == 422
        assert steward.send("POST", "/outcome-plans", {"siteId": "none"}).status_code == 404

    def test_sites_are_listed_without_secrets(self, steward: Program) -> None:
        (site,) = steward.get("/lms-sites").json()["items"]

        assert set(site) == {"id", "name", "url", "test", "active"}

    def test_loads_are_read_one_by_one_and_in_pages(self, steward: Program, desk: SyncDesk) -> None:
        with desk.units() as unit:
            for key in ("first", "second", "third"):
                unit.loads.save(a_load_run(key))
            unit.commit()

        page = steward.get("/load-runs?limit=2").json()
        rest = steward.get(f"/load-runs?limit=2&cursor={page['next']}").json()

        ids = [one["id"] for one in (*page["items"], *rest["items"])]
        assert len(ids) == len(set(ids)) == 3
        one = steward.get(f"/load-runs/{ids[0]}").json()
        assert one == page["items"][0]
        assert {"requestedBy", "contentHash", "counts"} <= one.keys()
        assert steward.get("/load-runs/nothing").status_code == 404
