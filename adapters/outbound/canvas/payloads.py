"""Canvas' JSON as far as we use it. Unknown keys are ignored, keys that may be missing default.

Ids come as text, by the Accept header of our calls; a number is taken all the same. Numbers
that are points are read as `Decimal`, digit by digit, and never pass through a float.
"""

from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from msgspec import UNSET, Struct, UnsetType
from msgspec.json import Decoder

from application.ports.lms import GradingScheme

RawId: TypeAlias = str | int


class UserPayload(Struct, frozen=True):
    id: RawId
    sis_user_id: str | None = None
    login_id: str | None = None
    email: str | None = None


class ProfilePayload(Struct, frozen=True):
    primary_email: str | None = None
    login_id: str | None = None
    sis_user_id: str | None = None


class EnrollmentPayload(Struct, frozen=True):
    user_id: RawId
    type: str
    enrollment_state: str
    sis_section_id: str | None = None
    sis_user_id: str | None = None
    user: UserPayload | None = None


class TermPayload(Struct, frozen=True):
    name: str | None = None


class CoursePayload(Struct, frozen=True):
    """A course barred by its dates has `access_restricted_by_date` and an id, nothing else."""

    id: RawId
    access_restricted_by_date: bool | None = None
    name: str | None = None
    original_name: str | None = None
    course_code: str | None = None
    sis_course_id: str | None = None
    term: TermPayload | None = None
    workflow_state: str | None = None


class ToolPayload(Struct, frozen=True):
    url: str | None = None


class AssignmentPayload(Struct, frozen=True):
    id: RawId
    course_id: RawId
    grading_type: GradingScheme
    name: str | None = None
    points_possible: Decimal | None = None
    published: bool | None = None
    workflow_state: str | None = None
    moderated_grading: bool | None = None
    anonymous_grading: bool | None = None
    anonymize_students: bool | None = None
    group_category_id: RawId | None = None
    grade_group_students_individually: bool | None = None
    in_closed_grading_period: bool | None = None
    external_tool_tag_attributes: ToolPayload | None = None


class SubmissionPayload(Struct, frozen=True):
    """`user_id` is withheld under anonymity; score keys from whom may not see grades."""

    user_id: RawId | None = None
    score: Decimal | None = None
    entered_score: Decimal | UnsetType | None = UNSET
    excused: bool | None = None
    graded_at: datetime | None = None
    posted_at: datetime | None = None


class ProgressPayload(Struct, frozen=True):
    id: RawId
    workflow_state: str
    message: str | None = None


class TokenUserPayload(Struct, frozen=True):
    id: RawId


class TokenPayload(Struct, frozen=True):
    """The answer of the token endpoint; a refresh carries no `refresh_token`."""

    access_token: str
    user: TokenUserPayload
    refresh_token: str | None = None
    expires_in: float | None = None

    def __repr__(self) -> str:
        return "TokenPayload(...)"


USER = Decoder(UserPayload)
USERS = Decoder(list[UserPayload])
PROFILE = Decoder(ProfilePayload)
ENROLLMENTS = Decoder(list[EnrollmentPayload])
COURSES = Decoder(list[CoursePayload])
ASSIGNMENT = Decoder(AssignmentPayload)
SUBMISSION = Decoder(SubmissionPayload)
SUBMISSIONS = Decoder(list[SubmissionPayload])
PROGRESS = Decoder(ProgressPayload)
TOKEN = Decoder(TokenPayload)
