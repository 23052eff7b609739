"""What Attain asks of an LMS, in narrow roles; `LmsGateway` joins them.

A gateway acts for one person on one site. All references are the LMS' own ids as text.
Every method may raise `LmsUnauthorised`, `LmsForbidden`, `LmsUnavailable`,
`LmsRateLimited` and `LmsSpokeNonsense`; further errors are named where they can occur.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from application.ports.lms_courses import CourseDirectory
from application.ports.lms_outcomes import OutcomeReader, OutcomeWriter
from application.ports.lms_rubrics import RubricReader, RubricWriter
from application.ports.lms_submissions import SubmissionReader
from domain.ids import LmsAccountRef, LmsAssignmentRef, LmsCourseRef, LmsUserRef


class LmsCapability(StrEnum):
    GRADES = "grades"
    ROSTERS = "rosters"
    PEOPLE = "people"
    SIGN_IN = "sign-in"
    OUTCOMES = "outcomes"
    RUBRICS = "rubrics"
    COURSES = "courses"
    SUBMISSIONS = "submissions"


@dataclass(frozen=True, slots=True)
class LmsAccount:
    """A user of the LMS. None means the caller may not see it or it is empty."""

    ref: LmsUserRef
    sis_id: str | None
    login: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class LmsStudent:
    """A student of a course; one entry a person, whatever the number of enrolments."""

    account: LmsAccount
    section_sis_ids: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class LmsCourse:
    """`code` is the Canvas Course Code, which equals the Section Title when all is well."""

    ref: LmsCourseRef
    code: str
    sis_id: str | None
    name: str
    term: str


class GradingScheme(StrEnum):
    POINTS = "points"
    PERCENT = "percent"
    LETTER = "letter_grade"
    GPA = "gpa_scale"
    PASS_FAIL = "pass_fail"  # noqa: S105 a grading scheme, no password
    NOT_GRADED = "not_graded"


@dataclass(frozen=True, slots=True)
class LmsAssignment:
    """`points_possible` None: the assignment has no points set."""

    ref: LmsAssignmentRef
    course_ref: LmsCourseRef
    name: str
    points_possible: Decimal | None
    scheme: GradingScheme
    published: bool
    moderated: bool
    anonymous: bool
    group_grade: bool
    """One grade goes to every member of the student's group."""
    closed_period: bool
    """It lies in a closed grading period, as far as the LMS tells."""
    launch_url: str


@dataclass(frozen=True, slots=True)
class LmsGrade:
    """One student's entry in the gradebook.

    `entered` is the grade in points as given, before any late deduction; None when there
    is none. `posted` tells whether the student can see it. Under `anonymous` grading the LMS
    withholds who it is: `user_ref` is then empty, unless the student was asked for by name.
    """

    user_ref: LmsUserRef
    entered: Decimal | None
    excused: bool
    graded_at: datetime | None
    posted: bool
    anonymous: bool = False


class BulkState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    BROKEN = "broken"
    """It stopped part-way: some grades may stand, only reading them back tells which."""


@dataclass(frozen=True, slots=True)
class BulkReport:
    """How a bulk post stands. `missing` are users the LMS could not find."""

    state: BulkState
    missing: tuple[LmsUserRef, ...]
    message: str


class GradeReader(Protocol):
    async def assignment(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsAssignment:
        """Raises: LmsRecordMissing when it is not there (any more)."""

    def grades(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> AsyncIterator[LmsGrade]:
        """The whole gradebook column, in no order; pages to the end."""

    async def grade(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef
    ) -> LmsGrade:
        """Raises: LmsRecordMissing when the user is no student there."""


class GradeWriter(Protocol):
    async def put_grade(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        points: Decimal,
    ) -> LmsGrade:
        """Make the gradebook show this grade; the same again changes nothing.

        Returns the grade as the LMS answered it. A grade that the LMS could not read as a
        number comes back with `entered` None, which is a failure, not a success.

        Raises:
            LmsRecordMissing: the student or the assignment is not there.
            LmsRefused: not gradable now; `reason` says why (application.refusals).
        """

    async def post_grades(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        points: Mapping[LmsUserRef, Decimal],
    ) -> str:
        """Hand over up to 100 grades in one call; returns a reference to ask about later.

        Nothing is known to have arrived until the grades are read back. Never repeated
        by the adapter.

        Raises:
            LmsRecordMissing, LmsRefused: the whole call was refused and nothing queued.
        """

    async def bulk_report(self, reference: str) -> BulkReport:
        """Ask how the bulk post stands. Raises LmsRecordMissing when it is forgotten."""


class RosterReader(Protocol):
    async def me(self) -> LmsAccount:
        """The person for whom this gateway acts."""

    def students(self, course: LmsCourseRef) -> AsyncIterator[LmsStudent]:
        """All students of the course, test students left out; pages to the end."""

    def courses_taught(self) -> AsyncIterator[LmsCourse]:
        """Courses where the person teaches, that are not over by dates."""


class PeopleDirectory(Protocol):
    def users(self, account: LmsAccountRef) -> AsyncIterator[LmsAccount]:
        """Users of the account and all below it, each once, test students left out.

        Pages are read as they are asked for: a caller who stops early asks for no more.

        Raises: LmsForbidden, reason `no-right`, to somebody who does not administer it.
        """


@dataclass(frozen=True, slots=True)
class Pace:
    """How the LMS throttles this person's calls, as far as this process has seen.

    `mark` is the most that the LMS said was left, in its own units; None: nothing seen yet.
    """

    mark: float | None
    refusals: int


class LmsGateway(
    GradeReader,
    GradeWriter,
    RosterReader,
    PeopleDirectory,
    OutcomeReader,
    OutcomeWriter,
    RubricReader,
    RubricWriter,
    CourseDirectory,
    SubmissionReader,
    Protocol,
):
    @property
    def capabilities(self) -> frozenset[LmsCapability]: ...
    @property
    def pace(self) -> Pace: ...
