"""What one teacher reads from the board and writes on it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from application.errors import LmsRecordMissing
from application.ports.lms import (
    BulkReport,
    BulkState,
    GradingScheme,
    LmsAccount,
    LmsAssignment,
    LmsCapability,
    LmsCourse,
    LmsGateway,
    LmsGrade,
    LmsStudent,
    Pace,
)
from application.ports.lms_plugin import TokenSource
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef

from .board import Board, assignment_of, course_of
from .undeclared import NoCourses, NoOutcomes, NoPeople, NoRubrics, NoSubmissions


@dataclass(frozen=True, slots=True, repr=False)
class ChalkGateway(NoOutcomes, NoRubrics, NoCourses, NoPeople, NoSubmissions, LmsGateway):
    """The token is the teacher's name on the board; logins, SIS ids and names are one there."""

    board: Board
    tokens: TokenSource

    @property
    def capabilities(self) -> frozenset[LmsCapability]:
        return frozenset({LmsCapability.GRADES, LmsCapability.ROSTERS})

    @property
    def pace(self) -> Pace:
        """A board holds nobody up."""
        return Pace(None, 0)

    async def assignment(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsAssignment:
        held = assignment_of(course_of(self.board.read(), course), assignment)
        return LmsAssignment(
            ref=assignment,
            course_ref=course,
            name=held["name"],
            points_possible=Decimal(held["points"]),
            scheme=GradingScheme.POINTS,
            published=True,
            moderated=False,
            anonymous=False,
            group_grade=False,
            closed_period=False,
            launch_url="",
        )

    async def grades(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef
    ) -> AsyncIterator[LmsGrade]:
        held = course_of(self.board.read(), course)
        grades = assignment_of(held, assignment)["grades"]
        for student in held["students"]:
            yield _grade(student, grades)

    async def grade(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef
    ) -> LmsGrade:
        held = course_of(self.board.read(), course)
        grades = assignment_of(held, assignment)["grades"]
        if user not in held["students"]:
            raise LmsRecordMissing("There is no such student.", reason="not-enrolled")
        return _grade(user, grades)

    async def put_grade(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        points: Decimal,
    ) -> LmsGrade:
        await self.grade(course, assignment, user)
        self.board.put(await self.tokens.token(), course, assignment, {user: points})
        return await self.grade(course, assignment, user)

    async def post_grades(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        points: Mapping[LmsUserRef, Decimal],
    ) -> str:
        """Done at once; the reference tells whom the board did not know."""
        by_name = {str(user): number for user, number in points.items()}
        return self.board.put(await self.tokens.token(), course, assignment, by_name)

    async def bulk_report(self, reference: str) -> BulkReport:
        bulks = self.board.read()["bulks"]
        if reference not in bulks:
            raise LmsRecordMissing("This bulk post is forgotten.")
        missing = tuple(LmsUserRef(student) for student in bulks[reference])
        return BulkReport(BulkState.FINISHED, missing, "")

    async def me(self) -> LmsAccount:
        return _account(await self.tokens.token())

    async def students(self, course: LmsCourseRef) -> AsyncIterator[LmsStudent]:
        for student in course_of(self.board.read(), course)["students"]:
            yield LmsStudent(_account(student), (), active=True)

    async def courses_taught(self) -> AsyncIterator[LmsCourse]:
        teacher = await self.tokens.token()
        for ref, held in self.board.read()["courses"].items():
            if held["teacher"] == teacher:
                yield LmsCourse(LmsCourseRef(ref), held["code"], None, held["code"], "")


def _account(name: str) -> LmsAccount:
    return LmsAccount(LmsUserRef(name), name, name, None)


def _grade(student: str, grades: Mapping[str, str]) -> LmsGrade:
    entered = Decimal(grades[student]) if student in grades else None
    user, posted = LmsUserRef(student), entered is not None
    return LmsGrade(user, entered, excused=False, graded_at=None, posted=posted)
