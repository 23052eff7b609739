"""Evidence: files, links and LMS submissions that show what a result rests on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from domain.errors import IllegalMove, NonsenseValue
from domain.ids import AssignedDlaId, EvidenceId, PersonId, SectionAssessmentId


class TargetKind(StrEnum):
    RESULT = "result"
    """One student's result in an assessment in a section."""
    WORK = "section"
    """The assessment in a section as a whole, such as anonymised samples."""
    ACTION_PLAN = "action plan"
    DLA = "DLA"
    """What a student hands in with a DLA."""


@dataclass(frozen=True, slots=True)
class EvidenceTarget:
    """What the evidence is attached to: a result, a work, an action plan, a student's DLA."""

    kind: TargetKind
    work_id: SectionAssessmentId | None = None
    student_id: PersonId | None = None
    action_plan_id: str | None = None
    assigned_dla_id: AssignedDlaId | None = None

    def __post_init__(self) -> None:
        named = (self.work_id, self.student_id, self.action_plan_id, self.assigned_dla_id)
        if tuple(one is not None for one in named) != _NAMED[self.kind]:
            raise NonsenseValue("evidence target", "", "name just what the evidence is about")

    @classmethod
    def result(cls, work_id: SectionAssessmentId, student_id: PersonId) -> Self:
        return cls(TargetKind.RESULT, work_id, student_id)

    @classmethod
    def work(cls, work_id: SectionAssessmentId) -> Self:
        return cls(TargetKind.WORK, work_id)

    @classmethod
    def action_plan(cls, action_plan_id: str) -> Self:
        return cls(TargetKind.ACTION_PLAN, action_plan_id=action_plan_id)

    @classmethod
    def dla(cls, assigned_dla_id: AssignedDlaId, student_id: PersonId) -> Self:
        kind = TargetKind.DLA
        return cls(kind, student_id=student_id, assigned_dla_id=assigned_dla_id)


_NAMED = {
    TargetKind.RESULT: (True, True, False, False),
    TargetKind.WORK: (True, False, False, False),
    TargetKind.ACTION_PLAN: (False, False, True, False),
    TargetKind.DLA: (False, True, False, True),
}


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"
    SUBMISSION = "LMS submission"


class EvidenceSource(StrEnum):
    """Who brought it."""

    STUDENT = "student"
    FACULTY = "faculty"
    LMS = "LMS"


class ScanState(StrEnum):
    NOT_SCANNED = "not scanned"
    """No scanner was set when it came, or it is no file."""
    WAITING = "waiting"
    """Quarantined: nobody may open it."""
    CLEAN = "clean"
    REFUSED = "refused"
    """The scanner found something; the file itself is gone."""


class EvidenceState(StrEnum):
    KEPT = "kept"
    RETIRED = "retired"
    """Shown nowhere but to those who teach; the file stays until its date."""
    REMOVED = "removed"
    """Only the trace is left that there was something: no name, no address, no file."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: `key` is chance, `size` in bytes, `digest` its SHA-256 in hex."""

    key: str
    media_type: str
    size: int
    digest: str


NO_FILE = StoredFile("", "", 0, "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`title` is the file's name or what a link is called; `url` is that of links alone.

    `keep_until` is the last day on which the file is kept.
    """

    id: EvidenceId
    kind: EvidenceKind
    target: EvidenceTarget
    owner_id: PersonId
    """Who put it there; of an LMS submission the student."""
    source: EvidenceSource
    title: str
    url: str
    description: str
    file: StoredFile
    scan: ScanState
    state: EvidenceState
    added_at: datetime
    keep_until: date
    version: int = 0

    def __post_init__(self) -> None:
        there = self.state is not EvidenceState.REMOVED
        if there and not self.title.strip():
            raise NonsenseValue("title", "", "enter a name that says what it is")
        if there and self.kind is not EvidenceKind.FILE and not is_web_address(self.url):
            raise NonsenseValue(
                "address", self.url, "enter a whole address that begins with https:// or http://"
            )

    @property
    def work_id(self) -> SectionAssessmentId | None:
        return self.target.work_id

    @property
    def is_kept(self) -> bool:
        return self.state is EvidenceState.KEPT

    @property
    def is_openable(self) -> bool:
        """Whether there is a file that may be handed out."""
        stored = self.kind is EvidenceKind.FILE and bool(self.file.key)
        return stored and self.scan in {ScanState.CLEAN, ScanState.NOT_SCANNED}

    def about(self, student_id: PersonId) -> Self:
        """The same of another student: two records of one person were made one."""
        own = self.owner_id == self.target.student_id
        target = replace(self.target, student_id=student_id)
        return replace(self, target=target, owner_id=student_id if own else self.owner_id)

    def described(self, title: str, description: str) -> Self:
        self._require(EvidenceState.KEPT, "described anew")
        return replace(self, title=title.strip(), description=description.strip())

    def scanned(self, *, clean: bool) -> Self:
        """What the scanner said; a refused file is to be taken out of the store."""
        if clean:
            return replace(self, scan=ScanState.CLEAN)
        return replace(self, scan=ScanState.REFUSED, file=replace(self.file, key=""))

    def retired(self) -> Self:
        self._require(EvidenceState.KEPT, "retired")
        return replace(self, state=EvidenceState.RETIRED)

    def restored(self) -> Self:
        self._require(EvidenceState.RETIRED, "restored")
        return replace(self, state=EvidenceState.KEPT)

    def removed(self) -> Self:
        """The trace that is left; the file is to be taken out of the store."""
        if self.state is EvidenceState.REMOVED:
            return self
        file = replace(self.file, key="")
        gone = EvidenceState.REMOVED
        return replace(self, state=gone, title="", url="", description="", file=file)

    def _require(self, state: EvidenceState, wanted: str) -> None:
        if self.state is not state:
            raise IllegalMove("This evidence", self.state.value, wanted)


def is_web_address(url: str) -> bool:
    """Whether a browser may be sent there by a link; scripts and files are no such place."""
    scheme, mark, rest = url.partition("://")
    return (
        scheme.lower() in {"http", "https"}
        and bool(mark)
        and bool(rest)
        and not any(sign.isspace() or ord(sign) < ord(" ") for sign in url)
    )
