"""One import of scores from the LMS, from reading to undoing.

reading -> read -> applied -> undone
reading -> waiting -> reading      (authorisation lost and given again)
reading -> failed
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import IllegalMove
from domain.ids import (
    ImportId,
    JobId,
    LmsAssignmentRef,
    LmsCourseRef,
    PersonId,
    RowId,
    SectionAssessmentId,
    SiteId,
)
from domain.score import ScoreValue
from domain.score_import.import_plan import ImportPolicy


class ImportState(StrEnum):
    READING = "reading"
    READ = "read"
    APPLIED = "applied"
    UNDONE = "undone"
    WAITING = "waiting"
    FAILED = "failed"


_MOVES: dict[ImportState, frozenset[ImportState]] = {
    ImportState.READING: frozenset({ImportState.READ, ImportState.WAITING, ImportState.FAILED}),
    ImportState.WAITING: frozenset({ImportState.READING, ImportState.FAILED}),
    ImportState.FAILED: frozenset({ImportState.READING}),
    ImportState.READ: frozenset({ImportState.APPLIED}),
    ImportState.APPLIED: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
}


@dataclass(frozen=True, slots=True)
class ImportCounts:
    new: int = 0
    changed: int = 0
    same: int = 0
    conflicts: int = 0
    """Scores given here that were left as they are."""
    cannot: int = 0


@dataclass(frozen=True, slots=True)
class ScoreImport:
    """`assignments` and `policy` are what was chosen; `counts` what the applying did."""

    id: ImportId
    work_id: SectionAssessmentId
    site_id: SiteId
    course_ref: LmsCourseRef
    course_name: str
    requested_by: PersonId
    requested_at: datetime
    scheduled: bool
    """Begun by the section's own schedule, not by a person."""
    state: ImportState
    reason: str
    assignments: tuple[LmsAssignmentRef, ...]
    policy: ImportPolicy
    counts: ImportCounts
    job_id: JobId | None
    applied_at: datetime | None
    version: int

    def moved(self, state: ImportState, *, reason: str = "") -> "ScoreImport":
        """Raises IllegalMove: the table above does not know the step."""
        if state is not self.state and state not in _MOVES[self.state]:
            raise IllegalMove("This import", self.state, state)
        return replace(self, state=state, reason=reason)


def new_import(
    import_id: ImportId,
    work_id: SectionAssessmentId,
    site_id: SiteId,
    course: tuple[LmsCourseRef, str],
    by: PersonId,
    at: datetime,
) -> ScoreImport:
    """An import that begins to read; `course` is its ref and name."""
    ref, name = course
    return ScoreImport(
        id=import_id,
        work_id=work_id,
        site_id=site_id,
        course_ref=ref,
        course_name=name,
        requested_by=by,
        requested_at=at,
        scheduled=False,
        state=ImportState.READING,
        reason="",
        assignments=(),
        policy=ImportPolicy.LATEST,
        counts=ImportCounts(),
        job_id=None,
        applied_at=None,
        version=0,
    )


@dataclass(frozen=True, slots=True)
class ImportedCell:
    """What an import wrote into one cell, and what stood there before, for undoing."""

    import_id: ImportId
    student_id: PersonId
    row_id: RowId
    before: ScoreValue
    score_version: int
    """Of the score that the import wrote."""


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """A section's own schedule of imports; off unless a faculty member switched it on.

    It acts with the authorisation of `set_by`. Scores given here are never replaced by it.
    """

    work_id: SectionAssessmentId
    site_id: SiteId
    course_ref: LmsCourseRef
    course_name: str
    assignments: tuple[LmsAssignmentRef, ...]
    policy: ImportPolicy
    set_by: PersonId
    every_hours: int
    next_at: datetime
    active: bool
    last_import: ImportId | None
    version: int

    def import_due(self, import_id: ImportId, at: datetime) -> ScoreImport:
        course = (self.course_ref, self.course_name)
        begun = new_import(import_id, self.work_id, self.site_id, course, self.set_by, at)
        return replace(begun, scheduled=True, assignments=self.assignments, policy=self.policy)

    def after(self, import_id: ImportId, next_at: datetime) -> "RefreshPlan":
        return replace(self, last_import=import_id, next_at=next_at)

    def due_after(self, now: datetime) -> datetime:
        """The next time of its rhythm that is still to come."""
        every = timedelta(hours=self.every_hours)
        missed = max((now - self.next_at) // every, 0)
        return self.next_at + (missed + 1) * every
