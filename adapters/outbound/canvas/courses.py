"""The courses of an account as a `CourseDirectory`."""

from collections.abc import AsyncIterator

from adapters.outbound.canvas import payloads, translate
from adapters.outbound.canvas.client import CanvasClient, Params
from adapters.outbound.canvas.paths import segment
from application.ports.lms_courses import CourseDirectory, ListedCourse
from domain.ids import LmsAccountRef

# Without `state[]` Canvas leaves out what is not published.
_STATES = ("created", "claimed", "available", "completed")
_ALL: Params = (("include[]", "term"), *(("state[]", state) for state in _STATES))


class CanvasCourses(CourseDirectory):
    def __init__(self, client: CanvasClient) -> None:
        self._client = client

    async def courses_of(self, account: LmsAccountRef) -> AsyncIterator[ListedCourse]:
        path = f"/accounts/{segment(account)}/courses"
        async for payload in self._client.pages(path, payloads.COURSES, _ALL):
            yield translate.listed_course_from(payload)
