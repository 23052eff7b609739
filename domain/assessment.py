"""Assessments, and their use in one section."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.ids import (
    AssessmentId,
    OrgId,
    PersonId,
    RowId,
    ScaleId,
    SectionAssessmentId,
    SectionId,
)
from domain.rubric import Rubric
from domain.score import Blank, ScoreValue


class AssessmentKind(StrEnum):
    OUTCOMES = "outcomes"
    """Each SLO is one row and is scored directly."""
    STUDENT = "student"
    """Weighted criteria are scored; SLO levels follow from them."""


class Purpose(StrEnum):
    FORMATIVE = "formative"
    SUMMATIVE = "summative"


class WorkState(StrEnum):
    ASSIGNED = "assigned"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is assessed, against which rubric. It can be used in many sections."""

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
    reflection_question: str
    """Empty when the assessment asks for no reflection."""
    in_library: bool
    owner_id: PersonId | None
    version: int


@dataclass(frozen=True, slots=True)
class SectionAssessment:
    """The use of an assessment in one section; scores, links and state belong to it.

    `snapshot` is the rubric frozen at the first score: later edits of the assessment do
    not change what was scored.
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

    def frozen(self, rubric: Rubric) -> "SectionAssessment":
        return self if self.snapshot else replace(self, snapshot=rubric)

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
) -> WorkState:
    """Where the work in a section stands (glossary 3).

    `reflected` False: a reflection is asked for and not submitted yet.
    """
    given = [scored.get(student, {}) for student in students]
    if reflected and students and all(rubric.is_complete(values) for values in given):
        return WorkState.COMPLETE
    if due_at is not None and now > due_at:
        return WorkState.OVERDUE
    touched = any(not isinstance(v, Blank) for values in given for v in values.values())
    return WorkState.IN_PROGRESS if touched else WorkState.ASSIGNED


@dataclass(frozen=True, slots=True)
class Reflection:
    """An evaluator's answer after scoring; `submitted_at` None means saved privately."""

    section_assessment_id: SectionAssessmentId
    person_id: PersonId
    text: str
    submitted_at: datetime | None
    version: int


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
