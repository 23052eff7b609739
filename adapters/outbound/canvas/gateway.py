"""Canvas as an `LmsGateway`."""

from collections.abc import AsyncIterator, Mapping
from decimal import Decimal

from adapters.outbound.canvas import payloads, translate
from adapters.outbound.canvas.client import CanvasClient, Params
from adapters.outbound.canvas.courses import CanvasCourses
from adapters.outbound.canvas.outcome_reader import CanvasOutcomeReader
from adapters.outbound.canvas.outcome_writer import CanvasOutcomeWriter
from adapters.outbound.canvas.paths import assignment_path, course_path, segment
from adapters.outbound.canvas.rubrics import CanvasRubrics
from adapters.outbound.canvas.submissions import CanvasSubmissions
from application.errors import LmsError, LmsForbidden, LmsRecordMissing, LmsRefused
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
_ROSTER: Params = (
    ("type[]", "StudentEnrollment"),
    *(
        ("state[]", state)
        for state in ("active", "invited", "creation_pending", "inactive", "completed")
    ),
)
_TAUGHT: Params = (
    ("enrollment_type", "teacher"),
    ("enrollment_state", "active"),
    ("state[]", "unpublished"),
    ("state[]", "available"),
    ("include[]", "term"),
)
_EMAIL_TOO: Params = (("include[]", "email"),)
_WITH_EMAIL: Params = (("enrollment_type[]", "student"), ("include[]", "email"))
_VAGUE = frozenset({"refused", "no-right"})


class CanvasGateway(
    CanvasOutcomeReader,
    CanvasOutcomeWriter,
    CanvasRubrics,
    CanvasCourses,
    CanvasSubmissions,
    LmsGateway,
):
    """Acts for the person behind the client's token."""

    def __init__(self, client: CanvasClient) -> None:
        self._client = client

    @property
    def capabilities(self) -> frozenset[LmsCapability]:
        return frozenset(LmsCapability)

    @property
    def pace(self) -> Pace:
        throttle = self._client.throttle
        return Pace(throttle.mark, throttle.refusals)

    async def assignment(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsAssignment:
        path = assignment_path(course, assignment)
        try:
            return translate.assignment_from(await self._client.read(path, payloads.ASSIGNMENT))
        except LmsRecordMissing as error:
            raise _assignment_missing() from error

    async def grades(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsGrade]:
        path = f"{assignment_path(course, assignment)}/submissions"
        try:
            async for payload in self._client.pages(path, payloads.SUBMISSIONS):
                yield translate.grade_from(payload)
        except LmsRecordMissing as error:
            raise _assignment_missing() from error

    async def grade(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef
    ) -> LmsGrade:
        path = f"{assignment_path(course, assignment)}/submissions/{segment(user)}"
        try:
            return translate.grade_from(await self._client.read(path, payloads.SUBMISSION), user)
        except LmsRecordMissing as error:
            raise await self._absence(course, assignment) from error

    async def put_grade(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        points: Decimal,
    ) -> LmsGrade:
        path = f"{assignment_path(course, assignment)}/submissions/{segment(user)}"
        form = {"submission[posted_grade]": translate.posted_grade(points)}
        try:
            answer = await self._client.write("PUT", path, form, payloads.SUBMISSION)
        except LmsRecordMissing as error:
            raise await self._absence(course, assignment) from error
        except LmsRefused as error:
            await self._explain(error, course, assignment)
            raise
        return translate.grade_from(answer, user)

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
        path = f"{assignment_path(course, assignment)}/submissions/update_grades"
        form = translate.grade_form(points)
        try:
            progress = await self._client.write("POST", path, form, payloads.PROGRESS)
        except LmsRecordMissing as error:
            raise _assignment_missing() from error
        except LmsRefused as error:
            await self._explain(error, course, assignment)
            raise
        return str(progress.id)

    async def bulk_report(self, reference: str) -> BulkReport:
        path = f"/progress/{segment(reference)}"
        return translate.bulk_report_from(await self._client.read(path, payloads.PROGRESS))

    async def me(self) -> LmsAccount:
        """The profile tells login and e-mail; a key without its scope leaves them out."""
        user = await self._client.read("/users/self", payloads.USER)
        try:
            profile = await self._client.read("/users/self/profile", payloads.PROFILE)
        except LmsForbidden:
            return translate.account_from(user)
        return translate.account_from(user, profile)

    async def students(self, course: LmsCourseRef) -> AsyncIterator[LmsStudent]:
        """Enrolments tell sections and states, the list of users the e-mail addresses."""
        path = f"{course_path(course)}/enrollments"
        rows = [row async for row in self._client.pages(path, payloads.ENROLLMENTS, _ROSTER)]
        for student in translate.students_from(rows, await self._emails(course)):
            yield student

    async def users(self, account: LmsAccountRef) -> AsyncIterator[LmsAccount]:
        """Canvas names users of sub-accounts in the accounts above, too."""
        path = f"/accounts/{segment(account)}/users"
        async for user in self._client.pages(path, payloads.USERS, _EMAIL_TOO):
            yield translate.account_from(user)

    async def courses_taught(self) -> AsyncIterator[LmsCourse]:
        async for payload in self._client.pages("/courses", payloads.COURSES, _TAUGHT):
            course = translate.course_from(payload)
            if course is not None:
                yield course

    async def _emails(self, course: LmsCourseRef) -> dict[LmsUserRef, str]:
        """Empty where the person or the key may not see them."""
        path = f"{course_path(course)}/users"
        try:
            return {
                translate.user_ref(user.id): user.email
                async for user in self._client.pages(path, payloads.USERS, _WITH_EMAIL)
                if user.email
            }
        except LmsForbidden:
            return {}

    async def _absence(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsError:
        """Canvas' 404 does not say what is missing: ask for the assignment."""
        try:
            await self.assignment(course, assignment)
        except LmsRecordMissing as error:
            return error
        return LmsRecordMissing("Canvas has no such student in the course.", reason="not-enrolled")

    async def _explain(
        self, error: LmsRefused, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> None:
        """Raise a clearer refusal if the assignment tells one.

        Canvas answers a missing right, an unpublished or moderated assignment and a closed
        grading period with the same words, in the language of the account.
        """
        if error.reason not in _VAGUE:
            return
        try:
            reason = translate.hindrance(await self.assignment(course, assignment))
        except LmsError:
            return
        if reason:
            raise LmsRefused(f"Canvas refused the grade: {reason}.", reason=reason) from error


def _assignment_missing() -> LmsRecordMissing:
    return LmsRecordMissing("Canvas has no such assignment.", reason="assignment-missing")
