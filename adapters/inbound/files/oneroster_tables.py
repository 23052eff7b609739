"""The six rostering tables of OneRoster 1.1: their columns, and a row of each as a record.

Columns and words: IMS OneRoster 1.1 CSV Tables, sections 4 to 7 and 12.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic

from adapters.inbound.files.csv_rows import Columns
from adapters.inbound.files.row_reader import RowReader
from application.rosters.records import (
    CourseRecord,
    EnrolmentRecord,
    OrgRecord,
    PersonRecord,
    Record_co,
    SectionRecord,
    TermRecord,
)
from domain.rostering import EnrolmentRole

_STAMP = ("status", "dateLastModified")
_ORG_TYPES = ("department", "school", "district", "local", "state", "national")
_SESSION_TYPES = ("term", "semester", "gradingPeriod", "schoolYear")
_USER_ROLES = (
    "administrator", "aide", "guardian", "parent", "proctor", "relative", "student", "teacher",
)  # fmt: skip
_ENROLMENT_ROLES = ("administrator", "proctor", "student", "teacher")
_OURS = {"student": EnrolmentRole.STUDENT, "teacher": EnrolmentRole.TEACHER}


@dataclass(frozen=True, slots=True)
class Table(Generic[Record_co]):
    """One file. `names` are its columns for our fields.

    `read` answers None for a row that is right but gives us nothing.
    """

    name: str
    columns: Columns
    names: Mapping[str, str]
    read: Callable[[RowReader, str], Record_co | None]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def _org(row: RowReader, source_id: str) -> OrgRecord:
    return OrgRecord(
        row.line,
        source_id,
        row.text("identifier") or source_id,
        row.required("name"),
        row.one_of("type", _ORG_TYPES),
        row.text("parentSourcedId"),
    )


def _term(row: RowReader, source_id: str) -> TermRecord:
    starts_on, ends_on = row.day("startDate"), row.day("endDate")
    if row.ok and ends_on < starts_on:
        row.refuse("endDate", "the end lies before the start")
    year = row.required("schoolYear")
    if year and not (len(year) == 4 and year.isdigit()):  # noqa: PLR2004 digits of a year
        row.refuse("schoolYear", "give the year in which the school year ends, as YYYY")
    return TermRecord(
        row.line,
        source_id,
        row.required("title"),
        row.one_of("type", _SESSION_TYPES),
        starts_on,
        ends_on,
    )


def _course(row: RowReader, source_id: str) -> CourseRecord:
    return CourseRecord(
        row.line,
        source_id,
        row.text("courseCode") or source_id,
        row.required("title"),
        row.key("orgSourcedId"),
    )


def _section(row: RowReader, source_id: str) -> SectionRecord:
    row.one_of("classType", ("scheduled", "homeroom"))
    return SectionRecord(
        row.line,
        source_id,
        row.required("title"),
        row.text("classCode"),
        row.key("courseSourcedId"),
        row.key("schoolSourcedId"),
        row.refs("termSourcedIds"),
    )


def _person(row: RowReader, source_id: str) -> PersonRecord:
    """Tech ID is `identifier`, or the sourcedId where that is empty.

    The standard wants both names; people with a single one exist, so either is enough.
    """
    row.refs("orgSourcedIds")
    if not row.text("givenName"):
        row.required("familyName")
    tech_id = row.key("identifier") if row.text("identifier") else source_id
    return PersonRecord(
        row.line,
        source_id,
        tech_id,
        row.required("username"),
        row.text("email"),
        row.text("givenName"),
        row.text("familyName"),
        row.boolean("enabledUser"),
        _OURS.get(row.one_of("role", _USER_ROLES)),
    )


def _enrolment(row: RowReader, source_id: str) -> EnrolmentRecord | None:
    section, person = row.key("classSourcedId"), row.key("userSourcedId")
    role = _OURS.get(row.one_of("role", _ENROLMENT_ROLES))
    row.required("schoolSourcedId")
    return EnrolmentRecord(row.line, source_id, section, person, role) if role else None


ORGS = Table(
    "orgs",
    Columns(("sourcedId", "name", "type"), (*_STAMP, "identifier", "parentSourcedId")),
    {"source_id": "sourcedId", "parent": "parentSourcedId"},
    _org,
)
TERMS = Table(
    "academicSessions",
    Columns(
        ("sourcedId", "title", "type", "startDate", "endDate", "schoolYear"),
        (*_STAMP, "parentSourcedId"),
    ),
    {"source_id": "sourcedId"},
    _term,
)
COURSES = Table(
    "courses",
    Columns(
        ("sourcedId", "title", "orgSourcedId"),
        (*_STAMP, "schoolYearSourcedId", "courseCode", "grades", "subjects", "subjectCodes"),
    ),
    {"source_id": "sourcedId", "org": "orgSourcedId"},
    _course,
)
SECTIONS = Table(
    "classes",
    Columns(
        (
            "sourcedId", "title", "courseSourcedId", "classType", "schoolSourcedId",
            "termSourcedIds",
        ),
        (*_STAMP, "grades", "classCode", "location", "subjects", "subjectCodes", "periods"),
    ),
    {
        "source_id": "sourcedId",
        "course": "courseSourcedId",
        "org": "schoolSourcedId",
        "terms": "termSourcedIds",
    },
    _section,
)  # fmt: skip
PEOPLE = Table(
    "users",
    Columns(
        (
            "sourcedId", "enabledUser", "orgSourcedIds", "role", "username", "givenName",
            "familyName",
        ),
        (
            *_STAMP, "userIds", "middleName", "identifier", "email", "sms", "phone",
            "agentSourcedIds", "grades", "password",
        ),
    ),
    {"source_id": "sourcedId", "tech_id": "identifier"},
    _person,
)  # fmt: skip
ENROLMENTS = Table(
    "enrollments",
    Columns(
        ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"),
        (*_STAMP, "primary", "beginDate", "endDate"),
    ),
    {"source_id": "sourcedId", "section": "classSourcedId", "person": "userSourcedId"},
    _enrolment,
)
OTHERS = (
    "categories", "classResources", "courseResources", "demographics", "lineItems", "resources",
    "results",
)  # fmt: skip
"""Data files of 1.1 that hold no roster; they may be there and are not read."""
