"""Assessing with a rubric: what is stored, what is graded, and what is quietly ignored."""

from datetime import timedelta
from typing import Any, ClassVar

import httpx
import pytest

from sandbox.canvas.records import LatePolicy
from sandbox.canvas.seed import GroupSeed
from tests.sandbox.college import (
    BEN,
    COURSE,
    DESIGNER,
    ESSAY,
    GROUP_WORK,
    LATE_LEO,
    MEI,
    MODERATED,
    NOON,
    OMAR,
    TA,
    TEACHER,
    Practice,
    a_seed,
    shown,
)
from tests.sandbox.rubric_calls import (
    ESSAY_ROWS,
    assess,
    assignment_of,
    association,
    essay_rubric,
    post_rubric,
    put_rubric,
    read_back,
    rubric_body,
)

TOP = {"_8027": {"points": 5}, "_9131": {"points": 3}}


def stored(practice: Practice, student: int = BEN) -> Any:
    return read_back(practice, student)["rubric_assessment"]


class TestStoring:
    def test_is_read_back_and_is_not_in_the_answer(self, practice: Practice) -> None:
        essay_rubric(practice)
        given = {"_8027": {"points": 5, "rating_id": "_1", "comments": "Clear"}}
        answer = shown(assess(practice, BEN, given))
        assert "rubric_assessment" not in answer
        assert stored(practice) == {"_8027": {"rating_id": "_1", "comments": "Clear", "points": 5}}

    def test_is_absent_before_and_where_nobody_asked(self, practice: Practice) -> None:
        essay_rubric(practice)
        assert "rubric_assessment" not in read_back(practice, BEN)
        shown(assess(practice, BEN, TOP))
        assert "rubric_assessment" not in practice.submission(ESSAY, BEN)

    def test_a_criterion_that_is_left_out_is_erased(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, TOP))
        shown(assess(practice, BEN, {"_9131": {"points": 1}}))
        assert set(stored(practice)) == {"_9131"}
        assert practice.submission(ESSAY, BEN)["score"] == 1.0

    def test_a_comment_has_no_points(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"_9131": {"comments": "See me", "points": ""}}))
        assert stored(practice) == {"_9131": {"rating_id": None, "comments": "See me"}}
        assert practice.submission(ESSAY, BEN)["score"] is None

    def test_a_comment_finds_the_rating_of_no_points(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"_8027": {"comments": "See me"}}))
        assert stored(practice) == {"_8027": {"rating_id": "_3", "comments": "See me"}}

    @pytest.mark.parametrize(
        ("sent", "kept"), [({"points": 3}, "_2"), ({"points": "3", "rating_id": "odd"}, "odd")]
    )
    def test_a_rating_is_found_by_its_points_unless_one_was_sent(
        self, practice: Practice, sent: Any, kept: str
    ) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"_8027": sent}))
        assert stored(practice)["_8027"]["rating_id"] == kept

    def test_points_between_two_ratings_find_one_only_in_a_range(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"_8027": {"points": 4}}))
        assert stored(practice)["_8027"]["rating_id"] is None
        row = {**ESSAY_ROWS["0"], "criterion_use_range": "true"}
        number = association(practice).rubric_id
        shown(put_rubric(practice, number, {"rubric": {"criteria": {"0": row}}}))
        shown(assess(practice, BEN, {"_8027": {"points": 4}}))
        assert stored(practice)["_8027"]["rating_id"] == "_1"

    def test_of_equal_ratings_the_first_is_found(self, practice: Practice) -> None:
        ratings = {
            "0": {"id": "b", "description": "B", "points": 2},
            "1": {"id": "a", "description": "A", "points": 2},
        }
        shown(post_rubric(practice, rubric_body({"0": {"id": "c", "ratings": ratings}})))
        shown(assess(practice, BEN, {"c": {"points": 2}}))
        assert stored(practice)["c"]["rating_id"] == "a"

    def test_only_rows_of_outcomes_are_capped(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"_8027": {"points": 9}, "_9131": {"points": 9}}))
        assert stored(practice)["_8027"]["points"] == 5.0
        assert stored(practice)["_9131"]["points"] == 9.0
        assert practice.submission(ESSAY, BEN)["score"] == 14.0

    def test_a_form_is_read_like_json(self, practice: Practice) -> None:
        essay_rubric(practice)
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{BEN}"
        form = {"rubric_assessment[_8027][points]": "3", "rubric_assessment[_8027][comments]": ""}
        shown(practice.call(TEACHER, "PUT", path, data=form))
        assert stored(practice)["_8027"] == {"rating_id": "_2", "comments": "", "points": 3.0}


