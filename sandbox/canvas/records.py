"""The records of the practice Canvas, one class for each table that Canvas has."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Account:
    id: int
    name: str
    parent_id: int | None
    uuid: str
    sis_account_id: str | None = None


@dataclass(slots=True)
class Term:
    id: int
    name: str
    sis_term_id: str | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None


@dataclass(slots=True)
class User:
    id: int
    name: str
    sortable_name: str
    short_name: str
    uuid: str
    created_at: datetime
    email: str | None = None
    locale: str | None = None
    test_student_of: int | None = None
    """The course whose Student View uses this user; such a user is no person."""
    deleted: bool = False


@dataclass(slots=True)
class Login:
    """A pseudonym: one way of a user to sign in, and the carrier of the SIS id."""

    id: int
    user_id: int
    unique_id: str
    sis_user_id: str | None = None
    active: bool = True


@dataclass(slots=True)
class LatePolicy:
    deduction_percent: float
    interval_seconds: int
    minimum_percent: float


@dataclass(slots=True)
class Course:
    id: int
    name: str
    course_code: str
    account_id: int
    term_id: int
    uuid: str
    created_at: datetime
    sis_course_id: str | None = None
    workflow_state: str = "available"
    start_at: datetime | None = None
    end_at: datetime | None = None
    restrict_enrollments_to_course_dates: bool = False
    late_policy: LatePolicy | None = None
    copied_from: int | None = None


@dataclass(slots=True)
class Section:
    id: int
    course_id: int
    name: str
    sis_section_id: str | None = None


@dataclass(slots=True)
class Group:
    id: int
    course_id: int
    name: str
    group_category_id: int
    user_ids: list[int]


@dataclass(slots=True)
class Enrollment:
    id: int
    user_id: int
    course_id: int
    section_id: int
    type: str
    state: str
    created_at: datetime
    associated_user_id: int | None = None
    limit_privileges_to_course_section: bool = False


@dataclass(slots=True)
class ToolTag:
    """What ties an assignment to an external tool."""

    url: str
    new_tab: bool = False
    custom_params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Assignment:
    id: int
    course_id: int
    name: str
    position: int
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    points_possible: float | None = None
    grading_type: str = "points"
    submission_types: list[str] = field(default_factory=lambda: ["none"])
    published: bool = False
    deleted: bool = False
    due_at: datetime | None = None
    lock_at: datetime | None = None
    unlock_at: datetime | None = None
    tool: ToolTag | None = None
    moderated_grading: bool = False
    grades_published: bool = False
    final_grader_id: int | None = None
    anonymous_grading: bool = False
    group_category_id: int | None = None
    grade_group_students_individually: bool = False
    post_manually: bool = False
    omit_from_final_grade: bool = False
    hide_in_gradebook: bool = False
    allowed_attempts: int = -1
    peer_reviews: bool = False
    sis_assignment_id: str | None = None
    in_closed_grading_period: bool = False
    assigned_user_ids: frozenset[int] | None = None


@dataclass(slots=True)
class Comment:
    id: int
    author_id: int
    text: str
    created_at: datetime


@dataclass(slots=True)
class Submission:
    """One row for each assigned student; it exists before anything is handed in or graded."""

    id: int
    assignment_id: int
    user_id: int
    entered_grade: str | None = None
    entered_score: float | None = None
    points_deducted: float | None = None
    excused: bool | None = None
    submission_type: str | None = None
    submitted_at: datetime | None = None
    body: str | None = None
    url: str | None = None
    attempt: int | None = None
    graded_at: datetime | None = None
    posted_at: datetime | None = None
    grader_id: int | None = None
    late_policy_status: str | None = None
    seconds_late_override: int | None = None
    comments: list[Comment] = field(default_factory=list)

    @property
    def score(self) -> float | None:
        """The score that counts: what was entered, less the late deduction."""
        if self.entered_score is None:
            return None
        return self.entered_score - (self.points_deducted or 0.0)

    @property
    def workflow_state(self) -> str:
        if self.excused or self.entered_score is not None:
            return "graded"
        return "submitted" if self.submitted_at else "unsubmitted"


@dataclass(slots=True)
class Progress:
    id: int
    course_id: int
    tag: str
    created_at: datetime
    updated_at: datetime
    workflow_state: str = "queued"
    completion: float | None = None
    message: str | None = None


@dataclass(slots=True)
class Switches:
    """Settings that differ from one Canvas to the next."""

    api_auth_error_updates: bool = False
    """A missing right is answered 403 instead of 401."""
    splits_token_errors: bool = False
    """The newest Canvas tells revoked and expired tokens from unknown ones."""
    no_redirect_on_oauth_token_method: bool = False
    """Errors of the token POST stay JSON although it carried a redirect_uri."""
    throttle_status: int = 403
    """403 in the source that was read, 429 in the current documents."""
    locale: str = "en"
    max_per_page: int = 100
    """Older installs capped at 50."""
    canvas_region: str = "unknown"
    account_level_mastery_scales: bool = False
    """Root-account feature: outcomes show the account's scale instead of their own."""
    outcomes_new_decaying_average_calculation: bool = False
    decimal_separator: str = "."
    """Of the account's default locale; a CSV import reads its numbers by it."""
    imports_fail: bool = False
    """Outcome imports break down without an effect."""
    imports_stuck: bool = False
    """Outcome imports begin and do not end; once it is off again, they go on."""
    overrides: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Rights given to or taken from a role by an admin: (role, right) -> allowed."""
