"""Imports as calls and jobs: how a file is handed over, when it takes effect, what is told."""

from typing import Any

import pytest

from tests.sandbox.college import (
    ADMIN,
    ARTS,
    ENGLISH,
    ROOT,
    TEACHER,
    Practice,
    shown,
)
from tests.sandbox.outcome_steps import (
    ACCOUNT_PATH,
    COURSE_PATH,
    HEADERS,
    a_group,
    imported,
    links,
    root_of,
    send,
)

IMPORTS = f"{ACCOUNT_PATH}/outcome_imports"
FILE = f"{HEADERS}\no1,outcome,One,,3,5,Yes,0,No\n"


def state_of(practice: Practice, number: int) -> str:
    state: str = shown(practice.get(ADMIN, f"{IMPORTS}/{number}"))["workflow_state"]
    return state


def switch(practice: Practice, **change: Any) -> None:
    shown(practice.call(None, "POST", "/_practice/switches", change))


class TestHandingOver:
    def test_the_answer_comes_before_any_effect(self, practice: Practice) -> None:
        answer = send(practice, FILE)
        assert answer.status_code == 200
        row = answer.json()
        assert (row["workflow_state"], row["progress"], row["ended_at"]) == ("created", 0, None)
        assert row["user"]["id"] == ADMIN
        assert links(practice) == []
        practice.canvas.run_jobs()
        done = shown(practice.get(ADMIN, f"{IMPORTS}/{row['id']}"))
        assert (done["workflow_state"], done["progress"], done["ended_at"]) == (
            "succeeded",
            100,
            None,
        )
        assert [link["outcome"]["title"] for link in links(practice)] == ["One"]

    def test_a_multipart_attachment(self, practice: Practice) -> None:
        files = {"attachment": ("outcomes.csv", FILE.encode(), "text/csv")}
        data = {"import_type": "instructure_csv"}
        answer = practice.call(ADMIN, "POST", IMPORTS, files=files, data=data)
        assert answer.status_code == 200
        practice.canvas.run_jobs()
        assert [link["outcome"]["title"] for link in links(practice)] == ["One"]

    def test_another_charset_is_refused_unless_the_extension_is_named(
        self, practice: Practice
    ) -> None:
        headers = {"Content-Type": "text/csv; charset=iso-8859-1"}
        body = FILE.encode()
        answer = practice.call(ADMIN, "POST", IMPORTS, content=body, headers=headers)
        assert (answer.status_code, answer.json()) == (
            400,
            {"error": "Invalid content type, UTF-8 required"},
        )
        path = f"{IMPORTS}?extension=csv"
        assert practice.call(ADMIN, "POST", path, content=body, headers=headers).is_success
        utf8 = {"Content-Type": "text/csv; charset=UTF-8"}
        assert practice.call(ADMIN, "POST", IMPORTS, content=body, headers=utf8).is_success

    def test_an_unknown_type_is_a_500(self, practice: Practice) -> None:
        answer = practice.call(ADMIN, "POST", f"{IMPORTS}?import_type=zip", content=b"")
        assert answer.status_code == 500
        assert practice.canvas.run_jobs() == 0

    def test_into_a_folder(self, practice: Practice) -> None:
        group = a_group(practice, title="Target")
        row = imported(practice, FILE, f"{ACCOUNT_PATH}")
        assert row["learning_outcome_group_id"] is None
        answer = practice.call(
            ADMIN,
            "POST",
            f"{IMPORTS}/group/{group}",
            content=FILE.encode(),
            headers={"Content-Type": "text/csv"},
        )
        assert shown(answer)["learning_outcome_group_id"] == group
        practice.canvas.run_jobs()
        assert [link["outcome_group"]["title"] for link in links(practice)] == ["Target"]

    def test_a_folder_of_another_context_is_not_found(self, practice: Practice) -> None:
        group = a_group(practice, COURSE_PATH)
        assert practice.call(ADMIN, "POST", f"{IMPORTS}/group/{group}").status_code == 404


