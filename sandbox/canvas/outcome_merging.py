"""What a row of an outcomes file makes of an outcome: which cells count, which reset."""

from dataclasses import replace

from sandbox.canvas.grades import ruby_float
from sandbox.canvas.outcome_csv import Row
from sandbox.canvas.outcome_records import ContextType, Outcome, OutcomeRating
from sandbox.canvas.outcome_rules import (
    DEFAULT_MASTERY,
    DEFAULT_RATINGS,
    NO_COMMENT,
    default_method,
    default_number,
    in_order,
    stored_method,
)
from sandbox.canvas.records import Switches

_ATTRIBUTES = {
    "short_description": ("title",),
    "description": ("description",),
    "data": ("ratings", "mastery_points"),
    "workflow_state": ("deleted",),
    "vendor_guid": ("vendor_guid",),
    "display_name": ("display_name",),
    "calculation_method": ("calculation_method",),
    "calculation_int": ("calculation_int",),
}
"""Canvas' names for what can change, with ours."""


def blank_outcome(key: tuple[ContextType, int]) -> Outcome:
    """An outcome that is not saved yet, with Canvas' default ratings."""
    kind, number = key
    return Outcome(
        id=0,
        context_type=kind,
        context_id=number,
        title="",
        display_name=None,
        description=None,
        vendor_guid=None,
        ratings=list(DEFAULT_RATINGS),
        mastery_points=DEFAULT_MASTERY,
        calculation_method=None,
        calculation_int=None,
    )


def merged(prior: Outcome, row: Row, switches: Switches) -> Outcome:
    """The outcome with the cells of a row. A blank method or number goes back to its default."""
    given = row.given("calculation_method")
    method = stored_method(given, switches) if given else default_method(switches)
    number = row.given("calculation_int")
    ratings, mastery = _levels(prior, row)
    return replace(
        prior,
        vendor_guid=row.text("vendor_guid"),
        title=row.text("title") or "",
        description=_unless_both_blank(prior.description, row.text("description")),
        display_name=_unless_both_blank(prior.display_name, row.text("display_name")),
        calculation_method=method,
        calculation_int=int(ruby_float(number)) if number else default_number(method),
        ratings=ratings,
        mastery_points=mastery,
        deleted=prior.deleted and row.given("workflow_state") == "deleted",
    )


def _unless_both_blank(prior: str | None, current: str | None) -> str | None:
    """A blank cell beside a blank stored value is no change, be it null or empty."""
    return prior if not (current or "").strip() and not (prior or "").strip() else current


def _levels(prior: Outcome, row: Row) -> tuple[list[OutcomeRating], float]:
    """Both stay unless one is given and differs; then both come from the row alone.

    So mastery points without ratings leave the outcome without ratings, and ratings without
    mastery points put mastery at the highest.
    """
    stored = [(rating.points, rating.description) for rating in prior.ratings]
    new_ratings = bool(row.ratings) and row.ratings != stored
    new_mastery = row.mastery_points not in {None, prior.mastery_points}
    if not new_ratings and not new_mastery:
        return prior.ratings, prior.mastery_points
    ratings = in_order(
        OutcomeRating(NO_COMMENT if text is None else text, points) for points, text in row.ratings
    )
    if row.mastery_points is not None:
        return ratings, row.mastery_points
    return ratings, ratings[0].points


def shown_differently(prior: Outcome, outcome: Outcome) -> bool:
    """Whether a rubric that follows the outcome has something to follow."""
    return bool(
        {"short_description", "description", "data"} & set(changed_attributes(prior, outcome))
    )


def changed_attributes(prior: Outcome, outcome: Outcome) -> list[str]:
    """What differs, by Canvas' names; a guid alone does not count."""
    changed = [
        attribute
        for attribute, names in _ATTRIBUTES.items()
        if any(getattr(prior, name) != getattr(outcome, name) for name in names)
    ]
    return [] if changed == ["vendor_guid"] else changed
