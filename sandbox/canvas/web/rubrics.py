"""Rubrics of a course: made of its outcomes, and put on its assignments."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from sandbox.canvas import params, rubrics
from sandbox.canvas.call import Injected, read_params
from sandbox.canvas.errors import not_found
from sandbox.canvas.ids import find_assignment
from sandbox.canvas.outcome_records import Outcome, Rubric
from sandbox.canvas.outcome_rubrics import refresh
from sandbox.canvas.outcomes import key_of
from sandbox.canvas.records import Assignment, Course
from sandbox.canvas.rubric_placing import GivenPlacing, place
from sandbox.canvas.rubrics import GivenCriterion, GivenRating, GivenRubric
from sandbox.canvas.web.outcomes import outcomes_in_course
from sandbox.canvas.web.pages import see_other
from sandbox.canvas.web.viewer import Viewer


@get("/courses/{course_id:str}/rubrics", sync_to_thread=False)
def rubrics_page(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[str]:
    course = viewer.course(course_id, "manage_rubrics")
    rows = rubrics.rubrics_of(viewer.state, *key_of(course))
    rows.sort(key=lambda row: (row.title.casefold(), row.id))
    used = [(row, _assignments_with(viewer, row)) for row in rows]
    return viewer.page("rubrics.html", course=course, rubrics=used)


def _assignments_with(viewer: Viewer, rubric: Rubric) -> list[Assignment]:
    return [
        viewer.state.assignments[row.association_id]
        for row in rubrics.associations_of(viewer.state, rubric)
        if row.grades_assignment(row.association_id)
    ]


@get("/courses/{course_id:str}/rubrics/new", sync_to_thread=False)
def new_rubric(viewer: Injected[Viewer], course_id: FromPath[str]) -> Response[str]:
    return _form(viewer, viewer.course(course_id, "manage_rubrics"), "", None)


def _form(viewer: Viewer, course: Course, title: str, problem: str | None) -> Response[str]:
    return viewer.page(
        "new_rubric.html",
        status=422 if problem else 200,
        course=course,
        outcomes=outcomes_in_course(viewer.state, course),
        given=title,
        problem=problem,
    )


@post("/courses/{course_id:str}/rubrics", status_code=200)
async def make_rubric(
    request: Request[Any, Any, Any], viewer: Injected[Viewer], course_id: FromPath[str]
) -> Response[Any]:
    """A rubric of the ticked outcomes, in their order on the page; the course keeps it."""
    course = viewer.course(course_id, "manage_rubrics")
    given = await read_params(request)
    title, ticked = str(given.get("title", "")).strip(), params.listed(given, "outcomes")
    chosen = [row for row in outcomes_in_course(viewer.state, course) if str(row.id) in ticked]
    if not chosen:
        return _form(viewer, course, title, "Tick at least one outcome.")
    wanted = GivenRubric(title or None, [_criterion(row) for row in chosen])
    rubric = rubrics.write(viewer.state, course, None, wanted, viewer.user.id)
    if viewer.state.switches.account_level_mastery_scales:
        refresh(viewer.state, [row.id for row in chosen])
    place(viewer.state, rubric, course, course, GivenPlacing(purpose="bookmark"))
    return see_other(f"/courses/{course.id}/rubrics/{rubric.id}")


def _criterion(outcome: Outcome) -> GivenCriterion:
    return GivenCriterion(
        description=outcome.title,
        ratings=[GivenRating(row.description, row.points) for row in outcome.ratings],
        bound=True,
        outcome_id=outcome.id,
    )


@get("/courses/{course_id:str}/rubrics/{rubric_id:int}", sync_to_thread=False)
def rubric_page(
    viewer: Injected[Viewer], course_id: FromPath[str], rubric_id: FromPath[int]
) -> Response[str]:
    course = viewer.course(course_id, "manage_rubrics")
    rubric = _rubric(viewer, course, rubric_id)
    return viewer.page(
        "rubric.html",
        course=course,
        rubric=rubric,
        used=_assignments_with(viewer, rubric),
        assignments=viewer.state.assignments_of(course.id),
    )


def _rubric(viewer: Viewer, course: Course, rubric_id: int) -> Rubric:
    rubric = viewer.state.rubrics.get(rubric_id)
    own = rubric is not None and (rubric.context_type, rubric.context_id) == key_of(course)
    if rubric is None or rubric.deleted or not own:
        raise not_found()
    return rubric


@post("/courses/{course_id:str}/rubrics/{rubric_id:int}/assignment", status_code=200)
async def put_on_assignment(
    request: Request[Any, Any, Any],
    viewer: Injected[Viewer],
    course_id: FromPath[str],
    rubric_id: FromPath[int],
) -> Response[Any]:
    course = viewer.course(course_id, "manage_rubrics")
    rubric = _rubric(viewer, course, rubric_id)
    given = await read_params(request)
    assignment = find_assignment(viewer.state, course, str(given.get("assignment", "")))
    grades = params.truthy(given.get("use_for_grading"))
    use = GivenPlacing(purpose="grading", use_for_grading=grades)
    place(viewer.state, rubric, course, assignment, use)
    return see_other(f"/courses/{course.id}/assignments/{assignment.id}")
