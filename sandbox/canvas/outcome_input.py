"""What a call may write into an outcome, and what Canvas makes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.canvas import params
from sandbox.canvas.errors import model_errors
from sandbox.canvas.grades import ruby_float
from sandbox.canvas.outcome_merging import blank_outcome
from sandbox.canvas.outcome_records import Outcome, OutcomeRating
from sandbox.canvas.outcome_rules import (
    NO_COMMENT,
    default_method,
    default_number,
    in_order,
    stored_method,
    takes_number,
    violations,
)
from sandbox.canvas.outcomes import Context, key_of
from sandbox.canvas.records import Switches
from sandbox.canvas.rich_text import sanitised
from sandbox.canvas.state import State

_TEXTS = ("title", "display_name", "vendor_guid")


def created_outcome(state: State, context: Context, given: Mapping[str, Any]) -> Outcome:
    """A new outcome of a context, in the table; raises Refusal and then there is none."""
    method = default_method(state.switches)
    blank = replace(
        blank_outcome(key_of(context)),
        calculation_method=method,
        calculation_int=default_number(method),
    )
    changes = _texts(given) | _calculation(blank, given, state.switches)
    if given_ratings(given):
        changes |= _levels(given)
    if "calculation_int" in given:
        changes["calculation_int"] = _whole(given["calculation_int"])
    outcome = _valid(replace(blank, **changes))
    outcome.id = state.next_id("outcomes", 311)
    state.outcomes[outcome.id] = outcome
    return outcome


def change_outcome(state: State, outcome: Outcome, given: Mapping[str, Any]) -> None:
    """Write what was given into an outcome; raises Refusal and then nothing has changed."""
    changes = _texts(given) | _levels(given)
    changes |= _calculation(outcome, given, state.switches)
    _valid(replace(outcome, **changes))
    for name, value in changes.items():
        setattr(outcome, name, value)


def _valid(outcome: Outcome) -> Outcome:
    wrong = violations(outcome)
    if wrong:
        raise model_errors(wrong)
    return outcome


def _texts(given: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {name: params.text(given[name]) for name in _TEXTS if name in given}
    if "title" in changes:
        changes["title"] = changes["title"] or ""
    if "description" in given:
        changes["description"] = sanitised(params.text(given["description"]))
    return changes


def _calculation(outcome: Outcome, given: Mapping[str, Any], switches: Switches) -> dict[str, Any]:
    """A new method brings its default number; a number that it does not use is dropped."""
    asked = params.text(given.get("calculation_method"))
    changes: dict[str, Any] = {}
    if asked:
        changes["calculation_method"] = stored_method(asked, switches)
        if changes["calculation_method"] != outcome.calculation_method:
            changes["calculation_int"] = default_number(changes["calculation_method"])
    if "calculation_int" in given and (not asked or takes_number(changes["calculation_method"])):
        changes["calculation_int"] = _whole(given["calculation_int"])
    return changes


def _whole(value: object) -> int | None:
    text = params.text(value)
    return int(ruby_float(text)) if text else None


def given_ratings(given: Mapping[str, Any]) -> list[OutcomeRating]:
    """The ratings of a call, as a list or keyed by index; what is missing has a stand-in."""
    value = given.get("ratings")
    rows = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(rows, list):
        return []
    return in_order(_rating(row) for row in rows if isinstance(row, dict))


def _rating(row: Mapping[str, Any]) -> OutcomeRating:
    points = ruby_float(params.text(row.get("points")) or "0")
    return OutcomeRating(params.text(row.get("description")) or NO_COMMENT, points)


def _levels(given: Mapping[str, Any]) -> dict[str, Any]:
    """Ratings replace all; without `mastery_points` beside them mastery is the highest one.

    `mastery_points` alone keeps the ratings.
    """
    ratings = given_ratings(given)
    mastery = params.text(given.get("mastery_points"))
    changes: dict[str, Any] = {}
    if ratings:
        changes = {"ratings": ratings, "mastery_points": ratings[0].points}
    if mastery:
        changes["mastery_points"] = ruby_float(mastery)
    return changes
