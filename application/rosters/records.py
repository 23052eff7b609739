"""What a roster says, in the words of the house, whatever file it was written in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from domain.access import Role
from domain.rostering import EnrolmentRole


class Severity(StrEnum):
    INFO = "info"
    """Nothing is wrong: what was left out on purpose, or done as asked."""
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


# Records are made by the hundred thousand, and freezing makes that four times as slow:
# nobody changes one all the same.
@dataclass(slots=True)
class OrgRecord:
    line: int
    source_id: str
    code: str
    name: str
    kind: str
    parent: str
    """The source id of the parent; empty for a root."""


@dataclass(slots=True)
class TermRecord:
    line: int
    source_id: str
    name: str
    kind: str
    starts_on: date
    ends_on: date
    """A Canvas term without dates runs from `date.min` to `date.max`: it is always current."""
    parent: str = ""
    """The source id of the year or semester that holds it; empty when not told."""


@dataclass(slots=True)
class CourseRecord:
    line: int
    source_id: str
    code: str
    title: str
    org: str
    """The source id of the owning org."""


@dataclass(slots=True)
class SectionRecord:
    """A section. All that stands behind `terms` is empty where the format does not have it."""

    line: int
    source_id: str
    title: str
    """The Section Title, which must equal the Canvas Course Code."""
    code: str
    """The number of the section in the college's records, often the CRN; may be empty."""
    course: str
    org: str
    terms: tuple[str, ...]
    """Source ids; the first that is known is the section's term."""
    mode: str = ""
    """How it is taught, in the file's own word, such as `online`."""
    location: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    """Its own dates where they differ from the term's."""
    lms_course: str = ""
    """The SIS id of the Canvas course that holds it, after cross-listing."""


@dataclass(slots=True)
class PersonRecord:
    line: int
    source_id: str
    tech_id: str
    login: str
    """May be empty: then nobody matches by it."""
    email: str
    """May be empty, and may be another person's too: no key."""
    given_name: str
    family_name: str
    enabled: bool
    role: EnrolmentRole | None
    """Teacher or student; None for the roles that a roster does not give."""
    org: str = ""
    """The source id of the org the person belongs to first; empty when not told."""


class Standing(StrEnum):
    """How somebody stands in a section. All three are live enrolments and keep the results."""

    ACTIVE = "active"
    COMPLETED = "completed"
    """The section is over for them; they may read."""
    INACTIVE = "inactive"
    """Still listed, but without access in the LMS."""


@dataclass(slots=True)
class EnrolmentRecord:
    line: int
    source_id: str
    section: str
    person: str
    role: EnrolmentRole
    begins_on: date | None = None
    ends_on: date | None = None
    """None is open. The earliest and latest of several stays in one section."""
    standing: Standing = Standing.ACTIVE
    primary: bool = False
    """The teacher who answers for the section."""


@dataclass(slots=True)
class LoginRecord:
    """A further login of a person, by which launches may know them."""

    line: int
    source_id: str
    """Made of person and login: no file gives one."""
    person: str
    """The source id of the person, who need not be in this roster."""
    login: str


@dataclass(slots=True)
class GrantRecord:
    """A role in an org, beyond what teaching and studying give."""

    line: int
    source_id: str
    person: str
    role: Role
    org: str
    """The source id of the org, empty for the whole institution."""
    begins_on: date | None = None
    ends_on: date | None = None


@dataclass(slots=True)
class DemographicsRecord:
    """Attributes of a person for disaggregation, only those that were switched on.

    Never a birth date: `age_band` (`under 20`, `20-24`, ...) stands for it if asked.
    """

    line: int
    source_id: str
    """The source id of the person."""
    attributes: Mapping[str, str]
    """The name of the attribute -> its value; an attribute without a value is left out."""


@dataclass(frozen=True, slots=True)
class Rename:
    """A record that bears a new source id from now on. Renames come before everything else.

    A person whose Tech ID was the old id gets the new one as Tech ID too.
    """

    file: str
    line: int
    kind: RecordKind
    old: str
    new: str


Record_co = TypeVar("Record_co", covariant=True)


@dataclass(frozen=True, slots=True)
class FilePart:
    """One of several files of a kind: its lines are counted on from `offset`."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Listing(Generic[Record_co]):
    """All rows of one kind, in one file or several. `ended` are rows marked for removal.

    `ended` maps a source id to its line. `refused` are source ids of rows that are there
    and not taken, for an error or because a filter leaves them out: they are never ended.
    """

    file: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the file calls our fields, for errors found when the whole roster is known."""
    mode: FileMode = FileMode.ABSENT
    rows: Sequence[Record_co] = ()
    ended: Mapping[str, int] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    parts: tuple[FilePart, ...] = ()
    """By rising offset where several files make the kind; empty for a single file."""
    derived: bool = False
    """The rows were worked out from rows of another kind: what is stored of them in a delta
    may be better founded."""

    def place(self, line: int) -> tuple[str, int]:
        """The file and the line in it that a record's `line` means."""
        at = self.file, line
        for part in self.parts:
            if line > part.offset:
                at = part.file, line - part.offset
        return at

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(part.file for part in self.parts) or (self.file,)


@dataclass(frozen=True, slots=True)
class Scope:
    """Source ids of the orgs and terms that a filtered load is about; an empty set is all.

    A bulk listing is the whole truth within the scope only: a section or enrolment outside
    of it is not ended for being left out, and neither is any org, term, course or person.
    """

    orgs: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not self.orgs and not self.terms


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
    logins: Listing[LoginRecord] = Listing("logins.csv")
    grants: Listing[GrantRecord] = Listing("roles.csv")
    demographics: Listing[DemographicsRecord] = Listing("demographics.csv")
    renames: tuple[Rename, ...] = ()
    """To be applied first, in this order."""
    scope: Scope = Scope()

    @property
    def files(self) -> tuple[str, ...]:
        """The files' names, in the order of RecordKind."""
        listings = (self.orgs, self.terms, self.courses, self.sections, self.people)
        return (*(listing.file for listing in listings), self.enrolments.file)

    @property
    def is_readable(self) -> bool:
        return not any(error.severity is Severity.FATAL for error in self.errors)
