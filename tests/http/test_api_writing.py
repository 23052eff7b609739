"""What programs change: SLOs, assessments, scores, people, settings."""

from collections.abc import Iterator
from typing import Any

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from tests.http.api_house import ApiHouse, Program, api_house
from tests.stand_ins import FixedClock

SLO: dict[str, Any] = {
    "code": "ENGL101.9", "title": "Cite", "statement": "Students cite.", "kind": "cslo",
    "courseId": "course-engl101",
    "descriptors": [{"scaleId": "scale-four", "points": "3", "text": "Cites most sources."}],
}  # fmt: skip
ASSESSMENT: dict[str, Any] = {
    "code": "REPORT", "name": "Report", "scaleId": "scale-four", "pointsPossible": "50",
    "orgId": "org-english", "sloIds": ["slo-thesis"],
}  # fmt: skip
PERSON = {
    "techId": "C9", "role": "coordinator", "login": "dean", "email": "dean@example.edu",
    "givenName": "Cora", "familyName": "Dean", "orgId": "org-history",
}  # fmt: skip
OUT_ONLY = {"id", "version"}


@pytest.fixture
def house(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> ApiHouse:
    return api_house(memory_units, memory_jobs, clock)


@pytest.fixture
def steward(house: ApiHouse) -> Iterator[Program]:
    with house.program("stew") as program:
        yield program


@pytest.fixture
def teacher(house: ApiHouse, steward: Program) -> Program:
    return Program(steward.client, house.token("tess"))


@pytest.fixture
def coordinator(house: ApiHouse, steward: Program) -> Program:
    return Program(steward.client, house.token("cora"))


def deeds(house: ApiHouse) -> list[tuple[str, str]]:
    with house.house.units(write=False) as unit:
        return [(entry.actor, entry.verb) for entry in unit.audit.entries()]


class TestSlos:
    def test_is_made_where_it_says(self, steward: Program, house: ApiHouse) -> None:
        answer = steward.send("POST", "/slos", SLO)

        assert answer.status_code == 201
        made = steward.client.get(
            answer.headers["location"], headers={"authorization": f"Bearer {steward.token}"}
        )
        assert made.json() == answer.json()
        assert made.headers["etag"] == answer.headers["etag"]
        assert {name: made.json()[name] for name in SLO} == SLO
        assert ("person-stew", "imported SLOs") in deeds(house)

    def test_what_was_read_can_be_sent_back(self, steward: Program) -> None:
        made = steward.send("POST", "/slos", SLO)
        body = {name: value for name, value in made.json().items() if name not in OUT_ONLY}
        body["statement"] = "Students cite every source."

        changed = steward.send("PUT", f"/slos/{made.json()['id']}", body,
                               if_match=made.headers["etag"])  # fmt: skip

        assert changed.status_code == 200
        assert changed.json()["version"] == 2
        assert changed.headers["etag"] != made.headers["etag"]

    def test_nobody_overwrites_what_he_has_not_seen(self, steward: Program) -> None:
        made = steward.send("POST", "/slos", SLO)
        path, seen = f"/slos/{made.json()['id']}", made.headers["etag"]
        first = steward.send("PUT", path, {**SLO, "title": "Cite well"}, if_match=seen)
        second = steward.send("PUT", path, {**SLO, "title": "Cite often"}, if_match=seen)
        unseen = steward.send("PUT", path, {**SLO, "title": "Cite blindly"})

        assert [one.status_code for one in (first, second, unseen)] == [200, 412, 428]
        assert second.json()["type"] == unseen.json()["type"] == "urn:attain:problem:conflict"
        assert steward.get(path).json()["title"] == "Cite well"

    def test_a_code_is_given_once(self, steward: Program) -> None:
        steward.send("POST", "/slos", SLO)

        assert steward.send("POST", "/slos", SLO).status_code == 409

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"courseId": "none"}, "courseId"), ({"courseId": None}, "course"),
         ({"orgId": "none"}, "orgId"), ({"descriptors": [{"scaleId": "x", "points": "1",
                                                          "text": ""}]}, "descriptors"),
         ({"descriptors": [{"scaleId": "scale-four", "points": "9", "text": ""}]},
          "descriptors.four.9"), ({"titel": "x"}, "titel"), ({"title": ""}, "title"),
         ({"title": "a\x00b"}, "title"), ({"kind": "other"}, "kind")],
    )  # fmt: skip
    def test_a_wrong_field_is_named(
        self, steward: Program, change: dict[str, Any], field: str
    ) -> None:
        answer = steward.send("POST", "/slos", {**SLO, **change})

        assert answer.status_code == 422
        assert field in answer.json()["detail"]
        assert answer.json()["errors"]

    def test_coordinators_keep_those_of_their_orgs(
        self, coordinator: Program, house: ApiHouse
    ) -> None:
        past = {**SLO, "code": "PAST", "courseId": "course-hist1"}

        own = coordinator.send("POST", "/slos", SLO)
        foreign = coordinator.send("POST", "/slos", past)
        whole = coordinator.send("POST", "/slos", {**SLO, "code": "W", "kind": "islo",
                                                   "courseId": None})  # fmt: skip
        taken_over = coordinator.send("PUT", "/slos/slo-past", {**SLO, "code": "PAST"},
                                      if_match="*")  # fmt: skip
        renamed = coordinator.send("PUT", "/slos/slo-thesis", SLO, if_match="*")

        statuses = [one.status_code for one in (own, foreign, whole, taken_over, renamed)]
        assert statuses == [201, 403, 403, 404, 422]

    def test_faculty_keep_none(self, teacher: Program) -> None:
        assert teacher.send("POST", "/slos", SLO).status_code == 403


