"""The college: its tree of orgs, terms, courses, sections, people and who is where."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import CourseId, EnrolmentId, OrgId, PersonId, SectionId, TermId


@dataclass(frozen=True, slots=True)
class Org:
    """A node of the institution's tree. `source_id` is the roster's own id for it."""

    id: OrgId
    source_id: str
    code: str
    name: str
    kind: str
    parent_id: OrgId | None
    active: bool


@dataclass(frozen=True, slots=True)
class Term:
    id: TermId
    source_id: str
    name: str
    kind: str
    starts_on: date
    ends_on: date
    active: bool

    def is_current(self, today: date) -> bool:
        return self.active and self.starts_on <= today <= self.ends_on


@dataclass(frozen=True, slots=True)
class Course:
    """The catalogue course; `code` is the catalogue code such as `ENGL 101`."""

    id: CourseId
    source_id: str
    code: str
    title: str
    org_id: OrgId
    active: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One course taught in one term to one roster.

    `title` is the Section Title, which must equal the Canvas Course Code for the Canvas
    course to be found without asking. `source_id` is the SIS id of the section.
    """

    id: SectionId
    source_id: str
    title: str
    code: str
    course_id: CourseId
    org_id: OrgId
    term_id: TermId
    active: bool
    mode: str = ""
    """How it is taught, in the roster's own word, such as `online`; empty when not told."""
    location: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    """The first and the last day as the roster tells them; None: that of the term."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the college; `tech_id` is the permanent number, `login` may change."""

    id: PersonId
    source_id: str
    tech_id: str
    login: str
    email: str
    given_name: str
    family_name: str
    active: bool

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def name_key(self) -> str:
        """Family name first, as lists are ordered and searched."""
        return name_words(f"{self.family_name} {self.given_name}")

    @property
    def given_key(self) -> str:
        return name_words(self.full_name)

    @property
    def list_name(self) -> str:
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


class EnrolmentRole(StrEnum):
    STUDENT = "student"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Enrolment:
    id: EnrolmentId
    source_id: str
    section_id: SectionId
    person_id: PersonId
    role: EnrolmentRole
    active: bool
    begins_on: date | None = None
    ends_on: date | None = None
    """The first and the last day as the roster tells them; None: the whole term."""


@dataclass(frozen=True, slots=True)
class Demographic:
    """One attribute of a person that a Data Steward switched on, such as `sex`."""

    person_id: PersonId
    attribute: str
    value: str


def comparable_title(title: str) -> str:
    """The form in which Section Title and Canvas Course Code are compared.

    Outer blanks go, inner runs of blanks become one, Unicode is NFC; case counts.
    """
    return unicodedata.normalize("NFC", " ".join(title.split()))


def name_words(text: str) -> str:
    """The form in which names are looked for: no marks, no case, no commas, single blanks."""
    bare, _ = collation_key(text.replace(",", " "))
    return " ".join(bare.split())


def collation_key(name: str) -> tuple[str, str]:
    """Sort key for names: letters before marks and case, so Élodie stands beside Elodie."""
    if name.isascii():
        return name.casefold(), name
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
    )
    return bare.casefold(), name
