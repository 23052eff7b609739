"""What every LMS plug-in reads: assignments, grades, people, courses."""

from decimal import Decimal

import pytest

from application.errors import (
    LmsRecordMissing,
)
from tests.contract.harness import LmsHarness, Twist
from tests.contract.lms_scene import MORE_THAN_A_PAGE, NOTHING, a_scene


class ReadingContract:
    """Assignments, grades and rosters come whole and as they stand."""

    async def test_an_assignment_is_read_as_it_stands(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        ref = harness.given_assignment(course, points_possible=Decimal("12.5"))
        found = await harness.gateway.assignment(course, ref)
        assert (found.ref, found.course_ref) == (ref, course)
        assert found.points_possible == Decimal("12.5")
        assert found.published
        assert [found.moderated, found.anonymous, found.closed_period] == [False] * 3

    @pytest.mark.parametrize("twist", Twist)
    async def test_what_keeps_an_assignment_from_grading_is_told(
        self, harness: LmsHarness, twist: Twist
    ) -> None:
        scene = a_scene(harness)
        harness.twist(scene.assignment, twist)
        found = await harness.gateway.assignment(scene.course, scene.assignment)
        told = {
            Twist.UNPUBLISHED: not found.published,
            Twist.MODERATED: found.moderated,
            Twist.ANONYMOUS: found.anonymous,
            Twist.CLOSED_PERIOD: found.closed_period,
        }
        assert [known for known, holds in told.items() if holds] == [twist]

    async def test_a_missing_assignment_is_named(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        with pytest.raises(LmsRecordMissing) as caught:
            await harness.gateway.assignment(course, NOTHING)
        assert caught.value.reason == "assignment-missing"

    async def test_all_students_come_however_many_pages(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        refs = [harness.given_student(course) for _ in range(MORE_THAN_A_PAGE)]
        found = [student.account.ref async for student in harness.gateway.students(course)]
        assert sorted(found) == sorted(refs)

    async def test_a_student_of_two_sections_comes_once(self, harness: LmsHarness) -> None:
        course = harness.given_course()
        student = harness.given_student(course, sis_id="T100", section="S1")
        harness.given_further_section(course, student, "S2")
        (found,) = [student async for student in harness.gateway.students(course)]
        assert found.account.sis_id == "T100"
        assert sorted(found.section_sis_ids) == ["S1", "S2"]
        assert found.active

    async def test_an_ended_enrolment_is_not_active(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_enrolment_ended(scene.course, scene.student)
        (found,) = [student async for student in harness.gateway.students(scene.course)]
        assert not found.active

    async def test_the_whole_gradebook_column_comes(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        others = [harness.given_student(scene.course) for _ in range(MORE_THAN_A_PAGE)]
        await harness.gateway.put_grade(scene.course, scene.assignment, others[-1], Decimal(7))
        column = harness.gateway.grades(scene.course, scene.assignment)
        found = {grade.user_ref: grade.entered async for grade in column}
        assert found == dict.fromkeys([scene.student, *others]) | {others[-1]: Decimal(7)}

    async def test_who_i_am_and_what_i_teach(self, harness: LmsHarness) -> None:
        first, second = harness.given_course(code="MATH 1"), harness.given_course(code="MATH 2")
        me = await harness.gateway.me()
        taught = {course.ref: course.code async for course in harness.gateway.courses_taught()}
        assert me.ref == harness.teacher
        assert taught == {first: "MATH 1", second: "MATH 2"}

    async def test_no_grade_is_none_and_not_zero(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        grade = await harness.gateway.grade(scene.course, scene.assignment, scene.student)
        assert (grade.entered, grade.excused, grade.graded_at) == (None, False, None)

    async def test_an_excused_student_is_told(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_excused(scene.assignment, scene.student)
        grade = await harness.gateway.grade(scene.course, scene.assignment, scene.student)
        assert (grade.entered, grade.excused) == (None, True)
