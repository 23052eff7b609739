"""The gateway of the learning system in memory: grades and people; the other roles join here."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from adapters.outbound.memory.lms_courses import MemoryCourses
from adapters.outbound.memory.lms_outcomes import MemoryOutcomes
from adapters.outbound.memory.lms_rubrics import MemoryRubrics
from adapters.outbound.memory.lms_state import BulkJob, LmsState, hindrance
from adapters.outbound.memory.lms_submissions import MemorySubmissions
from application.errors import LmsForbidden, LmsRecordMissing, LmsRefused
from application.ports.lms import (
    BulkReport,
    LmsAccount,
    LmsAssignment,
    LmsCapability,
    LmsCourse,
    LmsGateway,
    LmsGrade,
    LmsStudent,
    Pace,
)
from domain.ids import LmsAccountRef, LmsAssignmentRef, LmsCourseRef, LmsUserRef

LARGEST_BULK = 100


@dataclass(frozen=True, slots=True, repr=False)
class MemoryGateway(MemoryOutcomes, MemoryRubrics, MemoryCourses, MemorySubmissions, LmsGateway):
    """Acts for the person behind the tokens."""

    @property
    def capabilities(self) -> frozenset[LmsCapability]:
        return frozenset(LmsCapability)

    @property
    def pace(self) -> Pace:
        return Pace(None, 0)

    async def assignment(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsAssignment:
        state, _ = await self.enter()
        return state.assignment(course, assignment)

    async def grades(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsGrade]:
        state, _ = await self.enter()
        state.assignment(course, assignment)
        for user in state.rosters[course]:
            if (assignment, user) not in state.unassigned:
                yield state.grade(course, assignment, user)

    async def grade(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef
    ) -> LmsGrade:
        state, _ = await self.enter()
        return state.grade(course, assignment, user)

    async def put_grade(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        points: Decimal,
    ) -> LmsGrade:
        state = await self._enter_to_grade(course)
        return state.put(course, assignment, user, points)

    async def post_grades(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        points: Mapping[LmsUserRef, Decimal],
    ) -> str:
        """Raises ValueError for no grades or more than `LARGEST_BULK`."""
        if not 0 < len(points) <= LARGEST_BULK:
            message = f"1 to {LARGEST_BULK} grades go into one call, not {len(points)}"
            raise ValueError(message)
        state = await self._enter_to_grade(course)
        reason = hindrance(state.assignment(course, assignment))
        if reason:
            raise LmsRefused(f"The grades were refused: {reason}.", reason=reason)
        reference = state.new_ref()
        state.jobs[reference] = BulkJob(course, assignment, dict(points))
        return reference

    async def bulk_report(self, reference: str) -> BulkReport:
        state, _ = await self.enter()
        if reference not in state.jobs:
            raise LmsRecordMissing("This bulk post is forgotten.")
        if not state.hold_bulk:
            state.run_bulk()
        return state.jobs[reference].report

    async def me(self) -> LmsAccount:
        state, user = await self.enter()
        return state.accounts[user]

    async def students(self, course: LmsCourseRef) -> AsyncIterator[LmsStudent]:
        state, _ = await self.enter()
        if course not in state.rosters:
            raise LmsRecordMissing("There is no such course.")
        for student in list(state.rosters[course].values()):
            yield student

    async def users(self, account: LmsAccountRef) -> AsyncIterator[LmsAccount]:
        state, user = await self.enter()
        if not state.outcomes.administers(user, account):
            raise LmsForbidden("The person is no admin of this account.", reason="no-right")
        for one in list(state.accounts.values()):
            yield one

    async def courses_taught(self) -> AsyncIterator[LmsCourse]:
        state, user = await self.enter()
        for course in list(state.courses.values()):
            if (course.ref, user) in state.teachers:
                yield course

    async def _enter_to_grade(self, course: LmsCourseRef) -> LmsState:
        state, user = await self.enter()
        lost = course in self.door.ungraded_courses
        if course in state.courses and (lost or (course, user) not in state.teachers):
            raise LmsForbidden("The person may not grade in this course.", reason="no-right")
        return state
