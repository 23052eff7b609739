"""Plans: an assessment put on sections of a term, by name, by course or by org."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.errors import NonsenseValue
from domain.ids import AssessmentId, PersonId, PlanId, TermId


class TargetKind(StrEnum):
    SECTIONS = "sections"
    """The sections named, and no other."""
    COURSES = "courses"
    """All sections of the courses named, those that come later too."""
    ORGS = "orgs"
    """All sections of all courses of the orgs named and of those below them."""


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """`ids` are those of sections, courses or orgs, as the kind says."""

    kind: TargetKind
    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.ids:
            raise NonsenseValue("plan", "", "choose at least one of them")


@dataclass(frozen=True, slots=True)
class AssessmentPlan:
    """One decision of a planner. Undone, never deleted; `carried_from` is the plan it copies.

    A plan of courses or orgs also holds for sections that are loaded after it was made.
    """

    id: PlanId
    assessment_id: AssessmentId
    term_id: TermId
    target: PlanTarget
    opens_at: datetime | None
    due_at: datetime | None
    made_by: PersonId | None
    """None: the command line."""
    made_at: datetime
    undone_at: datetime | None
    carried_from: PlanId | None
    version: int

    def __post_init__(self) -> None:
        refuse_disorder(self.opens_at, self.due_at)

    @property
    def stands(self) -> bool:
        return self.undone_at is None

    def undone(self, at: datetime) -> "AssessmentPlan":
        return self if self.undone_at else replace(self, undone_at=at)


def refuse_disorder(opens_at: datetime | None, due_at: datetime | None) -> None:
    """Raises NonsenseValue when it would be due before it opens."""
    if opens_at and due_at and due_at < opens_at:
        raise NonsenseValue("due date", "", "the due date lies before the open date")