class TestRefusalsAndSilence:
    def test_no_known_criterion_is_400_after_the_grade_was_given(self, practice: Practice) -> None:
        essay_rubric(practice, use_for_grading="0")
        answer = assess(practice, BEN, {"gone": {"points": 5}}, posted_grade="2")
        assert (answer.status_code, answer.json()) == (
            400,
            {"message": "invalid rubric_assessment"},
        )
        assert practice.submission(ESSAY, BEN)["score"] == 2.0
        assert practice.state.rubric_assessments == {}

    def test_unknown_criteria_beside_known_ones_are_dropped(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, {"gone": {"points": 5}, "_8027": {"points": 3}}))
        assert set(stored(practice)) == {"_8027"}

    def test_without_a_rubric_it_is_a_200_that_did_nothing(self, practice: Practice) -> None:
        assert assess(practice, BEN, TOP).status_code == 200
        assert "rubric_assessment" not in read_back(practice, BEN)
        assert practice.submission(ESSAY, BEN)["workflow_state"] == "unsubmitted"

    def test_a_rubric_for_another_purpose_is_none(self, practice: Practice) -> None:
        shown(post_rubric(practice, rubric_body(None, {"purpose": "bookmark"})))
        assert assess(practice, BEN, TOP).status_code == 200
        assert practice.state.rubric_assessments == {}

    def test_a_moderated_assignment_refuses_and_stores_nothing(self, practice: Practice) -> None:
        shown(post_rubric(practice, rubric_body(None, {"association_id": MODERATED})))
        assert assess(practice, BEN, TOP, MODERATED).status_code == 401
        assert practice.state.rubric_assessments == {}

    def test_a_concluded_student_is_not_graded_and_not_assessed(self, practice: Practice) -> None:
        essay_rubric(practice)
        answer = assess(practice, LATE_LEO, TOP)
        assert answer.status_code == 400
        assert "must be enrolled" in answer.json()["error"]
        assert practice.state.rubric_assessments == {}


