"""What Attain asks of an LMS about rubrics: who was rated how, and putting a rubric somewhere."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from domain.ids import LmsAssignmentRef, LmsCourseRef
from domain.score_import.lms_rubric import LmsRubric, RubricAssignment
from domain.score_import.placed_rubric import RubricDraft
from domain.score_import.reading import Reading


class RubricReader(Protocol):
    def rubric_assignments(self, course: LmsCourseRef) -> AsyncIterator[RubricAssignment]:
        """All assignments of the course, with or without rubric, in the course's order."""

    def rubric_scores(
        self, course: LmsCourseRef, assignments: Sequence[RubricAssignment]
    ) -> AsyncIterator[Reading]:
        """What graders chose on these assignments' rubrics; one reading each, in any order.

        Students never rated on the rubric are left out. As many calls at once as the LMS
        bears. Unpublished assignments have no scores.
        """

    async def rubric_is_used(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> bool:
        """Whether anybody was rated on the rubric that the assignment has now."""


class RubricWriter(Protocol):
    async def put_rubric(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, draft: RubricDraft
    ) -> LmsRubric:
        """Make a rubric and attach it to the assignment for grading, in place of another.

        The answer is read back from the assignment: one criterion for each of the draft, in
        its order. Never repeated by the adapter.

        Raises:
            LmsRecordMissing: no such assignment. LmsRefused: no right, or unbound outcomes.
        """
