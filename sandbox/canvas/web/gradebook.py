"""The gradebook of a course, and a student's own grades."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath

from sandbox.canvas import grades
from sandbox.canvas.call import Injected
from sandbox.canvas.grading import is_assigned, rows_of
from sandbox.canvas.jobs import Jobs
from sandbox.canvas.records import Assignment, Course, Submission, User
from sandbox.canvas.rights import visible_section_ids
from sandbox.canvas.web.courses import is_learner, visible_assignments
from sandbox.canvas.web.viewer import Forbidden, Viewer


@dataclass(frozen=True, slots=True)
class Cell:
    """One grade: as it was entered, and what counts of it after a late deduction."""

    assignment: Assignment
    entered: str | None
    score: float | None
    grade: str | None
    excused: bool
    deducted: float | None
    posted: bool


@dataclass(frozen=True, slots=True)
class Line:
    user: User
    section: str
    cells: list[Cell | None]


@get("/courses/{course_id:str}/grades", sync_to_thread=False)
def grades_page(
    viewer: Injected[Viewer], jobs: Injected[Jobs], course_id: FromPath[str]
) -> Response[str]:
    jobs.look()
    course = viewer.course(course_id)
    if viewer.can("view_all_grades", course):
        return _gradebook(viewer, course)
    if not is_learner(viewer, course):
        raise Forbidden
    cells = [
        cell
        for assignment in visible_assignments(viewer, course)
        if (cell := _cell(viewer, assignment, viewer.user.id)) is not None
    ]
    return viewer.page("own_grades.html", course=course, cells=cells)


def _gradebook(viewer: Viewer, course: Course) -> Response[str]:
    assignments = [
        row for row in viewer.state.assignments_of(course.id) if not row.hide_in_gradebook
    ]
    sections = visible_section_ids(viewer.state, viewer.user.id, course)
    students = {
        row.user_id for one in assignments for row in rows_of(viewer.state, course, one, sections)
    }
    users = sorted(
        (viewer.state.users[number] for number in students),
        key=lambda user: (user.test_student_of is not None, user.sortable_name.casefold()),
    )
    lines = [
        Line(
            user,
            _sections(viewer, course, user),
            [_cell(viewer, assignment, user.id) for assignment in assignments],
        )
        for user in users
    ]
    return viewer.page("gradebook.html", course=course, assignments=assignments, lines=lines)


def _sections(viewer: Viewer, course: Course, user: User) -> str:
    rows = viewer.state.enrollments_in(course.id, user.id)
    return ", ".join(sorted({viewer.state.sections[row.section_id].name for row in rows}))


def _cell(viewer: Viewer, assignment: Assignment, user_id: int) -> Cell | None:
    """None for a student whom the assignment is not for."""
    if not is_assigned(assignment, user_id):
        return None
    row: Submission = viewer.state.submission(assignment.id, user_id)
    score = row.score
    grade = row.entered_grade if score is None else grades.grade_of(score, assignment)
    return Cell(
        assignment=assignment,
        entered=row.entered_grade,
        score=score,
        grade=grade,
        excused=bool(row.excused),
        deducted=row.points_deducted,
        posted=row.posted_at is not None,
    )
