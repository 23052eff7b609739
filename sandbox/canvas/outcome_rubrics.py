"""Rubrics that follow their outcomes: what a saved outcome or scale writes into them later."""

from collections.abc import Iterable

from sandbox.canvas.jobs import Jobs
from sandbox.canvas.mastery_scales import scale_of
from sandbox.canvas.outcome_alignments import updateable_rubrics
from sandbox.canvas.outcome_records import (
    CriterionRating,
    Outcome,
    OutcomeRating,
    Rubric,
    RubricCriterion,
)
from sandbox.canvas.outcomes import context_of
from sandbox.canvas.state import State


def refresh_later(state: State, jobs: Jobs, outcome: Outcome) -> None:
    """Queue what a saved outcome changes in its rubrics, if it has any that may change.

    Canvas: only rubrics that are not assessed and on at most one assignment; others keep
    their old copy of the outcome.
    """
    if _bound(state, {outcome.id}):
        jobs.add("outcome rubrics", lambda: None, lambda: refresh(state, {outcome.id}))


def refresh(state: State, outcome_ids: Iterable[int]) -> None:
    """Write outcomes, with the levels that hold for them now, into the rubrics that follow them."""
    for rubric, criterion in _bound(state, set(outcome_ids)):
        outcome = state.outcomes[criterion.learning_outcome_id or 0]
        ratings, mastery_points = _levels(state, rubric, outcome)
        criterion.description = outcome.title
        criterion.long_description = outcome.description or ""
        criterion.mastery_points = mastery_points
        criterion.points = max((row.points for row in ratings), default=0.0)
        criterion.ratings = [_rating(state, rubric, row) for row in ratings]


def _bound(state: State, outcome_ids: set[int]) -> list[tuple[Rubric, RubricCriterion]]:
    return [
        (rubric, criterion)
        for rubric in updateable_rubrics(state)
        for criterion in rubric.criteria
        if criterion.learning_outcome_id in outcome_ids
    ]


def _levels(state: State, rubric: Rubric, outcome: Outcome) -> tuple[list[OutcomeRating], float]:
    """The ratings and mastery points: the outcome's own, or those of the rubric's context."""
    if not state.switches.account_level_mastery_scales:
        return outcome.ratings, outcome.mastery_points
    scale = scale_of(state, context_of(state, (rubric.context_type, rubric.context_id)))
    mastery_points = next(row.points for row in scale if row.mastery)
    return [OutcomeRating(row.description, row.points) for row in scale], mastery_points


def _rating(state: State, rubric: Rubric, row: OutcomeRating) -> CriterionRating:
    number = f"{rubric.id}_{state.chance.hexadecimal(4)}"
    return CriterionRating(number, row.description, row.points)
