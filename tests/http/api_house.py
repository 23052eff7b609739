"""A college behind the API, tokens for its people, and a program that calls it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.use_cases.access.api_tokens import NewTokenCommand
from domain.access import Role
from domain.api_token import TokenScope
from domain.ids import CourseId, OrgId, PersonId, SectionAssessmentId, SectionId
from domain.rostering import EnrolmentRole
from tests.builders import (
    College,
    a_course,
    a_link,
    a_person,
    a_role_grant,
    a_score,
    a_section,
    a_section_assessment,
    an_assessment,
    an_enrolment,
    an_org,
    an_slo,
)
from tests.exchange_builders import a_score_import, a_sync_run
from tests.http.support import SECURE
from tests.http.whole import WholeHouse, under
from tests.loading import a_load_run
from tests.stand_ins import FixedClock

ROLES = {
    "stew": Role.DATA_STEWARD, "cora": Role.COORDINATOR, "tess": Role.FACULTY,
    "eva": Role.EVALUATOR, "ana": Role.STUDENT, "rita": Role.READER,
}  # fmt: skip
HISTORY = OrgId("org-history")


@dataclass
class Program:
    """Calls the API with one token, as any HTTP client would."""

    client: TestClient[Litestar]
    token: str = field(repr=False)

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(f"/api/v1{path}", headers=self._headers(headers))

    def send(self, method: str, path: str, body: Any, **headers: str) -> Response:
        """Header names are written with `_` for `-`."""
        return self.client.request(
            method, f"/api/v1{path}", json=body, headers=self._headers(headers)
        )

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"authorization": f"Bearer {self.token}", **named}


CALLS = under("/api", "/schema")


@dataclass
class ApiHouse:
    house: WholeHouse

    def __post_init__(self) -> None:
        """English, where `tess` teaches and `cora` coordinates; history, which is others'."""
        with self.house.units() as unit:
            College().store(unit)
            unit.roster.put_orgs([an_org("history", code="HIST")])
            unit.roster.put_courses([a_course("hist1", org_id=HISTORY)])
            unit.roster.put_sections(
                [a_section("hist1-01", course_id=CourseId("course-hist1"), org_id=HISTORY)]
            )
            unit.roster.put_people(map(a_person, ("stew", "cora", "eva", "rita", "hugo", "zoe")))
            unit.roster.put_enrolments(
                [an_enrolment("hugo", "hist1-01", role=EnrolmentRole.TEACHER),
                 an_enrolment("zoe", "hist1-01")]
            )  # fmt: skip
            for key, role in ROLES.items():
                org = OrgId("org-english") if role is Role.COORDINATOR else None
                unit.roster.grant(a_role_grant(key, role=role, org_id=org))
            unit.outcomes.put_slos(
                [
                    an_slo("past", course_id=CourseId("course-hist1")),
                    an_slo("whole", course_id=None),
                ]
            )
            unit.assessments.save(an_assessment("quiz", org_id=HISTORY, owner_id=None))
            quiz = SectionAssessmentId("work-quiz")
            history = SectionId("section-hist1-01")
            unit.assessments.save_work(a_section_assessment("quiz", section_id=history))
            unit.scores.save(a_score("ana"))
            unit.scores.save(a_score("zoe", section_assessment_id=quiz))
            unit.links.save(a_link())
            unit.links.save(a_link("quiz", section_assessment_id=quiz, section_id=history))
            unit.sync_runs.save(a_sync_run("one"))
            unit.loads.save(a_load_run("one"))
            unit.imports.save(a_score_import("one"))
            unit.imports.save(a_score_import("two", work_id=quiz))
            unit.commit()

    def token(self, key: str, scope: TokenScope = TokenScope.WRITE) -> str:
        person_id = PersonId(f"person-{key}")
        command = NewTokenCommand("test", person_id, ROLES[key], scope)
        return self.house.use_cases.make_token()(command).text

    @contextmanager
    def program(self, key: str, scope: TokenScope = TokenScope.WRITE) -> Iterator[Program]:
        with TestClient(self.house.app(routes=CALLS), base_url=SECURE) as client:
            yield Program(client, self.token(key, scope))


def api_house(units: MemoryUnits, jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    return ApiHouse(WholeHouse(units, jobs, clock))
