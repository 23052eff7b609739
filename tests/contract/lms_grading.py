"""What every LMS plug-in does with single and bulk grades."""

from decimal import Decimal

import pytest

from application.errors import (
    LmsRecordMissing,
    LmsRefused,
)
from application.ports.lms import BulkState
from application.refusals import REFUSALS
from domain.ids import LmsAssignmentRef, LmsUserRef
from tests.contract.harness import LmsHarness, Twist
from tests.contract.lms_scene import NEAR, NOBODY, NOTHING, a_scene


class GradingContract:
    """A grade arrives as it is, or is refused by name."""

    @pytest.mark.parametrize(
        "text", ["0", "7.5", "3.10", "0.000001", "9.999999", "1234.567891", "100"]
    )
    async def test_a_grade_survives_the_round_trip(self, harness: LmsHarness, text: str) -> None:
        scene, points = a_scene(harness), Decimal(text)
        answered = await harness.gateway.put_grade(
            scene.course, scene.assignment, scene.student, points
        )
        read = await harness.gateway.grade(scene.course, scene.assignment, scene.student)
        for grade in (answered, read):
            assert grade.user_ref == scene.student
            assert grade.entered is not None
            assert abs(grade.entered - points) <= NEAR
        assert read.graded_at is not None

    async def test_a_second_put_changes_nothing(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        put = (scene.course, scene.assignment, scene.student, Decimal("8.25"))
        first = await harness.gateway.put_grade(*put)
        shown = harness.grades_shown(scene.assignment)
        second = await harness.gateway.put_grade(*put)
        assert first.entered == second.entered
        assert harness.grades_shown(scene.assignment) == shown == {scene.student: Decimal("8.25")}

    @pytest.mark.parametrize(
        ("user", "assignment", "reason"),
        [(NOBODY, None, "not-enrolled"), (None, NOTHING, "assignment-missing")],
    )
    async def test_a_grade_for_what_is_missing_is_refused_by_name(
        self,
        harness: LmsHarness,
        user: LmsUserRef | None,
        assignment: LmsAssignmentRef | None,
        reason: str,
    ) -> None:
        scene = a_scene(harness)
        place = (scene.course, assignment or scene.assignment, user or scene.student)
        with pytest.raises(LmsRecordMissing) as written:
            await harness.gateway.put_grade(*place, Decimal(1))
        with pytest.raises(LmsRecordMissing) as read:
            await harness.gateway.grade(*place)
        assert (written.value.reason, read.value.reason) == (reason, reason)

    @pytest.mark.parametrize("twist", [Twist.UNPUBLISHED, Twist.MODERATED, Twist.CLOSED_PERIOD])
    async def test_a_hindered_assignment_refuses_with_its_reason(
        self, harness: LmsHarness, twist: Twist
    ) -> None:
        scene = a_scene(harness)
        harness.twist(scene.assignment, twist)
        assert twist in REFUSALS
        with pytest.raises(LmsRefused) as one:
            await harness.gateway.put_grade(
                scene.course, scene.assignment, scene.student, Decimal(1)
            )
        assert one.value.reason == twist
        assert harness.grades_shown(scene.assignment) == {}

    async def test_an_ended_enrolment_takes_no_grade(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_enrolment_ended(scene.course, scene.student)
        with pytest.raises(LmsRefused) as caught:
            await harness.gateway.put_grade(
                scene.course, scene.assignment, scene.student, Decimal(1)
            )
        assert caught.value.reason == "not-active"

    async def test_an_assignment_for_others_takes_no_grade(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.given_not_assigned(scene.assignment, scene.student)
        with pytest.raises(LmsRefused) as caught:
            await harness.gateway.put_grade(
                scene.course, scene.assignment, scene.student, Decimal(1)
            )
        assert caught.value.reason == "not-applicable"

    async def test_an_unpublished_assignment_takes_no_bulk(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        harness.twist(scene.assignment, Twist.UNPUBLISHED)
        with pytest.raises(LmsRefused) as caught:
            await harness.gateway.post_grades(
                scene.course, scene.assignment, {scene.student: Decimal(1)}
            )
        assert caught.value.reason == Twist.UNPUBLISHED

    async def test_all_grades_of_a_bulk_arrive(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        students = [harness.given_student(scene.course) for _ in range(99)]
        points = {user: Decimal(at) / 8 for at, user in enumerate([scene.student, *students])}
        reference = await harness.gateway.post_grades(scene.course, scene.assignment, points)
        waiting = await harness.gateway.bulk_report(reference)
        harness.run_bulk()
        done = await harness.gateway.bulk_report(reference)
        assert (waiting.state, done.state) == (BulkState.RUNNING, BulkState.FINISHED)
        assert done.missing == ()
        assert harness.grades_shown(scene.assignment) == points

    async def test_a_bulk_names_the_missing_and_grades_the_others(
        self, harness: LmsHarness
    ) -> None:
        scene = a_scene(harness)
        stranger = LmsUserRef("987654322")
        points = dict.fromkeys([NOBODY, scene.student, stranger], Decimal(5))
        reference = await harness.gateway.post_grades(scene.course, scene.assignment, points)
        harness.run_bulk()
        report = await harness.gateway.bulk_report(reference)
        assert report.state is BulkState.FINISHED
        assert sorted(report.missing) == [NOBODY, stranger]
        assert harness.grades_shown(scene.assignment) == {scene.student: Decimal(5)}

    async def test_a_bulk_that_stops_part_way_says_broken(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        second, third = (harness.given_student(scene.course) for _ in range(2))
        harness.given_not_assigned(scene.assignment, second)
        points = dict.fromkeys([scene.student, second, third], Decimal(5))
        reference = await harness.gateway.post_grades(scene.course, scene.assignment, points)
        harness.run_bulk()
        report = await harness.gateway.bulk_report(reference)
        assert report.state is BulkState.BROKEN
        assert harness.grades_shown(scene.assignment) == {scene.student: Decimal(5)}

    @pytest.mark.parametrize("size", [0, 101])
    async def test_a_bulk_holds_one_to_a_hundred(self, harness: LmsHarness, size: int) -> None:
        scene = a_scene(harness)
        points = {LmsUserRef(str(at)): Decimal(1) for at in range(size)}
        with pytest.raises(ValueError, match="100"):
            await harness.gateway.post_grades(scene.course, scene.assignment, points)

    async def test_a_bulk_for_a_missing_assignment_is_refused(self, harness: LmsHarness) -> None:
        scene = a_scene(harness)
        with pytest.raises(LmsRecordMissing) as caught:
            await harness.gateway.post_grades(scene.course, NOTHING, {scene.student: Decimal(1)})
        assert caught.value.reason == "assignment-missing"

    async def test_a_forgotten_bulk_is_missing(self, harness: LmsHarness) -> None:
        harness.given_course()
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.bulk_report("987654321")
