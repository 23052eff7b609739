"""How far the work on an assessment is in each section, as the distribution calendar counts it."""

from dataclasses import dataclass
from datetime import datetime

from domain.assessment import AssessmentKind, WorkState
from domain.ids import AssessmentId, CourseId, OrgId, SectionAssessmentId, SectionId


@dataclass(frozen=True, slots=True)
class Cells:
    """How much of open work is decided: so many cells of students and rows."""

    students: int
    needed: int
    decided: int

    def state(self, due_at: datetime | None, now: datetime, *, reflected: bool) -> WorkState:
        if reflected and self.students and self.decided >= self.needed:
            return WorkState.COMPLETE
        if due_at is not None and now > due_at:
            return WorkState.OVERDUE
        return WorkState.IN_PROGRESS if self.decided else WorkState.ASSIGNED


@dataclass(frozen=True, slots=True)
class WorkStanding:
    """One assessment in one section in numbers, read in sets.

    `needed` is how many cells the rubric has for the students of now, `decided` how many of
    those hold a score or N/A; of Collective work, how many students its rows count.
    `reflected` is True too where no reflection is asked for.
    """

    work_id: SectionAssessmentId
    assessment_id: AssessmentId
    assessment: str
    kind: AssessmentKind
    section_id: SectionId
    section: str
    course_id: CourseId
    course_code: str
    org_id: OrgId
    opens_at: datetime | None
    due_at: datetime | None
    planned: bool
    closed_reason: str
    """Not empty: closed as not assessed."""
    students: int
    needed: int
    decided: int
    reflected: bool

    def state(self, now: datetime) -> WorkState:
        """The same answer as `work_state` gives over the scores themselves."""
        if self.closed_reason:
            return WorkState.NOT_ASSESSED
        cells = Cells(self.students, self.needed, self.decided)
        return cells.state(self.due_at, now, reflected=self.reflected)
