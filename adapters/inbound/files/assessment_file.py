"""The JSON file of assessments, where they are planned, and scores (docs/formats.md)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec

from adapters.inbound.files.json_file import Part, decode_file, refuse_repeats, source_of
from application.assessment_entries import (
    AssessmentEntry,
    CriterionEntry,
    LevelEntry,
    PlannedEntry,
    ScoreEntry,
)
from application.errors import Invalid
from application.use_cases.assessments.import_assessments import ImportAssessmentsCommand
from domain.assessment import AssessmentKind, Purpose
from domain.errors import NonsenseValue
from domain.reflection import Question, QuestionKind, ReflectionTemplate, asking

Text = Annotated[str, msgspec.Meta(min_length=1)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class LevelPart(Part, frozen=True):
    points: Decimal
    label: Text
    descriptor: str = ""
    mastery: str | None = None


class CriterionPart(Part, frozen=True):
    code: Text
    title: Text
    description: str = ""
    weight: Decimal = Decimal(1)
    slos: tuple[str, ...] = ()
    levels: tuple[LevelPart, ...] = ()
    part: str = ""


class QuestionPart(Part, frozen=True):
    prompt: Text
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()


class ScorePart(Part, frozen=True):
    student: Text
    row: Text
    value: str


class SectionPart(Part, frozen=True):
    section: Text
    opens_at: Moment | None = None
    due_at: Moment | None = None
    planned: bool = True
    released: bool = False
    scores: tuple[ScorePart, ...] = ()


class AssessmentPart(Part, frozen=True):
    code: Text
    name: Text
    scale: Text
    points_possible: Decimal
    kind: AssessmentKind = AssessmentKind.OUTCOMES
    purpose: Purpose = Purpose.SUMMATIVE
    description: str = ""
    guide: str = ""
    reflection_question: str = ""
    reflection: tuple[QuestionPart, ...] = ()
    org: str | None = None
    library: bool = True
    slos: tuple[str, ...] = ()
    criteria: tuple[CriterionPart, ...] = ()
    sections: tuple[SectionPart, ...] = ()


class AssessmentFile(Part, frozen=True):
    assessments: tuple[AssessmentPart, ...]


def read_assessments(path: Path, actor: str) -> ImportAssessmentsCommand:
    """Raises Invalid, naming the place in the file and the cure."""
    parts = decode_file(path, AssessmentFile).assessments
    refuse_repeats("assessments", (part.code for part in parts))
    entries = tuple(_assessment(f"assessments[{n}]", part) for n, part in enumerate(parts))
    return ImportAssessmentsCommand(actor, source_of(path), entries)


def assessment_file(entries: Iterable[AssessmentEntry]) -> AssessmentFile:
    """The file that `read_assessments` reads to the same entries."""
    return AssessmentFile(tuple(_part(entry) for entry in entries))


def _part(entry: AssessmentEntry) -> AssessmentPart:
    return AssessmentPart(
        code=entry.code,
        name=entry.name,
        scale=entry.scale,
        points_possible=entry.points_possible,
        kind=entry.kind,
        purpose=entry.purpose,
        description=entry.description,
        guide=entry.guide,
        reflection=tuple(
            QuestionPart(q.prompt, q.kind, q.required, q.choices)
            for q in entry.reflection.questions
        ),
        org=entry.org,
        library=entry.library,
        slos=entry.slos,
        criteria=tuple(
            CriterionPart(
                c.code, c.title, c.description, c.weight, c.slos,
                tuple(LevelPart(v.points, v.label, v.descriptor, v.mastery) for v in c.levels),
                c.part,
            )
            for c in entry.criteria
        ),
    )  # fmt: skip


def _assessment(path: str, part: AssessmentPart) -> AssessmentEntry:
    refuse_repeats(f"{path}.criteria", (criterion.code for criterion in part.criteria))
    refuse_repeats(f"{path}.sections", (section.section for section in part.sections))
    if not part.points_possible.is_finite() or part.points_possible <= 0:
        raise Invalid(f"{path}.points_possible", "give a number above 0.")
    return AssessmentEntry(
        path=path,
        code=part.code,
        name=part.name,
        description=part.description,
        kind=part.kind,
        purpose=part.purpose,
        scale=part.scale,
        points_possible=part.points_possible,
        reflection=_reflection(path, part),
        org=part.org,
        library=part.library,
        slos=part.slos,
        criteria=tuple(_criterion(f"{path}.criteria[{n}]", c) for n, c in enumerate(part.criteria)),
        sections=tuple(_section(f"{path}.sections[{n}]", s) for n, s in enumerate(part.sections)),
        guide=part.guide,
    )


def _reflection(path: str, part: AssessmentPart) -> ReflectionTemplate:
    """`reflection_question` is the short form of one required text question."""
    if part.reflection and part.reflection_question:
        raise Invalid(f"{path}.reflection_question", "leave it out where `reflection` is given.")
    if not part.reflection:
        return asking(part.reflection_question)
    return ReflectionTemplate(
        tuple(
            _question(f"{path}.reflection[{n}]", n, question)
            for n, question in enumerate(part.reflection)
        )
    )


def _question(path: str, number: int, part: QuestionPart) -> Question:
    try:
        return Question(f"q{number + 1}", part.prompt, part.kind, part.required, part.choices)
    except NonsenseValue as broken:
        raise Invalid(path, str(broken)) from broken


def _criterion(path: str, part: CriterionPart) -> CriterionEntry:
    levels = sorted(part.levels, key=lambda level: level.points)
    return CriterionEntry(
        path,
        part.code,
        part.title,
        part.description,
        part.weight,
        part.slos,
        tuple(LevelEntry(v.points, v.label, v.descriptor, v.mastery) for v in levels),
        part.part,
    )


def _section(path: str, part: SectionPart) -> PlannedEntry:
    scores = tuple(
        ScoreEntry(f"{path}.scores[{n}]", s.student, s.row, s.value)
        for n, s in enumerate(part.scores)
    )
    return PlannedEntry(
        path, part.section, part.due_at, part.planned, part.released, scores, part.opens_at
    )
