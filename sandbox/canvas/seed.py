"""What the practice Canvas starts with: a college, its people, keys and tools, as JSON."""

from pathlib import Path
from typing import Literal

import msgspec

PrivacyLevel = Literal["anonymous", "name_only", "email_only", "public"]


class _Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A part of a seed; a field that we do not know is a mistake and stops the start."""


class RootAccountSeed(_Part):
    id: int
    name: str
    sis_account_id: str | None = None
    lti_guid: str | None = None
    time_zone: str = "America/Los_Angeles"
    locale: str = "en"


class AccountSeed(_Part):
    id: int
    name: str
    parent: int
    sis_account_id: str | None = None


class TermSeed(_Part):
    id: int
    name: str
    sis_term_id: str | None = None
    start_at: str | None = None
    end_at: str | None = None


class LoginSeed(_Part):
    """A further login of a user who has several."""

    login_id: str
    sis_user_id: str | None = None


class UserSeed(_Part):
    id: int
    name: str
    login_id: str
    sortable_name: str | None = None
    short_name: str | None = None
    sis_user_id: str | None = None
    email: str | None = None
    admin_of: list[int] = []
    token: str | None = None
    """A ready API token, as a person makes it in the user settings: no scopes, no expiry."""
    test_student_of: int | None = None
    locale: str | None = None
    logins: list[LoginSeed] = []


class SectionSeed(_Part):
    id: int
    name: str
    sis_section_id: str | None = None


class GroupSeed(_Part):
    id: int
    name: str
    group_category_id: int
    user_ids: list[int]


class LatePolicySeed(_Part):
    """Percent of the points taken away for each begun interval, down to a minimum."""

    deduction_percent: float
    interval: Literal["hour", "day"] = "day"
    minimum_percent: float = 0.0


class AssignmentSeed(_Part):
    id: int
    name: str
    points_possible: float | None = None
    grading_type: str = "points"
    published: bool = True
    submission_types: list[str] = msgspec.field(default_factory=lambda: ["none"])
    description: str = ""
    external_tool_url: str | None = None
    external_tool_new_tab: bool = False
    due_at: str | None = None
    lock_at: str | None = None
    unlock_at: str | None = None
    moderated_grading: bool = False
    final_grader_id: int | None = None
    anonymous_grading: bool = False
    group_category_id: int | None = None
    grade_group_students_individually: bool = False
    post_manually: bool = False
    in_closed_grading_period: bool = False
    assigned_user_ids: list[int] | None = None
    """Only these students have it (`only_visible_to_overrides`); None is everybody."""


class CourseSeed(_Part):
    id: int
    name: str
    course_code: str
    account_id: int
    term_id: int
    sis_course_id: str | None = None
    workflow_state: str = "available"
    start_at: str | None = None
    end_at: str | None = None
    restrict_enrollments_to_course_dates: bool = False
    sections: list[SectionSeed] = []
    assignments: list[AssignmentSeed] = []
    groups: list[GroupSeed] = []
    late_policy: LatePolicySeed | None = None


class EnrollmentSeed(_Part):
    user_id: int
    course_id: int
    section_id: int
    type: str
    state: str = "active"
    associated_user_id: int | None = None
    limit_privileges_to_course_section: bool = False


class DeveloperKeySeed(_Part):
    id: int
    secret: str
    redirect_uris: list[str]
    name: str = "Attain"
    scopes: list[str] | None = None
    """None: the key does not enforce scopes."""
    allow_includes: bool = True
    active: bool = True
    enabled: bool = True
    """Whether the account lets this key in."""
    trusted: bool = False
    """A trusted key gets its code without a confirm page."""


class ToolSeed(_Part):
    id: int
    name: str
    consumer_key: str
    shared_secret: str
    launch_url: str
    domain: str | None = None
    privacy_level: PrivacyLevel = "public"
    custom_fields: dict[str, str] = {}
    placements: list[str] = msgspec.field(
        default_factory=lambda: ["assignment_selection", "course_navigation"]
    )
    context: str | int = "1"
    """Where it is installed: the id of an account, else of a course."""
    new_tab: bool = False
    oauth_compliant: bool = False


class Seed(_Part):
    """A whole practice Canvas before its first call. Ids are Canvas' own numbers."""

    host: str
    root_account: RootAccountSeed
    accounts: list[AccountSeed] = []
    terms: list[TermSeed] = []
    users: list[UserSeed] = []
    courses: list[CourseSeed] = []
    enrollments: list[EnrollmentSeed] = []
    developer_keys: list[DeveloperKeySeed] = []
    tools: list[ToolSeed] = []


def read_seed(path: Path) -> Seed:
    """Read a seed from a JSON file; a mistake raises msgspec.ValidationError with its place."""
    return msgspec.json.decode(path.read_bytes(), type=Seed)
