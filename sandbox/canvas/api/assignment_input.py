"""What may be written into an assignment, and what Canvas refuses."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sandbox.canvas import params
from sandbox.canvas.errors import Refusal, model_error, param_missing
from sandbox.canvas.ids import local_id
from sandbox.canvas.moments import moment_of
from sandbox.canvas.records import Assignment, ToolTag

SUBMISSION_TYPES = frozenset(
    {
        "online_quiz",
        "none",
        "on_paper",
        "discussion_topic",
        "external_tool",
        "online_upload",
        "online_text_entry",
        "online_url",
        "media_recording",
        "student_annotation",
        "not_graded",
        "wiki_page",
        "attendance",
    }
)
GRADING_TYPES = frozenset(
    {"points", "percent", "letter_grade", "gpa_scale", "pass_fail", "not_graded"}
)
LONGEST_NAME = 255


def wrapped_input(given: Mapping[str, Any]) -> dict[str, Any]:
    inner = params.mapping(given, "assignment")
    if not inner:
        raise param_missing("assignment")
    return inner


def apply_input(assignment: Assignment, given: Mapping[str, Any]) -> None:
    """Write what was given into the assignment; raises Refusal and then changes nothing."""
    changes = {name: read(given[name]) for name, read in _READERS.items() if name in given}
    if "submission_types" in given:
        changes["submission_types"] = _submission_types(params.listed(given, "submission_types"))
    tag = params.mapping(given, "external_tool_tag_attributes")
    if tag is not None and tag.get("url"):
        changes["tool"] = _tool_tag(tag)
        changes["submission_types"] = ["external_tool"]
    changed = replace(assignment, **changes)
    if not changed.name and not changes.get("name"):
        changes["name"] = "No Title"
    if assignment.in_closed_grading_period and "due_at" in changes:
        message = "Cannot change the due date when due in a closed grading period"
        raise model_error("due_at", message, 403)
    for name, value in changes.items():
        setattr(assignment, name, value)


def _submission_types(given: list[str]) -> list[str]:
    if not given or set(given) - SUBMISSION_TYPES:
        raise model_error("assignment[submission_types]", "Invalid submission types")
    return given


def _tool_tag(tag: Mapping[str, Any]) -> ToolTag:
    custom = params.mapping(tag, "custom_params") or {}
    fields = {name: str(value) for name, value in custom.items()}
    return ToolTag(str(tag["url"]), params.truthy(tag.get("new_tab")), fields)


def _name(value: object) -> str:
    name = params.text(value) or ""
    if len(name) > LONGEST_NAME:
        raise model_error("name", f"is too long (maximum is {LONGEST_NAME} characters)")
    return name


def _points(value: object) -> float | None:
    text = params.text(value)
    if not text:
        return None
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not math.isfinite(points):
        raise model_error("points_possible", "is not a number")
    return points


def _moment_reader(name: str) -> Callable[[object], datetime | None]:
    def read(value: object) -> datetime | None:
        try:
            return moment_of(params.text(value))
        except ValueError:
            message = "Invalid datetime for " + name
            raise Refusal(400, {"errors": [{"message": message}]}) from None

    return read


def _grading_type(value: object) -> str:
    kind = params.text(value) or ""
    if kind not in GRADING_TYPES:
        raise model_error("assignment[grading_type]", "Invalid grading type")
    return kind


def _number(value: object) -> int | None:
    return local_id(params.text(value) or "")


_READERS: Mapping[str, Callable[[object], Any]] = {
    "name": _name,
    "description": params.text,
    "points_possible": _points,
    "grading_type": _grading_type,
    "due_at": _moment_reader("due_at"),
    "lock_at": _moment_reader("lock_at"),
    "unlock_at": _moment_reader("unlock_at"),
    "published": params.truthy,
    "omit_from_final_grade": params.truthy,
    "hide_in_gradebook": params.truthy,
    "peer_reviews": params.truthy,
    "anonymous_grading": params.truthy,
    "moderated_grading": params.truthy,
    "grade_group_students_individually": params.truthy,
    "group_category_id": _number,
    "final_grader_id": _number,
    "sis_assignment_id": params.text,
}