class TestAskingAfter:
    def test_latest_is_the_one_whose_job_has_begun(self, practice: Practice) -> None:
        first = shown(send(practice, FILE))["id"]
        missing = practice.get(ADMIN, f"{IMPORTS}/latest")
        assert (missing.status_code, missing.json()) == (
            404,
            {"message": "ActiveRecord::RecordNotFound"},
        )
        practice.canvas.run_jobs()
        send(practice, FILE)
        assert shown(practice.get(ADMIN, f"{IMPORTS}/latest"))["id"] == first

    def test_an_import_belongs_to_its_context(self, practice: Practice) -> None:
        number = shown(send(practice, FILE))["id"]
        path = f"/accounts/{ENGLISH}/outcome_imports/{number}"
        assert practice.get(ADMIN, path).status_code == 404

    def test_only_the_first_25_errors_are_shown_by_row(self, practice: Practice) -> None:
        rows = [f"o {number},outcome,One" for number in range(40)]
        row = imported(practice, "\n".join(["vendor_guid,object_type,title", *rows]))
        assert row["workflow_state"] == "succeeded"
        assert [number for number, _ in row["processing_errors"]] == list(range(2, 27))


class TestJobs:
    def test_imports_of_one_root_account_run_one_at_a_time(self) -> None:
        practice = Practice(jobs="auto")
        jobs, now = practice.canvas.jobs, [0.0]
        jobs.now, jobs.delay = lambda: now[0], 10.0
        first = shown(send(practice, FILE))["id"]
        second = shown(send(practice, FILE, f"/accounts/{ROOT}"))["id"]
        states = []
        for moment in (1.0, 6.0, 11.0, 16.0, 21.0):
            now[0] = moment
            other = shown(practice.get(ADMIN, f"/accounts/{ROOT}/outcome_imports/{second}"))
            states.append((state_of(practice, first), other["workflow_state"]))
        assert states == [
            ("created", "created"),
            ("importing", "created"),
            ("succeeded", "created"),
            ("succeeded", "importing"),
            ("succeeded", "succeeded"),
        ]

    def test_a_stuck_import_holds_up_those_behind_it(self, practice: Practice) -> None:
        switch(practice, imports_stuck=True)
        first, second = (shown(send(practice, FILE))["id"] for _ in range(2))
        assert practice.canvas.run_jobs() == 0
        assert (state_of(practice, first), state_of(practice, second)) == ("importing", "created")
        assert links(practice) == []
        switch(practice, imports_stuck=False)
        assert practice.canvas.run_jobs() == 2
        assert (state_of(practice, first), state_of(practice, second)) == (
            "succeeded",
            "succeeded",
        )

    def test_a_stuck_import_does_not_end_by_itself(self) -> None:
        practice = Practice(jobs="auto")
        practice.canvas.jobs.delay = 0.0
        practice.switches.imports_stuck = True
        number = shown(send(practice, FILE))["id"]
        assert {state_of(practice, number) for _ in range(3)} == {"importing"}
        practice.switches.imports_stuck = False
        assert state_of(practice, number) == "succeeded"

    def test_a_failing_import_has_no_effect_and_names_a_report(self, practice: Practice) -> None:
        switch(practice, imports_fail=True)
        row = imported(practice, FILE)
        assert (row["workflow_state"], row["progress"]) == ("failed", 0)
        assert row["processing_errors"] == [
            [1, "An unexpected error has occurred: see error report 48213"]
        ]
        assert links(practice) == []
        switch(practice, imports_fail=False)
        assert imported(practice, FILE)["workflow_state"] == "succeeded"

    def test_grading_goes_on_beside_a_stuck_import(self, practice: Practice) -> None:
        practice.switches.imports_stuck = True
        send(practice, FILE)
        practice.update_grades(TEACHER, 900, {"20": {"posted_grade": "8"}})
        assert practice.canvas.run_jobs() == 1
        assert practice.submission(900, 20)["score"] == 8.0

    def test_a_thousand_outcomes_arrive_in_their_order(self, practice: Practice) -> None:
        rows = [
            f"o{number},outcome,Title {number},g{number % 10},3,5,Yes,3,Half,0,No"
            for number in range(1000)
        ]
        groups = [f"g{number},group,Folder {number},,,," for number in range(10)]
        row = imported(practice, "\n".join([HEADERS, *groups, *rows]))
        assert (row["workflow_state"], row["processing_errors"]) == ("succeeded", [])
        assert len(practice.state.outcomes) == 1000
        address = f"{ACCOUNT_PATH}/outcome_group_links?per_page=100&page=10"
        last = shown(practice.get(ADMIN, address))[-1]
        assert (last["outcome"]["vendor_guid"], last["outcome_group"]["vendor_guid"]) == (
            "o999",
            "g9",
        )


@pytest.mark.parametrize("path", [ACCOUNT_PATH, COURSE_PATH, f"/accounts/{ARTS}"])
def test_the_root_takes_what_has_no_parent(practice: Practice, path: str) -> None:
    imported(practice, FILE, path)
    (link,) = links(practice, path)
    assert link["outcome_group"]["id"] == root_of(practice, path)
