"""What Attain asks of an LMS about the courses of an account, whoever teaches them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from domain.ids import LmsAccountRef, LmsCourseRef


@dataclass(frozen=True, slots=True)
class ListedCourse:
    """`code` is the Canvas Course Code. `state` is the LMS' own word, such as `available`."""

    ref: LmsCourseRef
    code: str
    sis_id: str | None
    name: str
    term: str
    state: str


class CourseDirectory(Protocol):
    def courses_of(self, account: LmsAccountRef) -> AsyncIterator[ListedCourse]:
        """The courses of the account and of all below, unpublished and ended ones too.

        Pages to the end, in no order; deleted courses are left out.

        Raises:
            LmsForbidden: the person may not list them.
            LmsRecordMissing: there is no such account.
        """
