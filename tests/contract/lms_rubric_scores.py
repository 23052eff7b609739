"""What every LMS plug-in keeps about ratings that teachers gave on rubrics."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

import pytest

from application.errors import (
    LmsForbidden,
    LmsRecordMissing,
    LmsUnauthorised,
    LmsUnavailable,
)
from application.ports.lms import LmsCapability
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef
from domain.score_import.lms_rubric import GivenRating, RubricAssignment
from domain.score_import.reading import Reading
from tests.contract.harness import Fault, LmsHarness, Twist
from tests.contract.lms_outcome_scene import (
    a_content,
    a_criterion,
    a_draft,
    chosen,
    comment_on,
    course_place,
    rubric_assignment,
)
from tests.contract.lms_scene import MORE_THAN_A_PAGE, NOTHING, shows_no_secret

NO_COURSE = LmsCourseRef("987654321")


@dataclass(frozen=True, slots=True)
class RatedScene:
    """A course, a student, and an assignment with a rubric of two rows bound to outcomes."""

    course: LmsCourseRef
    student: LmsUserRef
    assignment: RubricAssignment

    def rating(self, row: int, points: str) -> GivenRating:
        assert self.assignment.rubric is not None
        return chosen(self.assignment.rubric.criteria[row], points)

    def comment(self, row: int) -> GivenRating:
        assert self.assignment.rubric is not None
        return comment_on(self.assignment.rubric.criteria[row])


async def a_rated_scene(
    harness: LmsHarness, *, points: tuple[str, ...] = ("3", "2", "1")
) -> RatedScene:
    course = harness.given_course()
    place = course_place(course)
    outcomes = [
        harness.given_outcome(place, a_content(title, points=points, mastery="2"))
        for title in ("Claims", "Evidence")
    ]
    ref = harness.given_rubric_assignment(course, outcomes, grades=True)
    assignment = await rubric_assignment(harness.gateway, course, ref)
    return RatedScene(course, harness.given_student(course), assignment)


async def read(
    harness: LmsHarness, course: LmsCourseRef, *assignments: RubricAssignment
) -> dict[LmsAssignmentRef, Reading]:
    readings = harness.gateway.rubric_scores(course, assignments)
    return {one.assignment.ref: one async for one in readings}


class RubricScoresContract:
    """Each rating comes with all that tells whose it is and what it meant."""

    needs: ClassVar[LmsCapability] = LmsCapability.RUBRICS

    async def test_the_rubric_of_an_assignment_is_told(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        rubric = scene.assignment.rubric
        assert rubric is not None
        assert [row.title for row in rubric.criteria] == ["Claims", "Evidence"]
        assert all(row.outcome_ref for row in rubric.criteria)
        points = [[one.points for one in row.ratings] for row in rubric.criteria]
        assert points == [[Decimal(3), Decimal(2), Decimal(1)]] * 2
        assert rubric.criteria[0].ratings[0].description == "Level 3"

    async def test_a_rating_comes_whole(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        given = [scene.rating(0, "3"), scene.rating(1, "1")]
        harness.given_rating(scene.assignment.ref, scene.student, given)
        reading = (await read(harness, scene.course, scene.assignment))[scene.assignment.ref]
        (scores,) = reading.scores
        assert reading.assignment == scene.assignment
        assert (scores.assignment_ref, scores.user_ref) == (scene.assignment.ref, scene.student)
        assert list(scores.given) == given
        assert scores.grader_ref == harness.teacher
        assert scores.graded_at is not None
        assert scores.graded_at.tzinfo is not None
        assert (scores.posted, scores.excused) == (True, False)

    async def test_a_mere_comment_has_neither_rating_nor_points(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        given = [scene.comment(0), scene.rating(1, "2")]
        harness.given_rating(scene.assignment.ref, scene.student, given)
        reading = (await read(harness, scene.course, scene.assignment))[scene.assignment.ref]
        assert list(reading.scores[0].given) == given

    async def test_a_mere_comment_is_no_rating_of_zero_points(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness, points=("3", "2", "0"))
        given = [scene.comment(0), scene.rating(1, "0")]
        harness.given_rating(scene.assignment.ref, scene.student, given)
        reading = (await read(harness, scene.course, scene.assignment))[scene.assignment.ref]
        assert list(reading.scores[0].given) == given

    async def test_many_students_on_several_assignments(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        rubric = scene.assignment.rubric
        assert rubric is not None
        outcomes = [row.outcome_ref for row in rubric.criteria if row.outcome_ref]
        other = await rubric_assignment(
            harness.gateway, scene.course, harness.given_rubric_assignment(scene.course, outcomes)
        )
        students = [harness.given_student(scene.course) for _ in range(MORE_THAN_A_PAGE)]
        for student in students:
            harness.given_rating(scene.assignment.ref, student, [scene.rating(0, "2")])
        again = RatedScene(scene.course, scene.student, other)
        harness.given_rating(other.ref, scene.student, [again.rating(1, "3")])
        readings = await read(harness, scene.course, scene.assignment, other)
        rated = {ref: {one.user_ref for one in of.scores} for ref, of in readings.items()}
        assert rated == {scene.assignment.ref: set(students), other.ref: {scene.student}}

    async def test_who_was_never_rated_is_left_out(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        readings = await read(harness, scene.course, scene.assignment)
        assert readings[scene.assignment.ref].scores == ()

    async def test_the_latest_grading_replaces_the_one_before(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        for points in ("1", "3"):
            given = [scene.rating(0, points)]
            harness.given_rating(scene.assignment.ref, scene.student, given)
        reading = (await read(harness, scene.course, scene.assignment))[scene.assignment.ref]
        assert [one.given for one in reading.scores] == [(scene.rating(0, "3"),)]

    async def test_a_hidden_grade_is_told(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        given = [scene.rating(0, "3")]
        harness.given_rating(scene.assignment.ref, scene.student, given, posted=False)
        reading = (await read(harness, scene.course, scene.assignment))[scene.assignment.ref]
        assert [one.posted for one in reading.scores] == [False]

    async def test_an_excused_student_is_told_with_the_rating(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        harness.given_rating(scene.assignment.ref, scene.student, [scene.rating(0, "3")])
        harness.given_excused(scene.assignment.ref, scene.student)
        reading = (await read(harness, scene.course, scene.assignment))[scene.assignment.ref]
        assert [one.excused for one in reading.scores] == [True]

    async def test_anonymous_grading_names_nobody(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        harness.given_rating(scene.assignment.ref, scene.student, [scene.rating(0, "3")])
        harness.twist(scene.assignment.ref, Twist.ANONYMOUS)
        hidden = await rubric_assignment(harness.gateway, scene.course, scene.assignment.ref)
        reading = (await read(harness, scene.course, hidden))[hidden.ref]
        assert hidden.anonymous
        assert {one.user_ref for one in reading.scores} <= {LmsUserRef("")}

    async def test_an_unpublished_assignment_has_no_scores(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        harness.given_rating(scene.assignment.ref, scene.student, [scene.rating(0, "3")])
        harness.twist(scene.assignment.ref, Twist.UNPUBLISHED)
        hidden = await rubric_assignment(harness.gateway, scene.course, scene.assignment.ref)
        readings = await read(harness, scene.course, hidden)
        assert [one.scores for one in readings.values()] == [()]

    async def test_a_peer_review_does_not_count(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        harness.given_peer_review(scene.assignment.ref, scene.student, [scene.rating(0, "1")])
        readings = await read(harness, scene.course, scene.assignment)
        assert readings[scene.assignment.ref].scores == ()

    async def test_a_new_rubric_has_no_ratings_of_the_old_one(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        harness.given_rating(scene.assignment.ref, scene.student, [scene.rating(0, "3")])
        used = await harness.gateway.rubric_is_used(scene.course, scene.assignment.ref)
        draft = a_draft(a_criterion("new"))
        await harness.gateway.put_rubric(scene.course, scene.assignment.ref, draft)
        now = await rubric_assignment(harness.gateway, scene.course, scene.assignment.ref)
        assert (await read(harness, scene.course, now))[now.ref].scores == ()
        still = await harness.gateway.rubric_is_used(scene.course, now.ref)
        assert (used, still) == (True, False)

    async def test_all_assignments_come_in_the_order_of_the_course(
        self, harness: LmsHarness
    ) -> None:
        course = harness.given_course()
        refs = [harness.given_assignment(course) for _ in range(MORE_THAN_A_PAGE)]
        found = [one.ref async for one in harness.gateway.rubric_assignments(course)]
        assert found == refs

    async def test_a_missing_course_or_assignment_is_missing(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        with pytest.raises(LmsRecordMissing):
            assert [one async for one in harness.gateway.rubric_assignments(NO_COURSE)]
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.rubric_is_used(course, NOTHING)

    async def test_who_does_not_teach_there_puts_no_rubric(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        assignment = harness.given_assignment(course)
        harness.given_right_lost(course)
        with pytest.raises(LmsForbidden) as caught:
            await harness.gateway.put_rubric(course, assignment, a_draft(a_criterion("one")))
        assert caught.value.reason == "no-right"

    async def test_a_fault_while_reading_shows_no_secret(self, harness: LmsHarness) -> None:
        scene = await a_rated_scene(harness)
        for fault in (Fault.TIMEOUT, Fault.SERVER_ERROR):
            harness.fail_next(fault)
            with pytest.raises(LmsUnavailable) as caught:
                await read(harness, scene.course, scene.assignment)
            shows_no_secret(harness, caught.value)

    async def test_withdrawn_consent_needs_a_person_for_rubrics_too(
        self, harness: LmsHarness
    ) -> None:
        scene = await a_rated_scene(harness)
        harness.withdraw_consent()
        with pytest.raises(LmsUnauthorised):
            await read(harness, scene.course, scene.assignment)