class TestAssessments:
    def test_is_made_and_changed(self, coordinator: Program) -> None:
        made = coordinator.send("POST", "/assessments", ASSESSMENT)
        assert made.status_code == 201
        assert [row["sloIds"] for row in made.json()["rubric"]["criteria"]] == [["slo-thesis"]]

        changed = coordinator.send(
            "PUT", f"/assessments/{made.json()['id']}", {**ASSESSMENT, "name": "Long report"},
            if_match=made.headers["etag"],
        )  # fmt: skip
        assert changed.status_code == 200
        assert changed.json()["name"] == "Long report"
        stale = coordinator.send("PUT", f"/assessments/{made.json()['id']}", ASSESSMENT,
                                 if_match=made.headers["etag"])  # fmt: skip
        assert stale.status_code == 412

    def test_has_criteria_of_its_own(self, steward: Program) -> None:
        body = {
            **ASSESSMENT, "kind": "student", "sloIds": [],
            "criteria": [{"code": "A", "title": "Argument", "weight": "2", "sloIds": ["slo-thesis"],
                          "levels": [{"points": "1", "label": "Weak"},
                                     {"points": "4", "label": "Strong", "mastery": "exceeded"}]}],
        }  # fmt: skip
        made = steward.send("POST", "/assessments", body).json()

        (row,) = made["rubric"]["criteria"]
        assert (row["weight"], row["levels"][1]["mastery"]) == ("2", "exceeded")
        assert [one["code"] for one in made["rubric"]["outcomes"]] == ["THESIS"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"scaleId": "x"}, "scaleId"), ({"sloIds": ["x"]}, "sloIds"), ({"sloIds": []}, "slos"),
         ({"pointsPossible": "0"}, "pointsPossible"), ({"pointsPossible": "NaN"}, "pointsPossible"),
         ({"orgId": "x"}, "orgId"), ({"kind": "student"}, "criteria"),
         ({"sloIds": ["slo-thesis", "slo-thesis"]}, "rubric"),
         ({"kind": "student", "criteria": [{"code": "A", "title": "A"}] * 2}, "criteria")],
    )  # fmt: skip
    def test_a_wrong_field_is_named(
        self, steward: Program, change: dict[str, Any], field: str
    ) -> None:
        answer = steward.send("POST", "/assessments", {**ASSESSMENT, **change})

        assert answer.status_code == 422
        assert field in answer.json()["detail"]

    def test_those_of_other_orgs_are_not_there(self, coordinator: Program) -> None:
        body = {**ASSESSMENT, "code": "QUIZ"}

        foreign = coordinator.send("PUT", "/assessments/assessment-quiz", body, if_match="*")
        other = coordinator.send("POST", "/assessments", {**ASSESSMENT, "orgId": "org-history"})
        assert [foreign.status_code, other.status_code] == [404, 403]

    def test_faculty_put_one_on_a_section_of_theirs(
        self, teacher: Program, steward: Program
    ) -> None:
        made = steward.send("POST", "/assessments", ASSESSMENT).json()["id"]
        body = {"assessmentId": made, "sectionId": "section-engl101-01"}

        answer = teacher.send("POST", "/section-assessments", body)
        again = teacher.send("POST", "/section-assessments", body)
        elsewhere = teacher.send("POST", "/section-assessments",
                                 {**body, "sectionId": "section-hist1-01"})  # fmt: skip

        assert answer.status_code == 201
        assert again.json() == answer.json()
        assert elsewhere.status_code == 404


