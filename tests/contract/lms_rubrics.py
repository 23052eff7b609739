"""What every side keeps about putting a rubric on an assignment; a real LMS can be asked."""

from decimal import Decimal
from typing import ClassVar

import pytest

from application.errors import LmsRecordMissing, LmsRefused
from application.ports.lms import LmsCapability
from domain.outcomes.found import PlaceKind
from domain.score_import.placed_rubric import RubricDraft, is_the_same
from tests.contract.harness import LmsSide
from tests.contract.lms_outcome_scene import (
    NO_OUTCOME,
    a_content,
    a_criterion,
    a_draft,
    a_folder_wish,
    a_guid,
    account_place,
    course_place,
    rubric_assignment,
)
from tests.contract.lms_scene import NOTHING


class RubricsContract:
    """A rubric stands on the assignment as it was drafted."""

    needs: ClassVar[LmsCapability] = LmsCapability.RUBRICS

    @pytest.mark.parametrize("kind", PlaceKind)
    async def test_a_rubric_is_bound_to_its_outcomes(
        self, harness: LmsSide, kind: PlaceKind
    ) -> None:
        account = harness.given_account()
        harness.given_outcome_admin(account)
        course = harness.given_course(account=account)
        owner = course_place(course) if kind is PlaceKind.COURSE else account_place(account)
        folder, guid = await harness.gateway.put_folder(owner, a_folder_wish()), a_guid()
        outcome = await harness.gateway.add_outcome(owner, folder.ref, guid, a_content())
        assignment = harness.given_assignment(course)
        draft = a_draft(a_criterion("one", outcome.ref), a_criterion("two"))
        answered = await harness.gateway.put_rubric(course, assignment, draft)
        read = await rubric_assignment(harness.gateway, course, assignment)
        assert read.rubric == answered
        assert is_the_same(draft, answered)
        assert [row.guid for row in answered.criteria] == [guid, ""]
        assert answered.title == draft.title
        assert not read.rubric_grades
        assert read.points_possible == Decimal(10)
        # As long as a rubric uses it the outcome cannot go, and a real site must be cleared up.
        await harness.gateway.put_rubric(course, assignment, a_draft(a_criterion("two")))
        await harness.gateway.unlink_outcome(owner, folder.ref, outcome.ref)

    async def test_a_weighted_rubric_makes_the_grade(self, harness: LmsSide) -> None:
        course = harness.given_course()
        assignment = harness.given_assignment(course)
        draft = a_draft(
            a_criterion("one", points=("13.34", "10.01", "6.67", "3.34")),
            a_criterion("two", points=("6.67", "5", "3.34", "1.67")),
            grades=True,
        )
        answered = await harness.gateway.put_rubric(course, assignment, draft)
        read = await rubric_assignment(harness.gateway, course, assignment)
        assert is_the_same(draft, answered)
        assert (read.rubric, read.rubric_grades) == (answered, True)
        assert read.points_possible == Decimal("20.01")
        refs = [row.ref for row in answered.criteria]
        ratings = [one.ref for row in answered.criteria for one in row.ratings]
        assert (len(set(refs)), len(set(ratings))) == (2, 8)
        labels = [one.description for one in answered.criteria[0].ratings]
        assert labels == ["Level 4", "Level 3", "Level 2", "Level 1"]

    async def test_the_points_of_the_assignment_can_be_kept(self, harness: LmsSide) -> None:
        course = harness.given_course()
        assignment = harness.given_assignment(course, points_possible=Decimal(50))
        drafted = a_draft(a_criterion("one"), grades=True)
        kept = RubricDraft(drafted.title, drafted.criteria, grades=True, keeps_points=True)
        await harness.gateway.put_rubric(course, assignment, kept)
        read = await rubric_assignment(harness.gateway, course, assignment)
        assert (read.points_possible, read.rubric_grades) == (Decimal(50), True)

    async def test_another_rubric_takes_the_place_of_the_first(self, harness: LmsSide) -> None:
        course = harness.given_course()
        assignment = harness.given_assignment(course)
        first = await harness.gateway.put_rubric(course, assignment, a_draft(a_criterion("one")))
        second = await harness.gateway.put_rubric(course, assignment, a_draft(a_criterion("two")))
        read = await rubric_assignment(harness.gateway, course, assignment)
        assert read.rubric == second
        assert [row.title for row in second.criteria] == ["Row two"]
        assert first.ref != second.ref or first.criteria != second.criteria
        assert not await harness.gateway.rubric_is_used(course, assignment)

    async def test_a_rubric_for_a_missing_assignment_is_refused(self, harness: LmsSide) -> None:
        course = harness.given_course()
        with pytest.raises(LmsRecordMissing):
            await harness.gateway.put_rubric(course, NOTHING, a_draft(a_criterion("one")))

    async def test_a_rubric_with_an_unknown_outcome_is_refused(self, harness: LmsSide) -> None:
        course = harness.given_course()
        assignment = harness.given_assignment(course)
        with pytest.raises(LmsRefused):
            await harness.gateway.put_rubric(
                course, assignment, a_draft(a_criterion("one", NO_OUTCOME))
            )

    async def test_an_assignment_without_rubric_is_listed_as_such(self, harness: LmsSide) -> None:
        course = harness.given_course()
        assignment = harness.given_assignment(course, points_possible=Decimal(25))
        read = await rubric_assignment(harness.gateway, course, assignment)
        assert (read.rubric, read.rubric_grades) == (None, False)
        assert (read.points_possible, read.published, read.launch_url) == (Decimal(25), True, "")
        assert not await harness.gateway.rubric_is_used(course, assignment)
