"""What may be sent as a rubric and as its use, read with all of Canvas' peculiarities."""

from collections.abc import Mapping
from typing import Any

from sandbox.canvas import params
from sandbox.canvas.errors import stumbled
from sandbox.canvas.grades import ruby_float
from sandbox.canvas.ids import local_id
from sandbox.canvas.rubric_placing import GivenPlacing, Place
from sandbox.canvas.rubrics import GivenCriterion, GivenRating, GivenRubric
from sandbox.canvas.state import State

_FALSE = frozenset({"", "0", "f", "F", "false", "FALSE", "off", "OFF"})


def rubric_input(state: State, given: Mapping[str, Any]) -> GivenRubric:
    """Read a rubric. Criteria and ratings are mappings by index: a JSON array is a 500."""
    free_form = given.get("free_form_criterion_comments")
    rows = _indexed(state, given.get("criteria") or {})
    return GivenRubric(
        title=params.text(given.get("title")),
        criteria=[_criterion(state, row) for row in rows],
        free_form=None if free_form is None else free_form == "1",
        hide_score_total=_cast(given, "hide_score_total"),
    )


def _indexed(state: State, value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
        raise stumbled(state.next_id("error_reports", 48213))
    return [row for _, row in sorted(value.items(), key=lambda item: int(ruby_float(item[0])))]


def _criterion(state: State, row: Mapping[str, Any]) -> GivenCriterion:
    outcome_id = params.text(row.get("learning_outcome_id")) or ""
    ratings = _indexed(state, {} if row.get("ratings") is None else row["ratings"])
    return GivenCriterion(
        description=params.text(row.get("description")) or "",
        ratings=[_rating(one) for one in ratings],
        long_description=params.text(row.get("long_description")) or "",
        id=_id(row),
        bound=bool(outcome_id),
        outcome_id=local_id(outcome_id),
        mastery_points=_points(row, "mastery_points"),
        ignore_for_scoring=row.get("ignore_for_scoring") in (True, "true", "1"),
        use_range=row.get("criterion_use_range") in (True, "true"),
    )


def _rating(row: Mapping[str, Any]) -> GivenRating:
    return GivenRating(
        description=params.text(row.get("description")) or "",
        points=_points(row, "points") or 0.0,
        long_description=params.text(row.get("long_description")) or "",
        id=_id(row),
    )


def _id(row: Mapping[str, Any]) -> str | None:
    return (params.text(row.get("id")) or "").strip() or None


def _points(row: Mapping[str, Any], name: str) -> float | None:
    text = params.text(row.get(name))
    return None if text is None else ruby_float(text)


def placing_input(given: Mapping[str, Any]) -> GivenPlacing:
    return GivenPlacing(
        purpose=params.text(given.get("purpose")),
        title=params.text(given.get("title")),
        use_for_grading=_cast(given, "use_for_grading"),
        hide_score_total=_cast(given, "hide_score_total"),
        hide_points=_cast(given, "hide_points"),
        hide_outcome_results=_cast(given, "hide_outcome_results"),
    )


def _cast(given: Mapping[str, Any], name: str) -> bool | None:
    """A boolean column: everything that is not written as false is true."""
    text = params.text(given.get(name))
    if text is None:
        return False if name in given else None
    return text not in _FALSE


def keeps_points(given: Mapping[str, Any]) -> bool:
    """`skip_updating_points_possible`, beside the rubric, and only as text: `true`."""
    sent = given.get("skip_updating_points_possible")
    return isinstance(sent, str) and "true" in sent.lower()


def place_input(state: State, given: Mapping[str, Any]) -> Place | None:
    """The assignment, course or account that is named; what is unknown counts as not named."""
    number = local_id(params.text(given.get("association_id")) or "") or 0
    return place_named(state, params.text(given.get("association_type")), number)


def place_named(state: State, kind: str | None, number: int) -> Place | None:
    if kind == "Assignment":
        row = state.assignments.get(number)
        return None if row is None or row.deleted else row
    if kind == "Course":
        return state.courses.get(number)
    return state.accounts.get(number) if kind == "Account" else None
