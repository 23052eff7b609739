"""Assessments as a file lists them: codes instead of ids. `path` is the place in the file."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.assessment import AssessmentKind, Purpose
from domain.reflection import ReflectionTemplate


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """`mastery` None: taken from the scale at the same share of the highest points."""

    points: Decimal
    label: str
    descriptor: str
    mastery: str | None


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    path: str
    code: str
    title: str
    description: str
    weight: Decimal
    slos: tuple[str, ...]
    levels: tuple[LevelEntry, ...]
    """From lowest to highest; empty takes the levels of the scale."""
    part: str = ""
    """The rubric it belongs to, where an assessment holds several."""


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """`student` is a Tech ID, `row` the code of an SLO or criterion."""

    path: str
    student: str
    row: str
    value: str
    """`4`, `NA`, or nothing."""


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """`section` is a source id, or a title that only one active section has."""

    path: str
    section: str
    due_at: datetime | None
    planned: bool
    released: bool
    scores: tuple[ScoreEntry, ...]
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssessmentEntry:
    """`criteria` are the rows of Student-Oriented work, `slos` those of the other kinds."""

    path: str
    code: str
    name: str
    description: str
    kind: AssessmentKind
    purpose: Purpose
    scale: str
    points_possible: Decimal
    reflection: ReflectionTemplate
    org: str | None
    library: bool
    slos: tuple[str, ...]
    criteria: tuple[CriterionEntry, ...]
    sections: tuple[PlannedEntry, ...]
    guide: str = ""
