"""A submission as Canvas shows it to the caller."""

from typing import Any
from urllib.parse import urlencode

from sandbox.canvas import grades
from sandbox.canvas.api.rubric_json import full_assessment_json, indexed_assessment_json
from sandbox.canvas.api.users import user_json
from sandbox.canvas.call import Call
from sandbox.canvas.grading import hidden_from_student
from sandbox.canvas.moments import iso
from sandbox.canvas.records import Assignment, Comment, Course, Submission

_LATE_GRACE = frozenset({"missing", "extended"})


def submission_json(call: Call, row: Submission, *, comments: bool = False) -> dict[str, Any]:
    assignment = call.state.assignments[row.assignment_id]
    course = call.state.courses[assignment.course_id]
    shown = {
        **_basics(call, assignment, row),
        **_lateness(call, assignment, row),
        **_grades(call, course, row),
    }
    if assignment.anonymous_grading and not assignment.grades_published:
        hidden = call.state.opaque.hexadecimal("anonymous", row.id)[:5]
        shown |= {"anonymous_id": hidden}
        shown = {name: value for name, value in shown.items() if name != "user_id"}
    return shown | _included(call, course, row, comments=comments)


def read_submission_json(call: Call, row: Submission) -> dict[str, Any]:
    """A submission as reading shows it: with its assessment, which a PUT never answers."""
    shown = submission_json(call, row)
    if not (call.includes("rubric_assessment") or call.includes("full_rubric_assessment")):
        return shown
    assessment = call.state.grading_assessment(row.assignment_id, row.user_id)
    if assessment is None or not _reads_grade(call, row):
        return shown
    if call.includes("rubric_assessment"):
        shown["rubric_assessment"] = indexed_assessment_json(assessment)
    if call.includes("full_rubric_assessment"):
        shown["full_rubric_assessment"] = full_assessment_json(call, assessment)
    return shown


def _reads_grade(call: Call, row: Submission) -> bool:
    assignment = call.state.assignments[row.assignment_id]
    course = call.state.courses[assignment.course_id]
    if call.can_any(course, "view_all_grades", "manage_grades"):
        return True
    return row.user_id == call.me.id and not hidden_from_student(assignment, row)


def _basics(call: Call, assignment: Assignment, row: Submission) -> dict[str, Any]:
    course = f"{call.base}/courses/{assignment.course_id}"
    shown: dict[str, Any] = {
        "id": row.id,
        "body": row.body,
        "url": row.url,
        "submitted_at": iso(row.submitted_at),
        "assignment_id": assignment.id,
        "user_id": row.user_id,
        "submission_type": row.submission_type,
        "workflow_state": row.workflow_state,
        "grade_matches_current_submission": True,
        "graded_at": iso(row.graded_at),
        "grader_id": row.grader_id,
        "attempt": row.attempt,
        "cached_due_date": iso(assignment.due_at),
        "excused": row.excused,
        "grading_period_id": None,
        "extra_attempts": None,
        "posted_at": iso(row.posted_at),
        "redo_request": False,
        "custom_grade_status_id": None,
        "sticker": None,
        "preview_url": f"{course}/assignments/{assignment.id}/submissions/{row.user_id}"
        "?preview=1&version=0",
    }
    if row.submission_type == "basic_lti_launch" and row.url:
        query = urlencode({"assignment_id": assignment.id, "url": row.url})
        shown["external_tool_url"] = row.url
        shown["url"] = f"{course}/external_tools/retrieve?{query}"
    return shown


def _lateness(call: Call, assignment: Assignment, row: Submission) -> dict[str, Any]:
    late = grades.seconds_late(row, assignment)
    due = assignment.due_at
    overdue = due is not None and due < call.state.clock()
    expected = assignment.submission_types[0] not in {"none", "on_paper", "not_graded"}
    untouched = row.workflow_state == "unsubmitted" and row.late_policy_status not in _LATE_GRACE
    return {
        "late_policy_status": row.late_policy_status,
        "points_deducted": row.points_deducted,
        "late": late > 0,
        "missing": row.late_policy_status == "missing" or (overdue and expected and untouched),
        "seconds_late": late,
    }


def _grades(call: Call, course: Course, row: Submission) -> dict[str, Any]:
    """Grade and score; a student sees neither key before they are posted."""
    all_grades = call.can("view_all_grades", course) or call.can("manage_grades", course)
    if not all_grades and row.workflow_state == "graded" and row.posted_at is None:
        return {}
    assignment = call.state.assignments[row.assignment_id]
    score = row.score
    grade = row.entered_grade if score is None else grades.grade_of(score, assignment)
    return {
        "grade": grade,
        "score": score,
        "entered_grade": row.entered_grade,
        "entered_score": row.entered_score,
    }


def _included(call: Call, course: Course, row: Submission, *, comments: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    assignment = call.state.assignments[row.assignment_id]
    named = not assignment.anonymous_grading or assignment.grades_published
    if call.includes("user") and named:
        shown["user"] = user_json(call, call.state.users[row.user_id], course)
    if comments or call.includes("submission_comments"):
        shown["submission_comments"] = [_comment_json(call, comment) for comment in row.comments]
    return shown


def _comment_json(call: Call, comment: Comment) -> dict[str, Any]:
    author = call.state.users[comment.author_id]
    return {
        "id": comment.id,
        "comment": comment.text,
        "author_id": author.id,
        "author_name": author.name,
        "created_at": iso(comment.created_at),
        "edited_at": None,
        "attempt": None,
    }
