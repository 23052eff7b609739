"""Assessments, and their use in one section."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.errors import NonsenseValue, NotScorable
from domain.ids import (
    AssessmentId,
    OrgId,
    PersonId,
    PlanId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
)
from domain.reflection import ReflectionTemplate
from domain.rubric import Rubric
from domain.score import Blank, ScoreValue


class AssessmentKind(StrEnum):
    OUTCOMES = "outcomes"
    """Each SLO is one row and is scored directly."""
    STUDENT = "student"
    """Weighted criteria are scored; SLO levels follow from them."""
    COLLECTIVE = "collective"
    """Each SLO is one row; only how many students reached each level is entered."""


class Purpose(StrEnum):
    FORMATIVE = "formative"
    SUMMATIVE = "summative"


class WorkState(StrEnum):
    ASSIGNED = "assigned"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    OVERDUE = "overdue"
    NOT_ASSESSED = "not assessed"
    """Closed with a reason; it can be reopened."""


class AssessmentState(StrEnum):
    ACTIVE = "active"
    RETIRED = "retired"
    """Offered for no new use; what uses it goes on."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is assessed, against which rubric. It can be used in many sections.

    `edition` counts what people meet as versions of the definition: it rises when a
    definition that was scored somewhere is changed. Those sections keep the edition that
    their first score froze; all others use the newest.
    """

    id: AssessmentId
    code: str
    org_id: OrgId | None
    name: str
    description: str
    kind: AssessmentKind
    purpose: Purpose
    scale_id: ScaleId
    rubric: Rubric
    points_possible: Decimal
    """Used for the recommended score while no LMS assignment says otherwise."""
    reflection: ReflectionTemplate
    in_library: bool
    owner_id: PersonId | None
    version: int
    guide: str = ""
    """For the evaluator: how to use the rubric."""
    state: AssessmentState = AssessmentState.ACTIVE
    edition: int = 1

    def following(self, before: "Assessment", *, scored: bool) -> "Assessment":
        """This definition as the next one after `before`, which was scored somewhere or not."""
        changed = scored and self.measured != before.measured
        return replace(self, edition=before.edition + changed)

    @property
    def measured(self) -> tuple[object, ...]:
        """What scores depend on; a better name or guide makes no new edition."""
        return self.kind, self.scale_id, self.rubric, self.points_possible, self.reflection

    @property
    def active(self) -> bool:
        return self.state is AssessmentState.ACTIVE

    def require_collective(self) -> None:
        """Raises NotScorable for all kinds that are scored student by student."""
        if self.kind is not AssessmentKind.COLLECTIVE:
            raise NotScorable(
                "This assessment takes scores of single students, not counts for each SLO.",
                title="This assessment has no counts",
            )

    def offered_to(self, person_id: PersonId) -> bool:
        """Whether the person may put it on a section of theirs."""
        return self.active and (self.in_library or self.owner_id == person_id)


@dataclass(frozen=True, slots=True)
class SectionAssessment:
    """The use of an assessment in one section; scores, links and state belong to it.

    `snapshot` is the rubric frozen at the first score: later edits of the assessment do
    not change what was scored. `edition` is the one that was frozen.
    """

    id: SectionAssessmentId
    assessment_id: AssessmentId
    section_id: SectionId
    due_at: datetime | None
    planned: bool
    """Planned ones cannot be removed by faculty."""
    released_at: datetime | None
    """Since when students see their results; None while they do not."""
    snapshot: Rubric | None
    version: int
    opens_at: datetime | None = None
    closed_at: datetime | None = None
    """Since when it is closed as not assessed; None while it is not."""
    closed_reason: str = ""
    plan_id: PlanId | None = None
    """The plan that put it here; None for what faculty added."""
    edition: int | None = None

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    def frozen(self, assessment: Assessment) -> "SectionAssessment":
        if self.snapshot:
            return self
        return replace(self, snapshot=assessment.rubric, edition=assessment.edition)

    def require_scorable(self, assessment: Assessment) -> None:
        """Raises NotScorable for Collective assessments, and while this one is closed."""
        if assessment.kind is AssessmentKind.COLLECTIVE:
            raise NotScorable(
                "This is a Collective assessment: it takes counts for each SLO, "
                "not scores of single students.",
                title="This assessment has no scores of single students",
            )
        self._require_open()

    def require_countable(self, assessment: Assessment) -> None:
        """Raises NotScorable for all but Collective assessments, and while it is closed."""
        assessment.require_collective()
        self._require_open()

    def _require_open(self) -> None:
        if self.closed:
            raise NotScorable(
                "This assessment is closed as not assessed here; reopen it before scoring.",
                title="This assessment is closed",
            )

    def not_assessed(self, reason: str, at: datetime) -> "SectionAssessment":
        """Closed without results. Raises NonsenseValue without a reason."""
        if not reason.strip():
            raise NonsenseValue("reason", "", "enter a reason: why this is not assessed")
        return replace(self, closed_at=self.closed_at or at, closed_reason=reason.strip())

    def reopened(self) -> "SectionAssessment":
        return replace(self, closed_at=None, closed_reason="")

    def rubric(self, assessment: Assessment) -> Rubric:
        return self.snapshot or assessment.rubric

    def released(self, at: datetime | None) -> "SectionAssessment":
        return replace(self, released_at=at)


def work_state(
    rubric: Rubric,
    scored: Mapping[PersonId, Mapping[RowId, ScoreValue]],
    students: tuple[PersonId, ...],
    due_at: datetime | None,
    now: datetime,
    *,
    reflected: bool = True,
    closed: bool = False,
) -> WorkState:
    """Where the work in a section stands (glossary 3).

    `reflected` False: a reflection is asked for and not submitted yet. `closed`: with a
    reason, as not assessed.
    """
    if closed:
        return WorkState.NOT_ASSESSED
    given = [scored.get(student, {}) for student in students]
    if reflected and students and all(rubric.is_complete(values) for values in given):
        return WorkState.COMPLETE
    if due_at is not None and now > due_at:
        return WorkState.OVERDUE
    touched = any(not isinstance(v, Blank) for values in given for v in values.values())
    return WorkState.IN_PROGRESS if touched else WorkState.ASSIGNED


@dataclass(frozen=True, slots=True)
class OwnGrade:
    """The evaluator's own grade for a student, kept beside the recommended one."""

    section_assessment_id: SectionAssessmentId
    student_id: PersonId
    points: Decimal | None
    """None: the recommended score is used."""
    version: int
    set_by: PersonId
    set_at: datetime
