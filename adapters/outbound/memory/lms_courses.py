"""The courses of an account of the learning system in memory."""

from collections.abc import AsyncIterator

from adapters.outbound.memory.lms_door import Acting
from application.errors import LmsForbidden
from application.ports.lms_courses import CourseDirectory, ListedCourse
from domain.ids import LmsAccountRef


class MemoryCourses(Acting, CourseDirectory):
    async def courses_of(self, account: LmsAccountRef) -> AsyncIterator[ListedCourse]:
        state, user = await self.enter()
        units = state.outcomes
        units.unit(account)
        if not units.administers(user, account):
            raise LmsForbidden("The person does not administer the account.", reason="no-right")
        for course in list(state.courses.values()):
            if account in units.accounts_from(units.course_units[course.ref]):
                term = course.term
                yield ListedCourse(
                    course.ref, course.code, course.sis_id, course.name, term, "available"
                )