class TestGrading:
    def test_the_total_overwrites_a_posted_grade(self, practice: Practice) -> None:
        essay_rubric(practice)
        answer = shown(assess(practice, BEN, TOP, posted_grade="2"))
        assert (answer["score"], answer["grade"], answer["grader_id"]) == (8.0, "8", TEACHER)

    def test_without_use_for_grading_only_the_posted_grade_counts(self, practice: Practice) -> None:
        essay_rubric(practice, use_for_grading="0")
        shown(assess(practice, BEN, TOP))
        assert practice.submission(ESSAY, BEN)["score"] is None
        shown(assess(practice, BEN, TOP, posted_grade="2"))
        assert practice.submission(ESSAY, BEN)["score"] == 2.0

    def test_an_empty_posted_grade_clears_the_grade(self, practice: Practice) -> None:
        essay_rubric(practice, use_for_grading="0")
        shown(assess(practice, BEN, TOP, posted_grade="2"))
        shown(assess(practice, BEN, TOP, posted_grade=""))
        assert practice.submission(ESSAY, BEN)["score"] is None

    def test_no_points_at_all_take_the_grade_away(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, TOP))
        shown(assess(practice, BEN, {"_9131": {"comments": "Redo"}}))
        row = practice.submission(ESSAY, BEN)
        assert (row["score"], row["grade"], row["workflow_state"]) == (None, None, "unsubmitted")

    def test_a_row_that_does_not_score_is_stored_and_not_counted(self, practice: Practice) -> None:
        essay_rubric(practice)
        practice.state.rubrics[association(practice).rubric_id].criteria[
            0
        ].ignore_for_scoring = True
        shown(assess(practice, BEN, TOP))
        assert stored(practice)["_8027"]["points"] == 5.0
        assert practice.submission(ESSAY, BEN)["score"] == 3.0

    def test_the_score_after_a_deduction_is_what_is_compared(self, practice: Practice) -> None:
        essay_rubric(practice)
        practice.state.courses[COURSE].late_policy = LatePolicy(10.0, 86400, 0.0)
        row = practice.state.submission(ESSAY, BEN)
        row.submitted_at = NOON
        practice.state.assignments[ESSAY].due_at = NOON - timedelta(hours=1)
        shown(assess(practice, BEN, TOP))
        first = practice.submission(ESSAY, BEN)
        assert (first["entered_score"], first["score"]) == (8.0, 7.2)
        practice.clock.advance(60)
        shown(assess(practice, BEN, TOP))
        assert practice.submission(ESSAY, BEN)["graded_at"] > first["graded_at"]

    def test_a_score_unexcuses(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(practice.grade(TEACHER, ESSAY, BEN, excuse=True))
        shown(assess(practice, BEN, TOP))
        assert practice.submission(ESSAY, BEN)["excused"] is False

    def test_the_whole_group_gets_assessment_and_grade(self) -> None:
        seed = a_seed()
        seed.courses[0].groups = [
            GroupSeed(id=1, name="A", group_category_id=50, user_ids=[BEN, MEI])
        ]
        practice = Practice(seed=seed)
        shown(post_rubric(practice, rubric_body(None, {"association_id": GROUP_WORK})))
        shown(assess(practice, BEN, {"_9131": {"points": 3}}, GROUP_WORK))
        for student in (BEN, MEI):
            row = read_back(practice, student, GROUP_WORK)
            assert row["rubric_assessment"]["_9131"]["points"] == 3.0
            assert row["score"] == 3.0
        assert "rubric_assessment" not in read_back(practice, OMAR, GROUP_WORK)

    def test_the_second_grader_replaces_the_first(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, TOP))
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{BEN}"
        shown(practice.call(TA, "PUT", path, {"rubric_assessment": {"_9131": {"points": 1}}}))
        (row,) = practice.state.rubric_assessments.values()
        assert (row.assessor_id, set(row.data)) == (TA, {"_9131"})