class TestScores:
    def test_one_that_fails_stops_no_other(self, teacher: Program, house: ApiHouse) -> None:
        cells = [("person-ben", "row-thesis", "4", 0), ("person-ana", "row-thesis", "2", 0),
                 ("person-ana", "row-evidence", "9", 0), ("person-zoe", "row-thesis", "4", 0),
                 ("person-ben", "row-evidence", "NA", 0)]  # fmt: skip
        body = {"scores": [dict(zip(("studentId", "rowId", "value", "version"), cell, strict=True))
                           for cell in cells]}  # fmt: skip

        results = teacher.send("PATCH", "/section-assessments/work-essay/scores", body).json()

        statuses = [one["status"] for one in results["results"]]
        assert statuses == ["saved", "conflict", "refused", "refused", "saved"]
        assert results["results"][1]["score"]["value"] == "3"
        stored = teacher.get("/scores?work=work-essay&student=person-ben").json()["items"]
        assert {one["rowId"]: one["value"] for one in stored} == {
            "row-thesis": "4", "row-evidence": "NA"
        }  # fmt: skip
        assert ("person-tess", "scored") in deeds(house)

    def test_others_sections_are_not_there(self, teacher: Program) -> None:
        body = {"scores": [{"studentId": "person-zoe", "rowId": "row-thesis", "value": "4",
                            "version": 1}]}  # fmt: skip

        answer = teacher.send("PATCH", "/section-assessments/work-quiz/scores", body)

        assert answer.status_code == 404

    def test_stewards_do_not_score(self, steward: Program) -> None:
        body = {"scores": [{"studentId": "a", "rowId": "b", "value": "4", "version": 1}]}

        answer = steward.send("PATCH", "/section-assessments/work-essay/scores", body)

        assert answer.status_code == 403


class TestPeople:
    def test_is_made_with_a_role(self, steward: Program, house: ApiHouse) -> None:
        answer = steward.send("POST", "/people", PERSON)
        again = steward.send("POST", "/people", PERSON)

        assert answer.status_code == 201
        person = answer.json()
        assert (person["givenName"], person["familyName"]) == ("Cora", "Dean")
        assert again.json() == person
        with house.house.units(write=False) as unit:
            (grant,) = unit.roster.roles_of(person["id"])
        assert (grant.role, grant.org_id) == ("coordinator", "org-history")

    @pytest.mark.parametrize("change", [{"login": None}, {"familyName": "a, b"}, {"role": "king"}])
    def test_what_is_missing_is_named(self, steward: Program, change: dict[str, Any]) -> None:
        assert steward.send("POST", "/people", {**PERSON, **change}).status_code == 422

    def test_an_unknown_org_is_not_there(self, steward: Program) -> None:
        assert steward.send("POST", "/people", {**PERSON, "orgId": "x"}).status_code == 404

    def test_is_for_stewards(self, coordinator: Program) -> None:
        assert coordinator.send("POST", "/people", PERSON).status_code == 403


class TestSettings:
    def test_the_lti_switch(self, steward: Program, house: ApiHouse) -> None:
        seen = steward.get("/settings/lti").headers["etag"]
        on = steward.send("PUT", "/settings/lti", {"enabled": True}, if_match=seen)
        late = steward.send("PUT", "/settings/lti", {"enabled": False}, if_match=seen)

        assert [on.status_code, late.status_code] == [200, 412]
        assert steward.get("/settings/lti").json() == {"enabled": True}
        assert ("person-stew", "enabled") in deeds(house)

    def test_matching_rules(self, steward: Program) -> None:
        path = "/settings/matching/student"
        rule = {"ltiParam": "custom_canvas_user_login_id", "localField": "login"}
        seen = steward.get(path)
        assert seen.json() == {"ltiParam": "lis_person_sourcedid", "localField": "tech-id"}

        saved = steward.send("PUT", path, rule, if_match=seen.headers["etag"])

        assert saved.json() == steward.get(path).json() == rule
        wrong = steward.send("PUT", path, {**rule, "ltiParam": "no such"}, if_match="*")
        assert wrong.status_code == 422
        assert steward.get("/settings/matching/king").status_code == 422
