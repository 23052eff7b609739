"""Grading one student: how a posted grade is read, and every refusal."""

from datetime import timedelta

import pytest

from sandbox.canvas.records import LatePolicy
from sandbox.canvas.seed import GroupSeed
from tests.sandbox.college import (
    ADMIN,
    BEN,
    CLOSED,
    COURSE,
    DESIGNER,
    ESSAY,
    GROUP_WORK,
    LATE_LEO,
    MEI,
    MODERATED,
    NOON,
    OMAR,
    ONLY_BEN,
    OUTSIDER,
    PASS_FAIL,
    QUIZ_UNPUBLISHED,
    TA,
    TEACHER,
    Practice,
    a_seed,
    shown,
)


def lacking(status: int = 401) -> tuple[int, str]:
    return status, "user not authorized to perform that action"


def refusal(answer: object) -> tuple[int, str]:
    body = answer.json()  # type: ignore[attr-defined]
    assert "www-authenticate" not in answer.headers  # type: ignore[attr-defined]
    return answer.status_code, body["errors"][0]["message"]  # type: ignore[attr-defined]


class TestPostedGrade:
    @pytest.mark.parametrize(
        ("kind", "possible", "posted", "score", "grade"),
        [
            ("points", 8, "8", 8.0, "8"),
            ("points", 8, "7.25", 7.25, "7.25"),
            ("points", 8, "11", 11.0, "11"),
            ("points", 8, "50%", 4.0, "4"),
            ("points", 8, "pass", 8.0, "8"),
            ("points", 8, "incomplete", 0.0, "0"),
            ("points", 8, "B", None, "B"),
            ("points", 8, "great", None, "great"),
            ("percent", 8, "50%", 4.0, "50%"),
            ("percent", 8, "4", 4.0, "50%"),
            ("letter_grade", 100, "B", 84.0, "B"),
            ("letter_grade", 100, "95", 95.0, "A"),
            ("gpa_scale", 100, "B-", 80.0, "B-"),
            ("pass_fail", 8, "complete", 8.0, "complete"),
            ("pass_fail", 8, "fail", 0.0, "incomplete"),
            ("pass_fail", 8, "3", None, "3"),
            ("not_graded", 8, "3", None, "3"),
            ("points", None, "5", 5.0, "5"),
        ],
    )
    def test_is_read_as_canvas_reads_it(
        self,
        practice: Practice,
        kind: str,
        possible: float | None,
        posted: str,
        score: float | None,
        grade: str,
    ) -> None:
        assignment = practice.state.assignments[ESSAY]
        assignment.grading_type, assignment.points_possible = kind, possible

        graded = shown(practice.grade(TEACHER, ESSAY, BEN, posted_grade=posted))

        assert (graded["entered_score"], graded["entered_grade"]) == (score, grade)

    def test_empty_text_clears_the_grade(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")
        cleared = shown(practice.grade(TEACHER, ESSAY, BEN, posted_grade=""))
        assert (cleared["score"], cleared["grade"]) == (None, None)
        assert cleared["workflow_state"] == "unsubmitted"

    def test_an_absent_key_leaves_the_grade(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")
        kept = shown(practice.grade(TEACHER, ESSAY, BEN, sticker="apple"))
        assert kept["entered_score"] == 8.0

    def test_excuse_takes_the_grade_and_a_grade_takes_the_excuse(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")
        excused = shown(practice.grade(TEACHER, ESSAY, BEN, excuse=True))
        assert (excused["excused"], excused["score"]) == (True, None)
        graded = shown(practice.grade(TEACHER, ESSAY, BEN, posted_grade="5"))
        assert (graded["excused"], graded["score"]) == (False, 5.0)

    def test_a_form_body_means_the_same_as_json(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/sis_user_id:S-000107"
        answer = practice.call(TEACHER, "PUT", path, data={"submission[posted_grade]": "6"})
        assert shown(answer)["entered_score"] == 6.0

    def test_the_answer_holds_all_submissions_and_comments(self, practice: Practice) -> None:
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{BEN}"
        body = {"submission": {"posted_grade": "8"}, "comment": {"text_comment": "Well argued"}}
        graded = shown(practice.call(TEACHER, "PUT", path, body))
        assert [row["user_id"] for row in graded["all_submissions"]] == [BEN]
        assert graded["submission_comments"][0]["comment"] == "Well argued"

    def test_a_grade_sent_twice_changes_nothing_but_a_comment_repeats(
        self, practice: Practice
    ) -> None:
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{BEN}"
        body = {"submission": {"posted_grade": "8"}, "comment": {"text_comment": "Good"}}
        first = shown(practice.call(TEACHER, "PUT", path, body))
        second = shown(practice.call(TEACHER, "PUT", path, body))
        assert first["score"] == second["score"] == 8.0
        assert len(second["submission_comments"]) == 2


class TestLatePolicy:
    def test_score_is_what_was_entered_less_the_deduction(self, practice: Practice) -> None:
        practice.state.courses[COURSE].late_policy = LatePolicy(10.0, 86400, 20.0)
        row = practice.state.submission(ESSAY, BEN)
        due = practice.state.assignments[ESSAY].due_at
        assert due is not None
        row.submitted_at = due + timedelta(hours=25)

        graded = shown(practice.grade(TEACHER, ESSAY, BEN, posted_grade="8"))

        assert (graded["entered_score"], graded["score"]) == (8.0, 6.4)
        assert (graded["entered_grade"], graded["grade"]) == ("8", "6.4")
        assert (graded["points_deducted"], graded["late"]) == (1.6, True)

    def test_the_deduction_stops_at_the_minimum(self, practice: Practice) -> None:
        practice.state.courses[COURSE].late_policy = LatePolicy(50.0, 86400, 25.0)
        graded = shown(
            practice.grade(
                TEACHER,
                ESSAY,
                BEN,
                posted_grade="8",
                late_policy_status="late",
                seconds_late_override=10 * 86400,
            )
        )
        assert (graded["entered_score"], graded["score"]) == (8.0, 2.0)


class TestGroups:
    def test_a_group_grade_reaches_all_members_but_the_excused(self) -> None:
        seed = a_seed()
        seed.courses[0].groups = [
            GroupSeed(id=1, name="Reds", group_category_id=50, user_ids=[BEN, MEI, OMAR])
        ]
        practice = Practice(seed=seed)
        practice.state.submission(GROUP_WORK, OMAR).excused = True

        graded = shown(practice.grade(TEACHER, GROUP_WORK, BEN, posted_grade="9"))

        assert [row["user_id"] for row in graded["all_submissions"]] == [BEN, MEI, OMAR]
        assert practice.submission(GROUP_WORK, MEI)["score"] == 9.0
        assert practice.submission(GROUP_WORK, OMAR)["excused"] is True


class TestRefusals:
    def test_excuse_and_grade_together(self, practice: Practice) -> None:
        answer = practice.grade(TEACHER, ESSAY, BEN, posted_grade="8", excuse=True)
        assert answer.status_code == 400
        assert answer.json() == {"error": "Cannot simultaneously grade and excuse an assignment"}

    def test_a_concluded_student_is_visible_but_not_gradable(self, practice: Practice) -> None:
        answer = practice.grade(TEACHER, ESSAY, LATE_LEO, posted_grade="8")
        assert answer.status_code == 400
        assert answer.json() == {
            "error": "Student must be enrolled in the course as a student to be graded"
        }

    def test_somebody_who_never_was_a_student_here_is_404(self, practice: Practice) -> None:
        assert practice.grade(TEACHER, ESSAY, OUTSIDER, posted_grade="8").status_code == 404
        assert practice.grade(TEACHER, ESSAY, 99999, posted_grade="8").status_code == 404

    def test_an_unpublished_assignment(self, practice: Practice) -> None:
        assert (
            refusal(practice.grade(TEACHER, QUIZ_UNPUBLISHED, BEN, posted_grade="1")) == lacking()
        )

    def test_a_moderated_assignment_unless_by_its_final_grader(self, practice: Practice) -> None:
        assert refusal(practice.grade(TEACHER, MODERATED, BEN, posted_grade="1")) == lacking()
        practice.state.assignments[MODERATED].final_grader_id = TEACHER
        assert shown(practice.grade(TEACHER, MODERATED, BEN, posted_grade="1"))["score"] == 1.0

    def test_a_closed_grading_period_unless_by_an_admin(self, practice: Practice) -> None:
        assert refusal(practice.grade(TEACHER, CLOSED, BEN, posted_grade="1")) == lacking()
        assert shown(practice.grade(ADMIN, CLOSED, BEN, posted_grade="1"))["score"] == 1.0

    def test_an_assignment_that_is_not_the_students(self, practice: Practice) -> None:
        answer = practice.grade(TEACHER, ONLY_BEN, MEI, posted_grade="1")
        assert answer.json() == {
            "error": "Cannot grade this submission at this time: "
            "This assignment is not applicable to this student"
        }

    @pytest.mark.parametrize("who", [DESIGNER, BEN, OUTSIDER])
    def test_without_manage_grades(self, practice: Practice, who: int) -> None:
        assert refusal(practice.grade(who, ESSAY, MEI, posted_grade="1")) == lacking()

    def test_a_ta_may_grade(self, practice: Practice) -> None:
        assert shown(practice.grade(TA, ESSAY, BEN, posted_grade="3"))["grader_id"] == TA

    def test_a_site_flag_makes_it_403(self, practice: Practice) -> None:
        practice.switches.api_auth_error_updates = True
        assert refusal(practice.grade(BEN, ESSAY, MEI, posted_grade="1")) == lacking(403)

    def test_its_text_is_translated_while_the_flag_is_off(self, practice: Practice) -> None:
        practice.switches.locale = "es"
        status, text = refusal(practice.grade(BEN, ESSAY, MEI, posted_grade="1"))
        assert (status, text) == (401, "el usuario no tiene permiso para realizar esa acción")

    def test_a_concluded_course_cannot_be_graded(self, practice: Practice) -> None:
        practice.state.courses[COURSE].workflow_state = "completed"
        assert refusal(practice.grade(TEACHER, ESSAY, BEN, posted_grade="1")) == lacking()

    def test_a_taken_right_is_missed_at_the_next_call(self, practice: Practice) -> None:
        practice.switches.overrides["TeacherEnrollment", "manage_grades"] = False
        assert refusal(practice.grade(TEACHER, ESSAY, BEN, posted_grade="1")) == lacking()

    def test_a_pass_fail_assignment_takes_no_other_points(self, practice: Practice) -> None:
        graded = shown(practice.grade(TEACHER, PASS_FAIL, BEN, posted_grade="2"))
        assert (graded["score"], graded["grade"], graded["workflow_state"]) == (
            None,
            "2",
            "unsubmitted",
        )


class TestPosting:
    def test_a_manually_posted_grade_is_hidden_from_its_student(self, practice: Practice) -> None:
        practice.state.assignments[ESSAY].post_manually = True
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")

        seen = practice.submission(ESSAY, BEN, who=BEN)

        assert "score" not in seen
        assert "grade" not in seen
        assert practice.submission(ESSAY, BEN)["posted_at"] is None

    def test_an_automatically_posted_grade_is_seen(self, practice: Practice) -> None:
        practice.grade(TEACHER, ESSAY, BEN, posted_grade="8")
        seen = practice.submission(ESSAY, BEN, who=BEN)
        assert (seen["score"], seen["posted_at"]) == (8.0, f"{NOON:%Y-%m-%dT%H:%M:%SZ}")
