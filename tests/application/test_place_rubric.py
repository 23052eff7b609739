"""Putting the rubric of an assessment on an assignment of the LMS."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest

from adapters.outbound.jobs.memory_jobs import MemoryJobs
from adapters.outbound.memory.unit_of_work import MemoryUnits
from application.errors import (
    Conflict,
    Invalid,
    LmsRecordMissing,
    LmsRefused,
    LmsUnauthorised,
    NotFound,
)
from domain.ids import LmsAssignmentRef, PersonId, SiteId
from domain.outcomes.found import OutcomePlace, PlaceKind
from tests.application.placing import ACCOUNT, SITE, RubricScene
from tests.application.sending import TEACHER, WORK, Classroom, at_once
from tests.stand_ins import NOON, FixedClock

pytestmark = pytest.mark.anyio

T = TypeVar("T")
STRANGER = PersonId("person-tom")


@pytest.fixture
def scene(memory_units: MemoryUnits, memory_jobs: MemoryJobs, clock: FixedClock) -> RubricScene:
    return RubricScene(Classroom(memory_units, memory_jobs, clock))


class TestOutcomesOriented:
    async def test_each_row_is_bound_to_the_outcome_of_its_slo(self, scene: RubricScene) -> None:
        thesis, evidence = scene.given_outcomes()

        await scene.put()

        rubric = scene.rubric_there()
        assert rubric.title == "Essay"
        assert [row.outcome_ref for row in rubric.criteria] == [thesis, evidence]
        assert [row.title for row in rubric.criteria] == ["Thesis", "Evidence"]
        assert [one.points for one in rubric.criteria[0].ratings] == [4, 3, 2, 1]

    async def test_the_outcome_sent_for_this_work_and_course_comes_first(
        self, scene: RubricScene
    ) -> None:
        scene.given_outcomes()
        own = scene.given_outcome("thesis", scene.course_place, work_id=WORK)

        await scene.put()

        assert scene.rubric_there().criteria[0].outcome_ref == own

    async def test_the_newest_generation_is_used(self, scene: RubricScene) -> None:
        scene.given_outcome("thesis", ACCOUNT, live=False)
        newest = scene.given_outcome("thesis", ACCOUNT, generation=2)
        evidence = scene.given_outcome("evidence", ACCOUNT)

        await scene.put()

        assert [row.outcome_ref for row in scene.rubric_there().criteria] == [newest, evidence]

    @pytest.mark.parametrize(
        "changes", [{"live": False}, {"mapped": True}, {"site_id": SiteId("site-other")}]
    )
    async def test_outcomes_that_cannot_be_used_count_as_missing(
        self, scene: RubricScene, changes: dict[str, object]
    ) -> None:
        scene.given_outcome("thesis", ACCOUNT)
        scene.given_outcome("evidence", ACCOUNT, **changes)

        with pytest.raises(LmsRefused) as refused:
            await scene.put()

        offer = await scene.offer(scene.target())
        assert refused.value.reason == "outcome-not-in-course"
        assert [row.id for row in offer.draft.missing] == ["row-evidence"]
        assert (scene.state.rubrics.on, scene.recorded()) == ({}, [])

    async def test_outcomes_of_another_course_or_work_count_as_missing(
        self, scene: RubricScene
    ) -> None:
        other = scene.state.given_course(scene.room.teacher)
        scene.given_outcome("thesis", OutcomePlace(PlaceKind.COURSE, other), work_id=WORK)
        scene.given_outcome("evidence", scene.course_place)

        offer = await scene.offer(scene.target())

        assert [row.id for row in offer.draft.missing] == ["row-thesis", "row-evidence"]

    async def test_the_total_becomes_the_points_of_the_assignment(self, scene: RubricScene) -> None:
        scene.given_outcomes()

        await scene.put()

        there = (await scene.offered()).assignment
        assert there.points_possible == 8
        assert there.rubric_grades is True

    async def test_a_rubric_for_rating_only_leaves_the_points(self, scene: RubricScene) -> None:
        scene.given_outcomes()

        await scene.put(grades=False)

        there = (await scene.offered()).assignment
        assert there.points_possible == 20
        assert there.rubric_grades is False


class TestStudentOriented:
    async def test_the_points_possible_are_shared_by_weight(self, scene: RubricScene) -> None:
        scene.given_weights(method=2, style=1)

        placed = await scene.put()

        rubric = scene.rubric_there()
        highest = [row.ratings[0].points for row in rubric.criteria]
        assert highest == [Decimal("66.67"), Decimal("33.33")]
        assert [row.outcome_ref for row in rubric.criteria] == [None, None]
        assert (await scene.offered()).assignment.points_possible == 100
        assert placed.criteria[0].levels == (
            (Decimal("66.67"), Decimal(4)),
            (Decimal("50.00"), Decimal(3)),
            (Decimal("33.34"), Decimal(2)),
            (Decimal("16.67"), Decimal(1)),
        )

    async def test_an_assignment_that_keeps_its_points_has_them_shared(
        self, scene: RubricScene
    ) -> None:
        scene.given_weights(method=3, style=1)

        await scene.put(keeps_points=True)

        rubric, there = scene.rubric_there(), (await scene.offered()).assignment
        assert [row.ratings[0].points for row in rubric.criteria] == [15, 5]
        assert there.points_possible == 20
        assert there.rubric_grades is True

    async def test_a_row_without_weight_stays_out_of_a_rubric_that_grades(
        self, scene: RubricScene
    ) -> None:
        scene.given_weights(method=2, tidiness=0)

        placed = await scene.put()

        offer = await scene.offer(scene.target())
        assert offer.draft.weightless == 1
        assert [row.title for row in scene.rubric_there().criteria] == ["Method"]
        assert [row.row_id for row in placed.criteria] == ["row-method"]

    async def test_a_row_without_weight_is_in_a_rubric_for_rating_only(
        self, scene: RubricScene
    ) -> None:
        scene.given_weights(method=2, tidiness=0)

        await scene.put(grades=False)

        tidiness = scene.rubric_there().criteria[1]
        assert [one.points for one in tidiness.ratings] == [4, 3, 2, 1]

    async def test_without_any_weight_no_grade_comes_of_it(self, scene: RubricScene) -> None:
        scene.given_weights(method=0, style=0)

        with pytest.raises(Invalid):
            await scene.put()
        await scene.put(grades=False)

        assert len(scene.rubric_there().criteria) == 2


class TestAnotherRubric:
    async def test_is_not_replaced_unless_asked(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        house = scene.given_other_rubric()

        with pytest.raises(Conflict, match="House rubric"):
            await scene.put()

        assert (scene.rubric_there(), scene.recorded()) == (house, [])

    async def test_is_replaced_when_asked(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        scene.given_other_rubric()

        await scene.put(replaces=True)

        assert len(scene.rubric_there().criteria) == 2

    async def test_stays_where_a_student_was_rated_on_it(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        house = scene.given_other_rubric(rated=True)

        with pytest.raises(LmsRefused) as refused:
            await scene.put(replaces=True)

        assert refused.value.reason == "rubric-used"
        assert (scene.rubric_there(), scene.recorded()) == (house, [])


class TestAgain:
    async def test_a_second_press_makes_no_second_rubric(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        first = await scene.put()
        scene.room.clock.advance(minutes=1)

        second = await scene.put()

        assert (first.rubric_ref, first.criteria) == (second.rubric_ref, second.criteria)
        assert scene.recorded() == [second]

    async def test_a_second_press_is_fine_although_students_were_rated(
        self, scene: RubricScene
    ) -> None:
        scene.given_weights(method=2, style=1)
        first = await scene.put()
        scene.rate(scene.rubric_there())

        assert (await scene.put()).rubric_ref == first.rubric_ref

    async def test_other_points_ask_for_another_rubric(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        first = await scene.put(grades=False)

        with pytest.raises(Conflict):
            await scene.put()
        second = await scene.put(replaces=True)

        assert first.rubric_ref != second.rubric_ref
        assert (await scene.offered()).assignment.rubric_grades

    async def test_a_rubric_that_was_never_recorded_is_taken_for_ours(
        self, scene: RubricScene
    ) -> None:
        """The server died after the LMS had made it."""
        scene.given_weights(method=2, style=1)
        dying = DiesWhileRecording()
        with pytest.raises(SystemExit):
            await scene.place(dying)(scene.command())
        left = scene.rubric_there()
        assert (scene.recorded(), (await scene.offered()).placed) == ([], False)

        placed = await scene.put()

        assert scene.rubric_there() == left
        assert [row.criterion_ref for row in placed.criteria] == [row.ref for row in left.criteria]
        assert (await scene.offered()).placed


class DiesWhileRecording:
    """Reads twice; does not live to write."""

    def __init__(self) -> None:
        self.reads = 0

    async def __call__(self, work: Callable[[], T]) -> T:
        self.reads += 1
        if self.reads > 2:
            raise SystemExit
        return await at_once(work)


class TestRecord:
    async def test_says_what_stands_for_what(self, scene: RubricScene) -> None:
        scene.given_outcomes()

        placed = await scene.put()

        rubric = scene.rubric_there()
        assert scene.recorded() == [placed]
        assert (placed.work_id, placed.site_id, placed.course_ref) == (
            WORK, SITE, scene.room.course,
        )  # fmt: skip
        assert (placed.assignment_ref, placed.rubric_ref) == (scene.room.assignment, rubric.ref)
        assert (placed.placed_by, placed.placed_at) == (TEACHER, NOON)
        assert [(row.row_id, row.criterion_ref) for row in placed.criteria] == [
            ("row-thesis", rubric.criteria[0].ref),
            ("row-evidence", rubric.criteria[1].ref),
        ]

    async def test_the_audit_trail_names_work_assignment_and_rubric(
        self, scene: RubricScene
    ) -> None:
        scene.given_outcomes()

        placed = await scene.put()

        with scene.room.units(write=False) as unit:
            entry = unit.audit.entries()[-1]
        assert (entry.actor, entry.verb, entry.subject) == (
            TEACHER, "placed rubric", f"work:{WORK}",
        )  # fmt: skip
        assert entry.details == f"assignment:{placed.assignment_ref} rubric:{placed.rubric_ref}"


class TestOffer:
    async def test_lists_every_assignment_also_of_another_tool(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        tool = scene.state.given_assignment(scene.room.course, points_possible=None)
        changed = replace(scene.state.assignments[tool], launch_url="https://tool.test/launch")
        scene.state.change_assignment(changed)

        offer = await scene.offer(scene.target())
        await scene.put(assignment_ref=tool)

        assert [one.assignment.ref for one in offer.assignments] == [scene.room.assignment, tool]
        assert not any(one.placed for one in offer.assignments)
        assert len(scene.state.rubrics.on[tool].rubric.criteria) == 2

    async def test_knows_where_the_rubric_is_already(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        await scene.put()

        assert (await scene.offered()).placed

    async def test_a_rubric_put_in_its_place_since_is_not_ours(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        await scene.put()
        scene.given_other_rubric()

        assert not (await scene.offered()).placed

    async def test_changes_nothing(self, scene: RubricScene) -> None:
        scene.given_outcomes()

        await scene.offer(scene.target())

        assert (scene.state.rubrics.on, scene.recorded()) == ({}, [])


class TestRefusals:
    async def test_who_does_not_teach_the_section_finds_nothing(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        target = replace(scene.target(), person_id=STRANGER)

        with pytest.raises(NotFound):
            await scene.offer(target)
        with pytest.raises(NotFound):
            await scene.put(target=target)

        assert scene.state.rubrics.on == {}

    async def test_an_assignment_that_is_not_in_the_course(self, scene: RubricScene) -> None:
        scene.given_outcomes()

        with pytest.raises(LmsRecordMissing):
            await scene.put(assignment_ref=LmsAssignmentRef("gone"))

    async def test_without_authorisation_the_lms_is_not_asked(self, scene: RubricScene) -> None:
        scene.given_outcomes()
        scene.room.lms.withdraw(scene.room.teacher)

        with pytest.raises(LmsUnauthorised):
            await scene.put()

        assert (scene.state.rubrics.on, scene.recorded()) == ({}, [])
