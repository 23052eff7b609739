"""What students handed in to an assignment of the LMS."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef


@dataclass(frozen=True, slots=True)
class LmsSubmission:
    """`page` is where the LMS shows it to those who may see it, after a sign-in there.

    `url` is the address that was handed in, empty where something else was; `files` are the
    names of what was attached. `attempt` counts from 1.
    """

    user_ref: LmsUserRef
    attempt: int
    handed_in_at: datetime | None
    page: str
    url: str
    files: tuple[str, ...]


class SubmissionReader(Protocol):
    def submissions(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsSubmission]:
        """The newest of each student who handed something in, in no order.

        Raises: LmsRecordMissing when the assignment is not there.
        """
