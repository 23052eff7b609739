"""What students handed in to the learning system in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from adapters.outbound.memory.lms_door import Acting
from application.ports.lms_submissions import LmsSubmission, SubmissionReader
from domain.ids import LmsAssignmentRef, LmsCourseRef


@dataclass(frozen=True, slots=True, repr=False)
class MemorySubmissions(Acting, SubmissionReader):
    async def submissions(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsSubmission]:
        state, _ = await self.enter()
        state.assignment(course, assignment)
        for (held, _), submission in list(state.handed_in.items()):
            if held == assignment:
                yield submission