class TestReading:
    def test_students_submissions_carry_it(self, practice: Practice) -> None:
        essay_rubric(practice)
        shown(assess(practice, BEN, TOP))
        path = f"/courses/{COURSE}/students/submissions?student_ids[]=all&include[]="
        rows = shown(practice.get(TEACHER, f"{path}rubric_assessment&assignment_ids[]={ESSAY}"))
        found = {row["user_id"]: row.get("rubric_assessment") for row in rows}
        assert found[BEN]["_8027"]["points"] == 5.0
        assert found[MEI] is None
        listed = f"/courses/{COURSE}/assignments/{ESSAY}/submissions?include[]=rubric_assessment"
        assert sum("rubric_assessment" in row for row in shown(practice.get(TEACHER, listed))) == 1

    def test_the_full_one_tells_who_and_how(self, practice: Practice) -> None:
        essay_rubric(practice)
        given = {"_8027": {"points": 5, "comments": "<b>"}, "_9131": {"points": 2}}
        shown(assess(practice, BEN, given))
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions/{BEN}"
        row = shown(practice.get(TEACHER, f"{path}?include[]=full_rubric_assessment"))
        full = row["full_rubric_assessment"]
        assert (full["score"], full["assessor_name"]) == (7.0, "Ada Byron")
        first, second = full["data"]
        assert (first["description"], first["above_threshold"]) == ("Exceeds", True)
        assert (first["comments"], first["comments_html"]) == ("<b>", "&lt;b&gt;")
        assert (second["id"], second["description"]) == (None, "No details")
        assert "above_threshold" not in second
        assert full["rubric_association"]["use_for_grading"] is True

    @pytest.mark.parametrize("grading", ["0", "1"])
    def test_a_student_reads_it_once_the_grade_is_posted(
        self, practice: Practice, grading: str
    ) -> None:
        essay_rubric(practice, use_for_grading=grading)
        practice.state.assignments[ESSAY].post_manually = True
        shown(assess(practice, BEN, TOP))
        assert "rubric_assessment" in read_back(practice, BEN)
        assert read_back(practice, BEN)["posted_at"] is None
        assert "rubric_assessment" not in read_back(practice, BEN, who=BEN)
        practice.state.submission(ESSAY, BEN).posted_at = NOON
        assert "rubric_assessment" in read_back(practice, BEN, who=BEN)

    def test_a_key_without_includes_hides_it(self, practice: Practice) -> None:
        scope = "url:GET|/api/v1/courses/:course_id/assignments/:assignment_id/submissions"
        keyed = practice.with_key(scopes=[scope], allow_includes=False)
        essay_rubric(keyed)
        shown(assess(keyed, BEN, TOP))
        token = keyed.canvas.token_for(TEACHER, scopes=[scope])
        path = f"/courses/{COURSE}/assignments/{ESSAY}/submissions?include[]=rubric_assessment"
        rows = shown(keyed.get(token, path))
        assert rows
        assert not any("rubric_assessment" in row for row in rows)


class TestInBulk:
    def test_is_applied_after_the_grade(self, practice: Practice) -> None:
        essay_rubric(practice)
        data = {
            str(BEN): {"posted_grade": "2", "rubric_assessment": TOP},
            str(MEI): {"rubric_assessment": {"_9131": {"points": 1}}},
        }
        shown(practice.update_grades(TEACHER, ESSAY, data))
        assert practice.state.rubric_assessments == {}
        practice.canvas.run_jobs()
        assert practice.submission(ESSAY, BEN)["score"] == 8.0
        assert practice.submission(ESSAY, MEI)["score"] == 1.0
        assert stored(practice, MEI)["_9131"]["points"] == 1.0

    def test_unknown_criteria_are_no_error(self, practice: Practice) -> None:
        essay_rubric(practice, use_for_grading="0")
        data = {str(BEN): {"rubric_assessment": {"gone": {"points": 5}}}}
        number = shown(practice.update_grades(TEACHER, ESSAY, data))["id"]
        practice.canvas.run_jobs()
        assert shown(practice.get(TEACHER, f"/progress/{number}"))["workflow_state"] == "completed"
        assert stored(practice) == {}

    def test_a_grade_unexcuses_where_excuse_is_not_sent(self, practice: Practice) -> None:
        essay_rubric(practice, use_for_grading="0")
        shown(practice.grade(TEACHER, ESSAY, BEN, excuse=True))
        data = {str(BEN): {"posted_grade": "2", "rubric_assessment": TOP}}
        shown(practice.update_grades(TEACHER, ESSAY, data))
        practice.canvas.run_jobs()
        assert practice.submission(ESSAY, BEN)["excused"] is False

    def test_without_a_rubric_it_is_ignored(self, practice: Practice) -> None:
        data = {str(BEN): {"rubric_assessment": TOP}}
        shown(practice.update_grades(TEACHER, ESSAY, data))
        practice.canvas.run_jobs()
        assert practice.state.rubric_assessments == {}


def by_association(
    practice: Practice, sent: Any, who: int = TEACHER, number: int | None = None
) -> httpx.Response:
    path = f"/courses/{COURSE}/rubric_associations/{association(practice).id}/rubric_assessments"
    method, path = ("POST", path) if number is None else ("PUT", f"{path}/{number}")
    return practice.call(who, method, path, {"rubric_assessment": sent})


