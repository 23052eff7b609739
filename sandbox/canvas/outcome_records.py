"""The records behind outcomes and rubrics, one class for each table that Canvas has."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

ContextType = Literal["Account", "Course"]


@dataclass(slots=True)
class OutcomeRating:
    description: str
    points: float


@dataclass(slots=True)
class Outcome:
    """An outcome, owned by one account or course and shown there and below through links."""

    id: int
    context_type: ContextType
    context_id: int
    title: str
    display_name: str | None
    description: str | None
    vendor_guid: str | None
    ratings: list[OutcomeRating]
    """Highest points first."""
    mastery_points: float
    calculation_method: str | None
    calculation_int: int | None
    friendly_description: str | None = None
    deleted: bool = False


@dataclass(slots=True)
class OutcomeGroup:
    """A folder. Each context has exactly one root, whose `parent_id` is None."""

    id: int
    context_type: ContextType
    context_id: int
    parent_id: int | None
    title: str
    description: str | None = None
    vendor_guid: str | None = None
    deleted: bool = False


@dataclass(slots=True)
class OutcomeLink:
    """One outcome shown in one folder; the link's context is the folder's."""

    id: int
    outcome_id: int
    group_id: int
    deleted: bool = False


@dataclass(slots=True)
class OutcomeImport:
    """A CSV import. `done` effects happen only when its job runs."""

    id: int
    context_type: ContextType
    context_id: int
    group_id: int | None
    user_id: int
    content: bytes
    created_at: datetime
    updated_at: datetime
    workflow_state: str = "created"
    progress: int = 0
    processing_errors: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class ProficiencyRating:
    description: str
    points: float
    mastery: bool
    color: str


@dataclass(slots=True)
class CriterionRating:
    id: str
    description: str
    points: float
    long_description: str = ""


@dataclass(slots=True)
class RubricCriterion:
    """`learning_outcome_id` binds the row to an outcome; `points` is its highest rating."""

    id: str
    description: str
    long_description: str
    points: float
    ratings: list[CriterionRating]
    learning_outcome_id: int | None = None
    mastery_points: float | None = None
    ignore_for_scoring: bool = False
    criterion_use_range: bool = False


@dataclass(slots=True)
class Rubric:
    id: int
    context_type: ContextType
    context_id: int
    title: str
    criteria: list[RubricCriterion]
    free_form_criterion_comments: bool = False
    deleted: bool = False
    hide_score_total: bool = False
    user_id: int | None = None
    copied_from: int | None = None
    """The shared rubric that somebody meant to change when Canvas made this one instead."""
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def points_possible(self) -> float:
        total = sum(row.points for row in self.criteria if not row.ignore_for_scoring)
        return round(float(total), 4)


@dataclass(slots=True)
class RubricAssociation:
    """A rubric put somewhere; purpose `grading` on an assignment is what teachers see."""

    id: int
    rubric_id: int
    association_type: Literal["Assignment", "Course", "Account"]
    association_id: int
    context_type: ContextType
    context_id: int
    title: str
    purpose: str = "unknown"
    use_for_grading: bool = False
    hide_score_total: bool = False
    hide_points: bool = False
    hide_outcome_results: bool = False
    deleted: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def grades_assignment(self, assignment_id: int) -> bool:
        """Whether this is what puts the rubric for grading on an assignment."""
        return (
            not self.deleted
            and self.purpose == "grading"
            and self.association_type == "Assignment"
            and self.association_id == assignment_id
        )


@dataclass(slots=True)
class RubricAssessment:
    """What a grader chose; `data` is criterion id -> {"rating_id", "comments", "points"?}.

    Beside these an entry keeps what Canvas copies from the rubric at that moment.
    """

    id: int
    rubric_id: int
    rubric_association_id: int
    assignment_id: int
    user_id: int
    assessor_id: int
    artifact_attempt: int | None
    assessment_type: str
    data: dict[str, dict[str, Any]]
    updated_at: datetime
