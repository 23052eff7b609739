"""SpeedGrader: one student after another, graded with the rubric of the assignment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas import params
from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.errors import not_found
from sandbox.canvas.grading import GradeError, hindrance, rows_of
from sandbox.canvas.ids import find_assignment
from sandbox.canvas.outcome_records import Rubric, RubricAssociation, RubricCriterion
from sandbox.canvas.records import Assignment, Course, Submission, User
from sandbox.canvas.rights import visible_section_ids
from sandbox.canvas.rubric_assessing import Entries, assess
from sandbox.canvas.web.pages import see_other
from sandbox.canvas.web.viewer import Viewer

_PATH = "/courses/{course_id:str}/gradebook/speed_grader"


@dataclass(frozen=True, slots=True)
class Desk:
    """One student of an assignment, and those before and after by name."""

    course: Course
    assignment: Assignment
    association: RubricAssociation | None
    students: list[User]
    place: int

    @property
    def student(self) -> User:
        return self.students[self.place]

    def address(self, student: User) -> str:
        path = f"/courses/{self.course.id}/gradebook/speed_grader"
        return f"{path}?assignment_id={self.assignment.id}&student_id={student.id}"

    @property
    def before(self) -> User | None:
        return self.students[self.place - 1] if self.place else None

    @property
    def after(self) -> User | None:
        rest = self.students[self.place + 1 :]
        return rest[0] if rest else None


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with what is chosen for it now."""

    criterion: RubricCriterion
    rating_id: str | None
    comments: str


@get(_PATH, sync_to_thread=False)
def speed_grader(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[str]:
    desk = _desk(request, viewer, course_id)
    stored = viewer.state.grading_assessment(desk.assignment.id, desk.student.id)
    return _page(viewer, desk, stored.data if stored else {}, saved="saved" in request.query_params)


def _desk(request: Request[Any, Any, Any], viewer: Viewer, course_id: str) -> Desk:
    course = viewer.course(course_id, "manage_grades")
    query = request.query_params
    assignment = find_assignment(viewer.state, course, query.get("assignment_id", ""))
    sections = visible_section_ids(viewer.state, viewer.user.id, course)
    rows = rows_of(viewer.state, course, assignment, sections)
    students = [viewer.state.users[row.user_id] for row in rows]
    students.sort(
        key=lambda user: (user.test_student_of is not None, user.sortable_name.casefold())
    )
    wanted = query.get("student_id")
    places = [n for n, user in enumerate(students) if wanted in {None, str(user.id)}]
    if not places:
        raise not_found()
    association = viewer.state.grading_association(assignment.id)
    return Desk(course, assignment, association, students, places[0])


def _page(
    viewer: Viewer, desk: Desk, entries: Entries, *, saved: bool = False, problem: str | None = None
) -> Response[str]:
    rubric = _rubric(viewer, desk)
    row: Submission = viewer.state.submission(desk.assignment.id, desk.student.id)
    hindered = hindrance(viewer.state, viewer.user.id, desk.assignment)
    return viewer.page(
        "speed_grader.html",
        status=422 if problem else 200,
        course=desk.course,
        desk=desk,
        row=row,
        sections=_sections(viewer, desk),
        rubric=rubric,
        lines=list(_lines(rubric, entries)) if rubric and hindered is None else [],
        saved=saved,
        problem=problem or hindered,
    )


def _sections(viewer: Viewer, desk: Desk) -> list[str]:
    """Those of the student, where the course has several."""
    several = viewer.state.sections_of(desk.course.id)
    rows = viewer.state.enrollments_in(desk.course.id, desk.student.id)
    mine = {row.section_id for row in rows}
    return [one.name for one in several if one.id in mine] if len(several) > 1 else []


def _rubric(viewer: Viewer, desk: Desk) -> Rubric | None:
    return viewer.state.rubrics[desk.association.rubric_id] if desk.association else None


def _lines(rubric: Rubric, entries: Entries) -> Iterator[Line]:
    for criterion in rubric.criteria:
        entry = entries.get(criterion.id, {})
        rated = entry.get("rating_id") if "points" in entry else None
        yield Line(criterion, rated, entry.get("comments") or "")


@post(_PATH, status_code=200)
async def submit_assessment(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[Any]:
    """Store what was chosen as the API would; a criterion without anything is left out."""
    desk = _desk(request, viewer, course_id)
    rubric = _rubric(viewer, desk)
    if rubric is None or desk.association is None:
        raise not_found()
    entries = _chosen(rubric, await read_params(request))
    if hindrance(viewer.state, viewer.user.id, desk.assignment) is not None:
        return _page(viewer, desk, entries)
    if not entries:
        return _page(viewer, desk, entries, problem="Choose a rating or write a comment.")
    try:
        assess(viewer.state, desk.association, desk.student.id, viewer.user.id, entries)
    except GradeError as error:
        return _page(viewer, desk, entries, problem=str(error))
    return see_other(f"{desk.address(desk.student)}&saved=1")


def _chosen(rubric: Rubric, form: dict[str, Any]) -> Entries:
    """The form counts criteria, so that their ids need not fit into names of fields."""
    rows = params.mapping(form, "rows") or {}
    entries: Entries = {}
    for number, criterion in enumerate(rubric.criteria):
        sent = params.mapping(rows, str(number)) or {}
        ratings = {row.id: row for row in criterion.ratings}
        rating = ratings.get(str(sent.get("rating", "")))
        comments = str(sent.get("comments", "")).strip()
        if rating is not None:
            entries[criterion.id] = {"rating_id": rating.id, "points": rating.points}
        if rating is not None or comments:
            entries.setdefault(criterion.id, {})["comments"] = comments
    return entries
