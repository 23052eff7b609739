"""Loads as they are remembered: what each did, what it found, and what it would take back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from application.rosters.read_options import AS_THE_COLLEGE_READS, LoadReading
from application.rosters.records import CountedKind, RecordKind
from application.rosters.row_errors import RowError
from domain.access import GrantSource, RoleGrant
from domain.identity import LocalField
from domain.ids import JobId, LoadRunId, PersonId
from domain.rostering import Course, Demographic, Enrolment, Org, Person, Section, Term


class LoadState(StrEnum):
    CHECKING = "checking"
    """A job reads the file and compares it; nothing is changed."""
    PREVIEWED = "previewed"
    """What it would change is known; the file waits for the Data Steward's word."""
    LOADING = "loading"
    """A job applies what was previewed."""
    APPLIED = "applied"
    UNCHANGED = "unchanged"
    """Everything stood so already."""
    STOPPED = "stopped"
    """Nothing was stored, and `reason` says why."""
    FAILED = "failed"
    """The work broke off; nothing was stored."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class KindCount:
    """What happens to the records of one kind; `refused` are rows left out for an error."""

    kind: CountedKind
    added: int
    changed: int
    ended: int
    same: int
    refused: int

    @property
    def says_anything(self) -> bool:
        return any((self.added, self.changed, self.ended, self.same, self.refused))


@dataclass(frozen=True, slots=True)
class LoadRun:
    """One load. `kind` is that of the package; `limit` is the removal limit as written."""

    id: LoadRunId
    kind: str
    file: str
    content_hash: str
    requested_by: str
    """A person id, or `command line`."""
    requested_at: datetime
    limit: str
    rekey: bool
    move_sections: bool
    state: LoadState
    reason: str = ""
    over_limit: bool = False
    """It was stopped by the removal limit alone: a higher one would let it pass."""
    counts: tuple[KindCount, ...] = ()
    errors: int = 0
    warnings: int = 0
    repeats: LoadRunId | None = None
    """The load before that had the same content."""
    finished_at: datetime | None = None
    job_id: JobId | None = None
    undone_by: str = ""
    undone_at: datetime | None = None
    reading: LoadReading = AS_THE_COLLEGE_READS
    """As asked on the page; the comparison and the load read the file alike."""
    version: int = 0

    @property
    def source(self) -> str:
        """The file's name and the beginning of its hash, for the audit trail."""
        return f"{self.file}#{self.content_hash}"

    @property
    def is_open(self) -> bool:
        """A job has it in hand."""
        return self.state in {LoadState.CHECKING, LoadState.LOADING}

    @property
    def may_load(self) -> bool:
        """The file was compared and waits, and a Data Steward may have it applied."""
        retryable = self.state is LoadState.FAILED or self.over_limit
        waits = self.state is LoadState.PREVIEWED or retryable
        return waits and bool(self.job_id and self.content_hash)

    @property
    def may_drop(self) -> bool:
        """Its file is still kept, and no job has it in hand."""
        waits = {LoadState.PREVIEWED, LoadState.STOPPED, LoadState.FAILED}
        return self.state in waits and bool(self.job_id)

    @property
    def changes_nothing(self) -> bool:
        return not any(c.added or c.changed or c.ended for c in self.counts)

    def ended_as(self, state: LoadState, at: datetime, reason: str = "") -> "LoadRun":
        return replace(self, state=state, reason=reason, finished_at=at)


@dataclass(frozen=True, slots=True)
class LoadFindings:
    """A portion of the defects of a load, in their order."""

    run_id: LoadRunId
    number: int
    findings: tuple[RowError, ...]


@dataclass(frozen=True, slots=True)
class Doubled:
    """Two active people with the same login or address: perhaps one person."""

    first: PersonId
    second: PersonId
    field: LocalField


@dataclass(frozen=True, slots=True)
class LoadDoubles:
    """People of a load for the merge queue; nobody is merged by a load."""

    run_id: LoadRunId
    pairs: tuple[Doubled, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """Records of one kind; the other fields are empty."""

    orgs: tuple[Org, ...] = ()
    terms: tuple[Term, ...] = ()
    courses: tuple[Course, ...] = ()
    sections: tuple[Section, ...] = ()
    people: tuple[Person, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()

    def of(self, kind: RecordKind) -> "tuple[AnyRecord, ...]":
        found: tuple[AnyRecord, ...] = getattr(self, kind.value)
        return found


AnyRecord = Org | Term | Course | Section | Person | Enrolment


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """What a load changed in what is kept of rows of roles: as it was, and as it is after."""

    before: tuple[GrantSource, ...] = ()
    after: tuple[GrantSource, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


NO_SOURCES = SourceChanges()


@dataclass(frozen=True, slots=True)
class LoadBefore:
    """What a load did to one kind of record: enough to take it back.

    `before` and `after` are the changed and ended records, side by side; `added` are ids.
    `grants` are the roles that came with it, and `demographics` what was told before of the
    people in `described`.
    """

    run_id: LoadRunId
    kind: RecordKind
    before: Records
    after: Records
    added: Sequence[str] = ()
    grants: tuple[RoleGrant, ...] = ()
    demographics: tuple[Demographic, ...] = ()
    described: tuple[PersonId, ...] = ()
    revoked: tuple[RoleGrant, ...] | None = None
    """Roles that it ended; None in a load from before it was kept."""
    sources: SourceChanges | None = None
    """Which rows give which roles since; None in a load from before it was kept."""
