"""What a roster says, in the words of the house, whatever file it was written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from domain.rostering import EnrolmentRole


class Severity(StrEnum):
    WARNING = "warning"
    """Taken all the same; worth a look."""
    ERROR = "error"
    """This row is left out, the others go on."""
    FATAL = "fatal"
    """The load is refused and nothing is stored."""


@dataclass(frozen=True, slots=True)
class RowError:
    """A defect with its place. `line` counts from 1, the header included; 0 is the whole file.

    `value` is what stood there; names and addresses of people are masked by the reader.
    """

    file: str
    line: int
    column: str
    value: str
    cause: str
    severity: Severity = Severity.ERROR


class FileMode(StrEnum):
    ABSENT = "absent"
    """The file says nothing about its kind: nothing changes."""
    BULK = "bulk"
    """The file is the whole truth: what it does not list has ended."""
    DELTA = "delta"
    """Only the listed rows change."""


class RecordKind(StrEnum):
    """Kinds of roster records, in the order in which they are stored."""

    ORGS = "orgs"
    TERMS = "terms"
    COURSES = "courses"
    SECTIONS = "sections"
    PEOPLE = "people"
    ENROLMENTS = "enrolments"


@dataclass(frozen=True, slots=True)
class OrgRecord:
    line: int
    source_id: str
    code: str
    name: str
    kind: str
    parent: str
    """The source id of the parent; empty for a root."""


@dataclass(frozen=True, slots=True)
class TermRecord:
    line: int
    source_id: str
    name: str
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class CourseRecord:
    line: int
    source_id: str
    code: str
    title: str
    org: str


@dataclass(frozen=True, slots=True)
class SectionRecord:
    line: int
    source_id: str
    title: str
    code: str
    course: str
    org: str
    terms: tuple[str, ...]
    """Source ids; the first that is known is the section's term."""
    mode: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    line: int
    source_id: str
    tech_id: str
    login: str
    email: str
    given_name: str
    family_name: str
    enabled: bool
    role: EnrolmentRole | None
    """Teacher or student; None for the roles that a roster does not give."""


@dataclass(frozen=True, slots=True)
class EnrolmentRecord:
    line: int
    source_id: str
    section: str
    person: str
    role: EnrolmentRole
    begins_on: date | None = None
    ends_on: date | None = None
    primary: bool = False
    """The one teacher who answers for the section, where the roster tells."""


@dataclass(frozen=True, slots=True)
class DemographicRecord:
    """What the file tells of one person, by attribute; values that are empty are left out."""

    line: int
    source_id: str
    """That of the person."""
    values: Mapping[str, str]


Record_co = TypeVar("Record_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Record_co]):
    """One file's rows. `ended` are rows marked for removal: source id -> line.

    `refused` are source ids of rows with errors: they are present, and so never ended.
    """

    file: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the file calls our fields, for errors found when the whole roster is known."""
    mode: FileMode = FileMode.ABSENT
    rows: tuple[Record_co, ...] = ()
    ended: Mapping[str, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole roster as it was read, with every defect found on the way."""

    orgs: Listing[OrgRecord]
    terms: Listing[TermRecord]
    courses: Listing[CourseRecord]
    sections: Listing[SectionRecord]
    people: Listing[PersonRecord]
    enrolments: Listing[EnrolmentRecord]
    errors: tuple[RowError, ...] = ()
    demographics: Listing[DemographicRecord] = field(
        default_factory=lambda: Listing("demographics.csv")
    )

    @property
    def files(self) -> tuple[str, ...]:
        """The files' names, in the order of RecordKind."""
        listings = (self.orgs, self.terms, self.courses, self.sections, self.people)
        return (*(listing.file for listing in listings), self.enrolments.file)

    @property
    def is_readable(self) -> bool:
        return not any(error.severity is Severity.FATAL for error in self.errors)
