"""What an import would change: ratings given in the LMS against the scores that stand here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from domain.ids import LmsUserRef, PersonId, RowId
from domain.rubric import Criterion, CriterionLevel, Rubric
from domain.score import Blank, Score, Scored
from domain.score_import.conversion import Converted, Unconvertible, convert
from domain.score_import.lms_rubric import (
    GivenRating,
    LmsCriterion,
    RubricAssignment,
    RubricScores,
)
from domain.score_import.reading import CriterionUse, Reading, Uses
from domain.score_import.several import Given, highest, latest, mean
from domain.score_import.source import Contribution, ScoreSource

NOT_IN_SECTION = "not-in-section"
"""The reason, a slug of `application.refusals`, that is nobody's fault."""
DROPPED = "dropped"
"""The same for somebody who once was in the section and left it."""


class ImportPolicy(StrEnum):
    """Which of several assignments counts."""

    LATEST = "latest"
    HIGHEST = "highest"
    MEAN = "mean"
    """The mean of the levels by their places in the row's order, rounded half up."""


class LineState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    """Regraded in the LMS since it was imported."""
    SAME = "same"
    CONFLICT = "conflict"
    """A score was given here: replaced only when chosen."""
    CANNOT = "cannot"
    ELSEWHERE = "elsewhere"
    """Of somebody who is known and not in this section: one LMS course may hold several."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One student and row. `student_id` and `row_id` are None where they cannot be told."""

    student_id: PersonId | None
    user_ref: LmsUserRef
    row_id: RowId | None
    state: LineState
    reason: str
    """A slug of `application.refusals`; empty unless the state is CANNOT."""
    level: CriterionLevel | None
    score: Score | None
    """What stands here now."""
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """All that decides how readings become scores."""

    rubric: Rubric
    uses: Uses
    people: Mapping[LmsUserRef, PersonId]
    left: Mapping[LmsUserRef, PersonId]
    """Students who dropped the section: known by name, and nothing is written for them."""
    unknown: Callable[[LmsUserRef], str]
    """Why any other LMS user is no student here: `not-matched`, or `NOT_IN_SECTION`."""
    score: Callable[[PersonId, RowId], Score]
    source: Callable[[PersonId, RowId], ScoreSource | None]


def plan_import(
    readings: Sequence[Reading], desk: Desk, policy: ImportPolicy
) -> tuple[ImportLine, ...]:
    """A line for each cell that the readings touch, and for each rating that cannot come over.

    Applying the plan and planning again shows nothing but `same`.
    """
    cells: dict[tuple[PersonId, RowId], list[Given]] = {}
    refused: list[ImportLine] = []
    for reading in readings:
        for scores in reading.scores:
            for found in _found(reading.assignment, scores, desk):
                if isinstance(found, ImportLine):
                    refused.append(found)
                else:
                    student, row_id, level, contribution = found
                    cells.setdefault((student, row_id), []).append((level, contribution))
    by_person = {person: user for user, person in desk.people.items()}
    lines = [
        _judged(student, by_person[student], row_id, given, desk, policy)
        for (student, row_id), given in cells.items()
    ]
    return (*lines, *dict.fromkeys(refused))


_Found = tuple[PersonId, RowId, CriterionLevel, Contribution]


def _found(
    assignment: RubricAssignment, scores: RubricScores, desk: Desk
) -> Iterator[_Found | ImportLine]:
    usable = list(_usable(assignment, scores, desk))
    if not usable or scores.excused:
        return
    if reason := _barred(assignment, scores, desk):
        yield _cannot(scores, reason, desk)
        return
    student = desk.people[scores.user_ref]
    for given, criterion, use in usable:
        row = desk.rubric.row(use.row_id)
        converted = convert(given, criterion, use.meaning, row)
        if isinstance(converted, Unconvertible):
            line = _cannot(scores, converted.reason, desk)
            yield replace(line, row_id=row.id, score=desk.score(student, row.id))
        else:
            contribution = _contribution(assignment, criterion, scores, given.points, converted)
            yield student, row.id, converted.level, contribution


def _usable(
    assignment: RubricAssignment, scores: RubricScores, desk: Desk
) -> Iterator[tuple[GivenRating, LmsCriterion, CriterionUse]]:
    """What was given on criteria that feed a row of ours.

    Canvas keeps choices on rows that were cut from the rubric since: they count for nothing.
    """
    criteria = {one.ref: one for one in assignment.rubric.criteria} if assignment.rubric else {}
    for given in scores.given:
        criterion = criteria.get(given.criterion_ref)
        use = desk.uses.get((assignment.ref, given.criterion_ref))
        if criterion is not None and use is not None:
            yield given, criterion, use


def _barred(assignment: RubricAssignment, scores: RubricScores, desk: Desk) -> str:
    """Why nothing of this student's grading can be brought over; empty if it can."""
    if not scores.user_ref or assignment.anonymous:
        return "anonymous"
    if scores.user_ref in desk.left:
        return DROPPED
    if scores.user_ref not in desk.people:
        return desk.unknown(scores.user_ref)
    return "" if scores.posted else "not-posted"


def _cannot(scores: RubricScores, reason: str, desk: Desk) -> ImportLine:
    return ImportLine(
        student_id=desk.people.get(scores.user_ref) or desk.left.get(scores.user_ref),
        user_ref=scores.user_ref,
        row_id=None,
        state=LineState.ELSEWHERE if reason == NOT_IN_SECTION else LineState.CANNOT,
        reason=reason,
        level=None,
        score=None,
        contributions=(),
    )


def _contribution(
    assignment: RubricAssignment,
    criterion: LmsCriterion,
    scores: RubricScores,
    points: Decimal | None,
    converted: Converted,
) -> Contribution:
    return Contribution(
        assignment_ref=assignment.ref,
        assignment_name=assignment.name,
        criterion_ref=criterion.ref,
        rating_ref=converted.rating.ref,
        rating=converted.rating.description,
        points=points,
        level_points=converted.level.points,
        exact=converted.exact,
        grader_ref=scores.grader_ref,
        graded_at=scores.graded_at,
    )


def _judged(
    student: PersonId,
    user: LmsUserRef,
    row_id: RowId,
    given: list[Given],
    desk: Desk,
    policy: ImportPolicy,
) -> ImportLine:
    level, used = _by_policy(given, desk.rubric.row(row_id), policy)
    score = desk.score(student, row_id)
    state = _state(level, score, desk.source(student, row_id))
    return ImportLine(student, user, row_id, state, "", level, score, used)


def _state(level: CriterionLevel, score: Score, source: ScoreSource | None) -> LineState:
    if score.value == Scored(level.points):
        return LineState.SAME
    if isinstance(score.value, Blank):
        return LineState.NEW
    imported = source is not None and source.still_speaks_for(score)
    return LineState.CHANGED if imported else LineState.CONFLICT


def _by_policy(
    given: list[Given], row: Criterion, policy: ImportPolicy
) -> tuple[CriterionLevel, tuple[Contribution, ...]]:
    if policy is ImportPolicy.MEAN:
        return mean(given, row), tuple(contribution for _, contribution in given)
    level, contribution = (highest if policy is ImportPolicy.HIGHEST else latest)(given)
    return level, (contribution,)
