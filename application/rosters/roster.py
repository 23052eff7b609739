"""A whole roster as it was read: the rows of each kind, and what its files are the truth about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from application.rosters.records import (
    CourseRecord,
    DemographicsRecord,
    EnrolmentRecord,
    GrantRecord,
    LoginRecord,
    OrgRecord,
    PersonRecord,
    RecordKind,
    SectionRecord,
    TermRecord,
)
from application.rosters.row_errors import RowError, Severity


class FileMode(StrEnum):
    ABSENT = "absent"
    """The file says nothing about its kind: nothing changes."""
    BULK = "bulk"
    """The file is the whole truth: what it does not list has ended."""
    DELTA = "delta"
    """Only the listed rows change."""


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

    `ended` maps a source id to its line; `ended_rows` are those of them, in a delta, whose kind is
    known by what the row says and not by its id. `refused` are source ids of rows that are there
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
    ended_rows: tuple[Record_co, ...] = ()
    giving_nothing: Mapping[str, int] = field(default_factory=dict)
    """Source ids of rows that are right and mean nothing here, with their lines: whatever such a
    row gave before, it gives no longer."""
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
