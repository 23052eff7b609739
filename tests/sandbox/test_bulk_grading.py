"""`update_grades`: what is refused at once, and what the job does."""

from tests.sandbox.college import (
    BEN,
    COURSE,
    DESIGNER,
    ESSAY,
    LATE_LEO,
    MEI,
    MODERATED,
    OMAR,
    OUTSIDER,
    PASS_FAIL,
    QUIZ_UNPUBLISHED,
    SECTION_B,
    TEACHER,
    Practice,
    shown,
)


def progress(practice: Practice, number: int) -> tuple[str, float | None, str | None]:
    row = shown(practice.get(TEACHER, f"/progress/{number}"))
    return row["workflow_state"], row["completion"], row["message"]


class TestBeforeAnythingIsQueued:
    def test_no_grade_data_is_a_bare_json_string(self, practice: Practice) -> None:
        nothing: list[object] = [{}, None, "text", []]
        for data in nothing:
            answer = practice.update_grades(TEACHER, ESSAY, data)
            assert (answer.status_code, answer.json()) == (400, "'grade_data' parameter required")

    def test_an_unknown_assignment_is_404_for_all(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/submissions/update_grades"
        data = {str(ESSAY): {str(BEN): {"posted_grade": "8"}}, "9999": {}}
        answer = practice.call(TEACHER, "POST", path, {"grade_data": data})
        assert answer.status_code == 404
        assert practice.canvas.run_jobs() == 0

    def test_an_unpublished_assignment_refuses_the_whole_call(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/submissions/update_grades"
        students = {str(BEN): {"posted_grade": "8"}}
        data = {str(ESSAY): students, str(QUIZ_UNPUBLISHED): students}
        answer = practice.call(TEACHER, "POST", path, {"grade_data": data})
        assert (answer.status_code, answer.json()["status"]) == (401, "unauthorized")
        assert practice.canvas.run_jobs() == 0

    def test_without_manage_grades(self, practice: Practice) -> None:
        answer = practice.update_grades(DESIGNER, ESSAY, {str(BEN): {"posted_grade": "8"}})
        assert answer.status_code == 401

    def test_the_body_is_looked_at_before_the_right(self, practice: Practice) -> None:
        assert practice.update_grades(OUTSIDER, ESSAY, {}).status_code == 400


class TestTheJob:
    def test_has_no_effect_before_it_runs(self, practice: Practice) -> None:
        queued = shown(practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "8"}}))
        assert (queued["workflow_state"], queued["completion"]) == ("queued", None)
        assert "results" not in queued
        assert practice.submission(ESSAY, BEN)["score"] is None

        assert practice.canvas.run_jobs() == 1

        assert progress(practice, queued["id"]) == ("completed", 100, None)
        assert practice.submission(ESSAY, BEN)["score"] == 8.0

    def test_missing_students_fail_it_while_the_others_are_graded(self, practice: Practice) -> None:
        data = {
            str(BEN): {"posted_grade": "8"},
            "99": {"posted_grade": "8"},
            "sis_user_id:S-X": {"posted_grade": "8"},
            str(LATE_LEO): {"posted_grade": "8"},
            "sis_user_id:S-000108": {"posted_grade": "7"},
        }
        queued = shown(practice.update_grades(TEACHER, ESSAY, data))
        practice.canvas.run_jobs()
        message = f"Couldn't find User(s) with API ids '99', 'sis_user_id:S-X', '{LATE_LEO}'"
        assert progress(practice, queued["id"]) == ("failed", 0, message)
        assert practice.submission(ESSAY, BEN)["score"] == 8.0
        assert practice.submission(ESSAY, MEI)["score"] == 7.0

    def test_a_grade_error_leaves_a_graded_prefix(self, practice: Practice) -> None:
        data = {
            str(BEN): {"posted_grade": "8"},
            str(MEI): {"posted_grade": "8", "excuse": True},
            str(OMAR): {"posted_grade": "8"},
        }
        queued = shown(practice.update_grades(TEACHER, ESSAY, data))
        practice.canvas.run_jobs()
        assert progress(practice, queued["id"]) == ("failed", 0, "Unexpected error, ID: 48213")
        assert practice.submission(ESSAY, BEN)["score"] == 8.0
        assert practice.submission(ESSAY, OMAR)["score"] is None

    def test_a_moderated_assignment_aborts_it(self, practice: Practice) -> None:
        queued = shown(
            practice.update_grades(TEACHER, MODERATED, {str(BEN): {"posted_grade": "1"}})
        )
        practice.canvas.run_jobs()
        assert progress(practice, queued["id"])[0] == "failed"

    def test_an_assignment_unpublished_meanwhile_is_named(self, practice: Practice) -> None:
        queued = shown(practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "1"}}))
        practice.state.assignments[ESSAY].published = False
        practice.canvas.run_jobs()
        message = (
            f"Some assignments are either not published or deleted and can not be graded '{ESSAY}'"
        )
        assert progress(practice, queued["id"]) == ("failed", 0, message)

    def test_a_grade_takes_an_excuse_away(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, excuse=True)
        practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "4"}})
        practice.canvas.run_jobs()
        assert practice.submission(ESSAY, BEN)["excused"] is False

    def test_jobs_of_one_course_run_one_after_another(self) -> None:
        practice = Practice(jobs="auto")
        jobs = practice.canvas.jobs
        moments = iter([0.0])
        now = [0.0]
        jobs.now, jobs.delay = lambda: next(moments, now[0]), 10.0
        first = shown(practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "1"}}))
        second = shown(practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "2"}}))

        states = []
        for moment in (1.0, 6.0, 11.0, 16.0, 21.0):
            now[0] = moment
            states.append((progress(practice, first["id"])[0], progress(practice, second["id"])[0]))

        assert states == [
            ("queued", "queued"),
            ("running", "queued"),
            ("completed", "queued"),
            ("completed", "running"),
            ("completed", "completed"),
        ]
        assert practice.submission(ESSAY, BEN)["score"] == 2.0

    def test_a_section_form_grades_its_own_students_only(self, practice: Practice) -> None:
        path = (
            f"/sections/sis_section_id:F26-ARG101-B/assignments/{ESSAY}/submissions/update_grades"
        )
        data = {str(BEN): {"posted_grade": "1"}, str(OMAR): {"posted_grade": "2"}}
        queued = shown(practice.call(TEACHER, "POST", path, {"grade_data": data}))
        practice.canvas.run_jobs()
        assert progress(practice, queued["id"])[2] == (
            f"Couldn't find User(s) with API ids '{BEN}'"
        )
        assert practice.submission(ESSAY, OMAR)["score"] == 2.0

    def test_several_assignments_of_a_section_at_once(self, practice: Practice) -> None:
        data = {
            str(ESSAY): {str(OMAR): {"posted_grade": "2", "text_comment": "Hm"}},
            str(PASS_FAIL): {str(OMAR): {"posted_grade": "pass"}},
        }
        path = f"/sections/{SECTION_B}/submissions/update_grades"
        shown(practice.call(TEACHER, "POST", path, {"grade_data": data}))
        practice.canvas.run_jobs()
        assert practice.submission(PASS_FAIL, OMAR)["grade"] == "complete"
        comments = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{OMAR}"
        read = shown(practice.get(TEACHER, f"{comments}?include[]=submission_comments"))
        assert [comment["comment"] for comment in read["submission_comments"]] == ["Hm"]

    def test_progress_is_for_those_who_read_the_course(self, practice: Practice) -> None:
        queued = shown(practice.update_grades(TEACHER, ESSAY, {str(BEN): {"posted_grade": "1"}}))
        assert practice.get(OUTSIDER, f"/progress/{queued['id']}").status_code == 401
        assert practice.get(TEACHER, "/progress/1").status_code == 404
