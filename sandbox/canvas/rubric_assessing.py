"""Assessing with a rubric: what is stored of it, and the grade that follows."""

from collections.abc import Mapping
from typing import Any

from sandbox.canvas import params
from sandbox.canvas.grades import ruby_float
from sandbox.canvas.grading import give_score, graded_together, hindrance
from sandbox.canvas.outcome_records import (
    CriterionRating,
    RubricAssessment,
    RubricAssociation,
    RubricCriterion,
)
from sandbox.canvas.records import Assignment, Submission
from sandbox.canvas.state import State

Entries = dict[str, dict[str, Any]]
NO_DETAILS = "No details"


def total_of(entries: Mapping[str, Mapping[str, Any]]) -> float | None:
    """The points together, without criteria that do not score; None if none has points."""
    counted = [
        row["points"]
        for row in entries.values()
        if "points" in row and not row.get("ignore_for_scoring")
    ]
    return round(float(sum(counted)), 4) if counted else None


def assess(
    state: State,
    association: RubricAssociation,
    user_id: int,
    assessor_id: int,
    given: Mapping[str, object],
    kind: str = "grading",
) -> RubricAssessment:
    """Store an assessment for a student, or for the whole group of the student.

    `given` is criterion id -> points, rating_id, comments. It replaces all that was stored, but
    for one without a single criterion of the rubric. Raises GradeError where the grade that
    follows cannot be given; then this student's assessment is as it was.
    """
    assignment = state.assignments[association.association_id]
    rubric = state.rubrics[association.rubric_id]
    entries = {
        criterion.id: _entry(criterion, sent)
        for criterion in rubric.criteria
        if isinstance(sent := given.get(criterion.id), dict)
    }
    rows = [
        _assess_one(state, association, assignment, member, assessor_id, entries, kind)
        for member in graded_together(state, assignment, user_id)
    ]
    return rows[0]


def _assess_one(
    state: State,
    association: RubricAssociation,
    assignment: Assignment,
    user_id: int,
    assessor_id: int,
    entries: Entries,
    kind: str,
) -> RubricAssessment:
    submission = state.submission(assignment.id, user_id)
    found = _stored(state, association, user_id, assessor_id, kind)
    data = entries or (found.data if found else {})
    if association.use_for_grading:
        _grade(state, assignment, submission, total_of(data), assessor_id)
    row = found or _new(state, association, submission, assessor_id, kind)
    row.assessor_id = assessor_id
    row.rubric_id = association.rubric_id if found is None else row.rubric_id
    row.data = {number: dict(entry) for number, entry in data.items()}
    row.artifact_attempt = submission.attempt
    row.updated_at = state.clock()
    return row


def _grade(
    state: State,
    assignment: Assignment,
    submission: Submission,
    total: float | None,
    assessor_id: int,
) -> None:
    """The total becomes the grade, compared with the score that counts after a deduction."""
    if submission.score != total and hindrance(state, assessor_id, assignment) is None:
        give_score(state, assignment, submission, total, assessor_id)


def _stored(
    state: State, association: RubricAssociation, user_id: int, assessor_id: int, kind: str
) -> RubricAssessment | None:
    """For grading there is one, whoever wrote it; otherwise each assessor has their own."""
    if kind == "grading":
        row = state.grading_assessments.get((association.association_id, user_id))
        return row if row and row.rubric_association_id == association.id else None
    for row in state.rubric_assessments.values():
        mine = (row.rubric_association_id, row.user_id) == (association.id, user_id)
        if mine and (row.assessor_id, row.assessment_type) == (assessor_id, kind):
            return row
    return None


def _new(
    state: State,
    association: RubricAssociation,
    submission: Submission,
    assessor_id: int,
    kind: str,
) -> RubricAssessment:
    row = RubricAssessment(
        id=state.next_id("rubric_assessments", 5001),
        rubric_id=association.rubric_id,
        rubric_association_id=association.id,
        assignment_id=submission.assignment_id,
        user_id=submission.user_id,
        assessor_id=assessor_id,
        artifact_attempt=submission.attempt,
        assessment_type=kind,
        data={},
        updated_at=state.clock(),
    )
    state.rubric_assessments[row.id] = row
    if kind == "grading":
        state.grading_assessments[row.assignment_id, row.user_id] = row
    return row


def forget(state: State, row: RubricAssessment) -> None:
    """Delete an assessment; the grade that it gave stays."""
    del state.rubric_assessments[row.id]
    key = (row.assignment_id, row.user_id)
    if state.grading_assessments.get(key) is row:
        del state.grading_assessments[key]


def _entry(criterion: RubricCriterion, sent: Mapping[str, Any]) -> dict[str, Any]:
    points = _points(criterion, sent.get("points"))
    match = _rating(criterion, points or 0.0)
    rating_id = params.text(sent.get("rating_id"))
    if rating_id is None and match is not None:
        rating_id = match.id
    description = params.text(sent.get("description")) or (match.description if match else "")
    entry: dict[str, Any] = {
        "rating_id": rating_id,
        "comments": params.text(sent.get("comments")),
        "description": description or NO_DETAILS,
        "learning_outcome_id": criterion.learning_outcome_id,
    }
    if points is not None:
        entry["points"] = points
        if criterion.mastery_points is not None:
            entry["above_threshold"] = points > criterion.mastery_points
    if criterion.ignore_for_scoring:
        entry["ignore_for_scoring"] = True
    return entry


def _points(criterion: RubricCriterion, sent: object) -> float | None:
    """What was sent as points; an outcome's row never gets more than its highest rating."""
    text = (params.text(sent) or "").strip()
    if not text:
        return None
    points = ruby_float(text)
    return points if criterion.learning_outcome_id is None else min(criterion.points, points)


def _rating(criterion: RubricCriterion, points: float) -> CriterionRating | None:
    """The first rating of these points, or whose range holds them.

    Canvas: `assess` compares missing points as 0, so that a mere comment finds the rating of
    0 points.
    """
    lower = [row.points for row in criterion.ratings[1:]] + [0.0]
    for rating, next_lower in zip(criterion.ratings, lower, strict=False):
        if rating.points == points:
            return rating
        if criterion.criterion_use_range and rating.points > points > next_lower:
            return rating
    return None
