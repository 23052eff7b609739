"""From Canvas' payloads to what the LMS ports speak of; pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import UNSET

from adapters.outbound.canvas.payloads import (
    AssignmentPayload,
    CoursePayload,
    EnrollmentPayload,
    ProfilePayload,
    ProgressPayload,
    RawId,
    SubmissionPayload,
    UserPayload,
)
from application.ports.lms import (
    BulkReport,
    BulkState,
    LmsAccount,
    LmsAssignment,
    LmsCourse,
    LmsGrade,
    LmsStudent,
)
from application.ports.lms_courses import ListedCourse
from domain.ids import LmsAssignmentRef, LmsCourseRef, LmsUserRef

_QUOTED = re.compile(r"'([^']*)'")
_ACTIVE = frozenset({"active", "invited", "creation_pending"})


def user_ref(raw: RawId) -> LmsUserRef:
    return LmsUserRef(str(raw))


def account_from(user: UserPayload, profile: ProfilePayload | None = None) -> LmsAccount:
    """One's own e-mail address stands only in the profile."""
    profile = profile or ProfilePayload()
    return LmsAccount(
        ref=user_ref(user.id),
        sis_id=user.sis_user_id or profile.sis_user_id or None,
        login=user.login_id or profile.login_id or None,
        email=user.email or profile.primary_email or None,
    )


def assignment_from(payload: AssignmentPayload) -> LmsAssignment:
    tool = payload.external_tool_tag_attributes
    published = payload.published
    return LmsAssignment(
        ref=LmsAssignmentRef(str(payload.id)),
        course_ref=LmsCourseRef(str(payload.course_id)),
        name=payload.name or "",
        points_possible=payload.points_possible,
        scheme=payload.grading_type,
        published=payload.workflow_state == "published" if published is None else published,
        moderated=bool(payload.moderated_grading),
        anonymous=_anonymous(payload),
        group_grade=payload.group_category_id is not None
        and not payload.grade_group_students_individually,
        closed_period=bool(payload.in_closed_grading_period),
        launch_url=(tool.url if tool else None) or "",
    )


def _anonymous(payload: AssignmentPayload) -> bool:
    """Anonymous grading ends when grades are posted; then students have names again."""
    return bool(payload.anonymous_grading) and payload.anonymize_students is not False


def hindrance(assignment: LmsAssignment) -> str:
    """Why Canvas lets nobody grade here, as a reason; in the order in which it checks."""
    checks = (
        (assignment.moderated, "moderated"),
        (not assignment.published, "unpublished"),
        (assignment.anonymous, "anonymous"),
        (assignment.closed_period, "closed-period"),
    )
    return next((reason for hinders, reason in checks if hinders), "")


def grade_from(payload: SubmissionPayload, user: LmsUserRef | None = None) -> LmsGrade:
    """`user` names the student where the answer need not; under anonymity it stays empty."""
    entered = payload.entered_score
    known = user_ref(payload.user_id) if payload.user_id is not None else user
    return LmsGrade(
        user_ref=known or LmsUserRef(""),
        entered=payload.score if entered is UNSET else entered,
        excused=bool(payload.excused),
        graded_at=payload.graded_at,
        posted=payload.posted_at is not None,
        anonymous=payload.user_id is None,
    )


def posted_grade(points: Decimal) -> str:
    """Plain decimal text, without an exponent."""
    return format(points, "f")


def grade_form(points: Mapping[LmsUserRef, Decimal]) -> dict[str, str]:
    return {f"grade_data[{user}][posted_grade]": posted_grade(of) for user, of in points.items()}


def bulk_report_from(payload: ProgressPayload) -> BulkReport:
    """`failed` with missing users means that all the others were graded.

    Any other failure may have left a beginning of the list graded: only reading back tells.
    """
    message = payload.message or ""
    if payload.workflow_state == "completed":
        return BulkReport(BulkState.FINISHED, (), message)
    if payload.workflow_state != "failed":
        return BulkReport(BulkState.RUNNING, (), message)
    missing = _missing(message)
    state = BulkState.FINISHED if missing else BulkState.BROKEN
    return BulkReport(state, missing, message)


def _missing(message: str) -> tuple[LmsUserRef, ...]:
    _, marker, listed = message.partition("User(s) with API ids")
    return tuple(LmsUserRef(found) for found in _QUOTED.findall(listed)) if marker else ()


@dataclass(slots=True)
class _Attendance:
    account: LmsAccount
    sections: dict[str, None] = field(default_factory=dict)
    active: bool = False


def students_from(
    enrollments: Iterable[EnrollmentPayload], emails: Mapping[LmsUserRef, str]
) -> list[LmsStudent]:
    """One student a person, however many enrolment rows; test students left out."""
    attendances: dict[LmsUserRef, _Attendance] = {}
    for row in enrollments:
        if row.type != "StudentEnrollment":
            continue
        ref = user_ref(row.user_id)
        held = attendances.setdefault(ref, _Attendance(_account_of(row, emails.get(ref))))
        held.active = held.active or row.enrollment_state in _ACTIVE
        if row.sis_section_id:
            held.sections[row.sis_section_id] = None
    return [LmsStudent(of.account, tuple(of.sections), of.active) for of in attendances.values()]


def _account_of(row: EnrollmentPayload, email: str | None) -> LmsAccount:
    user = row.user or UserPayload(id=row.user_id)
    return LmsAccount(
        ref=user_ref(row.user_id),
        sis_id=user.sis_user_id or row.sis_user_id or None,
        login=user.login_id or None,
        email=user.email or email,
    )


def course_from(payload: CoursePayload) -> LmsCourse | None:
    """None for a course that its dates bar: Canvas tells its id and nothing else.

    `name` may be the person's own nickname for the course; then `original_name` is there.
    """
    if payload.access_restricted_by_date:
        return None
    return LmsCourse(
        ref=LmsCourseRef(str(payload.id)),
        code=payload.course_code or "",
        sis_id=payload.sis_course_id or None,
        name=payload.original_name or payload.name or "",
        term=(payload.term.name if payload.term else None) or "",
    )


def listed_course_from(payload: CoursePayload) -> ListedCourse:
    """As an administrator sees it: no dates bar anything."""
    return ListedCourse(
        ref=LmsCourseRef(str(payload.id)),
        code=payload.course_code or "",
        sis_id=payload.sis_course_id or None,
        name=payload.original_name or payload.name or "",
        term=(payload.term.name if payload.term else None) or "",
        state=payload.workflow_state or "",
    )
