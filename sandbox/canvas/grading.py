"""Grading one student, with Canvas' refusals and side effects."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.canvas import grades, params
from sandbox.canvas.records import Assignment, Comment, Course, Submission
from sandbox.canvas.rights import can, is_admin, student_ids
from sandbox.canvas.state import State

NOT_ENROLLED = "Student must be enrolled in the course as a student to be graded"
BOTH = "Cannot simultaneously grade and excuse an assignment"
_NOT_NOW = "Cannot grade this submission at this time: "
UNPUBLISHED = "This assignment is still unpublished"
NO_RIGHT = "You don't have permission to manage grades for this course"
CLOSED_PERIOD = "This assignment is in a closed grading period for this student"
NOT_APPLICABLE = "This assignment is not applicable to this student"
MODERATED = "This assignment is currently being moderated"


class GradeError(Exception):
    """A grade that cannot be given; the text is Canvas' own."""


def hindrance(state: State, grader_id: int, assignment: Assignment) -> str | None:
    """Why this grader may not grade this assignment now, in Canvas' order of checks."""
    course = state.courses[assignment.course_id]
    final_grader = assignment.final_grader_id == grader_id
    if assignment.moderated_grading and not assignment.grades_published and not final_grader:
        return MODERATED
    if not assignment.published:
        return UNPUBLISHED
    if not can(state, grader_id, "manage_grades", course):
        return NO_RIGHT
    admin = is_admin(state, grader_id, course.account_id)
    if assignment.in_closed_grading_period and not admin:
        return CLOSED_PERIOD
    return None


def hidden_from_student(assignment: Assignment, row: Submission) -> bool:
    """Whether the student must not see the grade yet: it is not posted."""
    waits = assignment.post_manually or row.workflow_state == "graded"
    return waits and row.posted_at is None


def is_assigned(assignment: Assignment, user_id: int) -> bool:
    return assignment.assigned_user_ids is None or user_id in assignment.assigned_user_ids


def grade(
    state: State, assignment: Assignment, user_id: int, grader_id: int, given: Mapping[str, Any]
) -> list[Submission]:
    """Apply `posted_grade` and `excuse` to a student, or to the whole group of the student.

    Raises GradeError; then nothing has changed for anybody.
    """
    posted = params.text(given.get("posted_grade"))
    excuse = params.truthy(given.get("excuse"))
    if excuse and posted:
        raise GradeError(BOTH)
    _refuse_ungradable(state, assignment, user_id, grader_id)
    touched = [
        state.submission(assignment.id, member)
        for member in graded_together(state, assignment, user_id)
    ]
    for row in touched:
        if row.user_id == user_id or not row.excused:
            _apply(state, assignment, row, posted, excuse=excuse, grader_id=grader_id)
    return touched


def give_score(
    state: State, assignment: Assignment, row: Submission, score: float | None, grader_id: int
) -> None:
    """Grade one student with points, as a rubric does; None takes the grade away.

    Raises GradeError; then nothing has changed.
    """
    _refuse_ungradable(state, assignment, row.user_id, grader_id)
    row.excused = False
    row.entered_score = score
    row.entered_grade = None if score is None else grades.grade_of(score, assignment)
    _stamp(state, assignment, row, grader_id)
    recompute(state, assignment, row)


def _refuse_ungradable(state: State, assignment: Assignment, user_id: int, grader_id: int) -> None:
    course = state.courses[assignment.course_id]
    if user_id not in student_ids(state, course):
        raise GradeError(NOT_ENROLLED)
    reason = hindrance(state, grader_id, assignment)
    if reason is None and not is_assigned(assignment, user_id):
        reason = NOT_APPLICABLE
    if reason is not None:
        raise GradeError(_NOT_NOW + reason)


def graded_together(state: State, assignment: Assignment, user_id: int) -> list[int]:
    """The addressed student first, then the other members who share the grade."""
    group = state.group_of(assignment, user_id)
    if group is None or assignment.grade_group_students_individually:
        return [user_id]
    return [user_id, *(member for member in group.user_ids if member != user_id)]


def _apply(
    state: State,
    assignment: Assignment,
    row: Submission,
    posted: str | None,
    *,
    excuse: bool,
    grader_id: int,
) -> None:
    row.excused = excuse
    if excuse:
        row.entered_grade = row.entered_score = row.points_deducted = None
    elif posted is not None:
        row.entered_grade, row.entered_score = grades.entered(posted, assignment)
    _stamp(state, assignment, row, grader_id)
    recompute(state, assignment, row)


def _stamp(state: State, assignment: Assignment, row: Submission, grader_id: int) -> None:
    """Who graded and when; what is not graded (any more) carries neither."""
    graded = row.workflow_state == "graded" or row.entered_grade is not None
    row.graded_at = state.clock() if graded else None
    row.grader_id = grader_id if graded else None
    if not graded:
        row.posted_at = None
    elif row.posted_at is None and not assignment.post_manually:
        row.posted_at = row.graded_at


def recompute(state: State, assignment: Assignment, row: Submission) -> None:
    """Deduct for lateness anew, after a grade or a late status has changed."""
    course = state.courses[assignment.course_id]
    row.points_deducted = grades.deduction(row, assignment, course)


def comment(state: State, row: Submission, author_id: int, text: str) -> None:
    """Add a comment. Sending the same one again adds a second."""
    number = state.next_id("comments")
    row.comments.append(Comment(number, author_id, text, state.clock()))


def rows_of(
    state: State, course: Course, assignment: Assignment, sections: set[int] | None
) -> Iterator[Submission]:
    """One row for each assigned student, by user id, also for those who never submitted."""
    for user_id in student_ids(state, course, sections, frozenset({"active", "invited"})):
        if is_assigned(assignment, user_id):
            yield state.submission(assignment.id, user_id)
