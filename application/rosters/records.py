"""What a roster says, in the words of the house, whatever file it was written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.access import Role
from domain.rostering import EnrolmentRole


class RecordKind(StrEnum):
    """Kinds of roster records, in the order in which they are stored."""

    ORGS = "orgs"
    TERMS = "terms"
    COURSES = "courses"
    SECTIONS = "sections"
    PEOPLE = "people"
    ENROLMENTS = "enrolments"


class CountedKind(StrEnum):
    """What the changes of a load are counted by: the kinds of records, and what people have."""

    ORGS = "orgs"
    TERMS = "terms"
    COURSES = "courses"
    SECTIONS = "sections"
    PEOPLE = "people"
    ENROLMENTS = "enrolments"
    ROLES = "roles"
    """Those that a file of roles gives; teaching and studying bring theirs uncounted."""
    LOGINS = "logins"
    DEMOGRAPHICS = "demographics"


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
