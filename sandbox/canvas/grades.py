"""How Canvas reads a posted grade, writes a score as a grade, and deducts for lateness."""

import math
import re

from sandbox.canvas.records import Assignment, Course, LatePolicy, Submission

SCHEME: tuple[tuple[str, float], ...] = (
    ("A", 0.94),
    ("A-", 0.90),
    ("B+", 0.87),
    ("B", 0.84),
    ("B-", 0.80),
    ("C+", 0.77),
    ("C", 0.74),
    ("C-", 0.70),
    ("D+", 0.67),
    ("D", 0.64),
    ("D-", 0.61),
    ("F", 0.0),
)
"""Canvas' default grading scheme: each grade with its lower bound."""
_NUMBER = re.compile(r"^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")


def ruby_float(text: str) -> float:
    """The number that a text begins with, else 0: `String#to_f`."""
    match = _NUMBER.match(text)
    number = float(match[0]) if match else 0.0
    return number if math.isfinite(number) else 0.0


def interpreted(posted: str, assignment: Assignment) -> float | None:
    """The points that a posted grade means, before the grading type has its say."""
    possible = assignment.points_possible or 0.0
    if posted.endswith("%"):
        return ruby_float(posted) / 100.0 * possible
    if re.search(r"[\d.]", posted):
        by_scheme = _by_scheme(posted, possible) if assignment.grading_type == "gpa_scale" else None
        return ruby_float(posted) if by_scheme is None else by_scheme
    if posted in {"pass", "complete"}:
        return possible
    if posted in {"fail", "incomplete"}:
        return 0.0
    if assignment.grading_type in {"letter_grade", "gpa_scale"}:
        return _by_scheme(posted, possible)
    return None


def _by_scheme(grade: str, possible: float) -> float | None:
    bounds = {name.casefold(): bound for name, bound in SCHEME}
    bound = bounds.get(grade.strip().casefold())
    return None if bound is None else round(bound * possible, 2)


def score_of(posted: str, assignment: Assignment) -> float | None:
    """The score that a posted grade sets; None for an unusable one, which is no error."""
    if not posted or assignment.grading_type == "not_graded":
        return None
    score = interpreted(posted, assignment)
    if assignment.grading_type == "pass_fail":
        return score if score in {assignment.points_possible or 0.0, 0.0} else None
    return score


def grade_of(score: float, assignment: Assignment) -> str:
    """A score in the scheme of its assignment: `8`, `80%`, `B-`, `complete`."""
    possible = assignment.points_possible or 0.0
    share = score / possible if possible else 0.0
    match assignment.grading_type:
        case "percent":
            return f"{_number(share * 100)}%"
        case "pass_fail":
            return "complete" if score > 0 or (score == 0 and not possible) else "incomplete"
        case "letter_grade" | "gpa_scale":
            return next((name for name, bound in SCHEME if share >= bound), SCHEME[-1][0])
        case _:
            return _number(score)


def _number(value: float) -> str:
    rounded = round(value, 2)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def entered(posted: str, assignment: Assignment) -> tuple[str | None, float | None]:
    """(entered_grade, entered_score) after a grade was posted; empty text clears both."""
    if not posted:
        return None, None
    score = score_of(posted, assignment)
    return (posted if score is None else grade_of(score, assignment)), score


def seconds_late(submission: Submission, assignment: Assignment) -> int:
    """How late the work is; an override counts only with the status `late`."""
    if submission.late_policy_status == "late":
        return submission.seconds_late_override or 0
    if submission.late_policy_status is not None or not submission.submitted_at:
        return 0
    if assignment.due_at is None:
        return 0
    return max(0, int((submission.submitted_at - assignment.due_at).total_seconds()))


def deduction(submission: Submission, assignment: Assignment, course: Course) -> float | None:
    """The points that the late policy takes: per begun interval, never below its minimum."""
    policy, score = course.late_policy, submission.entered_score
    possible = assignment.points_possible
    late = seconds_late(submission, assignment)
    if policy is None or score is None or not possible or not late:
        return None
    return round(_percent_off(policy, late, score * 100.0 / possible) * possible / 100.0, 2)


def _percent_off(policy: LatePolicy, late: int, percent: float) -> float:
    begun = math.ceil(late / policy.interval_seconds)
    most = max(percent - policy.minimum_percent, 0.0)
    return min(policy.deduction_percent * begun, most)