class TestByTheAssociation:
    GIVEN: ClassVar[dict[str, Any]] = {
        "assessment_type": "grading",
        "criterion__8027": {"points": 5},
    }

    def test_is_stored_and_grades(self, practice: Practice) -> None:
        essay_rubric(practice)
        made = shown(by_association(practice, {**self.GIVEN, "user_id": str(BEN)}))
        assert (made["score"], made["ratings"][0]["criterion_id"]) == (5.0, "_8027")
        assert made["artifact"]["score"] == 5.0
        assert set(stored(practice)) == {"_8027"}

    def test_a_number_for_the_student_is_a_500(self, practice: Practice) -> None:
        essay_rubric(practice)
        assert by_association(practice, {**self.GIVEN, "user_id": BEN}).status_code == 500
        assert practice.state.rubric_assessments == {}

    @pytest.mark.parametrize("student", [None, "sis_user_id:S-000107", "99", str(TEACHER)])
    def test_an_unknown_student_is_404(self, practice: Practice, student: str | None) -> None:
        essay_rubric(practice)
        assert by_association(practice, {**self.GIVEN, "user_id": student}).status_code == 404

    def test_without_its_type_or_at_all_it_is_a_500(self, practice: Practice) -> None:
        essay_rubric(practice)
        assert by_association(practice, {"user_id": str(BEN)}).status_code == 500
        assert by_association(practice, None).status_code == 500

    def test_bare_criterion_ids_are_not_read(self, practice: Practice) -> None:
        essay_rubric(practice)
        sent = {"assessment_type": "grading", "user_id": str(BEN), "_8027": {"points": 5}}
        assert shown(by_association(practice, sent))["score"] is None

    def test_a_put_knows_its_student(self, practice: Practice) -> None:
        essay_rubric(practice)
        number = shown(by_association(practice, {**self.GIVEN, "user_id": str(BEN)}))["id"]
        again = {**self.GIVEN, "criterion__8027": {"points": 3}}
        assert shown(by_association(practice, again, number=number))["id"] == number
        assert stored(practice)["_8027"]["points"] == 3.0

    def test_other_types_are_kept_apart(self, practice: Practice) -> None:
        essay_rubric(practice, use_for_grading="0")
        peer = {**self.GIVEN, "assessment_type": "peer_review", "user_id": str(BEN)}
        first = shown(by_association(practice, peer))["id"]
        assert shown(by_association(practice, peer))["id"] == first
        assert shown(by_association(practice, peer, TA))["id"] != first
        assert "rubric_assessment" not in read_back(practice, BEN)

    def test_is_not_for_those_who_do_not_grade(self, practice: Practice) -> None:
        essay_rubric(practice)
        for who in (BEN, DESIGNER):
            assert (
                by_association(practice, {**self.GIVEN, "user_id": str(BEN)}, who).status_code
                == 401
            )

    def test_a_concluded_student_is_a_400_with_a_base_error(self, practice: Practice) -> None:
        essay_rubric(practice)
        answer = by_association(practice, {**self.GIVEN, "user_id": str(LATE_LEO)})
        assert answer.status_code == 400
        assert "must be enrolled" in answer.json()["errors"]["base"]

    def test_is_deleted_without_its_grade(self, practice: Practice) -> None:
        essay_rubric(practice)
        number = shown(by_association(practice, {**self.GIVEN, "user_id": str(BEN)}))["id"]
        path = f"/courses/{COURSE}/rubric_associations/{association(practice).id}"
        path = f"{path}/rubric_assessments/{number}"
        assert practice.call(BEN, "DELETE", path).status_code == 401
        shown(practice.call(TEACHER, "DELETE", path))
        assert "rubric_assessment" not in read_back(practice, BEN)
        assert practice.submission(ESSAY, BEN)["score"] == 5.0
        assert practice.call(TEACHER, "DELETE", path).status_code == 404


def test_the_assignment_counts_as_graded(practice: Practice) -> None:
    essay_rubric(practice)
    shown(assess(practice, BEN, TOP))
    assert assignment_of(practice)["graded_submissions_exist"] is True
