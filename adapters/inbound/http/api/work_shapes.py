"""Assessments in sections, and their scores."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from adapters.inbound.http.api.outcome_shapes import RubricOut, rubric_out
from adapters.inbound.http.api.wire import In, Line, Out, Prose
from application.use_cases.scoring.record_scores import CellAnswer, InConflict, Refused, Saved
from domain.assessment import SectionAssessment
from domain.score import Score, value_as_text

Value = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]


class WorkOut(Out, frozen=True):
    """`snapshot` is the rubric frozen at the first score; null while nothing is scored."""

    id: str
    assessment_id: str
    section_id: str
    due_at: datetime | None
    planned: bool
    released_at: datetime | None
    snapshot: RubricOut | None
    version: int


class WorkIn(In, frozen=True):
    """An assessment of the library, or one's own, for a section that one teaches."""

    assessment_id: Line
    section_id: Line
    due_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class ScoreOut(Out, frozen=True):
    """`value` is a number as text, `NA` for not assessed, or empty for blank."""

    section_assessment_id: str
    student_id: str
    row_id: str
    value: str
    comment: str
    version: int
    scored_by: str | None
    scored_at: datetime | None


class ScoreIn(In, frozen=True):
    """`version` is that of the score that was looked at; 0 for one that was never given."""

    student_id: Line
    row_id: Line
    value: Value
    version: Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)]
    comment: Prose | None = None
    """Left out, the comment stays."""


class ScoresIn(In, frozen=True):
    scores: Annotated[list[ScoreIn], msgspec.Meta(min_length=1, max_length=1000)]


class ScoreAnswer(Out, frozen=True):
    """`conflict`: somebody else was first, and `score` is what is stored."""

    status: Literal["saved", "conflict", "refused"]
    student_id: str
    row_id: str
    score: ScoreOut | None
    detail: str


class ScoreAnswers(Out, frozen=True):
    """One answer for each score that was sent, in their order."""

    results: list[ScoreAnswer]


def work_out(work: SectionAssessment) -> WorkOut:
    return WorkOut(
        id=work.id,
        assessment_id=work.assessment_id,
        section_id=work.section_id,
        due_at=work.due_at,
        planned=work.planned,
        released_at=work.released_at,
        snapshot=rubric_out(work.snapshot) if work.snapshot else None,
        version=work.version,
    )


def score_out(score: Score) -> ScoreOut:
    return ScoreOut(
        score.section_assessment_id,
        score.student_id,
        score.row_id,
        value_as_text(score.value),
        score.comment,
        score.version,
        score.scored_by,
        score.scored_at,
    )


def score_answer(answer: CellAnswer) -> ScoreAnswer:
    change = answer.change
    match answer:
        case Saved(score=score):
            return ScoreAnswer("saved", change.student_id, change.row_id, score_out(score), "")
        case InConflict(score=score):
            said = "The score was changed meanwhile."
            return ScoreAnswer("conflict", change.student_id, change.row_id, score_out(score), said)
        case Refused(sentence=sentence):
            return ScoreAnswer("refused", change.student_id, change.row_id, None, sentence)
