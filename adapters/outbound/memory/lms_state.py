"""The tables of the learning system in memory, and how tests fill them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from adapters.outbound.memory.lms_outcome_state import ROOT, OutcomeState
from adapters.outbound.memory.lms_rubric_state import RubricState
from adapters.outbound.memory.lms_uploads import Uploads
from application.errors import LmsRecordMissing, LmsRefused
from application.ports.lms import (
    BulkReport,
    BulkState,
    GradingScheme,
    LmsAccount,
    LmsAssignment,
    LmsCourse,
    LmsGrade,
    LmsStudent,
)
from application.ports.lms_submissions import LmsSubmission
from domain.ids import LmsAccountRef, LmsAssignmentRef, LmsCourseRef, LmsUserRef

GRADED = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
"""When every grade of the learning system in memory was given."""


@dataclass(slots=True)
class BulkJob:
    course: LmsCourseRef
    assignment: LmsAssignmentRef
    points: Mapping[LmsUserRef, Decimal]
    report: BulkReport = field(default_factory=lambda: BulkReport(BulkState.RUNNING, (), ""))


@dataclass(slots=True)
class LmsState:
    """One site. `given_...` arrange what is there.

    `hold_bulk` keeps bulk posts and uploads waiting.
    """

    accounts: dict[LmsUserRef, LmsAccount] = field(default_factory=dict)
    courses: dict[LmsCourseRef, LmsCourse] = field(default_factory=dict)
    teachers: set[tuple[LmsCourseRef, LmsUserRef]] = field(default_factory=set)
    rosters: dict[LmsCourseRef, dict[LmsUserRef, LmsStudent]] = field(default_factory=dict)
    assignments: dict[LmsAssignmentRef, LmsAssignment] = field(default_factory=dict)
    grades: dict[tuple[LmsAssignmentRef, LmsUserRef], LmsGrade] = field(default_factory=dict)
    unassigned: set[tuple[LmsAssignmentRef, LmsUserRef]] = field(default_factory=set)
    jobs: dict[str, BulkJob] = field(default_factory=dict)
    handed_in: dict[tuple[LmsAssignmentRef, LmsUserRef], LmsSubmission] = field(
        default_factory=dict
    )
    hold_bulk: bool = False
    rubrics: RubricState = field(init=False)
    outcomes: OutcomeState = field(init=False)
    uploads: Uploads = field(init=False)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.rubrics = RubricState(self.new_ref)
        self.outcomes = OutcomeState(self.new_ref, self.rubrics)
        self.uploads = Uploads(self.outcomes)

    def new_ref(self) -> str:
        return str(next(self._numbers))

    def given_account(
        self, *, sis_id: str | None = None, login: str | None = None, email: str | None = None
    ) -> LmsAccount:
        account = LmsAccount(LmsUserRef(self.new_ref()), sis_id, login, email)
        self.accounts[account.ref] = account
        return account

    def given_handed_in(
        self, assignment: LmsAssignmentRef, user: LmsUserRef, url: str
    ) -> LmsSubmission:
        """One more attempt of the student."""
        before = self.handed_in.get((assignment, user))
        attempt = before.attempt + 1 if before else 1
        page = f"https://lms.test/assignments/{assignment}/submissions/{user}"
        made = LmsSubmission(user, attempt, GRADED, page, url, ())
        self.handed_in[assignment, user] = made
        return made

    def given_course(
        self,
        teacher: LmsUserRef,
        *,
        code: str = "",
        sis_id: str | None = None,
        term: str = "",
        unit: LmsAccountRef = ROOT,
    ) -> LmsCourseRef:
        ref = LmsCourseRef(self.new_ref())
        self.courses[ref] = LmsCourse(ref, code, sis_id, code, term)
        self.rosters[ref] = {}
        self.teachers.add((ref, teacher))
        self.outcomes.course_units[ref] = unit
        return ref

    def given_assignment(
        self, course: LmsCourseRef, *, points_possible: Decimal | None = Decimal(10)
    ) -> LmsAssignmentRef:
        """A published points assignment; `change_assignment` makes it another one."""
        ref = LmsAssignmentRef(self.new_ref())
        self.assignments[ref] = LmsAssignment(
            ref=ref,
            course_ref=course,
            name=f"Assignment {ref}",
            points_possible=points_possible,
            scheme=GradingScheme.POINTS,
            published=True,
            moderated=False,
            anonymous=False,
            group_grade=False,
            closed_period=False,
            launch_url="",
        )
        return ref

    def change_assignment(self, changed: LmsAssignment) -> None:
        self.assignments[changed.ref] = changed

    def given_student(
        self, course: LmsCourseRef, account: LmsAccount, *, section: str | None = None
    ) -> LmsUserRef:
        """Enrol a student; enrolled again, the student gains a section."""
        held = self.rosters[course].get(account.ref) or LmsStudent(account, (), active=True)
        sections = (*held.section_sis_ids, section) if section else held.section_sis_ids
        self.rosters[course][account.ref] = replace(held, section_sis_ids=sections)
        return account.ref

    def end_enrolment(self, course: LmsCourseRef, user: LmsUserRef) -> None:
        held = self.rosters[course][user]
        self.rosters[course][user] = replace(held, active=False)

    def given_grade(
        self,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        entered: Decimal | None,
        *,
        excused: bool = False,
    ) -> LmsGrade:
        graded = entered is not None or excused
        grade = LmsGrade(user, entered, excused, GRADED if graded else None, posted=graded)
        self.grades[(assignment, user)] = grade
        return grade

    def assignment(self, course: LmsCourseRef, assignment: LmsAssignmentRef) -> LmsAssignment:
        found = self.assignments.get(assignment)
        if found is None or found.course_ref != course:
            raise LmsRecordMissing("There is no such assignment.", reason="assignment-missing")
        return found

    def grade(
        self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef
    ) -> LmsGrade:
        self.assignment(course, assignment)
        if user not in self.rosters[course]:
            raise LmsRecordMissing("There is no such student.", reason="not-enrolled")
        return self.grades.get((assignment, user)) or LmsGrade(
            user, entered=None, excused=False, graded_at=None, posted=False
        )

    def put(
        self,
        course: LmsCourseRef,
        assignment: LmsAssignmentRef,
        user: LmsUserRef,
        points: Decimal,
    ) -> LmsGrade:
        self.grade(course, assignment, user)
        reason = self._reason(course, assignment, user)
        if reason:
            raise LmsRefused(f"The grade was refused: {reason}.", reason=reason)
        return self.given_grade(assignment, user, points)

    def _reason(self, course: LmsCourseRef, assignment: LmsAssignmentRef, user: LmsUserRef) -> str:
        reason = hindrance(self.assignments[assignment])
        if reason:
            return reason
        if not self.rosters[course][user].active:
            return "not-active"
        return "not-applicable" if (assignment, user) in self.unassigned else ""

    def run_bulk(self) -> None:
        """Do all waiting bulk posts at once."""
        for job in self.jobs.values():
            if job.report.state is BulkState.RUNNING:
                job.report = self._done(job)

    def _done(self, job: BulkJob) -> BulkReport:
        missing = []
        for user, points in job.points.items():
            try:
                self.put(job.course, job.assignment, user, points)
            except LmsRecordMissing:
                missing.append(user)
            except LmsRefused:
                return BulkReport(BulkState.BROKEN, (), "Stopped part-way.")
        return BulkReport(BulkState.FINISHED, tuple(missing), "")


def hindrance(assignment: LmsAssignment) -> str:
    """Why nobody can be graded there; a reason of `application.refusals`, empty for none."""
    checks = (
        (assignment.moderated, "moderated"),
        (not assignment.published, "unpublished"),
        (assignment.closed_period, "closed-period"),
    )
    return next((reason for hinders, reason in checks if hinders), "")
