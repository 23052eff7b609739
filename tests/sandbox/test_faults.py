"""Faults that can be asked for, in process and from outside."""

import httpx
import msgspec
import pytest

from sandbox.canvas.serving import running
from tests.sandbox.college import BEN, COURSE, ESSAY, TEACHER, Practice, shown

PUT = f"/api/v1/courses/{COURSE}/assignments/{ESSAY}/submissions/{BEN}"


class TestScope:
    def test_a_fault_happens_as_often_as_it_says(self, practice: Practice) -> None:
        practice.canvas.faults.add("server_error", times=2)
        codes = [practice.get(TEACHER, "/courses").status_code for _ in range(3)]
        assert codes == [500, 500, 200]

    def test_it_concerns_matching_calls_only(self, practice: Practice) -> None:
        practice.canvas.faults.add("server_error", method="PUT", path="/submissions/")
        assert practice.get(TEACHER, "/courses").status_code == 200
        assert practice.grade(TEACHER, ESSAY, BEN, posted_grade="1").status_code == 500

    def test_it_may_let_some_calls_pass_first(self, practice: Practice) -> None:
        practice.canvas.faults.add("not_permitted", skip=1)
        codes = [practice.get(TEACHER, "/courses").status_code for _ in range(3)]
        assert codes == [200, 401, 200]

    def test_an_unknown_kind_is_refused(self, practice: Practice) -> None:
        with pytest.raises(msgspec.ValidationError):
            practice.canvas.faults.add("meteor")  # type: ignore[arg-type]


class TestKinds:
    def test_an_invalid_token(self, practice: Practice) -> None:
        practice.canvas.faults.add("unauthorized")
        answer = practice.get(TEACHER, "/courses")
        assert answer.status_code == 401
        assert "www-authenticate" in answer.headers

    def test_a_call_is_not_executed_unless_asked_for(self, practice: Practice) -> None:
        practice.canvas.faults.add("server_error")
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="1")
        assert practice.submission(ESSAY, BEN)["score"] is None
        practice.canvas.faults.add("server_error", executed=True)
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="1")
        assert practice.submission(ESSAY, BEN)["score"] == 1.0


class TestOnTheWire:
    def test_half_a_body_and_a_cut_connection_break_the_answer(self) -> None:
        practice = Practice()
        headers = {"Authorization": f"Bearer {practice.canvas.token_for(TEACHER)}"}
        with running(practice.canvas) as url, httpx.Client(base_url=url, headers=headers) as client:
            for kind in ("half_body", "cut"):
                practice.canvas.faults.add(kind)
                with pytest.raises(httpx.RemoteProtocolError):
                    client.get("/api/v1/courses")
            practice.canvas.faults.add("cut", executed=True)
            with pytest.raises(httpx.RemoteProtocolError):
                client.put(PUT, json={"submission": {"posted_grade": "3"}})
            assert client.get("/api/v1/courses").status_code == 200
        assert practice.submission(ESSAY, BEN)["score"] == 3.0

    def test_a_slow_answer_runs_into_the_callers_timeout(self) -> None:
        practice = Practice()
        headers = {"Authorization": f"Bearer {practice.canvas.token_for(TEACHER)}"}
        practice.canvas.faults.add("slow", seconds=30.0)
        with (
            running(practice.canvas) as url,
            httpx.Client(base_url=url, headers=headers, timeout=0.2) as client,
            pytest.raises(httpx.ReadTimeout),
        ):
            client.get("/api/v1/courses")


class TestFromOutside:
    def test_faults_are_asked_for_seen_and_forgotten(self, practice: Practice) -> None:
        fault = {"kind": "throttled", "method": "GET", "path": "/courses$", "status": 429}
        (pending,) = shown(practice.call(None, "POST", "/_practice/faults", fault))
        assert pending["kind"] == "throttled"
        assert practice.get(TEACHER, "/courses").status_code == 429
        practice.call(None, "POST", "/_practice/faults", fault)
        practice.call(None, "DELETE", "/_practice/faults")
        assert shown(practice.call(None, "GET", "/_practice/faults")) == []

    def test_a_mistake_is_named(self, practice: Practice) -> None:
        answer = practice.call(None, "POST", "/_practice/faults", {"kind": "meteor"})
        assert answer.status_code == 400
        assert "meteor" in answer.text

    def test_switches_jobs_and_grades(self, practice: Practice) -> None:
        change = {"api_auth_error_updates": True}
        shown(practice.call(None, "POST", "/_practice/switches", change))
        assert practice.get(TEACHER, "/accounts/1/courses").status_code == 403
        practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "8"}})
        assert shown(practice.call(None, "POST", "/_practice/jobs/run")) == {"ran": 1}
        state = shown(practice.call(None, "GET", "/_practice/state"))
        essay = next(row for row in state["assignments"] if row["id"] == ESSAY)
        assert essay["grades"][str(BEN)]["entered_score"] == 8.0
        assert state["progress"][0]["workflow_state"] == "completed"
