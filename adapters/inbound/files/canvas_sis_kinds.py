"""Which kind of Canvas SIS file a header belongs to: Canvas asks the columns, not the name."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePath

from adapters.inbound.files.csv_header import bare


class Kind(StrEnum):
    RENAMES = "change_sis_id"
    ACCOUNTS = "accounts"
    TERMS = "terms"
    COURSES = "courses"
    SECTIONS = "sections"
    CROSSLISTS = "xlists"
    USERS = "users"
    LOGINS = "logins"
    ENROLMENTS = "enrollments"
    OTHER = "other"
    """A file that Canvas knows and that holds nothing for us."""


_MARKS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.RENAMES, ("old_id", "new_id", "type")),
    (Kind.CROSSLISTS, ("xlist_course_id", "section_id")),
    (Kind.LOGINS, ("login_id", "existing_user_id")),
    (Kind.LOGINS, ("login_id", "existing_integration_id")),
    (Kind.LOGINS, ("login_id", "existing_canvas_user_id")),
    (Kind.OTHER, ("observer_id", "student_id")),
    (Kind.OTHER, ("group_id",)),
    (Kind.OTHER, ("group_category_id",)),
    (Kind.OTHER, ("old_integration_id", "new_integration_id")),
    (Kind.OTHER, ("abstract_course_id",)),
    (Kind.ACCOUNTS, ("account_id", "parent_account_id")),
    (Kind.COURSES, ("course_id", "short_name")),
    (Kind.ENROLMENTS, ("section_id", "user_id", "role")),
    (Kind.ENROLMENTS, ("course_id", "user_id", "role")),
    (Kind.ENROLMENTS, ("section_id", "user_id", "role_id")),
    (Kind.ENROLMENTS, ("course_id", "user_id", "role_id")),
    (Kind.ENROLMENTS, ("section_id", "user_integration_id")),
    (Kind.ENROLMENTS, ("course_id", "user_integration_id")),
    (Kind.SECTIONS, ("section_id", "course_id")),
    (Kind.SECTIONS, ("section_id", "name")),
    (Kind.TERMS, ("term_id", "name")),
    (Kind.USERS, ("user_id", "login_id")),
    (Kind.OTHER, ("user_id", "account_id")),
    (Kind.OTHER, ("account_id", "role")),
    (Kind.OTHER, ("user_id", "role")),
)
"""The columns that tell each kind, the more telling first; `admins` is among the others."""


def kind_of(header: Iterable[str], file: str) -> Kind | None:
    """The kind of a file with this header; None when Canvas has no such file.

    Where the columns tell nothing the name does, so that the missing ones can be told.
    """
    kind = kind_by_columns({bare(name) for name in header})
    if kind in {None, Kind.OTHER}:
        stem = PurePath(file).stem.casefold()
        return next((named for named in Kind if named == stem), kind)
    return kind


def kind_by_columns(bare_names: set[str]) -> Kind | None:
    """The kind that columns alone tell, named as `bare` has them."""
    told = (kind for kind, columns in _MARKS if bare_names.issuperset(map(bare, columns)))
    return next(told, None)
